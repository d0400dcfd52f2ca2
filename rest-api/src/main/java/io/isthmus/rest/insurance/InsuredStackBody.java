package io.isthmus.rest.insurance;

import io.isthmus.domain.insurance.InsuredStack;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What would become of one stack if a cloud vanished.
 *
 * @param changed whether the stack was changed since it was counted
 * @param counts how many of its resources would have which outcome
 * @param problem why it could not be told; absent when it could
 * @param resources one by one, those without a place first
 * @param more how many further ones are only counted
 */
public record InsuredStackBody(
    String stack,
    String project,
    String name,
    Instant countedAt,
    boolean changed,
    Map<String, Integer> counts,
    String problem,
    List<LostResourceBody> resources,
    int more) {

  static InsuredStackBody of(InsuredStack one, Locale locale) {
    return new InsuredStackBody(
        one.stack().toString(),
        one.project().toString(),
        one.name(),
        one.countedAt(),
        one.changed(),
        InsuranceBody.counts(one.counts(), one.unknown()),
        one.problem().map(phrase -> phrase.in(locale)).orElse(null),
        one.resources().stream().map(lost -> LostResourceBody.of(lost, locale)).toList(),
        one.more());
  }
}
