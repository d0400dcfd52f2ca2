package io.isthmus.openstack.mirror;

import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.keystone.ServiceType;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads ports, floating IPs and security groups: what the project owns. Where Neutron keeps times
 * and lets be filtered by them, it tells what changed since one; it tells nothing of what is
 * deleted, but how much of its quota a project uses. Where it only counts changes, its counts are
 * compared; where it does neither, all is read each time.
 *
 * @see "neutron/services/timestamp/timestamp_db.py: changed_since; Networking API v2.0: filtering
 *     and column selection, quota details"
 */
final class NeutronReader {
  private final Reading reading;
  private final NeutronList list;
  private final NeutronFacts facts;

  NeutronReader(Reading reading, NeutronList list, NeutronFacts facts) {
    this.reading = reading;
    this.list = list;
    this.facts = facts;
  }

  MirrorReading read() {
    try {
      return changesOrAll();
    } catch (CloudFault refused) {
      if (list.isExtension() && refused.status() == 404) {
        // A Neutron without the extension has none of it.
        return new MirrorReading(true, List.of(), OptionalLong.of(0), Optional.empty());
      }
      throw refused;
    }
  }

  private MirrorReading changesOrAll() {
    if (facts.tellsChanges(reading)) {
      return Reading.changesOrAll(reading.since(), this::changes, () -> all(Optional::of));
    }
    if (facts.countsChanges(reading)) {
      Optional<String> bookmark = Optional.of(Revisions.bookmark(reading.project()));
      Supplier<MirrorReading> all = () -> all(next -> bookmark);
      return reading.known().bookmark().equals(bookmark)
          ? Reading.orAll(
              () -> new Revisions(reading, owned(), list.collection()).read(this::some, all), all)
          : all.get();
    }
    return all(next -> Optional.empty());
  }

  /**
   * @param bookmark where the next reading can go on, given the time of this one
   */
  private MirrorReading all(Function<String, Optional<String>> bookmark) {
    String next = reading.whole(call(), list.collection(), this::own);
    return reading.told(Set.of(), () -> facts.used(reading, list.quota()), bookmark.apply(next));
  }

  private void some(List<String> ids) {
    Call call = call();
    for (String id : ids) {
      call = call.query("id", id);
    }
    reading.changes(call, list.collection(), this::own);
  }

  private MirrorReading changes(Instant since) {
    String next =
        reading.changes(
            call().query("changed_since", since.toString()), list.collection(), this::own);
    return new MirrorReading(
        false, List.of(), facts.used(reading, list.quota()), Optional.of(next));
  }

  private Call owned() {
    return Call.get(ServiceType.NETWORK, reading.region(), list.path())
        .query("project_id", reading.project());
  }

  private Call call() {
    Call call = owned();
    for (String field : list.fields()) {
      call = call.query("fields", field);
    }
    return call;
  }

  /** A Neutron that does not know the filter shows an administrator everybody's. */
  private Optional<MirrorItem> own(JsonObject object) {
    return Items.project(object).equals(reading.project())
        ? Optional.of(list.item().apply(object))
        : Optional.empty();
  }
}
