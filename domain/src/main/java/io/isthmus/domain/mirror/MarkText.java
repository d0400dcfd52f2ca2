package io.isthmus.domain.mirror;

import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.StackId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a mark, which anybody may have written in a cloud. */
public final class MarkText {

  private static final Pattern FORM =
      Pattern.compile(
          "\\[isthmus:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\\d{1,9}):([^\\]]{1,255})\\]");

  private MarkText() {}

  /**
   * @return the mark with the resource's own path, without what follows {@code #}; empty when it is
   *     none
   */
  public static Optional<Mark> parse(String text) {
    Matcher mark = FORM.matcher(text);
    if (!mark.matches()) {
      return Optional.empty();
    }
    String path = mark.group(3);
    int helper = path.indexOf('#');
    return Optional.of(
        new Mark(
            StackId.parse(mark.group(1)),
            helper < 0 ? path : path.substring(0, helper),
            Integer.parseInt(mark.group(2))));
  }
}
