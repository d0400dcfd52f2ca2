package io.isthmus.rest.event;

import io.isthmus.domain.stack.ProjectEvent;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.trace.RequestId;
import java.util.Locale;

/**
 * Something that happened in a project.
 *
 * @param id counts the project's events
 * @param sequence counts the stack's events
 */
public record ProjectEventBody(
    long id,
    String stack,
    String stackName,
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

  static ProjectEventBody of(ProjectEvent told, Locale locale) {
    StackEvent event = told.event();
    return new ProjectEventBody(
        told.position(),
        event.stack().toString(),
        told.stackName(),
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
