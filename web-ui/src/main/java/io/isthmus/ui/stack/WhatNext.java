package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.ui.element.Strong;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** What a person can do about a stack that failed: what a retry asks for, and the whole story. */
class WhatNext extends Div {

  private static final long serialVersionUID = 1L;

  private final Div words = new Div();

  /**
   * @param fileName of the report, without its ending
   * @param report is asked for when somebody downloads it
   */
  WhatNext(String fileName, Supplier<String> report) {
    addClassNames("panel", "what-next", "stack");
    words.addClassName("stack");
    Anchor download =
        new Anchor(
            DownloadHandler.fromInputStream(
                event -> {
                  byte[] bytes = report.get().getBytes(StandardCharsets.UTF_8);
                  return new DownloadResponse(
                      new ByteArrayInputStream(bytes),
                      fileName + ".txt",
                      "text/plain;charset=utf-8",
                      bytes.length);
                }),
            getTranslation("report.download"));
    add(words, download);
  }

  void show(StackStatus status, List<PartView> parts) {
    words.removeAll();
    words.setVisible(status.status() == ActionStatus.FAILED);
    if (StackDetailsView.isRetriable(status)) {
      words.add(new Strong(getTranslation("retry.title")), new RetryMeaning(status, parts));
    } else if (status.equals(StackStatus.DELETE_FAILED)) {
      words.add(
          new Strong(getTranslation("retry.delete-title")),
          new Paragraph(getTranslation("retry.delete-words")));
    }
  }
}
