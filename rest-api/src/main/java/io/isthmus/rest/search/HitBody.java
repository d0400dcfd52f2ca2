package io.isthmus.rest.search;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.search.Hit;

/**
 * Something that was found.
 *
 * @param kind by what: {@code stack}, {@code resource}, {@code address} or {@code id}
 * @param match the name, address or id that fits
 * @param resource absent for a stack, like what follows it up to {@code region}
 * @param status of the resource, or of the stack
 */
public record HitBody(
    String kind,
    String match,
    String project,
    String stack,
    String stackName,
    String resource,
    String type,
    String cloud,
    String region,
    String status) {

  static HitBody of(Hit hit) {
    return new HitBody(
        hit.kind().text(),
        hit.match(),
        hit.project().toString(),
        hit.stack().toString(),
        hit.stackName(),
        hit.part().map(PartId::resource).orElse(null),
        hit.type().orElse(null),
        hit.part().map(part -> part.cloud().text()).orElse(null),
        hit.part().map(PartId::region).orElse(null),
        hit.status().toString());
  }
}
