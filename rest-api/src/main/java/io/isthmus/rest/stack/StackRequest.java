package io.isthmus.rest.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

/**
 * The body of a stack's creation.
 *
 * @param project {@code tenant/project}; the caller's own first project when left out
 * @param name of the new stack
 * @param plan id of a kept plan: exactly that is done
 * @param drift what is done about what is changed behind our back; when left out, what vanishes is
 *     made anew
 */
public record StackRequest(
    String project,
    @NotBlank String name,
    @NotBlank String plan,
    @Valid ChangeRequest.Drift drift) {}
