package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;

/**
 * A look at one cloud with one project's access, taken over by this server for a while.
 *
 * @param fence grows with each take-over; what is written with an older one is refused
 * @param before what the last look showed
 */
record Look(ProjectId project, CloudId cloud, long fence, CloudHealth before) {}
