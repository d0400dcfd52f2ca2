package io.isthmus.domain.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** How deep one is in collections that are written in YAML's flow style, on one line. */
final class FlowPosition {

  private static final class Collection {
    final boolean isMap;
    final List<String> done = new ArrayList<>();
    String key = "";
    boolean hasKey;
    StringBuilder current = new StringBuilder();

    Collection(boolean isMap) {
      this.isMap = isMap;
    }
  }

  private final Deque<Collection> open = new ArrayDeque<>();
  private boolean scalar;

  /** Reads what stands between a key and the word that is being written. */
  static FlowPosition of(String text) {
    FlowPosition position = new FlowPosition();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == '"' || c == '\'') && text.indexOf(c, i + 1) > 0) {
        int end = text.indexOf(c, i + 1);
        position.text(text.substring(i + 1, end));
        i = end;
      } else {
        position.read(c, i + 1 < text.length() ? text.charAt(i + 1) : ' ');
      }
    }
    return position;
  }

  private void text(String quoted) {
    if (open.isEmpty()) {
      scalar = true;
    } else {
      open.peek().current.append(quoted);
    }
  }

  private void read(char c, char next) {
    switch (c) {
      case '{', '[' -> open.push(new Collection(c == '{'));
      case '}', ']' -> {
        if (!open.isEmpty()) {
          open.pop();
        }
        scalar = open.isEmpty();
      }
      case ',' -> endItem();
      default -> {
        if (open.isEmpty()) {
          scalar |= c != ' ';
        } else if (c == ':' && next == ' ' && open.peek().isMap && !open.peek().hasKey) {
          startValue();
        } else {
          open.peek().current.append(c);
        }
      }
    }
  }

  private void startValue() {
    Collection map = open.peek();
    map.key = map.current.toString().strip();
    map.hasKey = true;
    map.current = new StringBuilder();
  }

  private void endItem() {
    if (!open.isEmpty()) {
      Collection ended = open.peek();
      ended.done.add(ended.isMap ? ended.key : ended.current.toString().strip());
      ended.hasKey = false;
      ended.current = new StringBuilder();
    }
  }

  /** Whether a text was begun, or a collection has ended, so that nothing new can stand there. */
  boolean isTaken() {
    return scalar || (!open.isEmpty() && !open.peek().current.toString().isBlank());
  }

  boolean isInside() {
    return !open.isEmpty();
  }

  boolean isAtKey() {
    return !open.isEmpty() && open.peek().isMap && !open.peek().hasKey;
  }

  /** The keys and items that lead here. */
  List<String> path() {
    List<String> path = new ArrayList<>();
    for (Iterator<Collection> outermostFirst = open.descendingIterator();
        outermostFirst.hasNext(); ) {
      Collection collection = outermostFirst.next();
      if (!collection.isMap) {
        path.add(YamlOutline.ITEM);
      } else if (collection.hasKey) {
        path.add(collection.key);
      }
    }
    return path;
  }

  /** The keys, or the items, that the innermost collection has already. */
  List<String> before() {
    return open.isEmpty() ? List.of() : List.copyOf(open.peek().done);
  }
}
