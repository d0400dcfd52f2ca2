package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The physical resources, by cloud, with the chosen one's details beside. */
class ResourcesTab extends StackTab {

  private static final long serialVersionUID = 1L;

  private final transient Consumer<Optional<String>> choose;
  private final transient Table<PartView> table;
  private final PartDetails details;
  private final Div split = new Div();
  private transient Clouds clouds = new Clouds(List.of());
  private transient Optional<String> chosen;

  /**
   * @param chosen id of the part whose details are shown
   * @param choose is told what the reader chose
   * @param consoles gives the panel of a server's console
   */
  ResourcesTab(
      StackId stack,
      Optional<String> chosen,
      Consumer<Optional<String>> choose,
      Function<PartView, ConsolePanel> consoles) {
    this.chosen = chosen;
    this.choose = choose;
    details = new PartDetails(stack, () -> choose.accept(Optional.empty()), consoles);
    table =
        new Table<PartView>(getTranslation("tab.resources"), PartView::id)
            .column(getTranslation("part.resource"), this::name)
            .column(getTranslation("part.where"), part -> clouds.place(place(part)))
            .column(getTranslation("part.physical-id"), ResourcesTab::physicalId)
            .column(getTranslation("part.cloud-status"), ResourcesTab::cloudStatus)
            .column(getTranslation("stack.status"), ResourcesTab::status);
    split.addClassName("with-details");
    split.add(table);
    add(split);
  }

  /** Shows another part's details. */
  void choose(Optional<String> id) {
    chosen = id;
  }

  @Override
  void show(StackState state) {
    clouds = new Clouds(state.clouds());
    table.setRows(
        state.parts().stream().sorted(Comparator.comparing(part -> place(part))).toList());
    Optional<PartView> part = chosen.flatMap(id -> PartNames.find(id, state.parts()));
    if (part.isPresent()) {
      details.show(part.get(), state.parts(), clouds);
      split.add(details);
    } else {
      details.removeFromParent();
    }
    split.setClassName("open", part.isPresent());
  }

  @Override
  void age() {
    table.redraw();
  }

  private static Place place(PartView part) {
    return part.availabilityZone()
        .map(zone -> Place.inZone(part.id().cloud(), part.id().region(), zone))
        .orElseGet(() -> part.id().place());
  }

  private Component name(PartView part) {
    Button name =
        new Button(part.id().resource(), click -> choose.accept(Optional.of(part.id().toString())));
    name.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE, ButtonVariant.LUMO_SMALL);
    Div type = new Div(part.type());
    type.addClassNames("quiet", "small");
    return new Div(name, type);
  }

  private static Component physicalId(PartView part) {
    return part.physicalId().<Component>map(Copyable::shortened).orElseGet(() -> new Span("–"));
  }

  private static Component cloudStatus(PartView part) {
    Span word = new Span(part.cloudStatus().filter(said -> !said.isBlank()).orElse("–"));
    word.addClassNames("mono", "small");
    return word;
  }

  private static Component status(PartView part) {
    Div cell = new Div(StateBadge.of(part.status()));
    boolean told =
        part.health().state() != StackHealth.State.UNKNOWN
            && part.health().state() != StackHealth.State.HEALTHY;
    if (told) {
      cell.add(new Div(StateBadge.of(part.health())));
    }
    return cell;
  }
}
