package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.dom.ElementUtil;
import com.vaadin.flow.internal.nodefeature.ElementListenerMap;
import org.jsoup.nodes.Document;

/** Components as markup, for what is only looked at. */
final class Markup {

  private Markup() {}

  /**
   * The component and all in it, every text escaped.
   *
   * @throws IllegalArgumentException when something in it listens, as nothing would be heard
   */
  static String of(Component component) {
    requireStill(component.getElement());
    Document document = new Document("");
    document.outputSettings().prettyPrint(false);
    document.appendChild(ElementUtil.toJsoup(document, component.getElement()));
    return document.outerHtml();
  }

  private static void requireStill(Element element) {
    if (element.isTextNode()) {
      return;
    }
    element
        .getNode()
        .getFeatureIfInitialized(ElementListenerMap.class)
        .ifPresent(
            listeners -> {
              throw new IllegalArgumentException(
                  "A <"
                      + element.getTag()
                      + "> listens: use a live table, or an action of the row");
            });
    element.getChildren().forEach(Markup::requireStill);
  }
}
