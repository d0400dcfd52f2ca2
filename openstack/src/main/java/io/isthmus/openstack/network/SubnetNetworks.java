package io.isthmus.openstack.network;

import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which network a subnet is part of. Read once, or known from when the subnet was made: a subnet
 * never changes its network. Thread-safe.
 */
@ApplicationScoped
public class SubnetNetworks {
  private static final int MOST = 5000;

  private record Key(Object session, String region, String subnet) {}

  private final Map<Key, String> networks =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
          return size() > MOST;
        }
      };

  /** The cloud has told of a subnet. */
  void learn(Work work, JsonObject subnet) {
    Optional<String> network = Bodies.text(subnet, "network_id");
    Optional<String> id = Bodies.text(subnet, "id");
    if (network.isPresent() && id.isPresent()) {
      synchronized (networks) {
        networks.put(new Key(work.session(), work.region(), id.get()), network.get());
      }
    }
  }

  /**
   * The id of the subnet's network.
   *
   * @throws io.isthmus.openstack.http.CloudFault of status 404 when there is no such subnet
   */
  public String of(Work work, String subnetId) {
    String known;
    synchronized (networks) {
      known = networks.get(new Key(work.session(), work.region(), subnetId));
    }
    if (known != null) {
      return known;
    }
    JsonObject subnet =
        work.session()
            .fetch(
                work.get(ServiceType.NETWORK, "/subnets/" + subnetId), "subnet", work.deadline());
    learn(work, subnet);
    return subnet.getString("network_id");
  }
}
