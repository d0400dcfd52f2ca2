package io.isthmus.domain.mirror;

import java.time.Duration;
import java.util.Optional;

/**
 * A list that this server reads.
 *
 * @param fence grows with each take-over; what is written with an older one is refused
 * @param bookmark of the reading before; empty when it is to be read whole
 * @param seen what the driver remembers of the answers that it is from
 * @param failures of the readings before, in a row
 * @param offBy by how much the cloud's own count differed at the last whole reading
 * @param count how many items are kept
 * @param quiet for how long nothing of it has been written
 */
record MirrorTask(
    long list,
    MirrorKind kind,
    long fence,
    Optional<String> bookmark,
    Optional<String> seen,
    int failures,
    int offBy,
    int count,
    Duration quiet) {}
