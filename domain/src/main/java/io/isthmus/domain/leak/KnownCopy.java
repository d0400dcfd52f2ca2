package io.isthmus.domain.leak;

import java.util.Optional;
import java.util.Set;

/**
 * What is known of a copy of an image, or was.
 *
 * @param mark what the image carries when it is ours
 * @param glanceId of the image that is the copy; empty when it is gone or not made yet
 * @param gone whether we have removed it
 * @param settled whether nothing is being done about it
 * @param digests of the content, by whatever algorithms are known; in lower case
 */
public record KnownCopy(
    String mark, Optional<String> glanceId, boolean gone, boolean settled, Set<String> digests) {

  public KnownCopy {
    digests = Set.copyOf(digests);
  }
}
