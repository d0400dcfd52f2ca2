package io.isthmus.domain.image;

import java.util.Map;
import java.util.Optional;

/**
 * What shall be otherwise of an image; what is empty stays.
 *
 * @param name only while no stack was planned with it; copies keep the name that they got
 * @param minDiskGiB only before the first copy, as what was copied does not change
 * @param minRamMiB the same
 * @param properties all of them, the same
 */
public record ImageChange(
    Optional<String> name,
    Optional<String> description,
    Optional<Boolean> removeUnused,
    Optional<Long> minDiskGiB,
    Optional<Long> minRamMiB,
    Optional<Map<String, String>> properties) {}
