package io.isthmus.openstack.mirror;

import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Microversion;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads servers. With {@code changes-since} Nova tells those that were deleted too, as {@code
 * DELETED}, or as {@code SOFT_DELETED} where it keeps them for a while; without it neither. It goes
 * by when the server itself changed, which a floating IP's coming and going does not do: the
 * server's addresses follow with its next change or when all is read. From 2.69 on servers of a
 * cell that is down are told by id and status {@code UNKNOWN} alone: they stay as they were.
 *
 * @see "Compute API: list servers detailed, changes-since; nova/compute/api.py get_all"
 */
final class ServerReader {
  /** From 2.47 a server tells its flavor's sizes; host status, tags and description came before. */
  private static final Microversion WANTED = new Microversion(2, 73);

  private static final Set<String> GONE = Set.of("DELETED", "SOFT_DELETED");

  private final Reading reading;

  ServerReader(Reading reading) {
    this.reading = reading;
  }

  MirrorReading read() {
    return Reading.changesOrAll(reading.since(), this::changes, this::all);
  }

  private Call list() {
    return Call.get(ServiceType.COMPUTE, reading.region(), "/servers/detail").upTo(WANTED);
  }

  private MirrorReading all() {
    Set<String> unseen = new HashSet<>();
    String next =
        reading.whole(list(), "servers", server -> present(server, new HashMap<>(), unseen));
    return reading.told(unseen, OptionalLong::empty, Optional.of(next));
  }

  private MirrorReading changes(Instant since) {
    Map<String, Instant> gone = new HashMap<>();
    String next =
        reading.changes(
            list().query("changes-since", since.toString()),
            "servers",
            server -> present(server, gone, new HashSet<>()));
    Map<String, Instant> told = new HashMap<>(gone);
    told.values().removeIf(Instant.MAX::equals);
    return new MirrorReading(
            false, List.copyOf(gone.keySet()), OptionalLong.empty(), Optional.of(next))
        .deletedAt(told);
  }

  /** When it was deleted, which is its last change; far away where that is not told. */
  private static Instant ended(JsonObject server) {
    return Items.moment(server, "OS-SRV-USG:terminated_at")
        .or(() -> Items.moment(server, "updated"))
        .orElse(Instant.MAX);
  }

  private Optional<MirrorItem> present(
      JsonObject server, Map<String, Instant> gone, Set<String> unseen) {
    if (Bodies.text(server, "tenant_id")
        .filter(owner -> !owner.equals(reading.project()))
        .isPresent()) {
      return Optional.empty();
    }
    if (GONE.contains(server.getString("status", ""))) {
      Bodies.text(server, "id").ifPresent(id -> gone.put(id, ended(server)));
      return Optional.empty();
    }
    if (server.getString("status", "").equals("UNKNOWN") && !server.containsKey("name")) {
      Bodies.text(server, "id").ifPresent(unseen::add);
      return Optional.empty();
    }
    return Optional.of(Items.server(server));
  }
}
