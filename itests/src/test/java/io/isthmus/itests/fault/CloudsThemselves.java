package io.isthmus.itests.fault;

import io.isthmus.itests.SimulatedClouds;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What all simulated clouds keep, whatever their weather, whoever's it is. */
final class CloudsThemselves {

  private static final Map<String, String> KINDS =
      Map.of(
          Thing.SERVER,
          "servers",
          Thing.PORT,
          "ports",
          "OS::Cinder::Volume",
          "volumes",
          "OS::Neutron::Net",
          "networks",
          "OS::Neutron::Subnet",
          "subnets",
          "OS::Neutron::SecurityGroup",
          "security_groups");

  private final SimulatedClouds clouds;

  CloudsThemselves(SimulatedClouds clouds) {
    this.clouds = clouds;
  }

  List<Thing> all() throws IOException, InterruptedException {
    return of(KINDS.keySet());
  }

  List<Thing> of(Collection<String> types) throws IOException, InterruptedException {
    List<Thing> all = new ArrayList<>();
    for (String cloud : SimulatedClouds.NAMES) {
      for (String type : types) {
        clouds
            .rows(cloud, KINDS.get(type))
            .forEach(
                (region, rows) ->
                    rows.asJsonArray()
                        .getValuesAs(JsonObject.class)
                        .forEach(row -> all.add(Thing.of(type, cloud, region, row))));
      }
    }
    return all;
  }
}
