package io.isthmus.domain.probe;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Probe;
import java.util.Optional;

/**
 * A probe of a server as it is shown.
 *
 * @param vantage from where it is asked
 * @param address at which; empty when it has none that can be gone to
 * @param tries how often in a row it has to fail to count as failing
 * @param afterSeconds for how long, too
 */
public record ProbeResult(
    PartId part,
    Probe probe,
    Vantage vantage,
    Optional<String> address,
    int tries,
    long afterSeconds,
    ProbeState state) {}
