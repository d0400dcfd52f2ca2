package io.isthmus.rest.drain;

import io.isthmus.domain.drain.Drain;
import java.time.Instant;
import java.util.UUID;

/**
 * That a cloud, region or zone is emptied.
 *
 * @param region absent for the whole cloud
 * @param availabilityZone absent for the whole region
 * @param status {@code running}, {@code paused}, {@code complete} or {@code taken_back}
 * @param endedAt when the place was empty, or it was taken back
 */
public record DrainBody(
    UUID id,
    String cloud,
    String region,
    String availabilityZone,
    String reason,
    int atOnce,
    boolean withData,
    String status,
    String startedBy,
    Instant startedAt,
    Instant endedAt) {

  static DrainBody of(Drain drain) {
    return new DrainBody(
        drain.id(),
        drain.area().cloud().text(),
        drain.area().region().orElse(null),
        drain.area().availabilityZone().orElse(null),
        drain.reason(),
        drain.atOnce(),
        drain.withData(),
        drain.status().text(),
        drain.startedBy(),
        drain.startedAt(),
        drain.endedAt().orElse(null));
  }
}
