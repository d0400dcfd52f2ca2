package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PartId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Port: makes, watches and removes resources of some types in member clouds. Implemented by {@code
 * openstack}, one class for each type or family. Every verb is safe to repeat, and none is ever
 * called within a transaction. Implementations are thread-safe.
 */
public interface ResourceDriver {

  /** HOT types that it drives. */
  Set<String> types();

  /**
   * Looks at many parts of one type in one region by as few calls as possible, normally one list.
   * Finds them by recorded id and by mark. Never throws: what cannot be seen is {@link
   * Sighting.Unknown}.
   *
   * @param parts all of one type, all in the target's region
   * @return a sighting for each part
   */
  Map<PartId, Sighting> observe(Target target, String type, Collection<DesiredPart> parts);

  /**
   * Creates the resource, or recovers the one that already carries its mark. Returns as soon as the
   * cloud has taken the request; does not wait until it is ready. Never throws.
   *
   * @param deadline after it the outcome is {@link Outcome.Uncertain}
   */
  Outcome create(Target target, DesiredPart part, Instant deadline);

  /**
   * Deletes what carries the part's mark, and whatever the driver made beside it. Something that
   * does not carry our mark is never touched. Never throws; what is not there is Gone.
   */
  Outcome delete(Target target, DesiredPart part, Instant deadline);

  /**
   * Removes a double that observation found: only if it still carries the part's mark.
   *
   * @param physicalId one of {@link Sighting.Present#doubles()}
   */
  Outcome deleteDouble(Target target, DesiredPart part, String physicalId, Instant deadline);
}
