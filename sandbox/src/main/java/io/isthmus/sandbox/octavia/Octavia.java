package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.cloud.Table;
import io.isthmus.sandbox.federation.Federation.ZoneSpec;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.neutron.Neutron;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * The load balancers of one region. A balancer changes one thing at a time: until that is done, it
 * and what is part of it refuse every other change.
 */
public final class Octavia {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Cloud cloud;
  private final String region;
  private final Quotas quotas;
  private final Neutron neutron;
  private final LoadBalancers balancers = new LoadBalancers(this);
  private final Listeners listeners = new Listeners(this);
  private final Pools pools = new Pools(this);
  private final Members members = new Members(this);
  private final HealthMonitors monitors = new HealthMonitors(this);
  private final Health health = new Health(this);

  public Octavia(Cloud cloud, String region, Quotas quotas, Neutron neutron) {
    this.cloud = cloud;
    this.region = region;
    this.quotas = quotas;
    this.neutron = neutron;
    cloud.timers().on("octavia.settled@" + region, this::settle);
  }

  LoadBalancers balancers() {
    return balancers;
  }

  Listeners listeners() {
    return listeners;
  }

  Pools pools() {
    return pools;
  }

  Members members() {
    return members;
  }

  HealthMonitors monitors() {
    return monitors;
  }

  Health health() {
    return health;
  }

  Neutron neutron() {
    return neutron;
  }

  Quotas quotas() {
    return quotas;
  }

  /** Its availability zones, which have the names of Nova's here. */
  List<String> zones() {
    return cloud.spec().regions().stream()
        .filter(spec -> spec.name().equals(region))
        .flatMap(spec -> spec.zones().stream())
        .map(ZoneSpec::name)
        .toList();
  }

  /** All kinds, those first that others are part of. */
  List<Kind> kinds() {
    return List.of(balancers, listeners, pools, members, monitors);
  }

  Table table(String collection) {
    return cloud.region(region).table(collection);
  }

  /** Now, as Octavia writes it: seconds and no zone. */
  String timestamp() {
    return SECONDS.format(cloud.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Takes the balancer for a change of the row, which is not set yet.
   *
   * @throws Fault 409 while something else is under way
   */
  void begin(Kind kind, ObjectNode row) {
    String balancerId = kind.balancerOf(row);
    boolean anew = table(balancers.collection()).find(balancerId).isEmpty();
    if (!anew) {
      ObjectNode balancer = table(balancers.collection()).find(balancerId).get();
      if (!balancer.get("provisioning_status").asText().equals(Status.ACTIVE)) {
        throw Fault.conflict(
            balancers.word() + " " + balancerId + " is immutable and cannot be updated.");
      }
      kind.touched(row).forEach(touched -> pendUpdate(touched));
      pendUpdate(balancer);
    }
    var timing = cloud.spec().timing();
    Duration takes = anew ? timing.loadBalancerCreate() : timing.loadBalancerChange();
    cloud.timers().at(cloud.now().plus(takes), "octavia.settled@" + region, balancerId);
  }

  /** A pool and the listeners in front of it. */
  Stream<ObjectNode> poolAndListeners(String poolId) {
    return pools.table().find(poolId).stream()
        .flatMap(pool -> Stream.concat(Stream.of(pool), pools.listeners(pool)));
  }

  private static void pendUpdate(ObjectNode row) {
    row.put("provisioning_status", Status.PENDING_UPDATE);
  }

  /** Ends the change that a balancer is under. */
  private void settle(String balancerId) {
    for (Kind kind : kinds()) {
      kind.ofBalancer(balancerId).toList().forEach(row -> settle(kind, row));
    }
  }

  private void settle(Kind kind, ObjectNode row) {
    String status = row.get("provisioning_status").asText();
    if (status.equals(Status.PENDING_DELETE)) {
      remove(kind, row);
    } else if (!status.equals(Status.ACTIVE)) {
      row.put("provisioning_status", Status.ACTIVE);
      row.put("updated_at", SECONDS.format(cloud.timers().now().truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  private void remove(Kind kind, ObjectNode row) {
    for (Kind other : kinds()) {
      kind.parts(row)
          .filter(part -> other.table().find(part.get("id").asText()).isPresent())
          .toList()
          .forEach(part -> remove(other, part));
    }
    kind.table().remove(row.get("id").asText());
    kind.gone(row);
  }
}
