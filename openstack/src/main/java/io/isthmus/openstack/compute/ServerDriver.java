package io.isthmus.openstack.compute;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.conversation.Microversion;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.network.SubnetNetworks;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Looks;
import io.isthmus.openstack.resource.MarkedDriver;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Progress;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Drives {@code OS::Nova::Server}. The mark stands in the metadata, and where Nova allows also in a
 * tag, so that one list by tag shows the servers of a stack.
 */
@ApplicationScoped
public class ServerDriver extends MarkedDriver {
  private static final Set<String> STOPPED =
      Set.of("SHUTOFF", "SUSPENDED", "PAUSED", "SHELVED", "SHELVED_OFFLOADED");

  private ServerPorts ports;
  private CatalogNames names;
  private KnownAddresses addresses;

  /** For the container. */
  public ServerDriver() {}

  public ServerDriver(Clouds clouds, SubnetNetworks subnets) {
    super(clouds);
    watch(clouds, subnets);
  }

  @Inject
  void watch(Clouds clouds, SubnetNetworks subnets) {
    ports = new ServerPorts(new Looks(clouds.config()), subnets);
    names = new CatalogNames(new Looks(clouds.config()));
    addresses = new KnownAddresses(System::nanoTime);
  }

  @Override
  protected String type() {
    return "OS::Nova::Server";
  }

  @Override
  protected List<JsonObject> list(Work work, Scope scope) {
    return work.session().list(listing(work, scope), "servers", work.deadline());
  }

  @Override
  protected void pages(Work work, Scope scope, Consumer<List<JsonObject>> page) {
    work.session().pages(listing(work, scope), "servers", work.session()::deadline, page);
  }

  private static Call listing(Work work, Scope scope) {
    Call call = work.get(ServiceType.COMPUTE, "/servers/detail").upTo(ServerBodies.WANTED);
    // Tags are set by us since 2.52 only; a cloud with less is listed whole.
    if (scope.stack().isPresent()
        && offered(work).isPresent()
        && offered(work).get().isAtLeast(ServerBodies.TAGS_AT_CREATION)) {
      call = call.query("tags", Marks.tag(scope.stack().get()));
    }
    return call;
  }

  /** Its ports, where the path is so long that their marks do not begin like the server's own. */
  @Override
  public List<String> besides(Mark mark) {
    return ServerPorts.marksUnlike(mark);
  }

  private static Optional<Microversion> offered(Work work) {
    return work.session()
        .negotiate(ServiceType.COMPUTE, work.region(), ServerBodies.WANTED, work.deadline());
  }

  @Override
  protected Optional<JsonObject> fetch(Work work, String id) {
    Call call = work.get(ServiceType.COMPUTE, "/servers/" + id).upTo(ServerBodies.WANTED);
    return work.session().find(call, "server", work.deadline());
  }

  @Override
  protected Optional<String> markOf(JsonObject server) {
    return Marks.inMetadata(server);
  }

  @Override
  protected JsonObject make(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    String flavor = names.flavor(work, Bodies.text(properties, "flavor").orElse(""));
    Optional<String> image =
        Bodies.text(properties, "image").map(name -> CatalogNames.image(work, name));
    Optional<Microversion> offered = offered(work);
    if (!Bodies.texts(properties, "tags").isEmpty()
        && offered.filter(version -> version.isAtLeast(ServerBodies.TAGS_AT_CREATION)).isEmpty()) {
      throw CloudFaults.lacking(
          work.session().cloud(),
          "POST compute/servers",
          "tags (microversion " + ServerBodies.TAGS_AT_CREATION + ")");
    }
    List<String> portIds = ports.provide(work, part);
    JsonObject body = ServerBodies.creation(part, flavor, image, portIds, offered);
    Call call = work.post(ServiceType.COMPUTE, "/servers", body).upTo(ServerBodies.WANTED);
    return work.session().fetch(call, "server", work.deadline());
  }

  @Override
  protected Progress adapt(Work work, Change change) {
    return new ServerUpdate(work, change, names, ports).next();
  }

  /** Nova stops what is ACTIVE or in ERROR; what does anything else is asked again later. */
  @Override
  protected boolean stop(Work work, JsonObject server) {
    if (STOPPED.contains(server.getString("status", ""))) {
      return true;
    }
    act(work, server, "os-stop");
    return false;
  }

  private void act(Work work, JsonObject server, String action) {
    JsonObject body = Json.createObjectBuilder().addNull(action).build();
    work.session()
        .send(
            work.post(ServiceType.COMPUTE, "/servers/" + id(server) + "/action", body)
                .upTo(ServerBodies.WANTED),
            work.deadline());
  }

  /** Nova suspends what is ACTIVE. What its owner has stopped or paused stays so. */
  @Override
  protected boolean suspend(Work work, JsonObject server) {
    if (isAtWork(server)) {
      return false;
    }
    if (STOPPED.contains(server.getString("status", ""))) {
      return true;
    }
    requireSound(work, server);
    act(work, server, "suspend");
    return false;
  }

  /** What its owner has stopped or paused stays so. */
  @Override
  protected boolean resume(Work work, JsonObject server) {
    if (isAtWork(server)) {
      return false;
    }
    requireSound(work, server);
    if (!server.getString("status", "").equals("SUSPENDED")) {
      return true;
    }
    act(work, server, "resume");
    return false;
  }

  /** Nova does one thing to a server at a time. */
  private boolean isAtWork(JsonObject server) {
    return Bodies.text(server, "OS-EXT-STS:task_state").isPresent()
        || phase(server) == Sighting.Phase.BUILDING;
  }

  private void requireSound(Work work, JsonObject server) {
    if (phase(server) == Sighting.Phase.FAILED) {
      throw work.refused(
          FaultCode.CLOUD_REJECTED,
          Phrase.of(
              "driver.failed",
              work.session().cloud(),
              cloudStatus(server),
              troubleOf(server).map(CloudFaults::quoted).orElse("-")));
    }
  }

  /** Its tag of the stack is among those by which it is listed; older clouds know none. */
  @Override
  protected void mark(Work work, DesiredPart part, JsonObject server, Optional<Mark> from) {
    ports.mark(work, part, id(server), from);
    String path = "/servers/" + id(server);
    if (offered(work)
        .filter(version -> version.isAtLeast(ServerBodies.TAGS_AT_CREATION))
        .isPresent()) {
      JsonObject tags =
          Json.createObjectBuilder()
              .add("tags", Bodies.array(retagged(server, part.mark(), from)))
              .build();
      work.session()
          .send(
              work.put(ServiceType.COMPUTE, path + "/tags", tags).upTo(ServerBodies.WANTED),
              work.deadline());
    }
    JsonObject body = Bodies.under("metadata", Marks.metadata(part.mark()));
    work.session()
        .send(
            work.post(ServiceType.COMPUTE, path + "/metadata", body).upTo(ServerBodies.WANTED),
            work.deadline());
  }

  private static List<String> retagged(JsonObject server, Mark mark, Optional<Mark> from) {
    List<String> tags = new ArrayList<>(Bodies.texts(server, "tags"));
    from.ifPresent(old -> tags.remove(Marks.tag(old.stack())));
    String own = Marks.tag(mark.stack());
    if (!tags.contains(own)) {
      tags.add(own);
    }
    return tags;
  }

  @Override
  protected Call deletion(Work work, String id) {
    return work.delete(ServiceType.COMPUTE, "/servers/" + id).upTo(ServerBodies.WANTED);
  }

  @Override
  protected boolean deletesAtOnce() {
    return false;
  }

  @Override
  protected void removeHelpers(Work work, DesiredPart part) {
    ports.remove(work, part);
    part.physicalId().ifPresent(id -> ports.remove(work, part, id));
  }

  @Override
  protected boolean isGone(JsonObject server) {
    return List.of("DELETED", "SOFT_DELETED").contains(server.getString("status", ""));
  }

  @Override
  protected Sighting.Phase phase(JsonObject server) {
    if (Bodies.text(server, "OS-EXT-STS:task_state").filter("deleting"::equals).isPresent()) {
      return Sighting.Phase.DELETING;
    }
    return switch (server.getString("status", "BUILD")) {
      case "ERROR" -> Sighting.Phase.FAILED;
      case "BUILD", "REBUILD", "RESIZE", "REVERT_RESIZE", "UNKNOWN" -> Sighting.Phase.BUILDING;
      // It runs. What others have begun is theirs to end.
      case "VERIFY_RESIZE" ->
          ServerResize.isOurs(server) ? Sighting.Phase.TO_CONFIRM : Sighting.Phase.READY;
      default -> Sighting.Phase.READY;
    };
  }

  @Override
  protected Optional<String> troubleOf(JsonObject server) {
    return server.get("fault") instanceof JsonObject fault
        ? Bodies.text(fault, "message")
        : Optional.empty();
  }

  @Override
  protected JsonObject attributes(JsonObject server) {
    return ServerBodies.attributes(server, ServerAddresses.UNKNOWN);
  }

  @Override
  protected Function<JsonObject, JsonObject> describer(Work work, Collection<JsonObject> servers) {
    Function<JsonObject, ServerAddresses> known = addresses.of(work, servers);
    return server -> ServerBodies.attributes(server, known.apply(server));
  }
}
