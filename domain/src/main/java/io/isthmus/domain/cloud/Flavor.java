package io.isthmus.domain.cloud;

import java.util.Map;

/**
 * A size of server that a region offers.
 *
 * @param vcpus at least 1
 * @param ramMiB memory
 * @param diskGiB root disk; 0 where the image decides
 * @param extraSpecs as the cloud tells them, such as {@code resources:CUSTOM_BAREMETAL}
 */
public record Flavor(
    String id, String name, int vcpus, long ramMiB, long diskGiB, Map<String, String> extraSpecs) {}
