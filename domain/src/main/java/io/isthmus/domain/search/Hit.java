package io.isthmus.domain.search;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that was found.
 *
 * @param kind by what it was found
 * @param match the name, address or id that fits
 * @param part empty for a stack
 * @param type of the resource, such as {@code OS::Nova::Server}; empty for a stack
 * @param status of the part, or of the stack
 */
public record Hit(
    Kind kind,
    String match,
    ProjectId project,
    StackId stack,
    String stackName,
    Optional<PartId> part,
    Optional<String> type,
    StackStatus status) {

  /** By what things are found, in the order in which they are told. */
  public enum Kind {
    /** A stack by its name. */
    STACK,
    /** A resource by its path in the template. */
    RESOURCE,
    /** A resource by an address. */
    ADDRESS,
    /** A stack or resource by its id. */
    ID;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
