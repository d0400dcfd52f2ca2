package io.isthmus.openstack.loadbalancer;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Drives {@code OS::Octavia::HealthMonitor}. */
@ApplicationScoped
public class HealthMonitorDriver extends OctaviaDriver {

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
}
