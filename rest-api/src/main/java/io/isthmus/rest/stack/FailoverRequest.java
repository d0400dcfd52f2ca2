package io.isthmus.rest.stack;

import jakarta.validation.constraints.NotBlank;

/**
 * That a cloud is lost, so that what is standby there is made anew elsewhere at once.
 *
 * @param reason told in the stack's story and in the audit log
 */
public record FailoverRequest(@NotBlank String cloud, @NotBlank String reason) {}
