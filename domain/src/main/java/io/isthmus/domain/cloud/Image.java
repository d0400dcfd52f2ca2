package io.isthmus.domain.cloud;

import java.util.Optional;

/**
 * An image that a region offers, active and visible to the project.
 *
 * @param osDistro Glance's {@code os_distro}, such as {@code debian}
 * @param osVersion Glance's {@code os_version}, such as {@code 12}
 * @param minDiskGiB root disk that it needs
 * @param minRamMiB memory that it needs
 */
public record Image(
    String id,
    String name,
    Optional<String> osDistro,
    Optional<String> osVersion,
    long minDiskGiB,
    long minRamMiB) {}
