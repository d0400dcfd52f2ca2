package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;

/**
 * A stack that has something in one cloud.
 *
 * @param parts how many parts shall be there, are there, or may be there
 */
public record StackPresence(StackId stack, String name, ProjectId project, int parts) {}
