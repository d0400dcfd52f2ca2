package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackId;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.widget.Topology;
import java.util.List;
import java.util.Optional;

/** The graph of the parts; the resources tab says the same as a table. */
class TopologyTab extends StackTab {

  private static final long serialVersionUID = 1L;

  private final Topology topology = new Topology();
  private final PartDetails details;
  private final Div split = new Div();
  private transient Optional<String> chosen = Optional.empty();
  private transient Optional<StackGraph> shown = Optional.empty();
  private transient List<PartView> parts = List.of();
  private transient Clouds clouds = new Clouds(List.of());

  /**
   * @param source tells more of the chosen one
   */
  TopologyTab(StackId stack, String stackName, PartSource source) {
    details = new PartDetails(stack, this::close, source);
    topology.setTexts(
        new Topology.Texts(
            getTranslation("topology.name"),
            getTranslation("picture.zoom-in"),
            getTranslation("picture.zoom-out"),
            getTranslation("topology.fit"),
            getTranslation("topology.save"),
            stackName));
    topology.setSizeFull();
    topology.addNodeClickListener(click -> choose(click.id()));
    Paragraph words = new Paragraph(getTranslation("topology.words"));
    words.addClassNames("quiet", "small");
    Div frame = new Div(topology);
    frame.addClassName("graph-frame");
    split.addClassName("with-details");
    split.add(frame);
    add(words, split);
  }

  private void choose(String id) {
    chosen = Optional.of(id);
    showDetails();
  }

  private void close() {
    chosen = Optional.empty();
    topology.clearSelection();
    showDetails();
  }

  @Override
  void show(StackState state) {
    parts = state.parts();
    clouds = new Clouds(state.clouds());
    Optional<StackGraph> graph = Optional.of(StackGraph.of(parts, clouds));
    if (!graph.equals(shown)) {
      shown = graph;
      topology.setGraph(graph.get().nodes(), graph.get().edges());
    }
    showDetails();
  }

  private void showDetails() {
    Optional<PartView> part = chosen.flatMap(id -> PartNames.find(id, parts));
    if (part.isPresent()) {
      details.show(part.get(), parts, clouds);
      split.add(details);
    } else {
      details.removeFromParent();
    }
    split.setClassName("open", part.isPresent());
  }
}
