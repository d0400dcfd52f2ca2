package io.isthmus.domain.stack;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * In which order stacks are listed; those that are equal in it, by id.
 *
 * @param descending from the last to the first
 */
public record StackOrder(By by, boolean descending) {

  public static final StackOrder NEWEST = new StackOrder(By.CREATED_AT, true);

  /** What stacks are ordered by. */
  public enum By {
    /** Without regard to case. */
    NAME,
    STATUS,
    /** From the worst, LOST, to HEALTHY. */
    HEALTH,
    CREATED_AT,
    UPDATED_AT,
    /** Without regard to case. */
    CREATED_BY;

    /** As in a request: {@code created_at}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What is compared of a stack, as text that a cursor can hold. */
    String of(StackView stack) {
      return switch (this) {
        case NAME -> stack.name();
        case STATUS -> stack.status().toString();
        case HEALTH -> stack.health().state().name();
        case CREATED_AT -> stack.createdAt().toString();
        case UPDATED_AT -> stack.updatedAt().toString();
        case CREATED_BY -> stack.createdBy();
      };
    }
  }

  /**
   * Reads {@code name}, {@code name:asc} or {@code name:desc}.
   *
   * @throws IllegalArgumentException for anything else, telling what can be asked for
   * @see "OpenStack API SIG guidelines, pagination, filter and sort"
   */
  public static StackOrder parse(String text) {
    String[] parts = text.split(":", -1);
    boolean known = parts.length == 1 || parts[1].equals("asc") || parts[1].equals("desc");
    return Arrays.stream(By.values())
        .filter(by -> parts.length <= 2 && known && by.text().equals(parts[0]))
        .findFirst()
        .map(by -> new StackOrder(by, parts.length == 2 && parts[1].equals("desc")))
        .orElseThrow(() -> new IllegalArgumentException("expected " + expected()));
  }

  private static String expected() {
    return Arrays.stream(By.values()).map(By::text).collect(Collectors.joining(", "))
        + ", with :asc or :desc";
  }

  /** {@code name:asc}. */
  @Override
  public String toString() {
    return by.text() + (descending ? ":desc" : ":asc");
  }
}
