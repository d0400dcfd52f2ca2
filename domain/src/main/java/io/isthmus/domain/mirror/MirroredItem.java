package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.stack.StackId;
import java.time.Instant;
import java.util.Optional;

/**
 * An item of the mirror.
 *
 * @param kept how much of it is kept: of NAMES, status, times, addresses and details are not
 * @param readAt until when it is known to be true
 * @param part what it is a part of; empty when it is none of a stack that the reader may see
 */
public record MirroredItem(
    CloudId cloud,
    String region,
    MirrorKind kind,
    Mirrored kept,
    Optional<Instant> readAt,
    MirrorItem item,
    Optional<Part> part) {

  /**
   * @param resource path in the stack's template; empty when the mark does not tell it
   */
  public record Part(StackId stack, String stackName, Optional<String> resource) {}
}
