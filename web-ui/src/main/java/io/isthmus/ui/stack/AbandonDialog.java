package io.isthmus.ui.stack;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.isthmus.ui.element.RemovalDialog;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Asks before a stack is abandoned: says what that means, and offers what is known of it. */
class AbandonDialog extends RemovalDialog {

  private static final long serialVersionUID = 1L;

  /**
   * @param document what is known of the stack, as JSON
   * @param abandon is given nothing; what it refuses is told here
   */
  AbandonDialog(String stackName, Supplier<String> document, Runnable abandon) {
    super(
        words("abandon.ask", stackName),
        List.of(
            words("abandon.nothing-deleted"),
            words("abandon.forgotten"),
            words("abandon.no-way-back"),
            words("abandon.keep")),
        stackName,
        words("abandon.do"),
        abandon);
    add(new Div(download(stackName, document)));
  }

  /** A link to what is known of a stack, which stays also after it was abandoned. */
  static Anchor download(String stackName, Supplier<String> document) {
    return new Anchor(
        DownloadHandler.fromInputStream(
            event -> {
              byte[] bytes = document.get().getBytes(StandardCharsets.UTF_8);
              return new DownloadResponse(
                  new ByteArrayInputStream(bytes),
                  stackName + ".json",
                  "application/json",
                  bytes.length);
            }),
        words("abandon.download"));
  }

  private static String words(String key, Object... arguments) {
    return UI.getCurrent().getTranslation(key, arguments);
  }
}
