package io.isthmus.openstack.resource;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Where and until when something is done. */
public record Work(CloudSession session, String region, Deadline deadline) {
  /** With ids of 36 characters, about half of what web servers take. */
  private static final int VALUES_PER_CALL = 50;

  public Call get(ServiceType service, String path) {
    return Call.get(service, region, path);
  }

  public Call delete(ServiceType service, String path) {
    return Call.delete(service, region, path);
  }

  public Call post(ServiceType service, String path, JsonObject body) {
    return Call.post(service, region, path, body);
  }

  public Call put(ServiceType service, String path, JsonObject body) {
    return Call.put(service, region, path, body);
  }

  /**
   * Lists those whose field has one of the values, in as few calls as URLs of a usual length allow.
   */
  public List<JsonObject> listWhere(
      Call call, String field, Collection<String> values, String collection) {
    List<String> all = values.stream().distinct().toList();
    List<JsonObject> found = new ArrayList<>();
    for (int from = 0; from < all.size(); from += VALUES_PER_CALL) {
      Call part = call;
      for (String value : all.subList(from, Math.min(all.size(), from + VALUES_PER_CALL))) {
        part = part.query(field, value);
      }
      found.addAll(session.list(part, collection, deadline));
    }
    return found;
  }

  /** What is not asked of the cloud because it cannot be, or not now. */
  public FederationFault refused(FaultCode code, Phrase why) {
    return new FederationFault(
        code,
        why,
        List.of(),
        Json.createObjectBuilder().add("cloud", session.cloud().text()).build(),
        null);
  }

  /** Something that is there under our id without our mark. */
  FederationFault notOurs(DesiredPart part, String id) {
    return new FederationFault(
        FaultCode.CONFLICT,
        Phrase.of("driver.not-ours", part.type(), id),
        List.of(),
        Json.createObjectBuilder()
            .add("cloud", session.cloud().text())
            .add("physicalId", id)
            .build(),
        null);
  }
}
