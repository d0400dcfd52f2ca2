package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.util.Optional;

/**
 * A look at one cloud with one project's access, taken over by this server for a while.
 *
 * @param fence grows with each take-over; what is written with an older one is refused
 * @param before what the last look showed
 * @param digest of the inventory that is kept; empty when none is
 * @param afresh whether also what seldom changes is to be asked
 */
record Look(
    ProjectId project,
    CloudId cloud,
    long fence,
    CloudHealth before,
    Optional<String> digest,
    boolean afresh) {}
