package io.isthmus.openstack.loadbalancer;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Drives {@code OS::Octavia::Listener}. */
@ApplicationScoped
public class ListenerDriver extends OctaviaDriver {
  private static final List<String> ATTRIBUTES = List.of("loadbalancers", "default_pool_id");

  private static final List<Change.Field> UPDATES =
      List.of(
          Change.Field.of("default_pool", "default_pool_id", JsonValue.NULL),
          Change.Field.of("connection_limit", Json.createValue(-1)),
          Change.Field.of("default_tls_container_ref", JsonValue.NULL),
          Change.Field.of("sni_container_refs", JsonValue.EMPTY_JSON_ARRAY),
          Change.Field.of("allowed_cidrs", JsonValue.NULL),
          Change.Field.of("tls_versions", JsonValue.NULL));

  /** For the container. */
  public ListenerDriver() {}

  public ListenerDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Octavia::Listener";
  }

  @Override
  protected String singular() {
    return "listener";
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObjectBuilder body =
        Bodies.copy(
            part.properties(),
            "description",
            "admin_state_up",
            "protocol",
            "protocol_port",
            "connection_limit",
            "default_tls_container_ref",
            "sni_container_refs",
            "allowed_cidrs",
            "tls_versions");
    Optional<String> pool = named(work, part, "default_pool", "pools");
    pool.ifPresent(id -> body.add("default_pool_id", id));
    named(work, part, "loadbalancer", "loadbalancers")
        .or(() -> pool.flatMap(id -> balancerOf(work, id)))
        .ifPresent(id -> body.add("loadbalancer_id", id));
    return body;
  }

  /** Octavia wants to be told the load balancer, also where the pool has one. */
  private static Optional<String> balancerOf(Work work, String pool) {
    JsonObject found =
        work.session()
            .fetch(
                work.get(ServiceType.LOAD_BALANCER, "/lbaas/pools/" + pool),
                "pool",
                work.deadline());
    return Bodies.objects(found, "loadbalancers").stream()
        .map(balancer -> balancer.getString("id"))
        .findFirst();
  }

  @Override
  protected List<Change.Field> updates() {
    return UPDATES;
  }
}
