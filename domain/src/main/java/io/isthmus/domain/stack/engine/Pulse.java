package io.isthmus.domain.stack.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * A reconciler's last look into the queue.
 *
 * @param at when it ended
 * @param hasRoom whether another stack would have been taken
 * @param failure why the queue could not be read
 */
public record Pulse(Instant at, boolean hasRoom, Optional<String> failure) {}
