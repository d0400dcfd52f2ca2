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

/**
 * Reads ports, floating IPs and security groups: what the project owns. Where Neutron keeps times
 * and lets be filtered by them, it tells what changed since one; it tells nothing of what is
 * deleted, but how much of its quota a project uses.
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

  MirrorReading read(Optional<String> bookmark) {
    try {
      return changesOrAll(bookmark);
    } catch (CloudFault refused) {
      if (list.isExtension() && refused.status() == 404) {
        // A Neutron without the extension has none of it.
        return new MirrorReading(true, List.of(), OptionalLong.of(0), Optional.empty());
      }
      throw refused;
    }
  }

  private MirrorReading changesOrAll(Optional<String> bookmark) {
    boolean tellsChanges = facts.tellsChanges(reading);
    return Reading.changesOrAll(
        tellsChanges ? reading.since(bookmark) : Optional.empty(),
        this::changes,
        () -> {
          String next = reading.list(call(), list.collection(), this::own);
          return new MirrorReading(
              true,
              List.of(),
              facts.used(reading, list.quota()),
              tellsChanges ? Optional.of(next) : Optional.empty());
        });
  }

  private MirrorReading changes(Instant since) {
    String next =
        reading.list(call().query("changed_since", since.toString()), list.collection(), this::own);
    return new MirrorReading(
        false, List.of(), facts.used(reading, list.quota()), Optional.of(next));
  }

  private Call call() {
    Call call =
        Call.get(ServiceType.NETWORK, reading.region(), list.path())
            .query("project_id", reading.project());
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
