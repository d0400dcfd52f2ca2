package io.isthmus.ui.widget;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.shared.Registration;
import io.isthmus.domain.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Draws the rows of the table within it from markup. What it was told is kept by the browser alone,
 * and must be told again when it is attached again.
 */
@Tag(Rows.NAME)
public class Rows extends Component implements HasComponents, HasStyle {
  static final String NAME = "isthmus-rows";
  private static final long serialVersionUID = 1L;

  /**
   * A row.
   *
   * @param id tells it apart from the others
   * @param cells the markup of each, trusted; empty for one that stays as it is, no list at all
   *     when each does
   */
  public record Row(int id, List<Optional<String>> cells) {}

  /** Shows these in place of those shown; the same ids are the same rows. */
  public void draw(List<Row> rows) {
    getElement().callJsFunction("draw", json(rows));
  }

  static String json(List<Row> rows) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Row row : rows) {
      JsonObjectBuilder each = Json.createObjectBuilder().add("id", row.id());
      if (!row.cells().isEmpty()) {
        JsonArrayBuilder cells = Json.createArrayBuilder();
        row.cells().forEach(cell -> cell.ifPresentOrElse(cells::add, cells::addNull));
        each.add("cells", cells);
      }
      array.add(each);
    }
    return array.build().toString();
  }

  /** Has nobody's choice of rows left. */
  public final void clearPicks() {
    getElement().callJsFunction("clearPicks");
  }

  public final Registration addPickListener(ComponentEventListener<Pick> listener) {
    return addListener(Pick.class, listener);
  }

  public final Registration addActListener(ComponentEventListener<Act> listener) {
    return addListener(Act.class, listener);
  }

  /** What stands in cells is attached by the browser alone: its modules come along. */
  @Override
  protected void onAttach(AttachEvent attached) {
    Widgets.load(attached, NAME);
    Widgets.load(attached, Age.NAME);
    Widgets.load(attached, CopyButton.NAME);
  }

  /** Other rows are ticked than before. */
  @DomEvent("rows-pick")
  public static class Pick extends ComponentEvent<Rows> {
    private static final long serialVersionUID = 1L;
    private final String rows;

    public Pick(Rows source, boolean fromClient, @EventData("event.detail.rows") String rows) {
      super(source, fromClient);
      this.rows = rows;
    }

    /** The ids of all that are ticked now. They come from the browser. */
    public Set<Integer> rows() {
      return Arrays.stream(rows.split(" "))
          .filter(id -> id.matches("\\d{1,9}"))
          .map(Integer::valueOf)
          .collect(Collectors.toSet());
    }
  }

  /** Something marked by {@code data-act} was clicked in a row. */
  @DomEvent("row-act")
  public static class Act extends ComponentEvent<Rows> {
    private static final long serialVersionUID = 1L;
    private final int row;
    private final int act;

    public Act(
        Rows source,
        boolean fromClient,
        @EventData("event.detail.row") int row,
        @EventData("event.detail.act") int act) {
      super(source, fromClient);
      this.row = row;
      this.act = act;
    }

    /** The row's id. It comes from the browser: look it up, do not trust it. */
    public int row() {
      return row;
    }

    /** What the mark says. It comes from the browser, too. */
    public int act() {
      return act;
    }
  }
}
