package io.isthmus.rest.failover;

import io.isthmus.domain.failover.Failovers;
import java.time.Instant;
import java.util.Locale;

/**
 * A lost cloud of a stack.
 *
 * @param why what is waited for, or what came of it
 * @param held how many resources should be made anew elsewhere and cannot
 */
public record FailoverBody(
    String stack,
    String stackName,
    String project,
    String cloud,
    String state,
    String why,
    int held,
    Instant silentSince,
    Instant changedAt) {

  static FailoverBody of(Failovers.OfStack one, Locale locale) {
    return new FailoverBody(
        one.lost().stack().toString(),
        one.stackName(),
        one.project().toString(),
        one.lost().cloud().text(),
        one.lost().state().text(),
        one.lost().why().map(why -> why.in(locale)).orElse(null),
        one.lost().held().size(),
        one.lost().silentSince(),
        one.lost().changedAt());
  }
}
