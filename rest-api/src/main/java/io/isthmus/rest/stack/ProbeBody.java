package io.isthmus.rest.stack;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.probe.ProbeResult;
import java.time.Instant;
import java.util.Locale;

/**
 * A probe of a server, and what came of it last.
 *
 * @param probe such as {@code https:443/health 200}
 * @param from the cloud, or cloud and region, from which it is asked; absent for none of the
 *     federation
 * @param address absent when there is none that can be gone to
 * @param failing whether it has failed {@code tries} times in a row and for {@code afterSeconds}
 * @param failures in a row
 * @param since when the outcome began
 */
public record ProbeBody(
    String resource,
    String cloud,
    String region,
    String probe,
    String from,
    String address,
    String outcome,
    String reason,
    boolean failing,
    int failures,
    int tries,
    long afterSeconds,
    Instant since,
    Instant triedAt) {

  static ProbeBody of(ProbeResult result, Locale locale) {
    String from = result.vantage().toString();
    return new ProbeBody(
        result.part().resource(),
        result.part().cloud().text(),
        result.part().region(),
        result.probe().toString(),
        from.isEmpty() ? null : from,
        result.address().orElse(null),
        result.state().outcome().text(),
        result.state().reason().map((Phrase why) -> why.in(locale)).orElse(null),
        result.state().failing(),
        result.state().failures(),
        result.tries(),
        result.afterSeconds(),
        result.state().since(),
        result.state().triedAt().orElse(null));
  }
}
