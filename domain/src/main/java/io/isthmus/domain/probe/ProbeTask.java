package io.isthmus.domain.probe;

import io.isthmus.domain.placement.Probe;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.StackId;
import java.time.Duration;
import java.util.Optional;

/**
 * A probe that is asked again and again.
 *
 * @param address at which; empty when there is none that can be gone to
 * @param tries how often in a row it has to fail to count as failing
 * @param after for how long, too
 * @param pause from one time to the next
 * @param fence grows each time that somebody takes it
 */
record ProbeTask(
    StackId stack,
    PartKey part,
    Probe probe,
    Optional<String> address,
    int tries,
    Duration after,
    Duration pause,
    ProbeState state,
    long fence) {

  ProbeTask with(ProbeState next) {
    return new ProbeTask(stack, part, probe, address, tries, after, pause, next, fence);
  }
}
