package io.isthmus.rest.placement;

import jakarta.validation.constraints.NotNull;

/**
 * Other rules for a scope.
 *
 * @param text a placement policy; empty to have none
 */
public record StandingPolicyChange(@NotNull String text) {}
