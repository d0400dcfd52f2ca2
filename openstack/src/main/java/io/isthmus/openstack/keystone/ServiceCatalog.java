package io.isthmus.openstack.keystone;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Where a token's services are. */
public record ServiceCatalog(List<Endpoint> endpoints) {

  /**
   * One address of a service.
   *
   * @param type as the catalog writes it
   */
  public record Endpoint(String type, String endpointInterface, String region, String url) {}

  public ServiceCatalog {
    endpoints = List.copyOf(endpoints);
  }

  static ServiceCatalog of(JsonArray catalog) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (JsonValue each : catalog) {
      JsonObject service = each.asJsonObject();
      for (JsonValue inner : service.getJsonArray("endpoints")) {
        JsonObject endpoint = inner.asJsonObject();
        endpoints.add(
            new Endpoint(
                service.getString("type"),
                endpoint.getString("interface"),
                text(endpoint, "region_id").or(() -> text(endpoint, "region")).orElse(""),
                endpoint.getString("url")));
      }
    }
    return new ServiceCatalog(endpoints);
  }

  private static Optional<String> text(JsonObject object, String key) {
    return object.get(key) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  /** Where a service of a region is reached by this interface. */
  public Optional<Endpoint> find(ServiceType type, String endpointInterface, String region) {
    for (String alias : type.aliases()) {
      for (Endpoint endpoint : endpoints) {
        if (endpoint.type().equals(alias)
            && endpoint.endpointInterface().equals(endpointInterface)
            && endpoint.region().equals(region)) {
          return Optional.of(endpoint);
        }
      }
    }
    return Optional.empty();
  }

  /** One endpoint for each official type of a region, the preferred alias first. */
  public Map<String, Endpoint> services(String endpointInterface, String region) {
    Map<String, Endpoint> services = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      if (endpoint.endpointInterface().equals(endpointInterface)
          && endpoint.region().equals(region)) {
        services.putIfAbsent(ServiceType.officialName(endpoint.type()), endpoint);
      }
    }
    for (ServiceType type : ServiceType.values()) {
      find(type, endpointInterface, region)
          .ifPresent(preferred -> services.put(type.official(), preferred));
    }
    return services;
  }

  /** The regions in which servers can be made, in order of name. */
  public List<String> regions(String endpointInterface) {
    TreeSet<String> regions = new TreeSet<>();
    for (Endpoint endpoint : endpoints) {
      if (endpoint.endpointInterface().equals(endpointInterface)
          && endpoint.type().equals(ServiceType.COMPUTE.official())) {
        regions.add(endpoint.region());
      }
    }
    return List.copyOf(regions);
  }
}
