package io.isthmus.sandbox.keystone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.federation.Federation.RegionSpec;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Service;
import java.util.ArrayList;
import java.util.List;

/** Which services a cloud has, and where each is reached. */
final class Catalog {
  private static final List<String> INTERFACES = List.of("public", "internal", "admin");

  private record Entry(String type, String name, Service service) {}

  private final Cloud cloud;

  Catalog(Cloud cloud) {
    this.cloud = cloud;
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (Service service : Service.values()) {
      if (cloud.spec().has(service.path())) {
        entries.add(new Entry(service.type(), service.catalogName(), service));
        if (service == Service.VOLUME) {
          entries.add(new Entry("block-storage", "cinder", service));
        }
      }
    }
    return entries;
  }

  ArrayNode forProject(String projectId) {
    ArrayNode catalog = Json.arr();
    for (Entry entry : entries()) {
      ObjectNode service = catalog.addObject();
      ArrayNode endpoints = service.putArray("endpoints");
      endpoints(entry, projectId)
          .forEach(
              endpoint -> {
                endpoint.remove("service_id");
                endpoints.add(endpoint);
              });
      service.put("id", id(entry)).put("type", entry.type()).put("name", entry.name());
    }
    return catalog;
  }

  List<ObjectNode> services() {
    return entries().stream()
        .map(
            entry ->
                Json.obj()
                    .put("id", id(entry))
                    .put("name", entry.name())
                    .put("type", entry.type())
                    .put("enabled", true)
                    .put("description", ""))
        .toList();
  }

  List<ObjectNode> endpoints() {
    return entries().stream()
        .flatMap(entry -> endpoints(entry, "$(project_id)s").stream())
        .map(endpoint -> endpoint.put("enabled", true))
        .toList();
  }

  private List<ObjectNode> endpoints(Entry entry, String projectId) {
    List<ObjectNode> endpoints = new ArrayList<>();
    for (RegionSpec region : cloud.spec().regions()) {
      for (String face : INTERFACES) {
        endpoints.add(
            Json.obj()
                .put("id", cloud.seededHexId(entry.type() + "/" + region.name() + "/" + face))
                .put("interface", face)
                .put("region_id", region.name())
                .put("url", url(entry.service(), region.name(), projectId))
                .put("region", region.name())
                .put("service_id", id(entry)));
      }
    }
    return endpoints;
  }

  private String id(Entry entry) {
    return cloud.seededHexId("service/" + entry.type());
  }

  private String url(Service service, String region, String projectId) {
    if (service == Service.IDENTITY) {
      return cloud.url() + "/identity/v3";
    }
    String base =
        cloud.url() + (cloud.spec().regionInPath() ? "/" + region : "") + "/" + service.path();
    return switch (service) {
      case COMPUTE -> base + "/v2.1";
      case VOLUME -> base + "/v3/" + projectId;
      default -> base;
    };
  }
}
