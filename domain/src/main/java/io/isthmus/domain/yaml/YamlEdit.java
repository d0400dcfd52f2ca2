package io.isthmus.domain.yaml;

import io.isthmus.domain.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives single values of a YAML text others, and leaves everything else as it was written: order,
 * comments, spaces, anchors.
 */
public final class YamlEdit {

  private static final Pattern BREAK = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

  /** An anchor or a tag before the value. */
  private static final Pattern BEFORE = Pattern.compile("(?:[&!]\\S*\\s+)*");

  /** What can stand without quotes whatever is around it. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]*");

  /** What YAML 1.1 takes for something else than text. */
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "true", "false", "on", "off", "null");

  private final String text;
  private final List<Integer> lines = new ArrayList<>(List.of(0));
  private final Map<Integer, Piece> pieces = new TreeMap<>();

  private record Piece(int end, String by) {}

  /**
   * @param text that {@link YamlReader} has read
   */
  public YamlEdit(String text) {
    this.text = text;
    Matcher breaks = BREAK.matcher(text);
    while (breaks.find()) {
      lines.add(breaks.end());
    }
  }

  /**
   * Gives a value another text. Where an alias stands for it, it has that too.
   *
   * @param scalar as it was read from this text
   * @return false for one that is written over several lines, which stays as it is
   */
  public boolean replace(YamlNode.Scalar scalar, String by) {
    int line = lines.get(scalar.line() - 1);
    int start = text.offsetByCodePoints(line, scalar.column() - 1);
    Matcher before = BEFORE.matcher(text).region(start, text.length());
    if (before.lookingAt()) {
      start = before.end();
    }
    int end = end(start, scalar.text());
    if (end < 0) {
      return false;
    }
    boolean quoted = start < text.length() && "\"'".indexOf(text.charAt(start)) >= 0;
    boolean plain =
        !quoted && PLAIN.matcher(by).matches() && !WORDS.contains(by.toLowerCase(Locale.ROOT));
    pieces.put(start, new Piece(end, plain ? by : Json.createValue(by).toString()));
    return true;
  }

  /** Behind the value that begins there; below zero when it is written over several lines. */
  private int end(int start, String value) {
    if (start < text.length() && text.charAt(start) == '"') {
      int at = start + 1;
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      return at + 1;
    }
    if (start < text.length() && text.charAt(start) == '\'') {
      int at = start + 1;
      while (at < text.length() && (text.charAt(at) != '\'' || text.startsWith("''", at))) {
        at += text.charAt(at) == '\'' ? 2 : 1;
      }
      return at + 1;
    }
    return text.startsWith(value, start) ? start + value.length() : -1;
  }

  /** The text with all values that were given. */
  public String done() {
    StringBuilder done = new StringBuilder();
    int at = 0;
    for (Map.Entry<Integer, Piece> piece : pieces.entrySet()) {
      done.append(text, at, piece.getKey()).append(piece.getValue().by());
      at = piece.getValue().end();
    }
    return done.append(text, at, text.length()).toString();
  }
}
