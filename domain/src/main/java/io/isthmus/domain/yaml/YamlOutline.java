package io.isthmus.domain.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of a text in YAML's block style and what is under which, by indentation alone, so that a
 * text can be read while it is being written. What stands in flow style or in block scalars is left
 * as it is.
 */
public final class YamlOutline {

  /** What an item of a list is called in a path. */
  public static final String ITEM = "*";

  private static final Pattern KEY =
      Pattern.compile("(\"[^\"]*\"|'[^']*'|[^\\s#{}\\[\\],&*!|>'\"%@`:-][^#]*?)\\s*:(?:\\s+|$)");
  private static final Pattern BLOCK_SCALAR = Pattern.compile("[|>][-+0-9]*");

  /** A key, or an item of a list, on one line. */
  record Token(String name, int column) {
    boolean isItem() {
      return name.equals(ITEM);
    }
  }

  /**
   * A line's dashes and its key, and what follows.
   *
   * @param rest behind the last token, with the spaces at its end
   */
  record Line(List<Token> tokens, String rest) {

    static Line of(String text) {
      List<Token> tokens = new ArrayList<>();
      int at = indentation(text);
      while (text.startsWith("- ", at) || text.substring(at).equals("-")) {
        tokens.add(new Token(ITEM, at));
        at = at + 1 + indentation(text.substring(at + 1));
      }
      Matcher key = KEY.matcher(text).region(at, text.length());
      if (key.lookingAt()) {
        tokens.add(new Token(unquoted(key.group(1)), at));
        at = key.end();
      }
      return new Line(tokens, text.substring(at));
    }
  }

  /** A key or an item with all that is under it. */
  static final class Entry {
    final Token token;
    final int line;
    final Optional<Entry> parent;
    final List<Entry> children = new ArrayList<>();

    /** What follows on its line, without comment; empty when it is below. */
    String value = "";

    Entry(Token token, int line, Optional<Entry> parent) {
      this.token = token;
      this.line = line;
      this.parent = parent;
    }

    boolean holdsText() {
      return BLOCK_SCALAR.matcher(value).matches();
    }

    Optional<Entry> child(String name) {
      return children.stream().filter(child -> child.token.name().equals(name)).findFirst();
    }
  }

  private final Entry root = new Entry(new Token("", -1), 0, Optional.empty());
  private final List<Entry> entries = new ArrayList<>();
  private final Deque<Entry> open = new ArrayDeque<>();

  private YamlOutline() {
    open.push(root);
  }

  /** Of a whole text. */
  public static YamlOutline of(String text) {
    return of(List.of(text.split("\n", -1)));
  }

  static YamlOutline of(List<String> lines) {
    YamlOutline outline = new YamlOutline();
    for (int i = 0; i < lines.size(); i++) {
      outline.add(lines.get(i), i + 1);
    }
    return outline;
  }

  /** The keys under a path of keys, in their order; none when it is not there. */
  public List<String> keys(String... path) {
    return find(path).stream()
        .flatMap(entry -> entry.children.stream())
        .map(entry -> entry.token.name())
        .toList();
  }

  /** What is written behind the key at a path of keys, when it is on the key's line. */
  public Optional<String> value(String... path) {
    return find(path).map(entry -> unquoted(entry.value)).filter(text -> !text.isEmpty());
  }

  private Optional<Entry> find(String... path) {
    Optional<Entry> entry = Optional.of(root);
    for (String key : path) {
      entry = entry.flatMap(parent -> parent.child(key));
    }
    return entry;
  }

  /** The entry that begins at this place. */
  Optional<Entry> at(int line, int column) {
    return entries.stream()
        .filter(entry -> entry.line == line && entry.token.column() == column)
        .findFirst();
  }

  private void add(String text, int number) {
    int start = indentation(text);
    if (start == text.length() || text.charAt(start) == '#') {
      return;
    }
    Line line = Line.of(text);
    Entry parent = parentOf(line.tokens().isEmpty() ? new Token("", start) : line.tokens().get(0));
    if (parent.holdsText()) {
      return;
    }
    for (Token token : line.tokens()) {
      Entry entry = new Entry(token, number, Optional.of(open.peek()));
      open.peek().children.add(entry);
      entries.add(entry);
      open.push(entry);
    }
    if (!line.tokens().isEmpty()) {
      open.peek().value = withoutComment(line.rest()).strip();
    }
  }

  /** What a token in the next line would be under; deeper ones are closed. */
  Entry parentOf(Token token) {
    while (open.peek().token.column() > token.column()
        || (open.peek().token.column() == token.column() && !isItemOfKey(token, open.peek()))) {
      open.pop();
    }
    return open.peek();
  }

  /** An item may stand as far left as the key that its list belongs to. */
  private static boolean isItemOfKey(Token token, Entry above) {
    return token.isItem() && !above.token.isItem();
  }

  static int indentation(String text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static String withoutComment(String text) {
    if (text.startsWith("#")) {
      return "";
    }
    int comment = text.indexOf(" #");
    return comment < 0 || text.startsWith("\"") || text.startsWith("'")
        ? text
        : text.substring(0, comment);
  }
}
