package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.Optional;

/**
 * How old what is known of a kind in a region is.
 *
 * @param kept how much of each item is kept
 * @param count how many items there are
 * @param readAt until when it is known to be true; empty when it was never read
 * @param wholeAt when it was last compared item by item
 * @param changedAt when something in it last changed
 * @param problem why it could not be read last; empty when it could
 * @param strays items that carry our mark and that no stack knows of; counted when it is read whole
 */
public record MirrorAge(
    CloudId cloud,
    String region,
    MirrorKind kind,
    Mirrored kept,
    int count,
    Optional<Instant> readAt,
    Optional<Instant> wholeAt,
    Optional<Instant> changedAt,
    Optional<Phrase> problem,
    int strays) {}
