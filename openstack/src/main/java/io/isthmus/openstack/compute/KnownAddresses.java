package io.isthmus.openstack.compute;

import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What Neutron told of servers' addresses. It is asked once a server is built, when Nova tells
 * other addresses than before, and now and then, because a subnet can be given other name servers;
 * not at each look, of which there are many while other servers are still being built. Thread-safe.
 */
final class KnownAddresses {
  private static final Duration HOLDS = Duration.ofMinutes(1);

  private record Key(Object session, String region, String server) {
    static Key of(Work work, JsonObject server) {
      return new Key(work.session(), work.region(), server.getString("id"));
    }
  }

  /**
   * @param addresses as Nova told them then
   */
  private record Entry(JsonValue addresses, ServerAddresses known, long readAtNanos) {}

  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /**
   * @param nanos the clock that does not jump
   */
  KnownAddresses(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What is known of each of the servers; nothing while it is being built. */
  Function<JsonObject, ServerAddresses> of(Work work, Collection<JsonObject> servers) {
    long now = nanos.getAsLong();
    entries.values().removeIf(entry -> now - entry.readAtNanos() >= HOLDS.toNanos());
    Map<String, ServerAddresses> known = new HashMap<>();
    List<JsonObject> unread = new ArrayList<>();
    for (JsonObject server : servers) {
      if (!isBuilt(server)) {
        continue;
      }
      Entry entry = entries.get(Key.of(work, server));
      if (entry != null && entry.addresses().equals(server.get("addresses"))) {
        known.put(server.getString("id"), entry.known());
      } else {
        unread.add(server);
      }
    }
    if (!unread.isEmpty()) {
      ServerAddresses read = ServerAddresses.read(work, unread);
      for (JsonObject server : unread) {
        entries.put(Key.of(work, server), new Entry(server.get("addresses"), read, now));
        known.put(server.getString("id"), read);
      }
    }
    return server -> known.getOrDefault(server.getString("id"), ServerAddresses.UNKNOWN);
  }

  private static boolean isBuilt(JsonObject server) {
    return !server.getString("status", "").equals("BUILD")
        && server.get("addresses") instanceof JsonObject addresses
        && !addresses.isEmpty();
  }
}
