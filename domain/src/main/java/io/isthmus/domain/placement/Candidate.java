package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;

/**
 * A place that may be chosen.
 *
 * @param site number of its region among the examined ones
 * @param zoned which kind of zone, if any, it names
 */
record Candidate(int site, Demand.Zoned zoned, Place place) {}
