package io.isthmus.openstack.inventory;

import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Network;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Microversion;
import io.isthmus.openstack.conversation.Recent;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads one region, list by list.
 *
 * @see "Compute API: os-availability-zone, flavors, limits, os-hypervisors/statistics; Networking
 *     API: quotas/{id}/details.json; Image API v2: images; Block Storage API v3:
 *     os-availability-zone, types, limits, scheduler-stats/get_pools; Load Balancer API v2:
 *     quotas/{project_id}, loadbalancers"
 */
final class RegionReader {
  /** The lowest in which a list of flavors holds their extra specs. */
  private static final Microversion EXTRA_SPECS = new Microversion(2, 61);

  private static final Map<String, LimitKind> NEUTRON_QUOTAS =
      Map.of(
          "network", LimitKind.NETWORKS,
          "subnet", LimitKind.SUBNETS,
          "port", LimitKind.PORTS,
          "router", LimitKind.ROUTERS,
          "security_group", LimitKind.SECURITY_GROUPS,
          "security_group_rule", LimitKind.SECURITY_GROUP_RULES,
          "floatingip", LimitKind.FLOATING_IPS);

  /** By default policies, whom the clouds tell what their hardware holds. */
  private static final String ADMIN = "admin";

  /** How old what seldom changes may be, unless all is to be asked afresh. */
  private static final Duration SELDOM = Duration.ofMinutes(2);

  private final CloudSession session;
  private final String region;
  private final Deadline deadline;
  private final Recent recent;
  private final Duration age;

  /**
   * @param afresh whether also what seldom changes is asked
   */
  RegionReader(
      CloudSession session, String region, Deadline deadline, Recent recent, boolean afresh) {
    this.recent = recent;
    this.age = afresh ? Duration.ZERO : SELDOM;
    this.session = session;
    this.region = region;
    this.deadline = deadline;
  }

  /** What may be as old as is allowed here; what failed is asked again. */
  private <T> T seldom(String what, Supplier<T> ask) {
    return recent.of(session, what + "@" + region, age, ask);
  }

  List<String> zones(ServiceType service) {
    return seldom(service.official() + " zones", () -> readZones(service));
  }

  private List<String> readZones(ServiceType service) {
    JsonObject body = session.fetch(Call.get(service, region, "/os-availability-zone"), deadline);
    TreeSet<String> zones = new TreeSet<>();
    for (JsonObject zone : Bodies.objects(body, "availabilityZoneInfo")) {
      if (zone.get("zoneState") instanceof JsonObject state
          && state.getBoolean("available", false)) {
        zones.add(zone.getString("zoneName"));
      }
    }
    // Nova's own services live there; no server ever does.
    zones.remove("internal");
    return List.copyOf(zones);
  }

  List<Flavor> flavors() {
    Call call = Call.get(ServiceType.COMPUTE, region, "/flavors/detail").upTo(EXTRA_SPECS);
    List<Flavor> flavors = new ArrayList<>();
    for (JsonObject flavor : session.list(call, "flavors", deadline)) {
      if (!Bodies.flag(flavor, "OS-FLV-DISABLED:disabled", false)) {
        flavors.add(
            new Flavor(
                flavor.getString("id"),
                flavor.getString("name"),
                (int) Bodies.number(flavor, "vcpus", 1),
                Bodies.number(flavor, "ram", 0),
                Bodies.number(flavor, "disk", 0),
                extraSpecs(flavor)));
      }
    }
    return flavors;
  }

  private Map<String, String> extraSpecs(JsonObject flavor) {
    JsonValue specs = flavor.get("extra_specs");
    if (specs == null
        && session
            .negotiate(ServiceType.COMPUTE, region, EXTRA_SPECS, deadline)
            .filter(version -> version.isAtLeast(EXTRA_SPECS))
            .isEmpty()) {
      Call call =
          Call.get(
              ServiceType.COMPUTE,
              region,
              "/flavors/" + flavor.getString("id") + "/os-extra_specs");
      specs = session.find(call, "extra_specs", deadline).orElse(null);
    }
    Map<String, String> texts = new TreeMap<>();
    if (specs instanceof JsonObject object) {
      object.forEach(
          (key, value) ->
              texts.put(
                  key, value instanceof JsonString text ? text.getString() : value.toString()));
    }
    return texts;
  }

  /**
   * How many load balancers the project may have. Octavia tells its quotas without their use, which
   * is what exists; where it keeps them from the credential, nothing is known of them. It has roles
   * of its own: whom it refuses the list, for them it is not there.
   */
  Map<LimitKind, Limit> balancerLimits() {
    String project = session.projectId(deadline);
    int used = balancers(project);
    return seldom("balancers allowed", () -> balancersAllowed(project))
        .map(allowed -> new Limit(allowed, used))
        .map(limit -> Map.of(LimitKind.LOAD_BALANCERS, limit))
        .orElse(Map.of());
  }

  private Optional<Long> balancersAllowed(String project) {
    return unlessRefused(
            () ->
                session.fetch(
                    Call.get(ServiceType.LOAD_BALANCER, region, "/lbaas/quotas/" + project),
                    "quota",
                    deadline))
        // The second is its name until version 2.1 of the API.
        .map(
            quota ->
                Bodies.number(quota, "load_balancer", Bodies.number(quota, "loadbalancer", -1)));
  }

  private int balancers(String project) {
    Call call =
        Call.get(ServiceType.LOAD_BALANCER, region, "/lbaas/loadbalancers")
            .query("project_id", project)
            .query("fields", "id");
    return session.list(call, "loadbalancers", deadline).size();
  }

  List<Image> images() {
    Call call = Call.get(ServiceType.IMAGE, region, "/images").query("status", "active");
    List<Image> images = new ArrayList<>();
    for (JsonObject image : session.list(call, "images", deadline)) {
      images.add(
          new Image(
              image.getString("id"),
              Bodies.text(image, "name").orElse(image.getString("id")),
              Bodies.text(image, "os_distro"),
              Bodies.text(image, "os_version"),
              Bodies.number(image, "min_disk", 0),
              Bodies.number(image, "min_ram", 0)));
    }
    return images;
  }

  List<Network> networks() {
    return seldom("networks", this::readNetworks);
  }

  private List<Network> readNetworks() {
    List<Network> networks = new ArrayList<>();
    for (JsonObject network :
        session.list(Call.get(ServiceType.NETWORK, region, "/networks"), "networks", deadline)) {
      networks.add(
          new Network(
              network.getString("id"),
              network.getString("name", ""),
              Bodies.flag(network, "router:external", false)));
    }
    return networks;
  }

  Set<String> networkExtensions() {
    return seldom("extensions", this::extensions);
  }

  private Set<String> extensions() {
    JsonObject body = session.fetch(Call.get(ServiceType.NETWORK, region, "/extensions"), deadline);
    TreeSet<String> aliases = new TreeSet<>();
    Bodies.objects(body, "extensions")
        .forEach(extension -> Bodies.text(extension, "alias").ifPresent(aliases::add));
    return aliases;
  }

  List<String> volumeTypes() {
    return seldom("volume types", this::readVolumeTypes);
  }

  private List<String> readVolumeTypes() {
    List<String> types = new ArrayList<>();
    for (JsonObject type :
        session.list(Call.get(ServiceType.VOLUME, region, "/types"), "volume_types", deadline)) {
      types.add(type.getString("name"));
    }
    return types;
  }

  Map<LimitKind, Limit> computeLimits() {
    JsonObject absolute = absolute(ServiceType.COMPUTE);
    Map<LimitKind, Limit> limits = new EnumMap<>(LimitKind.class);
    add(limits, LimitKind.INSTANCES, absolute, "maxTotalInstances", "totalInstancesUsed");
    add(limits, LimitKind.VCPUS, absolute, "maxTotalCores", "totalCoresUsed");
    add(limits, LimitKind.RAM_MIB, absolute, "maxTotalRAMSize", "totalRAMUsed");
    if (absolute.containsKey("maxServerGroups")) {
      add(limits, LimitKind.SERVER_GROUPS, absolute, "maxServerGroups", "totalServerGroupsUsed");
    }
    if (absolute.containsKey("maxTotalKeypairs")) {
      int used =
          session
              .list(
                  Call.get(ServiceType.COMPUTE, region, "/os-keypairs")
                      .upTo(new Microversion(2, 35)),
                  "keypairs",
                  deadline)
              .size();
      limits.put(
          LimitKind.KEY_PAIRS, new Limit(Bodies.number(absolute, "maxTotalKeypairs", -1), used));
    }
    return limits;
  }

  Map<LimitKind, Limit> volumeLimits() {
    JsonObject absolute = absolute(ServiceType.VOLUME);
    Map<LimitKind, Limit> limits = new EnumMap<>(LimitKind.class);
    add(limits, LimitKind.VOLUMES, absolute, "maxTotalVolumes", "totalVolumesUsed");
    add(limits, LimitKind.VOLUME_GIB, absolute, "maxTotalVolumeGigabytes", "totalGigabytesUsed");
    return limits;
  }

  private JsonObject absolute(ServiceType service) {
    JsonObject limits = session.fetch(Call.get(service, region, "/limits"), "limits", deadline);
    return limits.get("absolute") instanceof JsonObject absolute
        ? absolute
        : JsonValue.EMPTY_JSON_OBJECT;
  }

  private static void add(
      Map<LimitKind, Limit> limits, LimitKind kind, JsonObject absolute, String max, String used) {
    if (absolute.containsKey(max)) {
      limits.put(
          kind, new Limit(Bodies.number(absolute, max, -1), Bodies.number(absolute, used, 0)));
    }
  }

  Map<LimitKind, Limit> networkLimits() {
    String project = session.projectId(deadline);
    Optional<JsonObject> quota =
        session.find(
            Call.get(ServiceType.NETWORK, region, "/quotas/" + project + "/details.json"),
            "quota",
            deadline);
    Map<LimitKind, Limit> limits = new HashMap<>();
    quota.ifPresent(
        details ->
            NEUTRON_QUOTAS.forEach(
                (name, kind) -> {
                  if (details.get(name) instanceof JsonObject one) {
                    limits.put(
                        kind,
                        new Limit(
                            Bodies.number(one, "limit", -1),
                            Bodies.number(one, "used", 0) + Bodies.number(one, "reserved", 0)));
                  }
                }));
    return limits;
  }

  /** What all hypervisors can hold; nothing where the cloud does not tell it to this credential. */
  Map<LimitKind, Limit> computeCapacity() {
    return told(() ->
            session.fetch(
                Call.get(ServiceType.COMPUTE, region, "/os-hypervisors/statistics"),
                "hypervisor_statistics",
                deadline))
        .map(
            all -> {
              Map<LimitKind, Limit> capacity = new EnumMap<>(LimitKind.class);
              add(capacity, LimitKind.VCPUS, all, "vcpus", "vcpus_used");
              add(capacity, LimitKind.RAM_MIB, all, "memory_mb", "memory_mb_used");
              return capacity;
            })
        .orElse(Map.of());
  }

  /** What all pools of volumes can hold; nothing where one does not tell its size. */
  Map<LimitKind, Limit> volumeCapacity() {
    return told(() ->
            session.fetch(
                Call.get(ServiceType.VOLUME, region, "/scheduler-stats/get_pools")
                    .query("detail", "true"),
                deadline))
        .map(body -> Bodies.objects(body, "pools"))
        .filter(pools -> !pools.isEmpty())
        .flatMap(RegionReader::sum)
        .map(sum -> Map.of(LimitKind.VOLUME_GIB, sum))
        .orElse(Map.of());
  }

  /** Sizes are numbers, or "infinite" or "unknown". */
  private static Optional<Limit> sum(List<JsonObject> pools) {
    double total = 0;
    double free = 0;
    for (JsonObject pool : pools) {
      if (pool.get("capabilities") instanceof JsonObject told
          && told.get("total_capacity_gb") instanceof JsonNumber size
          && told.get("free_capacity_gb") instanceof JsonNumber left) {
        total += size.doubleValue();
        free += left.doubleValue();
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Limit(Math.round(total), Math.round(Math.max(0, total - free))));
  }

  /** Asked only by who may expect an answer; a refusal is no problem of the service. */
  private <T> Optional<T> told(Supplier<T> ask) {
    return session.roles(deadline).contains(ADMIN) ? unlessRefused(ask) : Optional.empty();
  }

  private static <T> Optional<T> unlessRefused(Supplier<T> ask) {
    try {
      return Optional.of(ask.get());
    } catch (CloudFault refused) {
      if (refused.status() / 100 == 4) {
        return Optional.empty();
      }
      throw refused;
    }
  }
}
