package io.isthmus.openstack.compute;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.network.NeutronNames;
import io.isthmus.openstack.network.PortBodies;
import io.isthmus.openstack.network.SubnetNetworks;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Look;
import io.isthmus.openstack.resource.Looks;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ports that are made for a server before it, one for each network that it names. A port serves
 * one server only, so Nova itself refuses a second server of the same part.
 */
final class ServerPorts {
  private static final String[] PORT_FIELDS = {"id", "description", "created_at"};

  private final Looks looks;
  private final SubnetNetworks subnets;

  ServerPorts(Looks looks, SubnetNetworks subnets) {
    this.looks = looks;
    this.subnets = subnets;
  }

  /** The ids of all ports of the server in the template's order; made where they are missing. */
  List<String> provide(Work work, DesiredPart part) {
    List<String> ids = new ArrayList<>();
    List<JsonObject> networks = Bodies.objects(part.properties(), "networks");
    for (int number = 0; number < networks.size(); number++) {
      JsonObject network = networks.get(number);
      Optional<String> given = Bodies.text(network, "port");
      ids.add(given.isPresent() ? given.get() : provide(work, part, network, number));
    }
    return ids;
  }

  private String provide(Work work, DesiredPart part, JsonObject network, int number) {
    Mark mark = Marks.beside(part.mark(), "port-" + number);
    String networkId = networkId(work, network);
    Key key = new Key(work.session(), work.region(), networkId);
    List<JsonObject> found = look(work, key, mark).marked(Marks.text(mark));
    if (!found.isEmpty()) {
      return found.get(0).getString("id");
    }
    looks.changing(key, Marks.text(mark));
    JsonObjectBuilder properties = Json.createObjectBuilder().add("network", networkId);
    JsonObjectBuilder address = Bodies.copy(network, "subnet");
    Bodies.copyAs(network, "fixed_ip", address, "ip_address");
    JsonObject wanted = address.build();
    if (!wanted.isEmpty()) {
      properties.add("fixed_ips", Json.createArrayBuilder().add(wanted));
    }
    if (part.properties().get("security_groups") instanceof JsonArray groups) {
      properties.add("security_groups", groups);
    }
    JsonObjectBuilder port = PortBodies.port(work, properties.build());
    port.add("name", part.physicalName() + "-port-" + number);
    port.add("description", Marks.described("", mark));
    return work.session()
        .fetch(
            work.post(ServiceType.NETWORK, "/ports", Bodies.under("port", port.build())),
            "port",
            work.deadline())
        .getString("id");
  }

  /** The network that is named, or that the named subnet is part of. */
  private String networkId(Work work, JsonObject network) {
    Optional<String> named = Bodies.text(network, "network").or(() -> Bodies.text(network, "uuid"));
    if (named.isPresent()) {
      return NeutronNames.id(work, "networks", named.get());
    }
    String subnet = NeutronNames.id(work, "subnets", Bodies.text(network, "subnet").orElse(""));
    return subnets.of(work, subnet);
  }

  /** Removes the ports that were made for the server. */
  void remove(Work work, DesiredPart part) {
    List<JsonObject> networks = Bodies.objects(part.properties(), "networks");
    for (int number = 0; number < networks.size(); number++) {
      if (Bodies.text(networks.get(number), "port").isPresent()) {
        continue;
      }
      Optional<String> networkId = networkThatIs(work, networks.get(number));
      if (networkId.isEmpty()) {
        // A network goes only when no port is left on it.
        continue;
      }
      Mark mark = Marks.beside(part.mark(), "port-" + number);
      Key key = new Key(work.session(), work.region(), networkId.get());
      for (JsonObject port : look(work, key, mark).marked(Marks.text(mark))) {
        looks.changing(key, Marks.text(mark));
        try {
          work.session()
              .send(
                  work.delete(ServiceType.NETWORK, "/ports/" + port.getString("id")),
                  work.deadline());
        } catch (CloudFault fault) {
          if (fault.status() != 404) {
            throw fault;
          }
        }
      }
    }
  }

  private Optional<String> networkThatIs(Work work, JsonObject network) {
    try {
      return Optional.of(networkId(work, network));
    } catch (CloudFault fault) {
      if (fault.status() == 404) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private Look look(Work work, Key key, Mark mark) {
    return looks.recent(
        key, Marks.text(mark), () -> list(work, key.networkId()), Marks::inDescription);
  }

  private record Key(Object session, String region, String networkId) {}

  private static List<JsonObject> list(Work work, String networkId) {
    var call =
        work.get(ServiceType.NETWORK, "/ports")
            .query("network_id", networkId)
            .query("project_id", work.session().projectId(work.deadline()));
    for (String field : PORT_FIELDS) {
      call = call.query("fields", field);
    }
    return work.session().list(call, "ports", work.deadline());
  }
}
