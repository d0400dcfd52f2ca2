package io.isthmus.rest.notice;

import jakarta.validation.constraints.NotBlank;

/**
 * How far the caller has seen a project's notices, or the federation's.
 *
 * @param audience {@code project} or {@code federation}; a project's when left out
 * @param project {@code tenant/project}; the caller's first when left out
 * @param until ISO 8601
 */
public record SeenRequest(String audience, String project, @NotBlank String until) {}
