package io.isthmus.ui.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import io.isthmus.domain.placement.PlanState;
import io.isthmus.ui.list.ListState.Sort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked of a list survives the way through the address. */
class ListStateTest {

  private static ListState read(String query) {
    return ListState.of(QueryParameters.fromString(query));
  }

  @Test
  void readsWhatTheAddressSays() {
    ListState state = read("q=shop&status=CREATE_FAILED&sort=name:desc&page=3&columns=name,status");

    assertThat(state.text()).isEqualTo("shop");
    assertThat(state.value("status")).contains("CREATE_FAILED");
    assertThat(state.sort()).contains(new Sort("name", true));
    assertThat(state.page()).isEqualTo(3);
    assertThat(state.columns()).contains(List.of("name", "status"));
    assertThat(ListState.of(state.query())).isEqualTo(state);
  }

  @Test
  void takesAnAddressThatSaysNothingOrNonsense() {
    assertThat(read("").page()).isEqualTo(1);
    assertThat(read("page=-4").page()).isEqualTo(1);
    assertThat(read("page=many").page()).isEqualTo(1);
    assertThat(read("q=%20").text()).isEmpty();
    assertThat(read("q=a%00b&page=2").text()).isEmpty();
    assertThat(read("").sort()).isEmpty();
    assertThat(read("sort=name").sort()).contains(new Sort("name", false));
    assertThat(read("sort=name:asc").sort()).contains(new Sort("name", false));
  }

  @Test
  void readsAConstantByItsNameAndTakesAnyOtherWordForNone() {
    assertThat(read("state=OPEN").value("state", PlanState.class)).contains(PlanState.OPEN);
    assertThat(read("state=ajar").value("state", PlanState.class)).isEmpty();
    assertThat(read("").value("state", PlanState.class)).isEmpty();
  }

  @Test
  void beginsAtTheFirstPageWhenSomethingElseIsAskedFor() {
    ListState third = read("q=shop&page=3&project=acme/demo");

    assertThat(third.with("q", "blog").page()).isEqualTo(1);
    assertThat(third.sortedBy(new Sort("name", true)).values())
        .isEqualTo(Map.of("q", "shop", "project", "acme/demo", "sort", "name:desc"));
    assertThat(third.without(List.of("q")).values()).isEqualTo(Map.of("project", "acme/demo"));
  }

  @Test
  void leavesThePageAloneWhenOnlyColumnsChange() {
    ListState second = read("page=2").showing(Optional.of(List.of("name", "id")));

    assertThat(second.page()).isEqualTo(2);
    assertThat(second.showing(Optional.empty()).values()).isEqualTo(Map.of("page", "2"));
    assertThat(second.onPage(1).values()).isEqualTo(Map.of("columns", "name,id"));
  }
}
