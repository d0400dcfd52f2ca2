package io.isthmus.domain.stack;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.trace.RequestId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a stack.
 *
 * @param sequence counts the stack's events from 1 without gaps
 * @param part empty when it concerns the stack as a whole
 * @param status of the part, or of the stack, from then on
 * @param request that asked for the action in which it happened; empty for what is kept from before
 *     it was noted
 * @param cloudRequest the cloud's own id of the answer that it tells of, to be found in its logs
 */
public record StackEvent(
    StackId stack,
    long sequence,
    Instant at,
    Optional<PartId> part,
    StackStatus status,
    Optional<String> physicalId,
    Phrase phrase,
    Optional<RequestId> request,
    Optional<String> cloudRequest) {}
