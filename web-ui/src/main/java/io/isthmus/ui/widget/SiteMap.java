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
import com.vaadin.flow.shared.Registration;
import io.isthmus.domain.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An equal-area map of the world with clouds as dots and links between them as arcs. A picture
 * only: the page shows a table beside it that says the same.
 */
@Tag(SiteMap.NAME)
public class SiteMap extends Component implements HasSize, HasStyle {
  static final String NAME = "isthmus-map";
  private static final long serialVersionUID = 1L;

  /**
   * A cloud or region on the map.
   *
   * @param id given back when it is clicked; one per map
   * @param name shown beside its dot
   * @param latitude in degrees, north positive
   * @param longitude in degrees, east positive
   * @param count what is there, in whatever is counted; the dot's size
   * @param label a sentence for the tooltip, in the user's language; may be empty
   * @param excluded in a plan: something keeps everything out of it
   * @param way where its dot leads; a dot without one is only looked at
   */
  public record Site(
      String id,
      String name,
      double latitude,
      double longitude,
      Hue hue,
      Mark mark,
      long count,
      String label,
      boolean excluded,
      Optional<Way> way) {

    /** A dot that is only looked at. */
    public Site(
        String id,
        String name,
        double latitude,
        double longitude,
        Hue hue,
        Mark mark,
        long count,
        String label,
        boolean excluded) {
      this(id, name, latitude, longitude, hue, mark, count, label, excluded, Optional.empty());
    }

    public Site {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(hue, "hue");
      Objects.requireNonNull(mark, "mark");
      Objects.requireNonNull(label, "label");
      requireWithin("latitude", latitude, 90);
      requireWithin("longitude", longitude, 180);
      if (count < 0) {
        throw new IllegalArgumentException("count of " + id + " is negative: " + count);
      }
    }

    private static void requireWithin(String what, double degrees, double limit) {
      if (!(Math.abs(degrees) <= limit)) {
        throw new IllegalArgumentException(
            what + " is from -" + limit + " to " + limit + " degrees, not " + degrees);
      }
    }

    private JsonObjectBuilder json() {
      JsonObjectBuilder json =
          Json.createObjectBuilder()
              .add("id", id)
              .add("name", name)
              .add("lat", latitude)
              .add("lon", longitude)
              .add("hue", hue.number())
              .add("state", mark.word())
              .add("count", count)
              .add("label", label)
              .add("excluded", excluded);
      way.ifPresent(to -> json.add("href", to.address()).add("action", to.words()));
      return json;
    }
  }

  /**
   * Where a dot leads, by a click or by Enter.
   *
   * @param address within the portal, beginning with a slash
   * @param words what is there, in the user's language
   */
  public record Way(String address, String words) {}

  /**
   * A link between two sites, by their ids.
   *
   * @param label a sentence for the tooltip, in the user's language
   */
  public record Link(String from, String to, Mark mark, String label) {
    public Link {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      Objects.requireNonNull(mark, "mark");
      Objects.requireNonNull(label, "label");
    }

    private JsonObjectBuilder json() {
      return Json.createObjectBuilder()
          .add("from", from)
          .add("to", to)
          .add("state", mark.word())
          .add("label", label);
    }
  }

  /**
   * The map's own words, in the user's language.
   *
   * @param map what the picture is called by a screen reader
   * @param marks the word for each mark, for tooltips
   * @param excluded the word for a cloud into which a plan can put nothing
   */
  public record Texts(
      String map,
      String zoomIn,
      String zoomOut,
      String wholeWorld,
      Map<Mark, String> marks,
      String excluded) {
    public Texts {
      marks = Map.copyOf(marks);
    }
  }

  /** Shows these sites in place of those shown. */
  public void setSites(List<Site> sites) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    sites.forEach(site -> array.add(site.json()));
    getElement().setProperty("sites", array.build().toString());
  }

  /** Shows these links in place of those shown; one whose site is not shown is left out. */
  public void setLinks(List<Link> links) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    links.forEach(link -> array.add(link.json()));
    getElement().setProperty("links", array.build().toString());
  }

  /** Smaller dots and no tools: for a map beside something else. */
  public void setCompact(boolean compact) {
    getElement().setProperty("compact", compact);
  }

  /** Shows a plan: where nothing goes is hollow, what is excluded is crossed out. */
  public void setPlan(boolean plan) {
    getElement().setProperty("plan", plan);
  }

  public void setTexts(Texts texts) {
    JsonObjectBuilder states = Json.createObjectBuilder().add("excluded", texts.excluded());
    texts.marks().forEach((mark, word) -> states.add(mark.word(), word));
    getElement()
        .setProperty(
            "texts",
            Json.createObjectBuilder()
                .add("map", texts.map())
                .add("zoomIn", texts.zoomIn())
                .add("zoomOut", texts.zoomOut())
                .add("fit", texts.wholeWorld())
                .add("states", states)
                .build()
                .toString());
  }

  public Registration addSiteClickListener(ComponentEventListener<SiteClick> listener) {
    return addListener(SiteClick.class, listener);
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    Widgets.loadAfterPaint(attached, NAME);
  }

  /** A site was clicked. */
  @DomEvent("site-click")
  public static class SiteClick extends ComponentEvent<SiteMap> {
    private static final long serialVersionUID = 1L;
    private final String id;

    public SiteClick(SiteMap source, boolean fromClient, @EventData("event.detail.id") String id) {
      super(source, fromClient);
      this.id = id;
    }

    /** The site's id. It comes from the browser: look it up, do not trust it. */
    public String id() {
      return id;
    }
  }
}
