package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The API extensions that a cloud's Neutron names. */
final class Extensions {
  private static final Map<String, String> KNOWN = known();

  /** Refuses what it does not know to be filtered by, as Neutron does by default since Rocky. */
  static final String FILTER_VALIDATION = "filter-validation";

  private final Map<String, String> present = new LinkedHashMap<>(KNOWN);

  /**
   * @param without aliases that this cloud lacks
   */
  Extensions(List<String> without) {
    present.keySet().removeAll(without);
  }

  boolean has(String alias) {
    return present.containsKey(alias);
  }

  ObjectNode all() {
    ArrayNode list = Json.arr();
    present.keySet().forEach(alias -> list.add(describe(alias)));
    return Json.obj().set("extensions", list);
  }

  ObjectNode one(String alias) {
    if (!has(alias)) {
      throw Fault.notFound("Extension with alias " + alias + " does not exist");
    }
    return Json.obj().set("extension", describe(alias));
  }

  private ObjectNode describe(String alias) {
    ObjectNode extension = Json.obj().put("name", present.get(alias)).put("alias", alias);
    extension.put("description", present.get(alias) + ".");
    extension.put("updated", "2022-01-01T00:00:00-00:00");
    extension.set("links", Json.arr());
    return extension;
  }

  private static Map<String, String> known() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("availability_zone", "Availability Zone");
    map.put("router_availability_zone", "Router Availability Zone");
    map.put("network_availability_zone", "Network Availability Zone");
    map.put("default-subnetpools", "Default Subnetpools");
    map.put("external-net", "Neutron external network");
    map.put("ext-gw-mode", "Neutron L3 Configurable external gateway mode");
    map.put("router", "Neutron L3 Router");
    map.put("extraroute", "Neutron Extra Route");
    map.put("fip-port-details", "Floating IP Port Details Extension");
    map.put("net-mtu", "Network MTU");
    map.put("net-mtu-writable", "Network MTU (writable)");
    map.put("binding", "Port Binding");
    map.put("port-security", "Port Security");
    map.put("allowed-address-pairs", "Allowed Address Pairs");
    map.put(FILTER_VALIDATION, "Filter parameters validation");
    map.put("extra_dhcp_opt", "Neutron Extra DHCP options");
    map.put("project-id", "project_id field enabled");
    map.put("quotas", "Quota management support");
    map.put("quota_details", "Quota details management support");
    map.put("security-group", "security-group");
    map.put("stateful-security-group", "Stateful security group");
    map.put("sorting", "Sorting support");
    map.put("pagination", "Pagination support");
    map.put("standard-attr-description", "standard-attr-description");
    map.put("standard-attr-revisions", "Resource revision numbers");
    map.put("standard-attr-tag", "Tag support for resources with standard attribute");
    map.put("standard-attr-timestamp", "Resource timestamps");
    map.put("subnet-service-types", "Subnet service types");
    map.put("dns-integration", "DNS Integration");
    return map;
  }
}
