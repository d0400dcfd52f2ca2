package io.isthmus.domain.stack;

/**
 * Something that happened to a stack of a project.
 *
 * @param position counts the project's events from 1 without gaps; what has a lower one can be read
 *     before what has a higher one
 * @param stackName the stack's name
 */
public record ProjectEvent(long position, String stackName, StackEvent event) {}
