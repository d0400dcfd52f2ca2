package io.isthmus.openstack.mirror;

import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads networks: the project's own, those that are shared with it and external ones, as Horizon
 * shows them. They are few, and a count of them is known for the project's own only, so that they
 * are always read whole.
 */
final class NetworkReader {
  private static final String ADMIN = "admin";

  private final Reading reading;
  private final Set<String> told = new HashSet<>();

  NetworkReader(Reading reading) {
    this.reading = reading;
  }

  MirrorReading read() {
    if (reading.session().roles(reading.deadline()).contains(ADMIN)) {
      // A list without a filter would show an administrator everybody's.
      list(networks().query("project_id", reading.project()));
      list(networks().query("shared", "true"));
      list(networks().query("router:external", "true"));
    } else {
      list(networks());
    }
    return reading.told(Set.of(), OptionalLong::empty, Optional.empty());
  }

  private Call networks() {
    return Call.get(ServiceType.NETWORK, reading.region(), "/networks");
  }

  private void list(Call networks) {
    Call call = networks;
    for (String field : Items.NETWORK) {
      call = call.query("fields", field);
    }
    reading.whole(call, "networks", this::usable);
  }

  private Optional<MirrorItem> usable(JsonObject network) {
    boolean own = Items.project(network).equals(reading.project());
    boolean usable =
        own
            || Bodies.flag(network, "shared", false)
            || Bodies.flag(network, "router:external", false);
    return usable && told.add(network.getString("id", ""))
        ? Optional.of(Items.network(network, own))
        : Optional.empty();
  }
}
