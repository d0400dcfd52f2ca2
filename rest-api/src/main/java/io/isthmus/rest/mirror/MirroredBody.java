package io.isthmus.rest.mirror;

import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.mirror.MirroredItem;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * A resource in a cloud.
 *
 * @param kept {@code whole} or {@code names}; with the latter, what follows {@code readAt} is
 *     absent but for mark, stack and resource
 * @param details absent in lists
 */
public record MirroredBody(
    String cloud,
    String region,
    String kind,
    String id,
    String name,
    String kept,
    Instant readAt,
    String status,
    Instant createdAt,
    Instant updatedAt,
    List<String> addresses,
    String mark,
    String stack,
    String stackName,
    String resource,
    JsonObject details) {

  /** One of a list. */
  static MirroredBody listed(MirroredItem item) {
    return of(item, null);
  }

  /** With all that is known. */
  static MirroredBody whole(MirroredItem item) {
    return of(item, item.kept() == Mirrored.NAMES ? null : item.item().details());
  }

  private static MirroredBody of(MirroredItem item, JsonObject details) {
    return new MirroredBody(
        item.cloud().text(),
        item.region(),
        item.kind().text(),
        item.item().id(),
        item.item().name(),
        item.kept().text(),
        item.readAt().orElse(null),
        item.item().status().orElse(null),
        item.item().created().orElse(null),
        item.item().updated().orElse(null),
        item.kept() == Mirrored.NAMES ? null : item.item().addresses(),
        item.item().mark().orElse(null),
        item.part().map(part -> part.stack().toString()).orElse(null),
        item.part().map(MirroredItem.Part::stackName).orElse(null),
        item.part().flatMap(MirroredItem.Part::resource).orElse(null),
        details);
  }
}
