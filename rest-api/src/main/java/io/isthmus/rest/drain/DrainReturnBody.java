package io.isthmus.rest.drain;

import io.isthmus.domain.drain.DrainReturn;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How far a stack that a drain has moved is on its way back.
 *
 * @param state {@code waiting}, {@code at_work}, {@code moving}, {@code back}, {@code held}, {@code
 *     failed} or {@code gone}
 * @param servers paths of those that move back
 * @param plan by which it moves back; absent before
 * @param why what keeps it; absent when nothing does
 */
public record DrainReturnBody(
    String stack,
    String project,
    String name,
    String state,
    List<String> servers,
    String plan,
    String why,
    List<HeldBody> held,
    int tries,
    String askedBy,
    Instant changedAt) {

  static DrainReturnBody of(DrainReturn one, Locale locale) {
    return new DrainReturnBody(
        one.stack().toString(),
        one.project().toString(),
        one.name(),
        one.state().text(),
        one.homes().keySet().stream().sorted().toList(),
        one.plan().map(Object::toString).orElse(null),
        one.why().map(phrase -> phrase.in(locale)).orElse(null),
        one.held().stream().map(held -> HeldBody.of(held, locale)).toList(),
        one.tries(),
        one.askedBy(),
        one.changedAt());
  }
}
