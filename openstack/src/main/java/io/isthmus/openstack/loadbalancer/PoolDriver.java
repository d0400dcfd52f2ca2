package io.isthmus.openstack.loadbalancer;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** Drives {@code OS::Octavia::Pool}. */
@ApplicationScoped
public class PoolDriver extends OctaviaDriver {
  private static final List<String> ATTRIBUTES =
      List.of("healthmonitor_id", "listeners", "members");

  private static final List<Change.Field> UPDATES = List.of(Change.Field.staying("lb_algorithm"));

  /** For the container. */
  public PoolDriver() {}

  public PoolDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Octavia::Pool";
  }

  @Override
  protected String singular() {
    return "pool";
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    JsonObjectBuilder body =
        Bodies.copy(properties, "description", "admin_state_up", "protocol", "lb_algorithm");
    if (properties.get("session_persistence") instanceof JsonObject persistence) {
      body.add("session_persistence", Bodies.copy(persistence, "type", "cookie_name"));
    }
    Optional<String> listener = named(work, part, "listener", "listeners");
    listener.ifPresent(id -> body.add("listener_id", id));
    if (listener.isEmpty()) {
      named(work, part, "loadbalancer", "loadbalancers")
          .ifPresent(id -> body.add("loadbalancer_id", id));
    }
    return body;
  }

  @Override
  protected List<Change.Field> updates() {
    return UPDATES;
  }
}
