package io.isthmus.rest.insurance;

import jakarta.validation.constraints.NotNull;

/**
 * What is to be played.
 *
 * @param cloud whose loss
 * @param mode {@code dry}, which is also what it is when it is absent, or {@code real}
 * @param returns when a real one moves back: {@code at_once}, which is also what it is when it is
 *     absent, or {@code ask}
 * @param confirm the stack's name, without which a real one is refused
 */
public record RehearsalRequest(
    @NotNull String cloud, String mode, String returns, String confirm) {}
