package io.isthmus.sandbox.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The limits of each project in one region: the cloud's own, unless somebody changed them. */
public final class Quotas {
  /** Nova's quotas with its defaults. */
  public static final Map<String, Integer> COMPUTE =
      ordered(
          "instances",
          10,
          "cores",
          20,
          "ram",
          51200,
          "metadata_items",
          128,
          "key_pairs",
          100,
          "server_groups",
          10,
          "server_group_members",
          10);

  /** Neutron's quotas with its defaults. */
  public static final Map<String, Integer> NETWORK =
      ordered(
          "network",
          100,
          "subnet",
          100,
          "subnetpool",
          -1,
          "port",
          500,
          "router",
          10,
          "floatingip",
          50,
          "rbac_policy",
          10,
          "security_group",
          10,
          "security_group_rule",
          100);

  /** Cinder's quotas with its defaults. */
  public static final Map<String, Integer> VOLUME =
      ordered(
          "volumes",
          10,
          "snapshots",
          10,
          "gigabytes",
          1000,
          "backups",
          10,
          "backup_gigabytes",
          1000,
          "groups",
          10,
          "per_volume_gigabytes",
          -1);

  /** Glance's limits, MiB where they are sizes, with its defaults. */
  public static final Map<String, Integer> IMAGE =
      ordered(
          "image_size_total",
          -1,
          "image_stage_total",
          -1,
          "image_count_total",
          -1,
          "image_count_uploading",
          -1);

  /** Octavia's quotas with its defaults. */
  public static final Map<String, Integer> LOAD_BALANCER =
      ordered("load_balancer", -1, "listener", -1, "pool", -1, "member", -1, "health_monitor", -1);

  private static final Map<Service, Map<String, Integer>> BY_SERVICE =
      Map.of(
          Service.COMPUTE,
          COMPUTE,
          Service.NETWORK,
          NETWORK,
          Service.VOLUME,
          VOLUME,
          Service.IMAGE,
          IMAGE,
          Service.LOAD_BALANCER,
          LOAD_BALANCER);

  /** Every quota that a federation file may set. */
  public static final Set<String> ALL_NAMES = allNames();

  /** Limits of what one thing may hold; these are never used up. */
  private static final Set<String> OF_ONE_THING =
      Set.of("metadata_items", "server_group_members", "per_volume_gigabytes");

  private final Map<String, Integer> ofCloud;
  private final Table changed;
  private final Predicate<Service> exhausted;

  /**
   * @param ofCloud the cloud's own limits
   * @param changed where limits set later are kept, one row for each project
   * @param exhausted whether there is nothing left of a service at this moment
   */
  public Quotas(Map<String, Integer> ofCloud, Table changed, Predicate<Service> exhausted) {
    this.ofCloud = ofCloud;
    this.changed = changed;
    this.exhausted = exhausted;
  }

  /** The limit; -1 when there is none. */
  public int limit(String projectId, String name) {
    return !OF_ONE_THING.contains(name) && exhausted.test(serviceOf(name))
        ? 0
        : limitInGoodWeather(projectId, name);
  }

  private static Service serviceOf(String name) {
    return BY_SERVICE.entrySet().stream()
        .filter(quotas -> quotas.getValue().containsKey(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no quota " + name));
  }

  private int limitInGoodWeather(String projectId, String name) {
    return changed
        .find(projectId)
        .map(row -> row.get(name))
        .map(value -> value.asInt())
        .orElseGet(() -> standard(name));
  }

  /** The limit that a project has when nobody changed it. */
  public int standard(String name) {
    Integer own = ofCloud.get(name);
    if (own != null) {
      return own;
    }
    return BY_SERVICE.get(serviceOf(name)).get(name);
  }

  public void change(String projectId, String name, int limit) {
    ObjectNode row = changed.find(projectId).orElseGet(() -> Json.obj().put("id", projectId));
    changed.put(row.put(name, limit));
  }

  /** Back to the cloud's own limits. */
  public void reset(String projectId, Set<String> names) {
    changed.find(projectId).ifPresent(row -> row.remove(names));
  }

  private static Set<String> allNames() {
    Set<String> names = new TreeSet<>();
    BY_SERVICE.values().forEach(quotas -> names.addAll(quotas.keySet()));
    return names;
  }

  private static Map<String, Integer> ordered(Object... pairs) {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], (Integer) pairs[i + 1]);
    }
    return map;
  }
}
