package io.isthmus.domain.stack;

/**
 * What every physical resource of ours carries, so that it can be found again without our database.
 *
 * @param resource path in the graph, such as {@code web/0}; a helper resource that a driver makes
 *     beside it adds a suffix behind {@code #}, such as {@code web/0#port-0}
 * @param generation counts replacements of the part, from 1
 */
public record Mark(StackId stack, String resource, int generation) {}
