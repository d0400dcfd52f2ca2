package io.isthmus.openstack.leak;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.leak.CloudLayout;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the catalog that comes with a token. */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class OpenStackLayout implements CloudLayout {

  private static final Map<String, ServiceType> SERVICES =
      Map.of(
          "OS::Nova", ServiceType.COMPUTE,
          "OS::Neutron", ServiceType.NETWORK,
          "OS::Cinder", ServiceType.VOLUME,
          "OS::Octavia", ServiceType.LOAD_BALANCER,
          "OS::Glance", ServiceType.IMAGE);

  private Clouds clouds;

  /** For the container's proxy. */
  protected OpenStackLayout() {}

  @Inject
  public OpenStackLayout(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public Layout of(CloudConnection connection, Set<String> types) {
    CloudSession session = clouds.session(connection);
    Deadline deadline = session.deadline();
    Map<String, Set<String>> regions = new TreeMap<>();
    for (String region : session.regions(deadline)) {
      Set<String> offered = session.services(region, deadline).keySet();
      regions.put(
          region,
          types.stream()
              .filter(type -> offered.contains(service(type).official()))
              .collect(Collectors.toSet()));
    }
    return new Layout(session.projectId(deadline), regions);
  }

  private static ServiceType service(String type) {
    ServiceType service = SERVICES.get(type.substring(0, type.lastIndexOf("::")));
    if (service == null) {
      throw new IllegalArgumentException("no service has the type " + type);
    }
    return service;
  }
}
