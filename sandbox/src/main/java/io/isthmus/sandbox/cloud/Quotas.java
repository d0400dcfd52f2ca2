package io.isthmus.sandbox.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Service;
import java.util.LinkedHashMap;
import java.util.List;
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
    if (COMPUTE.containsKey(name)) {
      return Service.COMPUTE;
    }
    return NETWORK.containsKey(name) ? Service.NETWORK : Service.VOLUME;
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
    return List.of(COMPUTE, NETWORK, VOLUME).stream()
        .filter(defaults -> defaults.containsKey(name))
        .findFirst()
        .map(defaults -> defaults.get(name))
        .orElse(-1);
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
    Set<String> names = new TreeSet<>(COMPUTE.keySet());
    names.addAll(NETWORK.keySet());
    names.addAll(VOLUME.keySet());
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
