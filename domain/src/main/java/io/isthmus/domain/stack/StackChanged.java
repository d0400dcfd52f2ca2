package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;

/**
 * CDI event: a stack has changed and what changed can be read. Observe it {@code AFTER_SUCCESS}. It
 * reaches this server only; others read {@link StackService#events} from the sequence they know.
 *
 * @param sequence of the stack's newest event
 */
public record StackChanged(ProjectId project, StackId stack, long sequence) {}
