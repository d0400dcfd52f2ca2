package io.isthmus.domain.usage;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.Place;
import java.time.Instant;
import java.util.UUID;

/**
 * What was seen of a resource.
 *
 * @param resource its path in the stack
 * @param generation counts the physical resources that were it, from 1
 * @param exists whether it is there
 * @param at since when, as far as is known
 */
public record Observation(
    ProjectId project,
    UUID stack,
    String stackName,
    String resource,
    Place region,
    int generation,
    Measure measure,
    boolean exists,
    Instant at) {}
