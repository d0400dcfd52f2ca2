package io.isthmus.domain.yaml;

import io.isthmus.domain.yaml.YamlOutline.Entry;
import io.isthmus.domain.yaml.YamlOutline.Line;
import io.isthmus.domain.yaml.YamlOutline.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a YAML text something is being written, for offering what may stand there. The text need
 * not be well-formed.
 *
 * @param path the keys above, outermost first, {@link YamlOutline#ITEM} for items of lists; when a
 *     value is written, its key is the last
 * @param slot what can be written
 * @param written the keys that the map has already in which it would stand
 * @param items the items before it of the list in which it would stand
 * @param outline of the whole text
 * @param beside for each element of the path the values, by key, that stand next to it in its map
 */
public record YamlCaret(
    List<String> path,
    Slot slot,
    List<String> written,
    List<String> items,
    YamlOutline outline,
    List<UnaryOperator<String>> beside) {

  /** What can be written at a place. */
  public enum Slot {
    /** On a line of its own: a key, or a value that begins there. */
    LINE,
    /** Behind a key. */
    VALUE,
    /** A key of a map in one line. */
    FLOW_KEY,
    /** An item of a list in one line. */
    FLOW_ITEM,
    /** Nothing that could be offered: a comment, or a text. */
    NOTHING
  }

  private static final Pattern WORD = Pattern.compile("[\\w:.$%/-]*$");

  /**
   * Finds the place.
   *
   * @param line 1-based; beyond the text counts as its end
   * @param column how many characters (UTF-16 units) stand before the caret on its line
   */
  public static YamlCaret at(String text, int line, int column) {
    List<String> lines = Arrays.asList(text.split("\n", -1));
    int number = Math.min(Math.max(1, line), lines.size());
    String whole = lines.get(number - 1);
    String before = whole.substring(0, Math.min(Math.max(0, column), whole.length()));
    String head = before.substring(0, before.length() - word(before).length());
    YamlOutline all = YamlOutline.of(lines);
    YamlOutline above = YamlOutline.of(lines.subList(0, number - 1));
    Line line0 = Line.of(head);
    int start = YamlOutline.indentation(head);
    Token first = line0.tokens().isEmpty() ? new Token("", start) : line0.tokens().get(0);
    Entry parent = above.parentOf(first);
    FlowPosition flow = FlowPosition.of(line0.rest());
    if (parent.holdsText() || isComment(head) || flow.isTaken()) {
      return new YamlCaret(List.of(), Slot.NOTHING, List.of(), List.of(), all, List.of());
    }
    LinkedList<Optional<Entry>> entries = new LinkedList<>();
    List<String> path = new LinkedList<>();
    for (Entry entry = parent; entry.parent.isPresent(); entry = entry.parent.get()) {
      path.add(0, entry.token.name());
      entries.addFirst(all.at(entry.line, entry.token.column()));
    }
    for (Token token : line0.tokens()) {
      path.add(token.name());
      entries.add(all.at(number, token.column()));
    }
    List<UnaryOperator<String>> beside = new ArrayList<>();
    entries.forEach(entry -> beside.add(neighbours(entry)));
    flow.path()
        .forEach(
            key -> {
              path.add(key);
              beside.add(absent -> "");
            });
    return new YamlCaret(
        List.copyOf(path),
        slot(line0, flow),
        written(entries, path, all, flow, number),
        items(entries, flow, number),
        all,
        List.copyOf(beside));
  }

  private static Slot slot(Line line, FlowPosition flow) {
    if (flow.isAtKey()) {
      return Slot.FLOW_KEY;
    }
    if (flow.isInside()) {
      return flow.path().get(flow.path().size() - 1).equals(YamlOutline.ITEM)
          ? Slot.FLOW_ITEM
          : Slot.VALUE;
    }
    List<Token> tokens = line.tokens();
    return tokens.isEmpty() || tokens.get(tokens.size() - 1).isItem() ? Slot.LINE : Slot.VALUE;
  }

  private static List<String> written(
      LinkedList<Optional<Entry>> entries,
      List<String> path,
      YamlOutline all,
      FlowPosition flow,
      int number) {
    if (flow.isInside()) {
      return flow.isAtKey() ? flow.before() : List.of();
    }
    if (path.isEmpty()) {
      return all.keys();
    }
    return entries.getLast().stream()
        .flatMap(entry -> entry.children.stream())
        .filter(child -> child.line != number)
        .map(child -> child.token.name())
        .toList();
  }

  private static List<String> items(
      LinkedList<Optional<Entry>> entries, FlowPosition flow, int number) {
    if (flow.isInside()) {
      return flow.isAtKey() ? List.of() : flow.before();
    }
    return (entries.isEmpty() ? Optional.<Entry>empty() : entries.getLast())
        .filter(entry -> entry.token.isItem()).stream()
            .flatMap(entry -> entry.parent.orElseThrow().children.stream())
            .filter(item -> item.line < number)
            .map(item -> YamlOutline.unquoted(item.value))
            .toList();
  }

  private static UnaryOperator<String> neighbours(Optional<Entry> entry) {
    return key ->
        entry
            .flatMap(known -> known.parent)
            .flatMap(parent -> parent.child(key))
            .map(child -> YamlOutline.unquoted(child.value))
            .orElse("");
  }

  private static String word(String before) {
    Matcher word = WORD.matcher(before);
    return word.find() ? word.group() : "";
  }

  private static boolean isComment(String head) {
    return head.strip().startsWith("#") || head.contains(" #");
  }

  /** The last element of the path; empty at the top. */
  public String last() {
    return path.isEmpty() ? "" : path.get(path.size() - 1);
  }

  /** What stands behind a key next to an element of the path; empty when nothing does. */
  public String beside(int element, String key) {
    return beside.get(element).apply(key);
  }

  /** Whether a key can stand there. */
  public boolean takesKey() {
    return slot == Slot.LINE || slot == Slot.FLOW_KEY;
  }

  /** Whether a value can stand there. */
  public boolean takesValue() {
    return slot == Slot.LINE || slot == Slot.VALUE || slot == Slot.FLOW_ITEM;
  }

  /** Whether the path fits, where a star in the pattern stands for any element. */
  public boolean isAt(String... pattern) {
    if (pattern.length != path.size()) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      if (!pattern[i].equals(YamlOutline.ITEM) && !pattern[i].equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }
}
