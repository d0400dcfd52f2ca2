package io.isthmus.ui.element;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Something to do to several rows at once.
 *
 * @param words what is done to how many
 * @param offered to which rows it can be done; the others are left out
 * @param act does it, after it asked
 */
public record BulkAction<T>(
    IntFunction<String> words, Predicate<T> offered, Consumer<List<T>> act) {}
