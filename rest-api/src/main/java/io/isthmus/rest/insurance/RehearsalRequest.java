package io.isthmus.rest.insurance;

import jakarta.validation.constraints.NotNull;

/**
 * What is to be played.
 *
 * @param cloud whose loss
 * @param mode {@code dry}, which is also what it is when it is absent
 */
public record RehearsalRequest(@NotNull String cloud, String mode) {}
