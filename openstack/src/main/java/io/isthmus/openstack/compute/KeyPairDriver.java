package io.isthmus.openstack.compute;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.MarkedDriver;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Drives {@code OS::Nova::KeyPair}. Key pairs hold neither metadata nor tags, but Nova refuses a
 * second one of the same name: so the mark is the end of the name, and the name is the physical id.
 */
@ApplicationScoped
public class KeyPairDriver extends MarkedDriver {

  /** For the container. */
  public KeyPairDriver() {}

  public KeyPairDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Nova::KeyPair";
  }

  @Override
  protected String markText(Mark mark) {
    return Marks.nameEnd(mark);
  }

  @Override
  protected Optional<String> markOf(JsonObject keyPair) {
    return Marks.atNameEnd(id(keyPair));
  }

  @Override
  protected String id(JsonObject keyPair) {
    return keyPair.getString("name");
  }

  @Override
  protected List<JsonObject> list(Work work, Scope scope) {
    Call call = work.get(ServiceType.COMPUTE, "/os-keypairs").upTo(ServerBodies.WANTED);
    return work.session().list(call, "keypairs", work.deadline()).stream()
        .map(item -> item.getJsonObject("keypair"))
        // The name is the id; what is found by id is found by name.
        .map(pair -> Json.createObjectBuilder(pair).add("id", pair.getString("name")).build())
        .toList();
  }

  @Override
  protected Optional<JsonObject> fetch(Work work, String name) {
    Call call = work.get(ServiceType.COMPUTE, path(name)).upTo(ServerBodies.WANTED);
    return work.session().find(call, "keypair", work.deadline());
  }

  @Override
  protected JsonObject make(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    String wish = Bodies.text(properties, "name").orElse(part.physicalName());
    JsonObjectBuilder body = Bodies.copy(properties, "type");
    body.add("name", Marks.name(wish, part.mark()));
    Bodies.text(properties, "public_key").ifPresent(key -> body.add("public_key", key));
    Call call =
        work.post(ServiceType.COMPUTE, "/os-keypairs", Bodies.under("keypair", body.build()));
    return work.session().fetch(call.upTo(ServerBodies.WANTED), "keypair", work.deadline());
  }

  /** Its mark is part of its name, which nothing changes. */
  @Override
  protected boolean isAdoptable() {
    return false;
  }

  @Override
  protected Call deletion(Work work, String name) {
    return work.delete(ServiceType.COMPUTE, path(name)).upTo(ServerBodies.WANTED);
  }

  private static String path(String name) {
    return "/os-keypairs/" + Call.segment(name);
  }

  @Override
  protected Sighting.Phase phase(JsonObject keyPair) {
    return Sighting.Phase.READY;
  }

  @Override
  protected JsonObject attributes(JsonObject keyPair) {
    return Bodies.copy(keyPair, "name", "public_key", "fingerprint").build();
  }
}
