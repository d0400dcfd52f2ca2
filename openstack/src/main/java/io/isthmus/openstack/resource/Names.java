package io.isthmus.openstack.resource;

import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.keystone.ServiceType;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/** Finds ids where a template gives a name, since most services take ids only. */
public final class Names {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}");

  private Names() {}

  /** Whether a text is an id rather than a name. */
  public static boolean isId(String nameOrId) {
    return UUID.matcher(nameOrId).matches();
  }

  /**
   * The id of what is named.
   *
   * @param path of the list: {@code /security-groups}
   * @param collection as around the list: {@code security_groups}
   * @throws io.isthmus.openstack.http.CloudFault CLOUD_REJECTED when there is none, or more than
   *     one of this name
   */
  public static String id(
      Work work, ServiceType service, String path, String collection, String nameOrId) {
    if (isId(nameOrId)) {
      return nameOrId;
    }
    List<JsonObject> found =
        work.session()
            .list(
                work.get(service, path).query("name", nameOrId).query("fields", "id"),
                collection,
                work.deadline());
    if (found.size() == 1) {
      return found.get(0).getString("id");
    }
    throw CloudFaults.ambiguous(
        work.session().cloud(), "GET " + service.official() + path, nameOrId, found.size());
  }
}
