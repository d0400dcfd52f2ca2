package io.isthmus.ui.widget;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.function.SerializableSupplier;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import com.vaadin.flow.shared.Registration;
import io.isthmus.domain.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A graph of resources, from what faces the outside (left) to what keeps data (right), each cloud
 * one outlined region. By keyboard arrows go to the nearest resource; a screen reader is told each
 * as one of a list. The page shows a table that says the same.
 */
@Tag(Topology.NAME)
public class Topology extends Component implements HasSize, HasStyle {
  static final String NAME = "isthmus-topology";
  private static final long serialVersionUID = 1L;

  /**
   * Where a resource is.
   *
   * @param cloud the cloud's name
   * @param region the region's name, empty when the cloud has one only
   */
  public record Place(String cloud, Hue hue, String region) {
    public Place {
      Objects.requireNonNull(cloud, "cloud");
      Objects.requireNonNull(hue, "hue");
      Objects.requireNonNull(region, "region");
    }
  }

  /**
   * A resource.
   *
   * @param id given back when it is clicked; one per graph
   * @param type as in a template: {@code OS::Nova::Server}; decides icon and column
   * @param place empty for what is in no cloud
   */
  public record Node(String id, String label, String type, Mark mark, Optional<Place> place) {
    public Node {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(mark, "mark");
      Objects.requireNonNull(place, "place");
    }

    private JsonObjectBuilder json() {
      JsonObjectBuilder json =
          Json.createObjectBuilder()
              .add("id", id)
              .add("label", label)
              .add("type", type)
              .add("status", mark.word());
      place.ifPresent(
          at ->
              json.add("cloud", at.cloud())
                  .add("hue", at.hue().number())
                  .add("region", at.region()));
      return json;
    }
  }

  /** An arrow between two nodes, by their ids. */
  public record Edge(String from, String to) {
    public Edge {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
    }
  }

  /**
   * The graph's own words, in the user's language.
   *
   * @param topology what the picture is called by a screen reader
   * @param file the name, without ending, under which it is saved
   * @param keys which keys do what; shown while the keyboard is used
   * @param needs said of a resource, its names at {@code {0}}
   * @param neededBy likewise, of those that need it
   * @param more the last of a long list of names, their number at {@code {0}}
   * @param marks the word for each mark
   */
  public record Texts(
      String topology,
      String zoomIn,
      String zoomOut,
      String fit,
      String save,
      String file,
      String keys,
      String needs,
      String neededBy,
      String more,
      Map<Mark, String> marks) {
    public Texts {
      marks = Map.copyOf(marks);
    }
  }

  /**
   * A graph.
   *
   * @param edges one with an unknown end is left out
   */
  public record Graph(List<Node> nodes, List<Edge> edges) {
    public Graph {
      nodes = List.copyOf(nodes);
      edges = List.copyOf(edges);
    }

    String json() {
      JsonArrayBuilder nodeArray = Json.createArrayBuilder();
      nodes.forEach(node -> nodeArray.add(node.json()));
      JsonArrayBuilder edgeArray = Json.createArrayBuilder();
      edges.forEach(
          edge ->
              edgeArray.add(
                  Json.createObjectBuilder().add("from", edge.from()).add("to", edge.to())));
      return Json.createObjectBuilder()
          .add("nodes", nodeArray)
          .add("edges", edgeArray)
          .build()
          .toString();
    }
  }

  /**
   * Shows this graph. When nodes and edges are those shown already, only labels and marks change
   * and nothing moves. The browser fetches it, so that a page does not keep a large one.
   *
   * @param graph is asked for outside the page's lock, once for each call of this
   */
  public void setGraph(SerializableSupplier<Graph> graph) {
    getElement()
        .setAttribute(
            "src",
            DownloadHandler.fromInputStream(
                event -> {
                  byte[] json = graph.get().json().getBytes(StandardCharsets.UTF_8);
                  return new DownloadResponse(
                      new ByteArrayInputStream(json),
                      "graph.json",
                      "application/json",
                      json.length);
                }));
  }

  /** Dims all but this node and its neighbours. */
  public void select(String id) {
    getElement().executeJs("this.selected = $0", Objects.requireNonNull(id, "id"));
  }

  public void clearSelection() {
    getElement().executeJs("this.selected = ''");
  }

  public void setTexts(Texts texts) {
    JsonObjectBuilder states = Json.createObjectBuilder();
    texts.marks().forEach((mark, word) -> states.add(mark.word(), word));
    getElement()
        .setProperty(
            "texts",
            Json.createObjectBuilder()
                .add("topology", texts.topology())
                .add("zoomIn", texts.zoomIn())
                .add("zoomOut", texts.zoomOut())
                .add("fit", texts.fit())
                .add("save", texts.save())
                .add("file", texts.file())
                .add("keys", texts.keys())
                .add("needs", texts.needs())
                .add("neededBy", texts.neededBy())
                .add("more", texts.more())
                .add("states", states)
                .build()
                .toString());
  }

  public Registration addNodeClickListener(ComponentEventListener<NodeClick> listener) {
    return addListener(NodeClick.class, listener);
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    Widgets.load(attached, NAME);
  }

  /** A node was clicked, or opened by Enter; it is now the selected one. */
  @DomEvent("node-click")
  public static class NodeClick extends ComponentEvent<Topology> {
    private static final long serialVersionUID = 1L;
    private final String id;

    public NodeClick(Topology source, boolean fromClient, @EventData("event.detail.id") String id) {
      super(source, fromClient);
      this.id = id;
    }

    /** The node's id. It comes from the browser: look it up, do not trust it. */
    public String id() {
      return id;
    }
  }
}
