package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds ids where a template gives a name, since most of Neutron takes ids only. */
public final class NeutronNames {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}");

  private NeutronNames() {}

  /** Whether a text is an id rather than a name. */
  static boolean isId(String nameOrId) {
    return UUID.matcher(nameOrId).matches();
  }

  /**
   * The id of what is named.
   *
   * @param collection as in the path: {@code security-groups}
   * @throws io.isthmus.openstack.http.CloudFault CLOUD_REJECTED when there is none, or more than
   *     one of this name
   */
  public static String id(Work work, String collection, String nameOrId) {
    if (isId(nameOrId)) {
      return nameOrId;
    }
    List<JsonObject> found =
        work.session()
            .list(
                work.get(ServiceType.NETWORK, "/" + collection)
                    .query("name", nameOrId)
                    .query("fields", "id"),
                collection.replace('-', '_'),
                work.deadline());
    if (found.size() == 1) {
      return found.get(0).getString("id");
    }
    throw CloudFaults.ambiguous(
        work.session().cloud(), "GET network/" + collection, nameOrId, found.size());
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
