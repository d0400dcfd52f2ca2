package io.isthmus.ui.newstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.internal.ConfigureRoutes;
import io.isthmus.ui.stack.StackDetailsView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses that begin alike lead to the pages that are meant. */
class StackRoutesTest {

  private final ConfigureRoutes routes = new ConfigureRoutes();

  private void add(Class<? extends Component> page) {
    routes.setRoute(page.getAnnotation(Route.class).value(), page, List.of());
  }

  private Class<? extends Component> at(String address) {
    return routes.getNavigationRouteTarget(address).getRouteTarget().getTarget();
  }

  @Test
  void tellsAStacksPageFromItsUpdateAndFromANewOne() {
    add(StackDetailsView.class);
    add(UpdateStackView.class);
    add(NewStackView.class);
    assertThat(at("stacks/4a")).isEqualTo(StackDetailsView.class);
    assertThat(at("stacks/4a/resources")).isEqualTo(StackDetailsView.class);
    assertThat(at("stacks/4a/update")).isEqualTo(UpdateStackView.class);
    assertThat(at("stacks/4a/update/d1/policy")).isEqualTo(UpdateStackView.class);
    assertThat(at("stacks/new")).isEqualTo(NewStackView.class);
    assertThat(at("stacks/new/d1/plan")).isEqualTo(NewStackView.class);
  }
}
