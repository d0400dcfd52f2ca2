package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.Account;
import java.util.Set;

/**
 * CDI event: a cloud told that physical resources with marks of stacks have another status or are
 * gone. Anybody can write a mark, so that it says where to look, not what is true.
 *
 * @param account in which they are or were
 */
public record PartsMoved(Account account, String region, Set<Part> parts) {

  /**
   * One of them.
   *
   * @param stack of the mark
   * @param physicalId the cloud's own id
   */
  public record Part(StackId stack, String physicalId) {}

  public PartsMoved {
    parts = Set.copyOf(parts);
  }
}
