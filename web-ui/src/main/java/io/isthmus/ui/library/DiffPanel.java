package io.isthmus.ui.library;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Locale;

/**
 * The changed lines of a text with some around them; each has a sign, so that colour only helps.
 */
class DiffPanel extends Div {

  private static final long serialVersionUID = 1L;

  private static final int AROUND = 3;

  DiffPanel(String title, List<LineDiff.Line> lines) {
    addClassName("panel");
    Div head = new Div(new H3(title));
    head.addClassName("panel-head");
    Div body = new Div();
    body.addClassName("diff");
    body.getElement().setAttribute("tabindex", "0");
    body.getElement().setAttribute("role", "region");
    body.getElement().setAttribute("aria-label", title);
    boolean left = false;
    for (int i = 0; i < lines.size(); i++) {
      if (isNear(lines, i)) {
        if (left) {
          body.add(gap());
        }
        left = false;
        body.add(row(lines.get(i)));
      } else {
        left = true;
      }
    }
    add(head, body);
  }

  private static boolean isNear(List<LineDiff.Line> lines, int index) {
    return lines
        .subList(Math.max(0, index - AROUND), Math.min(lines.size(), index + AROUND + 1))
        .stream()
        .anyMatch(line -> line.kind() != LineDiff.Kind.SAME);
  }

  private static Div gap() {
    Div gap = new Div("⋯");
    gap.addClassNames("diff-gap", "quiet");
    return gap;
  }

  private Div row(LineDiff.Line line) {
    Span number = new Span(String.valueOf(line.number()));
    number.addClassName("diff-number");
    Span sign =
        new Span(
            switch (line.kind()) {
              case SAME -> " ";
              case ADDED -> "+";
              case REMOVED -> "−";
            });
    sign.addClassName("diff-sign");
    Span text = new Span(line.text());
    Div row = new Div(number, sign, text);
    row.addClassNames("diff-line", "diff-" + line.kind().name().toLowerCase(Locale.ROOT));
    return row;
  }
}
