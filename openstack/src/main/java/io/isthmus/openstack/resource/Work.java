package io.isthmus.openstack.resource;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import jakarta.json.JsonObject;

/** Where and until when something is done. */
public record Work(CloudSession session, String region, Deadline deadline) {

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

  /** Something that is there under our id without our mark. */
  FederationFault notOurs(DesiredPart part, String id) {
    return new FederationFault(
        io.isthmus.domain.fault.FaultCode.CONFLICT,
        io.isthmus.domain.language.Phrase.of("driver.not-ours", part.type(), id),
        java.util.List.of(),
        jakarta.json.Json.createObjectBuilder()
            .add("cloud", session.cloud().text())
            .add("physicalId", id)
            .build(),
        null);
  }
}
