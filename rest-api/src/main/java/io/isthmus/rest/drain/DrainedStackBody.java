package io.isthmus.rest.drain;

import io.isthmus.domain.drain.DrainedStack;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How far one stack has left a place.
 *
 * @param state {@code waiting}, {@code at_work}, {@code moving}, {@code moved}, {@code held},
 *     {@code failed} or {@code gone}
 * @param parts how many of its physical resources are there still
 * @param moved how many of its resources have moved, or are moving
 * @param plan by which it moves, or has moved last; absent before
 * @param why what keeps it; absent when nothing does
 * @param nextTry when it is looked at again; absent for as soon as it is its turn, and when nothing
 *     is left to do
 */
public record DrainedStackBody(
    String stack,
    String project,
    String name,
    String state,
    int parts,
    int moved,
    String plan,
    String why,
    List<HeldBody> held,
    int tries,
    Instant nextTry,
    Instant changedAt) {

  static DrainedStackBody of(DrainedStack one, Locale locale) {
    return new DrainedStackBody(
        one.stack().toString(),
        one.project().toString(),
        one.name(),
        one.state().text(),
        one.parts(),
        one.moved(),
        one.plan().map(Object::toString).orElse(null),
        one.why().map(phrase -> phrase.in(locale)).orElse(null),
        one.held().stream().map(held -> HeldBody.of(held, locale)).toList(),
        one.tries(),
        one.nextTry().orElse(null),
        one.changedAt());
  }
}
