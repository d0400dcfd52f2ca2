package io.isthmus.itests.fault;

import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.drift.TenantsOwn;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a project has in all simulated clouds, as the clouds themselves tell it. */
final class CloudsThemselves {

  /** Types of a stack's parts by the service and the list that shows them. */
  private static final Map<String, List<String>> LISTS =
      Map.of(
          "OS::Nova::Server", List.of("compute", "/servers/detail?limit=1000", "servers"),
          "OS::Cinder::Volume", List.of("block-storage", "/volumes/detail?limit=1000", "volumes"),
          "OS::Neutron::Net", List.of("network", "/networks", "networks"),
          "OS::Neutron::Subnet", List.of("network", "/subnets", "subnets"),
          "OS::Neutron::SecurityGroup", List.of("network", "/security-groups", "security_groups"));

  /** A place in which the project has things. */
  private record Place(String cloud, String region) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("gra", "GRA-1"),
          new Place("gra", "GRA-2"),
          new Place("bhs", "BHS"),
          new Place("syd", "SYD"));

  private final List<TenantsOwn> places = new ArrayList<>();

  CloudsThemselves(RunningSystem system, String project) throws Exception {
    for (Place place : PLACES) {
      places.add(TenantsOwn.of(system, place.cloud(), project, place.region()));
    }
  }

  /** Ids of all that is there, by type. */
  Map<String, Set<String>> things() throws Exception {
    Map<String, Set<String>> things = new TreeMap<>();
    for (Map.Entry<String, List<String>> list : LISTS.entrySet()) {
      Set<String> ids = new TreeSet<>();
      for (JsonObject thing : listed(list.getValue())) {
        if (!isOfTheCloud(thing)) {
          ids.add(thing.getString("id"));
        }
      }
      things.put(list.getKey(), ids);
    }
    return things;
  }

  /** How many ports each device has, by its id. */
  Map<String, Long> ports() throws Exception {
    return listed(List.of("network", "/ports", "ports")).stream()
        .filter(
            port ->
                port.getString("device_owner", "").startsWith("compute:")
                    || port.getString("device_owner", "").isEmpty())
        .collect(
            Collectors.groupingBy(
                port ->
                    Optional.of(port.getString("device_id", ""))
                        .filter(id -> !id.isEmpty())
                        .orElseGet(() -> "no device: " + port.getString("id")),
                Collectors.counting()));
  }

  private List<JsonObject> listed(List<String> list) throws Exception {
    List<JsonObject> all = new ArrayList<>();
    for (TenantsOwn place : places) {
      all.addAll(
          place
              .ask("GET", list.get(0), list.get(1), null)
              .getJsonArray(list.get(2))
              .getValuesAs(JsonObject.class));
    }
    return all;
  }

  /** Networks of the operator, and the group that each project is given. */
  private static boolean isOfTheCloud(JsonObject thing) {
    return thing.getBoolean("router:external", false)
        || thing.getBoolean("shared", false)
        || thing.getString("name", "").equals("default");
  }
}
