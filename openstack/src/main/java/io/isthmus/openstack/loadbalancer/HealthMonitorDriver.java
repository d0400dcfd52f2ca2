package io.isthmus.openstack.loadbalancer;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Drives {@code OS::Octavia::HealthMonitor}. */
@ApplicationScoped
public class HealthMonitorDriver extends OctaviaDriver {

  private static final List<Change.Field> UPDATES =
      List.of(
          Change.Field.staying("delay"),
          Change.Field.staying("timeout"),
          Change.Field.staying("max_retries"),
          Change.Field.of("http_method", Json.createValue("GET")),
          Change.Field.of("url_path", Json.createValue("/")),
          Change.Field.of("expected_codes", Json.createValue("200")));

  /** For the container. */
  public HealthMonitorDriver() {}

  public HealthMonitorDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Octavia::HealthMonitor";
  }

  @Override
  protected String singular() {
    return "healthmonitor";
  }

  @Override
  protected List<String> attributeNames() {
    return List.of("pools");
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObjectBuilder body =
        Bodies.copy(
            part.properties(),
            "type",
            "delay",
            "timeout",
            "max_retries",
            "http_method",
            "url_path",
            "expected_codes",
            "admin_state_up");
    named(work, part, "pool", "pools").ifPresent(id -> body.add("pool_id", id));
    return body;
  }

  @Override
  protected List<Change.Field> updates() {
    return UPDATES;
  }
}
