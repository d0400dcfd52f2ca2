package io.isthmus.openstack.mirror;

import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Microversion;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads volumes. Cinder compares times from 3.60 on and tells nothing of what is deleted, but how
 * many there are.
 *
 * @see "Block Storage API v3: list accessible volumes with details, get volumes summary;
 *     cinder/api/openstack/rest_api_version_history.rst, 3.12, 3.60"
 */
final class VolumeReader {
  private static final Microversion TIME_FILTERS = new Microversion(3, 60);

  /** Not the 3.36 which tells all metadata of all volumes along with it. */
  private static final Microversion SUMMARY = new Microversion(3, 12);

  private final Reading reading;

  VolumeReader(Reading reading) {
    this.reading = reading;
  }

  MirrorReading read() {
    return Reading.changesOrAll(
        has(TIME_FILTERS) ? reading.since() : Optional.empty(), this::changes, this::all);
  }

  private boolean has(Microversion wanted) {
    return reading
        .session()
        .newestVersion(ServiceType.VOLUME, reading.region(), reading.deadline())
        .filter(newest -> newest.isAtLeast(wanted))
        .isPresent();
  }

  private Call list() {
    return Call.get(ServiceType.VOLUME, reading.region(), "/volumes/detail").upTo(TIME_FILTERS);
  }

  private MirrorReading all() {
    String next = reading.whole(list(), "volumes", this::present);
    return reading.told(
        Set.of(), this::count, has(TIME_FILTERS) ? Optional.of(next) : Optional.empty());
  }

  private MirrorReading changes(Instant since) {
    String next =
        reading.changes(list().query("updated_at", "gte:" + since), "volumes", this::present);
    OptionalLong count = count();
    if (count.isEmpty() || !count.equals(reading.known().counted())) {
      // One that never changed since it was made has no time of change, which is not later than
      // any.
      reading.changes(
          list().query("created_at", "gte:" + since),
          "volumes",
          volume ->
              Bodies.text(volume, "updated_at").isPresent() ? Optional.empty() : present(volume));
    }
    return new MirrorReading(false, List.of(), count, Optional.of(next));
  }

  private Optional<MirrorItem> present(JsonObject volume) {
    return Bodies.text(volume, "os-vol-tenant-attr:tenant_id")
            .filter(owner -> !owner.equals(reading.project()))
            .isPresent()
        ? Optional.empty()
        : Optional.of(Items.volume(volume));
  }

  private OptionalLong count() {
    if (!has(SUMMARY)) {
      return OptionalLong.empty();
    }
    try {
      JsonObject summary =
          reading
              .session()
              .fetch(
                  Call.get(ServiceType.VOLUME, reading.region(), "/volumes/summary").upTo(SUMMARY),
                  "volume-summary",
                  reading.deadline());
      long count = Bodies.number(summary, "total_count", -1);
      return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
    } catch (CloudFault refused) {
      if (refused.isRefusal()) {
        return OptionalLong.empty();
      }
      throw refused;
    }
  }
}
