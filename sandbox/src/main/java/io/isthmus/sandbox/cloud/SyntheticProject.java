package io.isthmus.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.federation.Federation.ProjectSpec;
import io.isthmus.sandbox.http.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a project has by rule in one region: servers, ports and volumes. Those of one index belong
 * together: the port is the server's, and every other volume is in it.
 */
public final class SyntheticProject {
  /** What a request may name, as the federation file does. */
  public static final String SERVERS = "servers";

  public static final String PORTS = "ports";
  public static final String VOLUMES = "volumes";

  private final ProjectSpec spec;
  private final String projectId;
  private final String userId;
  private final String networkId;
  private final Map<String, Synthetic> kinds = new LinkedHashMap<>();

  SyntheticProject(Cloud cloud, String region, ProjectSpec spec) {
    this.spec = spec;
    this.projectId = cloud.seededHexId("project/" + spec.name());
    this.userId = cloud.seededHexId("user/" + spec.user());
    String seed = region + "/synthetic/" + spec.name() + "/";
    this.networkId = cloud.seededId(seed + "network");
    kinds.put(SERVERS, new Synthetic(cloud.seededId(seed + SERVERS), spec.synthetic().servers()));
    kinds.put(PORTS, new Synthetic(cloud.seededId(seed + PORTS), spec.synthetic().ports()));
    kinds.put(VOLUMES, new Synthetic(cloud.seededId(seed + VOLUMES), spec.synthetic().volumes()));
  }

  public String name() {
    return spec.name();
  }

  public String projectId() {
    return projectId;
  }

  public String userId() {
    return userId;
  }

  /** The network that the ports are on. */
  public String networkId() {
    return networkId;
  }

  /** Its name. */
  public String networkName() {
    return "by-rule";
  }

  public Synthetic servers() {
    return kinds.get(SERVERS);
  }

  public Synthetic ports() {
    return kinds.get(PORTS);
  }

  public Synthetic volumes() {
    return kinds.get(VOLUMES);
  }

  /** Whether the volume is in the server of its index. */
  public boolean attached(int index) {
    return index % 2 == 0 && servers().exists(index) && volumes().exists(index);
  }

  /** The port's address. */
  public static String address(int index) {
    int number = index + 10;
    return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
  }

  /** The port's address on the wire. */
  public static String mac(int index) {
    return String.format(
        java.util.Locale.ROOT,
        "fa:16:3f:%02x:%02x:%02x",
        index >> 16 & 255,
        index >> 8 & 255,
        index & 255);
  }

  /**
   * Makes, changes and deletes things.
   *
   * @param kind one of the three names above
   * @param label begins the names of what is made and changed
   */
  public void change(String kind, int create, int update, int delete, Instant now, String label) {
    Synthetic things = kinds.get(kind);
    things.create(create, now, label);
    things.update(update, now, label);
    for (int index : things.delete(delete, now)) {
      if (kind.equals(SERVERS)) {
        // What was in the server is free now.
        for (String other : new String[] {PORTS, VOLUMES}) {
          Synthetic parts = kinds.get(other);
          if (parts.exists(index)) {
            parts.touch(index, now, parts.thing(index).label());
          }
        }
      }
    }
  }

  /** How many there are of each kind. */
  public ObjectNode counts() {
    ObjectNode counts = Json.obj();
    kinds.forEach((kind, things) -> counts.put(kind, things.count()));
    return counts;
  }

  ObjectNode toJson() {
    ObjectNode json = Json.obj();
    kinds.forEach((kind, things) -> json.set(kind, things.toJson()));
    return json;
  }

  void read(JsonNode json) {
    kinds.forEach((kind, things) -> things.read(json.path(kind)));
  }
}
