package io.isthmus.domain.leak;

import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Port: what of some types carries a mark in a cloud. Asks the clouds themselves, never a copy.
 * Implemented by {@code openstack}; never called within a transaction; thread-safe.
 */
public interface MarkDriver {

  /** HOT types that it drives. */
  Set<String> types();

  /**
   * What could carry a mark of ours in one region, of the OpenStack project behind the connection;
   * of key pairs, of its user. Reads page by page and holds no more of it than what is returned.
   *
   * @throws io.isthmus.domain.fault.FederationFault CLOUD_UNAVAILABLE, CLOUD_TIMEOUT,
   *     CLOUD_CREDENTIAL_REJECTED, CLOUD_REJECTED or CLOUD_GARBLED; then nothing is known
   */
  List<MarkedThing> marked(Target target);

  /**
   * One by its id, as the cloud tells it now, whether it carries a mark or not; empty when the
   * cloud says that it is not there. Throws as {@link #marked}.
   */
  Optional<MarkedThing> look(Target target, String id);

  /**
   * Deletes it, if and only if it still carries that very mark; looks again just before. What
   * somebody uses is not taken away: then it is refused as CONFLICT, as when something else must go
   * first. Never throws.
   *
   * @param thing as it was seen, with a mark
   */
  Outcome remove(Target target, MarkedThing thing, Instant deadline);

  /** The text by which what is made with a mark is known. */
  String textOf(Mark mark);

  /**
   * Texts of what is made beside a resource of this mark, as far as they do not begin like its own.
   */
  default List<String> besides(Mark mark) {
    return List.of();
  }
}
