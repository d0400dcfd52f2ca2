package io.isthmus.openstack.conversation;

import io.isthmus.openstack.keystone.ServiceType;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what services tell of their versions, and writes the wish for one.
 *
 * @see "openstack/api-sig, guidelines/microversion_specification"
 */
final class VersionDocuments {
  private VersionDocuments() {}

  /** The newest microversion of the major version that the document's URL names. */
  static Optional<Microversion> newest(JsonObject body, String url) {
    List<JsonObject> versions = new ArrayList<>();
    if (body.get("version") instanceof JsonObject one) {
      versions.add(one);
    } else if (body.get("versions") instanceof JsonArray many) {
      for (JsonValue each : many) {
        if (each instanceof JsonObject one) {
          versions.add(one);
        }
      }
    }
    String major = url.replaceAll(".*/v(\\d+)[^/]*/?$", "$1");
    return versions.stream()
        .filter(version -> version.getString("id", "").startsWith("v" + major))
        .map(version -> version.getString("version", ""))
        .flatMap(text -> Microversion.parse(text).stream())
        .max(Microversion::compareTo);
  }

  static Map<String, String> headers(ServiceType service, Microversion version) {
    return switch (service) {
      // The second is what Nova before 2.27 reads.
      case COMPUTE ->
          Map.of(
              "OpenStack-API-Version",
              "compute " + version,
              "X-OpenStack-Nova-API-Version",
              version.toString());
      case VOLUME -> Map.of("OpenStack-API-Version", "volume " + version);
      case NETWORK, IMAGE, LOAD_BALANCER -> Map.of();
    };
  }
}
