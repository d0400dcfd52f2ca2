package io.isthmus.ui.element;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.Text;
import io.isthmus.ui.widget.Age;
import java.time.Instant;

/** A moment: how long ago, and on hover exactly when. */
@Tag("time")
public class Moment extends HtmlContainer {

  private static final long serialVersionUID = 1L;

  private static final String BESIDE = " · ";

  private Moment(Instant at) {
    getElement().setAttribute("datetime", at.toString());
    getElement().setAttribute("title", Reader.formats().dateTime(at));
  }

  public static Moment ago(Instant at) {
    Moment moment = new Moment(at);
    moment.addClassName("age");
    moment.add(sinceThen(at));
    return moment;
  }

  public static Moment until(Instant at) {
    Moment moment = new Moment(at);
    moment.addClassName("age");
    moment.add(untilThen(at));
    return moment;
  }

  /** Date and time, the relative beside. */
  public static Moment absolute(Instant at) {
    Moment moment = new Moment(at);
    moment.add(new Text(Reader.formats().dateTime(at) + BESIDE), sinceThen(at));
    return moment;
  }

  /** Time and, unless it is today, date, the relative beside: short enough for a list. */
  public static Moment compact(Instant at) {
    Instant now = Instant.now();
    Moment moment = new Moment(at);
    moment.add(
        new Text(Reader.formats().compact(at, now) + BESIDE),
        at.isAfter(now) ? untilThen(at) : sinceThen(at));
    return moment;
  }

  /** The time of day, and the date before it when that is not today's. */
  public static Moment time(Instant at) {
    Moment moment = new Moment(at);
    moment.setText(Reader.formats().time(at, Instant.now()));
    return moment;
  }

  private static Age sinceThen(Instant at) {
    return new Age(at, false, Reader.formats().ago(at, Instant.now()));
  }

  private static Age untilThen(Instant at) {
    return new Age(at, true, Reader.formats().until(at, Instant.now()));
  }
}
