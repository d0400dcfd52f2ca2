package io.isthmus.domain.mirror;

import java.util.Arrays;

/** In which order a list is told; those that are equal in it, by id. */
public enum MirrorOrder {
  NAME("name:asc", "name_key", "text", "repeat(chr(1114111), 256)", false),
  NAME_DOWN("name:desc", "name_key", "text", "''", true),
  /** What has no time of creation comes first. */
  OLDEST("created_at:asc", "created_key", "timestamptz", "'infinity'::timestamptz", false),
  NEWEST("created_at:desc", "created_key", "timestamptz", "'-infinity'::timestamptz", true);

  private final String text;
  private final String key;
  private final String type;
  private final String last;
  private final boolean descending;

  MirrorOrder(String text, String key, String type, String last, boolean descending) {
    this.text = text;
    this.key = key;
    this.type = type;
    this.last = last;
    this.descending = descending;
  }

  /** As in an address. */
  public String text() {
    return text;
  }

  /**
   * SQL of what an item is ordered by.
   *
   * @param table items or their addresses, which carry it too
   */
  String key(String table) {
    return table + "." + key;
  }

  /** SQL's type of it. */
  String type() {
    return type;
  }

  /** SQL of a value that nothing comes behind. */
  String last() {
    return last;
  }

  public boolean isDescending() {
    return descending;
  }

  /**
   * Reads {@code name}, {@code name:asc} or {@code name:desc}.
   *
   * @throws IllegalArgumentException for anything else, telling what can be asked for
   */
  public static MirrorOrder parse(String text) {
    String whole = text.contains(":") ? text : text + ":asc";
    return Arrays.stream(values())
        .filter(order -> order.text.equals(whole))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("expected name, created_at, with :asc or :desc"));
  }
}
