package io.isthmus.openstack.compute;

import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Looks;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds flavors and images where a name is given; a plan's resolutions are ids already. */
final class CatalogNames {
  private final Looks looks;

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  CatalogNames(Looks looks) {
    this.looks = looks;
  }

  /** Flavor ids may be any text, so the id is tried first. */
  String flavor(Work work, String nameOrId) {
    if (UUID.matcher(nameOrId).matches()) {
      return nameOrId;
    }
    List<JsonObject> all = flavors(work);
    Optional<JsonObject> byId =
        all.stream().filter(flavor -> flavor.getString("id").equals(nameOrId)).findFirst();
    return byId.map(flavor -> nameOrId)
        .orElseGet(() -> only(work, "GET compute/flavors", nameOrId, all));
  }

  private record Key(Object session, String region) {}

  private List<JsonObject> flavors(Work work) {
    Call call = work.get(ServiceType.COMPUTE, "/flavors");
    return looks
        .recent(
            new Key(work.session(), work.region()),
            "",
            () -> work.session().list(call, "flavors", work.deadline()),
            flavor -> Optional.empty())
        .all();
  }

  static String image(Work work, String nameOrId) {
    if (UUID.matcher(nameOrId).matches()) {
      return nameOrId;
    }
    Call call = work.get(ServiceType.IMAGE, "/images").query("name", nameOrId);
    return only(
        work, "GET image/images", nameOrId, work.session().list(call, "images", work.deadline()));
  }

  private static String only(Work work, String call, String name, List<JsonObject> candidates) {
    List<JsonObject> named =
        candidates.stream().filter(one -> one.getString("name", "").equals(name)).toList();
    if (named.size() == 1) {
      return named.get(0).getString("id");
    }
    throw CloudFaults.ambiguous(work.session().cloud(), call, name, named.size());
  }
}
