package io.isthmus.domain.usage;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A time during which something existed.
 *
 * @param stackName what the stack was called
 * @param start a whole second
 * @param end first second at which it did not exist any more; empty while it does
 */
record UsageInterval(
    ProjectId project,
    UUID stack,
    String stackName,
    CloudId cloud,
    Measure measure,
    Instant start,
    Optional<Instant> end) {}
