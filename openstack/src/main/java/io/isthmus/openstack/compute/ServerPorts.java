package io.isthmus.openstack.compute;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.StackId;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.network.PortBodies;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Look;
import io.isthmus.openstack.resource.Looks;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Work;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ports that are made for a server before it, one for each network that it names. A port serves
 * one server only, so Nova itself refuses a second server of the same part.
 */
final class ServerPorts {
  private static final String[] PORT_FIELDS = {
    "id", "description", "mac_address", "network_id", "device_id", "created_at"
  };

  private final Looks looks;

  ServerPorts(Looks looks) {
    this.looks = looks;
  }

  /** The ids of all ports of the server in the template's order; made where they are missing. */
  List<String> provide(Work work, DesiredPart part) {
    List<String> ids = new ArrayList<>();
    List<JsonObject> networks = Bodies.objects(part.properties(), "networks");
    for (int number = 0; number < networks.size(); number++) {
      JsonObject network = networks.get(number);
      if (Bodies.text(network, "allocate_network").isPresent()) {
        continue;
      }
      Optional<String> given = Bodies.text(network, "port");
      ids.add(given.isPresent() ? given.get() : provide(work, part, network, number));
    }
    return ids;
  }

  private String provide(Work work, DesiredPart part, JsonObject network, int number) {
    Mark mark = Marks.beside(part.mark(), "port-" + number);
    List<JsonObject> found = look(work, mark).marked(Marks.text(mark));
    if (!found.isEmpty()) {
      return found.get(0).getString("id");
    }
    looks.changing(key(work, mark.stack()), Marks.text(mark));
    JsonObjectBuilder properties = Bodies.copy(network, "network");
    if (!network.containsKey("network")) {
      Bodies.copyAs(network, "uuid", properties, "network");
    }
    JsonObjectBuilder address = Bodies.copy(network, "subnet");
    Bodies.copyAs(network, "fixed_ip", address, "ip_address");
    JsonObject wanted = address.build();
    if (!wanted.isEmpty()) {
      properties.add("fixed_ips", Json.createArrayBuilder().add(wanted));
    }
    if (part.properties().get("security_groups") instanceof JsonArray groups) {
      properties.add("security_groups", groups);
    }
    if (network.get("port_extra_properties") instanceof JsonObject extra) {
      extra.forEach(
          (key, value) -> {
            if (value != JsonValue.NULL) {
              properties.add(key, value);
            }
          });
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

  /** Removes the ports that were made for the server. */
  void remove(Work work, DesiredPart part) {
    List<JsonObject> networks = Bodies.objects(part.properties(), "networks");
    for (int number = 0; number < networks.size(); number++) {
      Mark mark = Marks.beside(part.mark(), "port-" + number);
      for (JsonObject port : look(work, mark).marked(Marks.text(mark))) {
        looks.changing(key(work, mark.stack()), Marks.text(mark));
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

  /** All ports of the project's servers, as one list tells. */
  List<JsonObject> all(Work work, StackId stack) {
    return looks.fresh(key(work, stack), () -> list(work), Marks::inDescription).all();
  }

  private Look look(Work work, Mark mark) {
    return looks.recent(
        key(work, mark.stack()), Marks.text(mark), () -> list(work), Marks::inDescription);
  }

  private record Key(Object session, String region, StackId stack) {}

  private static Object key(Work work, StackId stack) {
    return new Key(work.session(), work.region(), stack);
  }

  private static List<JsonObject> list(Work work) {
    var call =
        work.get(ServiceType.NETWORK, "/ports")
            .query("project_id", work.session().projectId(work.deadline()));
    for (String field : PORT_FIELDS) {
      call = call.query("fields", field);
    }
    return work.session().list(call, "ports", work.deadline());
  }
}
