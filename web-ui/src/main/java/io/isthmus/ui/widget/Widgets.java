package io.isthmus.ui.widget;

import com.vaadin.flow.component.AttachEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Knows which file holds a web component: names carry a hash, so that a browser may keep them. */
public final class Widgets {
  private static final Properties FILES = load();

  private Widgets() {}

  /**
   * The file of a component, as in {@code isthmus-map-GDS77WMZ.js}.
   *
   * @throws IllegalArgumentException when no such component was built
   */
  public static String file(String component) {
    String file = FILES.getProperty(component);
    if (file == null) {
      throw new IllegalArgumentException(
          "No web component " + component + ": build it by ./isthmus test widgets");
    }
    return file;
  }

  /** The hash, in hexadecimal, of the sources from which the components were built. */
  public static String inputs() {
    return FILES.getProperty("inputs");
  }

  /** Has the page load a component's module; to be called when the component is attached. */
  static void load(AttachEvent attached, String component) {
    attached.getUI().getPage().addJsModule("context://widgets/" + file(component));
  }

  /**
   * The same for a large one that is beside what the page is about: the page is painted first.
   * Until then the component is empty; properties that are set meanwhile are taken over.
   */
  static void loadAfterPaint(AttachEvent attached, String component) {
    attached
        .getUI()
        .getPage()
        .executeJs(
            "const url = new URL($0, document.baseURI);"
                + " requestAnimationFrame(() => setTimeout(() => import(url)))",
            "widgets/" + file(component));
  }

  private static Properties load() {
    try (InputStream in = Widgets.class.getResourceAsStream("widgets.properties")) {
      if (in == null) {
        throw new IllegalStateException(
            "widgets.properties is not beside " + Widgets.class.getName() + " in the war");
      }
      Properties files = new Properties();
      files.load(in);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read widgets.properties", e);
    }
  }
}
