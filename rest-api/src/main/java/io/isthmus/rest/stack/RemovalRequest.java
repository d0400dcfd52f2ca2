package io.isthmus.rest.stack;

import jakarta.validation.constraints.NotBlank;

/**
 * That what was replaced is removed.
 *
 * @param reason told in the stack's story and in the audit log
 */
public record RemovalRequest(@NotBlank String reason) {}
