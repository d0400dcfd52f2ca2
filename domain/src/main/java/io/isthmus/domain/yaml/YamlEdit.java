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
import java.util.stream.Collectors;

/**
 * Gives single values of a YAML text others, or a map one key more, and leaves everything else as
 * it was written: order, comments, spaces, anchors.
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
    int start = start(scalar);
    int end = end(start, scalar.text());
    if (end < 0) {
      return false;
    }
    boolean quoted = start < text.length() && "\"'".indexOf(text.charAt(start)) >= 0;
    pieces.put(start, new Piece(end, quoted ? Json.createValue(by).toString() : written(by)));
    return true;
  }

  /**
   * Gives a list other values; comments between them go.
   *
   * @param list as it was read from this text
   * @param by at least one
   * @return false for a list with something else than texts of one line in it, and for an empty
   *     one, which stay as they are
   */
  public boolean replace(YamlNode.Sequence list, List<String> by) {
    if (list.items().isEmpty()
        || !list.items().stream().allMatch(YamlNode.Scalar.class::isInstance)) {
      return false;
    }
    YamlNode.Scalar last = (YamlNode.Scalar) list.items().get(list.items().size() - 1);
    int start = start(list);
    int end = end(start(last), last.text());
    if (end < 0) {
      return false;
    }
    if (text.charAt(start) == '[') {
      int closing = text.indexOf(']', end);
      pieces.put(start, new Piece(closing + 1, inBrackets(by)));
    } else {
      String next = lineBreak() + " ".repeat(list.column() - 1);
      pieces.put(
          start,
          new Piece(
              end, by.stream().map(one -> "- " + written(one)).collect(Collectors.joining(next))));
    }
    return true;
  }

  /**
   * Gives a map one key more, with a list as its value.
   *
   * @param map as it was read from this text
   * @param before the key of it that the new one is put before
   */
  public void insert(YamlNode.Mapping map, YamlNode.Entry before, String key, List<String> values) {
    int at = offset(before.line(), before.column());
    String next =
        text.charAt(start(map)) == '{' ? ", " : lineBreak() + " ".repeat(before.column() - 1);
    pieces.put(at, new Piece(at, written(key) + ": " + inBrackets(values) + next));
  }

  private static String written(String value) {
    boolean plain =
        PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT));
    return plain ? value : Json.createValue(value).toString();
  }

  private static String inBrackets(List<String> values) {
    return values.stream().map(YamlEdit::written).collect(Collectors.joining(", ", "[", "]"));
  }

  /** As the text's own lines end. */
  private String lineBreak() {
    Matcher breaks = BREAK.matcher(text);
    return breaks.find() ? breaks.group() : "\n";
  }

  private int offset(int line, int column) {
    return text.offsetByCodePoints(lines.get(line - 1), column - 1);
  }

  /** Behind anchors and tags. */
  private int start(YamlNode node) {
    int start = offset(node.line(), node.column());
    Matcher before = BEFORE.matcher(text).region(start, text.length());
    return before.lookingAt() ? before.end() : start;
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
