package io.isthmus.domain.drift;

import io.isthmus.domain.placement.PartId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A part that was changed behind our back, has vanished, or cannot be told of.
 *
 * @param type as in the template
 * @param vanished whether its cloud does not have it any more; then nothing else is told of it
 * @param properties that are not as they were given
 * @param untold why it cannot be told whether it, or the rest of it, has drifted; empty when it can
 * @param untoldProperties of which the mirror does not tell enough; empty when it tells of none
 * @param since when it was first found so; empty for what cannot be told
 */
public record PartDrift(
    PartId id,
    String type,
    boolean vanished,
    List<Drifted> properties,
    Optional<Untold> untold,
    Set<String> untoldProperties,
    Optional<Instant> since) {

  public PartDrift {
    properties = List.copyOf(properties);
    untoldProperties = Set.copyOf(untoldProperties);
  }

  /** Whether it is surely not as it was given. */
  public boolean hasDrifted() {
    return vanished || !properties.isEmpty();
  }
}
