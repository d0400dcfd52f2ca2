package io.isthmus.domain.stack;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a stack.
 *
 * @param sequence counts the stack's events from 1 without gaps
 * @param part empty when it concerns the stack as a whole
 * @param status of the part, or of the stack, from then on
 */
public record StackEvent(
    StackId stack,
    long sequence,
    Instant at,
    Optional<PartId> part,
    StackStatus status,
    Optional<String> physicalId,
    Phrase phrase) {}
