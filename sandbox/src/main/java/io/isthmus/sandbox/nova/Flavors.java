package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.federation.Federation.FlavorSpec;
import io.isthmus.sandbox.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The flavors that a cloud's file names. */
final class Flavors {
  private final List<FlavorSpec> flavors = new ArrayList<>();

  Flavors(Cloud cloud) {
    for (FlavorSpec spec : cloud.spec().flavors()) {
      String id = spec.id() == null ? cloud.seededId("flavor/" + spec.name()) : spec.id();
      flavors.add(
          new FlavorSpec(
              id, spec.name(), spec.vcpus(), spec.ram(), spec.disk(), spec.extraSpecs()));
    }
  }

  List<FlavorSpec> all() {
    return flavors;
  }

  Optional<FlavorSpec> find(String id) {
    return flavors.stream().filter(flavor -> flavor.id().equals(id)).findFirst();
  }

  /** A flavor as a server keeps it. */
  static ObjectNode kept(FlavorSpec flavor) {
    ObjectNode kept = Json.obj().put("id", flavor.id()).put("name", flavor.name());
    kept.put("vcpus", flavor.vcpus()).put("ram", flavor.ram()).put("disk", flavor.disk());
    kept.set("extra_specs", extraSpecs(flavor));
    return kept;
  }

  static ObjectNode extraSpecs(FlavorSpec flavor) {
    ObjectNode specs = Json.obj();
    flavor.extraSpecs().forEach(specs::put);
    return specs;
  }
}
