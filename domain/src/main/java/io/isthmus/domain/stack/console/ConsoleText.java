package io.isthmus.domain.stack.console;

import java.util.regex.Pattern;

/** Makes plain text of what was written for a terminal. */
final class ConsoleText {

  /**
   * Control sequences and strings, and other escapes.
   *
   * @see "ECMA-48, control functions for coded character sets"
   */
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\x1b\\[[0-?]*[ -/]*[@-~]" // CSI: colours, movements
              + "|\\x1b[\\]PX^_][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\|$)" // OSC and other strings
              + "|\\x1b[ -/]*[0-~]?");

  private static final Pattern LINE_END = Pattern.compile("\\r*\\n");
  private static final Pattern OVERWRITTEN = Pattern.compile("(?m)^.*\\r(?=.)");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  private ConsoleText() {}

  /** Lines as a terminal would show them in the end; a line that was written over counts once. */
  static String plain(String written) {
    String text = ESCAPE.matcher(written).replaceAll("");
    text = LINE_END.matcher(text).replaceAll("\n");
    text = OVERWRITTEN.matcher(text).replaceAll("");
    return CONTROL.matcher(text).replaceAll("");
  }
}
