package io.isthmus.domain.placement;

import java.util.Optional;

/**
 * Which plans to list, and in which order; those that are equal in it, newest first.
 *
 * @param name part of the name, in any case
 * @param descending from the last to the first
 */
public record PlanQuery(
    Optional<String> name, Optional<PlanState> state, By by, boolean descending) {

  /** What plans are ordered by. */
  public enum By {
    NAME("name"),
    RESOURCES("resources"),
    CREATED_AT("created_at"),
    EXPIRES_AT("expires_at"),
    CREATED_BY("created_by"),
    /** Open ones, then those that expired, then those that became a stack. */
    STATE("state");

    private final String text;

    By(String text) {
      this.text = text;
    }

    /** As in an address. */
    public String text() {
      return text;
    }
  }
}
