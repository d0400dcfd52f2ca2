package io.isthmus.rest.search;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.search.Hit;
import java.time.Instant;

/**
 * Something that was found.
 *
 * @param kind by what: {@code stack}, {@code resource}, {@code address}, {@code id}, {@code plan},
 *     {@code template}, {@code policy}, {@code in_cloud} or {@code cloud}
 * @param match the name, address or id that fits
 * @param project absent for a cloud
 * @param stack absent for what is no stack and in none, like its name and the status
 * @param resource absent for what is no resource, like its type and region
 * @param cloud where the resource is, or the cloud itself
 * @param plan absent for what is no plan, like {@code createdAt}
 * @param status of the resource, or of the stack
 * @param id the cloud's, of what was found in a cloud, which has its name as resource, and its kind
 *     as type
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
    String plan,
    String createdAt,
    String status,
    String id) {

  static HitBody of(Hit hit) {
    if (hit instanceof Hit.OfStack found) {
      return of(found);
    }
    return hit instanceof Hit.InCloud found ? of(found) : of((Hit.Named) hit);
  }

  private static HitBody of(Hit.OfStack hit) {
    return new HitBody(
        hit.kind().text(),
        hit.match(),
        hit.in().toString(),
        hit.stack().toString(),
        hit.stackName(),
        hit.part().map(PartId::resource).orElse(null),
        hit.type().orElse(null),
        hit.part().map(part -> part.cloud().text()).orElse(null),
        hit.part().map(PartId::region).orElse(null),
        null,
        null,
        hit.status().toString(),
        null);
  }

  private static HitBody of(Hit.InCloud hit) {
    return new HitBody(
        hit.kind().text(),
        hit.match(),
        hit.in().toString(),
        null,
        null,
        hit.name(),
        hit.resource().text(),
        hit.cloud().text(),
        hit.region(),
        null,
        null,
        null,
        hit.id());
  }

  private static HitBody of(Hit.Named hit) {
    return new HitBody(
        hit.kind().text(),
        hit.match(),
        hit.project().map(Object::toString).orElse(null),
        null,
        null,
        null,
        null,
        hit.kind() == Hit.Kind.CLOUD ? hit.id() : null,
        null,
        hit.kind() == Hit.Kind.PLAN ? hit.id() : null,
        hit.at().map(Instant::toString).orElse(null),
        null,
        null);
  }
}
