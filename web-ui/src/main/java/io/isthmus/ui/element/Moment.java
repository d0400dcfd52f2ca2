package io.isthmus.ui.element;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import java.time.Instant;

/** A moment: how long ago, and on hover exactly when. */
@Tag("time")
public class Moment extends HtmlContainer {

  private static final long serialVersionUID = 1L;

  private Moment(Instant at, String text) {
    getElement().setAttribute("datetime", at.toString());
    getElement().setAttribute("title", Reader.formats().dateTime(at));
    setText(text);
  }

  public static Moment ago(Instant at) {
    Moment moment = new Moment(at, Reader.formats().ago(at, Instant.now()));
    moment.addClassName("age");
    return moment;
  }

  public static Moment until(Instant at) {
    Moment moment = new Moment(at, Reader.formats().until(at, Instant.now()));
    moment.addClassName("age");
    return moment;
  }

  /** Date and time, the relative beside. */
  public static Moment absolute(Instant at) {
    Formats formats = Reader.formats();
    return new Moment(at, formats.dateTime(at) + " · " + formats.ago(at, Instant.now()));
  }

  /** Time and, unless it is today, date, the relative beside: short enough for a list. */
  public static Moment compact(Instant at) {
    Formats formats = Reader.formats();
    Instant now = Instant.now();
    return new Moment(
        at,
        formats.compact(at, now)
            + " · "
            + (at.isAfter(now) ? formats.until(at, now) : formats.ago(at, now)));
  }

  /** The time of day, and the date before it when that is not today's. */
  public static Moment time(Instant at) {
    return new Moment(at, Reader.formats().time(at, Instant.now()));
  }
}
