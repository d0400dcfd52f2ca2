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
import java.util.stream.Collectors;

/** What a person can do about a stack that failed: what a retry asks for, and the whole story. */
class WhatNext extends Div {

  private static final long serialVersionUID = 1L;
  private static final int NAMED = 5;

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
    if (status.equals(StackStatus.CREATE_FAILED)) {
      List<String> failed = names(parts, ActionStatus.FAILED);
      long there = parts.stream().filter(part -> part.status().equals(StackStatus.CREATED)).count();
      long waiting = parts.size() - failed.size() - there;
      words.add(
          new Strong(getTranslation("retry.title")),
          new Paragraph(
              getTranslation("retry.words", failed.size(), named(failed))
                  + " "
                  + getTranslation("retry.rest", waiting, there)));
    } else if (status.equals(StackStatus.DELETE_FAILED)) {
      words.add(
          new Strong(getTranslation("retry.delete-title")),
          new Paragraph(getTranslation("retry.delete-words")));
    }
  }

  private String named(List<String> names) {
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    int more = names.size() - NAMED;
    return more > 0 ? getTranslation("stack.and-others", first, more) : first;
  }

  private static List<String> names(List<PartView> parts, ActionStatus status) {
    return parts.stream()
        .filter(part -> part.status().status() == status)
        .map(part -> PartNames.of(part.id(), parts))
        .toList();
  }
}
