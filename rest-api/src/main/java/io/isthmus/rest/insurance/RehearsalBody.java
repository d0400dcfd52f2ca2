package io.isthmus.rest.insurance;

import io.isthmus.domain.insurance.Rehearsal;
import io.isthmus.rest.placement.UpdateBody.DifferenceBody;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * That the loss of a cloud was played for a stack, and what came of it.
 *
 * @param counts how many resources would have which outcome
 * @param costDifference what the stack would cost more or less once all is elsewhere that can be
 * @param resources one by one, those without a place first; absent in lists
 * @param run how far a real one is, and what was measured; absent for a dry one
 */
public record RehearsalBody(
    UUID id,
    String stack,
    String stackName,
    String project,
    String cloud,
    String mode,
    String askedBy,
    Instant askedAt,
    Map<String, Integer> counts,
    DifferenceBody costDifference,
    List<LostResourceBody> resources,
    RehearsalRunBody run) {

  static RehearsalBody of(Rehearsal one, Locale locale) {
    return with(
        one,
        one.report().resources().stream().map(lost -> LostResourceBody.of(lost, locale)).toList(),
        locale);
  }

  static RehearsalBody brief(Rehearsal one, Locale locale) {
    return with(one, null, locale);
  }

  private static RehearsalBody with(
      Rehearsal one, List<LostResourceBody> resources, Locale locale) {
    return new RehearsalBody(
        one.id(),
        one.stack().toString(),
        one.stackName(),
        one.project().toString(),
        one.cloud().text(),
        one.mode().text(),
        one.askedBy(),
        one.askedAt(),
        InsuranceBody.counts(one.report().counts(), 0),
        DifferenceBody.of(one.report().cost()),
        resources,
        one.run().map(run -> RehearsalRunBody.of(run, locale)).orElse(null));
  }
}
