package io.isthmus.domain.placement;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.OutputDefinition;
import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.References;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.ResourceReference;
import io.isthmus.domain.template.ResourceType;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph written down node by node, without a template. */
final class FakeGraph implements ResourceGraph {

  private static final Map<String, Type> TYPES = new HashMap<>();

  static {
    type("OS::Nova::Server", Footing.PLACED, "compute")
        .catalog("flavor", CatalogKind.FLAVOR)
        .catalog("image", CatalogKind.IMAGE)
        .catalog("availability_zone", CatalogKind.COMPUTE_ZONE);
    type("OS::Nova::KeyPair", Footing.STRETCHED, "compute");
    type("OS::Nova::ServerGroup", Footing.STRETCHED, "compute");
    type("OS::Neutron::Port", Footing.PLACED, "network");
    type("OS::Neutron::FloatingIP", Footing.PLACED, "network")
        .catalog("floating_network", CatalogKind.NETWORK);
    type("OS::Neutron::Net", Footing.STRETCHED, "network");
    type("OS::Neutron::Subnet", Footing.STRETCHED, "network");
    type("OS::Neutron::Router", Footing.STRETCHED, "network")
        .map("external_gateway_info", "network", CatalogKind.NETWORK);
    type("OS::Neutron::RouterInterface", Footing.STRETCHED, "network");
    type("OS::Neutron::SecurityGroup", Footing.STRETCHED, "network");
    type("OS::Cinder::Volume", Footing.PLACED, "block-storage")
        .catalog("volume_type", CatalogKind.VOLUME_TYPE)
        .catalog("availability_zone", CatalogKind.VOLUME_ZONE);
    type("OS::Cinder::VolumeAttachment", Footing.PLACED, "compute");
    type("OS::Octavia::LoadBalancer", Footing.STRETCHED, "load-balancer");
    type("OS::Heat::ResourceGroup", Footing.COMPUTED, "");
    type("OS::Heat::Value", Footing.COMPUTED, "");
  }

  private final List<ResourceNode> nodes = new ArrayList<>();

  /** Adds a node whose properties are JSON with single quotes. */
  FakeGraph add(String path, String type, String properties, ResourceReference... references) {
    int slash = path.lastIndexOf('/');
    Optional<String> group = slash < 0 ? Optional.empty() : Optional.of(path.substring(0, slash));
    nodes.add(
        new Node(path, TYPES.get(type), group, json("{}"), json(properties), List.of(references)));
    return this;
  }

  FakeGraph addWithMetadata(String path, String type, String metadata) {
    nodes.add(
        new Node(path, TYPES.get(type), Optional.empty(), json(metadata), json("{}"), List.of()));
    return this;
  }

  static ResourceReference in(String property, String target) {
    return new ResourceReference(Optional.of(property), target, Optional.empty(), true);
  }

  static ResourceReference data(String property, String target, String attribute) {
    return new ResourceReference(Optional.of(property), target, Optional.of(attribute), false);
  }

  static ResourceReference after(String target) {
    return new ResourceReference(Optional.empty(), target, Optional.empty(), false);
  }

  /** A web group behind a network and router, and a database with a volume. */
  static FakeGraph shop(int webs) {
    FakeGraph graph =
        new FakeGraph()
            .add("net", "OS::Neutron::Net", "{}")
            .add(
                "subnet",
                "OS::Neutron::Subnet",
                "{'cidr':'10.0.0.0/24','gateway_ip':'10.0.0.1',"
                    + "'allocation_pools':[{'start':'10.0.0.10','end':'10.0.0.200'}]}",
                in("network", "net"))
            .add("router", "OS::Neutron::Router", "{'external_gateway_info':{'network':'public'}}")
            .add(
                "plug",
                "OS::Neutron::RouterInterface",
                "{}",
                in("router", "router"),
                in("subnet", "subnet"))
            .add(
                "guard",
                "OS::Neutron::SecurityGroup",
                "{'rules':[{'remote_ip_prefix':'10.0.0.0/24'},{'remote_ip_prefix':'0.0.0.0/0'}]}")
            .add("web", "OS::Heat::ResourceGroup", "{}")
            .add(
                "db_port",
                "OS::Neutron::Port",
                "{}",
                in("network", "net"),
                in("security_groups.0", "guard"))
            .add(
                "db",
                "OS::Nova::Server",
                "{'flavor':'m1.large','image':'debian-12'}",
                in("networks.0.port", "db_port"))
            .add("disk", "OS::Cinder::Volume", "{'size':10}")
            .add(
                "mount",
                "OS::Cinder::VolumeAttachment",
                "{}",
                in("volume_id", "disk"),
                in("instance_uuid", "db"));
    for (int i = 0; i < webs; i++) {
      graph.add(
          "web/" + i,
          "OS::Nova::Server",
          "{'flavor':'m1.small','image':'debian-12','networks':[{}]}",
          in("networks.0.network", "net"),
          in("security_groups.0", "guard"),
          data("user_data", "db", "first_address"));
    }
    return graph;
  }

  @Override
  public List<ResourceNode> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public Optional<ResourceNode> find(String path) {
    return nodes.stream().filter(node -> node.path().equals(path)).findFirst();
  }

  @Override
  public List<OutputDefinition> outputs() {
    return List.of();
  }

  @Override
  public Optional<JsonValue> output(String name, References references) {
    return Optional.empty();
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static Type type(String name, Footing footing, String service) {
    Type type = new Type(name, footing, service, new HashMap<>());
    TYPES.put(name, type);
    return type;
  }

  private record Type(
      String name, Footing footing, String serviceType, Map<String, PropertySchema> properties)
      implements ResourceType {

    Type catalog(String property, CatalogKind kind) {
      properties.put(property, schema(property, Map.of(), Optional.of(kind)));
      return this;
    }

    Type map(String property, String member, CatalogKind kind) {
      properties.put(
          property,
          schema(
              property,
              Map.of(member, schema(member, Map.of(), Optional.of(kind))),
              Optional.empty()));
      return this;
    }

    private static PropertySchema schema(
        String name, Map<String, PropertySchema> members, Optional<CatalogKind> kind) {
      return new PropertySchema(
          name,
          PropertySchema.Type.ANY,
          false,
          false,
          List.of(),
          members,
          List.of(),
          false,
          kind,
          "");
    }

    @Override
    public Map<String, String> attributes() {
      return Map.of();
    }
  }

  private record Node(
      String path,
      ResourceType type,
      Optional<String> group,
      JsonObject metadata,
      JsonObject knownProperties,
      List<ResourceReference> references)
      implements ResourceNode {

    @Override
    public DeletionPolicy deletionPolicy() {
      return DeletionPolicy.DELETE;
    }

    @Override
    public JsonObject properties(References found) {
      return knownProperties;
    }

    @Override
    public int line() {
      return 1;
    }
  }
}
