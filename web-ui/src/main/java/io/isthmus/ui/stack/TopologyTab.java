package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackView;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.CloudFilter;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.widget.Mark;
import io.isthmus.ui.widget.Topology;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The graph of the parts, of all clouds or of one; the resources tab says the same as a table. */
class TopologyTab extends StackTab {

  private static final long serialVersionUID = 1L;

  private final transient Consumer<ListState> go;
  private final Topology topology = new Topology();
  private final CloudFilter cloud = new CloudFilter(getTranslation("cloud.name"));
  private final PartDetails details;
  private final Div frame = new Div(topology);
  private final Div split = new Div();
  private final EmptyState nothing;
  private transient ListState asked;
  private final transient PartSource source;
  private transient Optional<Shown> shown = Optional.empty();
  private transient Optional<String> selected = Optional.empty();

  /** What the graph is of. */
  private record Shown(StackView stack, Optional<CloudId> only) {}

  /**
   * @param asked what the address says
   * @param go is told what the address should say
   * @param source tells more of the chosen one
   */
  TopologyTab(
      StackId stack, String stackName, ListState asked, Consumer<ListState> go, PartSource source) {
    this.asked = asked;
    this.go = go;
    this.source = source;
    nothing = NoParts.of(this, stack);
    details = new PartDetails(stack, () -> choose(""), source);
    topology.setTexts(texts(stackName));
    topology.setSizeFull();
    topology.addNodeClickListener(click -> choose(click.id()));
    Paragraph words = new Paragraph(getTranslation("topology.words"));
    words.addClassNames("quiet", "small", "grow");
    cloud.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            go.accept(
                this.asked.with(
                    ResourcesTab.CLOUD,
                    Optional.ofNullable(change.getValue()).map(CloudId::text).orElse("")));
          }
        });
    Div head = new Div(words, cloud);
    head.addClassNames("row", "between");
    frame.addClassName("graph-frame");
    split.addClassName("with-details");
    split.add(frame, nothing);
    Div legend = new Div();
    legend.addClassNames("row", "small");
    for (Mark mark : Mark.values()) {
      legend.add(new StateBadge(mark, meaning(mark)));
    }
    add(head, legend, split);
  }

  private Topology.Texts texts(String stackName) {
    Map<Mark, String> marks = new EnumMap<>(Mark.class);
    for (Mark mark : Mark.values()) {
      marks.put(mark, meaning(mark));
    }
    return new Topology.Texts(
        getTranslation("topology.name"),
        getTranslation("picture.zoom-in"),
        getTranslation("picture.zoom-out"),
        getTranslation("topology.fit"),
        getTranslation("topology.save"),
        stackName,
        getTranslation("topology.keys"),
        getTranslation("topology.needs"),
        getTranslation("topology.needed-by"),
        getTranslation("topology.more"),
        marks);
  }

  private String meaning(Mark mark) {
    return getTranslation("topology.mark-" + mark.word());
  }

  @Override
  void ask(ListState now) {
    asked = now;
  }

  @Override
  void show(StackState state) {
    Clouds clouds = new Clouds(state.clouds());
    cloud.offer(state.parts().stream().map(part -> part.id().cloud()).toList());
    Optional<CloudId> only = asked.value(ResourcesTab.CLOUD).map(cloud::find);
    cloud.setValue(only.orElse(null));
    frame.setVisible(!state.parts().isEmpty());
    nothing.setVisible(state.parts().isEmpty());
    Optional<Shown> now = Optional.of(new Shown(state.stack(), only));
    if (!now.equals(shown)) {
      shown = now;
      topology.setGraph(() -> StackGraph.of(in(only), clouds));
    }
    Optional<PartView> part =
        asked.value(ResourcesTab.CHOSEN).flatMap(id -> PartNames.find(id, state.parts()));
    select(part.map(chosen -> chosen.id().toString()));
    if (part.isPresent()) {
      details.show(part.get(), state.parts(), clouds);
      split.add(details);
    } else {
      details.removeFromParent();
    }
    split.setClassName("open", part.isPresent());
  }

  private List<PartView> in(Optional<CloudId> only) {
    return source.all().stream()
        .filter(part -> only.isEmpty() || part.id().cloud().equals(only.get()))
        .toList();
  }

  private void select(Optional<String> node) {
    if (!node.equals(selected)) {
      selected = node;
      node.ifPresentOrElse(topology::select, topology::clearSelection);
    }
  }

  private void choose(String part) {
    go.accept(asked.beside(ResourcesTab.CHOSEN, part));
  }
}
