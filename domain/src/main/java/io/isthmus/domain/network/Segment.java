package io.isthmus.domain.network;

import io.isthmus.domain.cloud.Place;

/**
 * The addresses of one stretched subnet in one region.
 *
 * @param subnet path of the subnet resource
 * @param region a place without zone
 * @param cidr such as {@code 10.128.4.0/24}
 */
public record Segment(String subnet, Place region, String cidr) {}
