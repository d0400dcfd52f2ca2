package io.isthmus.rest.stack;

import jakarta.validation.constraints.NotBlank;

/**
 * That a stack is forgotten and what it has stays in its clouds.
 *
 * @param name the stack's, by which its owner confirms it
 */
public record AbandonRequest(@NotBlank String name) {}
