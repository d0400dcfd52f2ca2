package io.isthmus.rest.event;

import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.trace.RequestId;
import java.util.Locale;

/** Something that happened to a stack or to one of its resources. */
public record EventBody(
    long sequence,
    String at,
    String resource,
    String cloud,
    String region,
    String status,
    String physicalId,
    String text,
    String requestId,
    String cloudRequestId) {

  static EventBody of(StackEvent event, Locale locale) {
    return new EventBody(
        event.sequence(),
        event.at().toString(),
        event.part().map(part -> part.resource()).orElse(null),
        event.part().map(part -> part.cloud().text()).orElse(null),
        event.part().map(part -> part.region()).orElse(null),
        event.status().toString(),
        event.physicalId().orElse(null),
        event.phrase().in(locale),
        event.request().map(RequestId::text).orElse(null),
        event.cloudRequest().orElse(null));
  }
}
