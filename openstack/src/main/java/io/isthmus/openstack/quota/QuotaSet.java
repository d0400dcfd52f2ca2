package io.isthmus.openstack.quota;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.json.Json;
import io.isthmus.openstack.keystone.ServiceType;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;

/**
 * How one service names the quotas of a project.
 *
 * @param path where they are, with the project's id behind it
 * @param key what they are wrapped in
 * @param names the service's names of our kinds
 */
record QuotaSet(ServiceType service, String path, String key, Map<LimitKind, String> names) {

  /**
   * In the order in which they are set.
   *
   * @see "API references: Nova os-quota-sets, Cinder os-quota-sets, Neutron quotas, Octavia quotas"
   */
  static final List<QuotaSet> ALL =
      List.of(
          new QuotaSet(
              ServiceType.COMPUTE,
              "/os-quota-sets/",
              "quota_set",
              Map.of(
                  LimitKind.INSTANCES, "instances",
                  LimitKind.VCPUS, "cores",
                  LimitKind.RAM_MIB, "ram",
                  LimitKind.KEY_PAIRS, "key_pairs",
                  LimitKind.SERVER_GROUPS, "server_groups")),
          new QuotaSet(
              ServiceType.VOLUME,
              "/os-quota-sets/",
              "quota_set",
              Map.of(LimitKind.VOLUMES, "volumes", LimitKind.VOLUME_GIB, "gigabytes")),
          new QuotaSet(
              ServiceType.NETWORK,
              "/quotas/",
              "quota",
              Map.of(
                  LimitKind.NETWORKS, "network",
                  LimitKind.SUBNETS, "subnet",
                  LimitKind.PORTS, "port",
                  LimitKind.ROUTERS, "router",
                  LimitKind.SECURITY_GROUPS, "security_group",
                  LimitKind.SECURITY_GROUP_RULES, "security_group_rule",
                  LimitKind.FLOATING_IPS, "floatingip")),
          new QuotaSet(
              ServiceType.LOAD_BALANCER,
              "/lbaas/quotas/",
              "quota",
              Map.of(LimitKind.LOAD_BALANCERS, "load_balancer")));

  /** The service's body; empty object when none of the limits is the service's. */
  JsonObject write(Map<LimitKind, Long> limits) {
    JsonObjectBuilder own = Json.createObjectBuilder();
    names.forEach(
        (kind, name) -> {
          if (limits.containsKey(kind)) {
            own.add(name, limits.get(kind));
          }
        });
    JsonObject written = own.build();
    return written.isEmpty() ? written : Json.createObjectBuilder().add(key, written).build();
  }

  /** What of a quota set's answer is to be written to have it as it was, for these limits. */
  JsonObject before(JsonObject answered, Map<LimitKind, Long> limits) {
    JsonObjectBuilder own = Json.createObjectBuilder();
    names.forEach(
        (kind, name) -> {
          if (limits.containsKey(kind) && answered.containsKey(name)) {
            own.add(name, answered.get(name));
          }
        });
    return Json.createObjectBuilder().add(key, own).build();
  }
}
