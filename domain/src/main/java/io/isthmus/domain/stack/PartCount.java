package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.Place;

/**
 * How many parts of one type all stacks of a project have in one region.
 *
 * @param region a place without zone
 * @param type HOT type
 * @param parts those that shall be there
 * @param complete those of them that are
 */
public record PartCount(Place region, String type, int parts, int complete) {}
