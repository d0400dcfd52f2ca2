package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Names;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/** {@link Names} of Neutron. */
public final class NeutronNames {
  private NeutronNames() {}

  /**
   * The id of what is named.
   *
   * @param collection as in the path: {@code security-groups}
   * @throws io.isthmus.openstack.http.CloudFault CLOUD_REJECTED when there is none, or more than
   *     one of this name
   */
  public static String id(Work work, String collection, String nameOrId) {
    return Names.id(
        work, ServiceType.NETWORK, "/" + collection, collection.replace('-', '_'), nameOrId);
  }

  /**
   * The part with ids in those properties that may hold names.
   *
   * @param collections by property
   */
  static DesiredPart withIds(Work work, DesiredPart part, Map<String, String> collections) {
    JsonObjectBuilder properties = Json.createObjectBuilder(part.properties());
    collections.forEach(
        (property, collection) ->
            Bodies.text(part.properties(), property)
                .ifPresent(name -> properties.add(property, id(work, collection, name))));
    return new DesiredPart(
        part.id(),
        part.type(),
        part.mark(),
        part.physicalName(),
        part.physicalId(),
        part.availabilityZone(),
        properties.build());
  }
}
