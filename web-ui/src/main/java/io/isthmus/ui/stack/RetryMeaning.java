package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackStatus;
import java.util.List;
import java.util.stream.Collectors;

/** What trying again what failed asks of the clouds, and what it leaves as it is. */
class RetryMeaning extends Paragraph {

  private static final long serialVersionUID = 1L;
  private static final int NAMED = 5;

  /**
   * @param status of the stack, whose action failed
   * @param parts of the stack
   */
  RetryMeaning(StackStatus status, List<PartView> parts) {
    setText(
        switch (status.action()) {
          case CHECK -> getTranslation("retry.check-words");
          case SUSPEND -> getTranslation("retry.suspend-words");
          case RESUME -> getTranslation("retry.resume-words");
          default -> asked(parts);
        });
  }

  private String asked(List<PartView> parts) {
    List<String> failed =
        parts.stream()
            .filter(part -> part.status().status() == ActionStatus.FAILED)
            .map(part -> PartNames.of(part.id(), parts))
            .toList();
    long there = parts.stream().filter(part -> part.status().isWhole()).count();
    long waiting = parts.size() - failed.size() - there;
    return getTranslation("retry.words", failed.size(), named(failed))
        + " "
        + getTranslation("retry.rest", waiting, there);
  }

  private String named(List<String> names) {
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    int more = names.size() - NAMED;
    return more > 0 ? getTranslation("stack.and-others", first, more) : first;
  }
}
