package io.isthmus.rest.notice;

import jakarta.validation.constraints.NotBlank;

/**
 * How far the caller has seen a project's notices.
 *
 * @param project {@code tenant/project}; the caller's first when left out
 * @param until ISO 8601
 */
public record SeenRequest(String project, @NotBlank String until) {}
