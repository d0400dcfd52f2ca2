package io.isthmus.ui.element;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinSession;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;

/** Who looks at the page: language and time zone, as far as the browser told them. */
public final class Reader {

  /** Its short name is written “UTC”. */
  private static final ZoneId UNTOLD = ZoneId.of("UTC");

  private static final String ZONE = Reader.class.getName() + ".zone";

  private Reader() {}

  public static Locale locale() {
    return UI.getCurrent().getLocale();
  }

  public static Formats formats() {
    VaadinSession session = VaadinSession.getCurrent();
    ZoneId zone = session == null ? null : (ZoneId) session.getAttribute(ZONE);
    return new Formats(locale(), zone == null ? UNTOLD : zone);
  }

  /**
   * Remembers the browser's zone.
   *
   * @param id such as {@code Europe/Paris}; one that is not known is ignored, and times stay in UTC
   * @return whether times read otherwise from now on
   */
  public static boolean setZone(String id) {
    VaadinSession session = VaadinSession.getCurrent();
    try {
      ZoneId zone = ZoneId.of(id);
      ZoneId before = (ZoneId) session.getAttribute(ZONE);
      session.setAttribute(ZONE, zone);
      return !zone.getRules().equals((before == null ? UNTOLD : before).getRules());
    } catch (DateTimeException e) {
      return false;
    }
  }
}
