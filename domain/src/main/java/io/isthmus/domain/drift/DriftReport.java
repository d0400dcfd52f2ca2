package io.isthmus.domain.drift;

import io.isthmus.domain.mirror.MirrorAge;
import io.isthmus.domain.stack.DriftChoice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a stack is from what was given to its clouds, part by part.
 *
 * @param parts those that drifted or cannot be told of, by resource, cloud and region; all others
 *     are as they were given
 * @param comparable how many parts are of types that are compared
 * @param ages how old what the mirror knows of them is, by cloud, region and kind
 * @param comparedAt when it was last compared; empty when it never was
 */
public record DriftReport(
    DriftChoice choice,
    List<PartDrift> parts,
    int comparable,
    List<MirrorAge> ages,
    Optional<Instant> comparedAt) {

  public DriftReport {
    parts = List.copyOf(parts);
    ages = List.copyOf(ages);
  }

  /** Until when it is known to be true: the oldest of what it was compared with. */
  public Optional<Instant> readAt() {
    return ages.stream().flatMap(age -> age.readAt().stream()).min(Instant::compareTo);
  }
}
