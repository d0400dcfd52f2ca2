package io.isthmus.domain.cloud;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What shall be different about a cloud; what is left out stays.
 *
 * @param enabled whether new resources may go there
 * @param version the one that was read; empty for any
 */
public record CloudRevision(
    Optional<String> name,
    Optional<CloudFacts> facts,
    Optional<Boolean> enabled,
    OptionalLong version) {}
