package io.isthmus.openstack.compute;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.network.NeutronDriver;
import io.isthmus.openstack.network.NeutronNames;
import io.isthmus.openstack.network.PortBodies;
import io.isthmus.openstack.network.SubnetNetworks;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Look;
import io.isthmus.openstack.resource.Looks;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Same;
import io.isthmus.openstack.resource.Work;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ports that are made for a server before it, one for each network that it names. A port serves
 * one server only, so Nova itself refuses a second server of the same part.
 */
final class ServerPorts {
  private static final String[] PORT_FIELDS = {"id", "description", "created_at"};

  /** More than any server has. */
  private static final int MOST_PORTS = 64;

  /** Characters of a time to the second. */
  private static final int SECONDS = 19;

  private final Looks looks;
  private final SubnetNetworks subnets;

  ServerPorts(Looks looks, SubnetNetworks subnets) {
    this.looks = looks;
    this.subnets = subnets;
  }

  /** The ids of all ports of the server in the template's order; made where they are missing. */
  List<String> provide(Work work, DesiredPart part) {
    List<String> ids = new ArrayList<>();
    List<JsonObject> networks = Bodies.objects(part.properties(), "networks");
    for (int number = 0; number < networks.size(); number++) {
      JsonObject network = networks.get(number);
      Optional<String> given = Bodies.text(network, "port");
      ids.add(given.isPresent() ? given.get() : provide(work, part, network, number));
    }
    return ids;
  }

  private String provide(Work work, DesiredPart part, JsonObject network, int number) {
    Mark mark = Marks.beside(part.mark(), "port-" + number);
    String networkId = networkId(work, network);
    Key key = new Key(work.session(), work.region(), networkId);
    List<JsonObject> found = look(work, key, mark).marked(Marks.text(mark));
    if (!found.isEmpty()) {
      return found.get(0).getString("id");
    }
    looks.changing(key, Marks.text(mark));
    JsonObjectBuilder properties = Json.createObjectBuilder().add("network", networkId);
    addresses(network).forEach(properties::add);
    if (part.properties().get("security_groups") instanceof JsonArray groups) {
      properties.add("security_groups", groups);
    }
    JsonObjectBuilder port = PortBodies.port(work, properties.build());
    port.add("name", part.physicalName() + "-port-" + number);
    port.add("description", Marks.described("", mark));
    return work.session()
        .fetch(
            work.post(ServiceType.NETWORK, "/ports", Bodies.under("port", port.build())),
            "port",
            work.deadline())
        .getString("id");
  }

  /** A port's fixed_ips, if anything is said of the address. */
  private static JsonObject addresses(JsonObject network) {
    JsonObjectBuilder address = Bodies.copy(network, "subnet");
    Bodies.copyAs(network, "fixed_ip", address, "ip_address");
    JsonObject wanted = address.build();
    return wanted.isEmpty()
        ? JsonValue.EMPTY_JSON_OBJECT
        : Json.createObjectBuilder()
            .add("fixed_ips", Json.createArrayBuilder().add(wanted))
            .build();
  }

  /**
   * Connects the server to what is wanted and to nothing else that it was connected to before. A
   * port that was made for the server goes on where it still serves, so that the server keeps its
   * address; what others have connected stays.
   *
   * @return whether nothing is left to wait for
   * @see "heat/engine/resources/openstack/nova/server_network_mixin.py, calculate_networks"
   */
  boolean adapt(Work work, Change change) {
    if (!change.concerns("networks") && !isAboutGroups(change)) {
      return true;
    }
    List<JsonObject> attached = attached(work, change.id());
    List<Place> places = places(work, change.part());
    List<JsonObject> own = new ArrayList<>(attached);
    own.removeIf(port -> number(change, port).isEmpty());
    choose(change, places, own);
    List<String> wanted = new ArrayList<>();
    for (Place place : places) {
      wanted.add(
          place.port != null
              ? adapt(work, change, place)
              : place.given.orElseGet(
                  () -> provide(work, change.part(), place.network, place.number)));
    }
    Set<String> present = new HashSet<>();
    attached.forEach(port -> present.add(port.getString("id")));
    wanted.stream().filter(id -> !present.contains(id)).forEach(id -> plug(work, change, id));
    List<String> leaving = leaving(change, attached, wanted);
    own.forEach(port -> delete(work, port));
    if (wanted.isEmpty() && hadNetworks(change) && attached.size() == own.size() + leaving.size()) {
      // As at a creation for which no network is said.
      plug(work, change, "");
    }
    leaving.forEach(id -> unplug(work, change, id));
    return leaving.isEmpty();
  }

  /** Gives the marks of a server that is taken over to the ports that were made for it. */
  void mark(Work work, DesiredPart part, String server, Optional<Mark> from) {
    if (from.isPresent()) {
      mark(work, part, server, from.get());
    } else {
      claim(work, part, server);
    }
  }

  /**
   * Of a server that another has made, such as Heat, which makes ports for it too: for each network
   * that the server names and no port, its port on that network, if there are no more of them than
   * are named, so that none was connected by somebody else.
   */
  private void claim(Work work, DesiredPart part, String server) {
    List<JsonObject> attached = attached(work, server);
    String project = work.session().projectId(work.deadline());
    Set<String> given =
        Bodies.objects(part.properties(), "networks").stream()
            .flatMap(network -> Bodies.text(network, "port").stream())
            .collect(Collectors.toSet());
    List<Place> open = new ArrayList<>();
    for (Place place : places(work, part)) {
      boolean has =
          attached.stream()
              .flatMap(port -> Marks.inDescription(port).stream())
              .anyMatch(mark(part, place.number)::equals);
      if (place.given.isEmpty() && !has) {
        open.add(place);
      }
    }
    for (String network : open.stream().map(place -> place.networkId).distinct().toList()) {
      List<Place> on = open.stream().filter(place -> place.networkId.equals(network)).toList();
      List<JsonObject> free =
          new ArrayList<>(
              attached.stream()
                  .filter(on.get(0)::isOn)
                  .filter(port -> Marks.inDescription(port).isEmpty())
                  .filter(port -> !given.contains(port.getString("id")))
                  .filter(port -> port.getString("project_id", project).equals(project))
                  .toList());
      if (free.size() <= on.size()) {
        for (Place place : on) {
          free.stream()
              .filter(place::hasAddress)
              .findFirst()
              .ifPresent(
                  port -> {
                    free.remove(port);
                    mark(work, part, place.number, port);
                  });
        }
      }
    }
  }

  private static void mark(Work work, DesiredPart part, int number, JsonObject port) {
    NeutronDriver.mark(
        work,
        "/ports/" + port.getString("id"),
        "port",
        Marks.beside(part.mark(), "port-" + number),
        port);
  }

  private static void mark(Work work, DesiredPart part, String server, Mark from) {
    for (JsonObject port : attached(work, server)) {
      Optional<String> mark = Marks.inDescription(port);
      IntStream.range(0, MOST_PORTS)
          .filter(
              number ->
                  mark.filter(Marks.text(Marks.beside(from, "port-" + number))::equals).isPresent())
          .findFirst()
          .ifPresent(number -> mark(work, part, number, port));
    }
  }

  private static boolean isAboutGroups(Change change) {
    return change.differsFromTried("security_groups") || change.hasDrifted("security_groups");
  }

  private static boolean hadNetworks(Change change) {
    return change.tried().stream().anyMatch(past -> !networks(past).isEmpty());
  }

  private static List<JsonObject> networks(JsonObject properties) {
    return Bodies.objects(properties, "networks");
  }

  /** One of the wanted networks, with the port that serves it if one was found. */
  private static final class Place {
    private final int number;
    private final JsonObject network;
    private final Optional<String> given;
    private String networkId = "";
    private JsonObject address = JsonValue.EMPTY_JSON_OBJECT;
    private JsonObject port;

    Place(int number, JsonObject network) {
      this.number = number;
      this.network = network;
      this.given = Bodies.text(network, "port");
    }

    boolean isOn(JsonObject candidate) {
      return candidate.getString("network_id", "").equals(networkId);
    }

    boolean hasAddress(JsonObject candidate) {
      return address.isEmpty()
          || Same.fits(address.get("fixed_ips"), candidate.get("fixed_ips"), false);
    }
  }

  private List<Place> places(Work work, DesiredPart part) {
    List<Place> places = new ArrayList<>();
    for (JsonObject network : Bodies.objects(part.properties(), "networks")) {
      Place place = new Place(places.size(), network);
      if (place.given.isEmpty()) {
        place.networkId = networkId(work, network);
        JsonObject said = addresses(network);
        if (!said.isEmpty()) {
          place.address =
              Json.createObjectBuilder().add("fixed_ips", PortBodies.addresses(work, said)).build();
        }
      }
      places.add(place);
    }
    return places;
  }

  /** Finds ports for places: its own as it is, any that is right, its own with another address. */
  private static void choose(Change change, List<Place> places, List<JsonObject> own) {
    List<BiPredicate<Place, JsonObject>> ways =
        List.of(
            (place, port) -> isOwn(change, place, port) && place.hasAddress(port),
            Place::hasAddress,
            (place, port) -> isOwn(change, place, port));
    for (BiPredicate<Place, JsonObject> way : ways) {
      for (Place place : places) {
        if (place.given.isPresent() || place.port != null) {
          continue;
        }
        own.stream()
            .filter(port -> place.isOn(port) && way.test(place, port))
            .findFirst()
            .ifPresent(port -> place.port = port);
        own.remove(place.port);
      }
    }
  }

  private static boolean isOwn(Change change, Place place, JsonObject port) {
    return number(change, port).filter(number -> number == place.number).isPresent();
  }

  /** Which of the server's networks the port was made for; empty when it was not. */
  private static Optional<Integer> number(Change change, JsonObject port) {
    Optional<String> mark = Marks.inDescription(port);
    int most =
        Stream.concat(Stream.of(change.properties()), change.tried().stream())
            .mapToInt(properties -> networks(properties).size())
            .max()
            .orElse(0);
    return mark.flatMap(
        text ->
            IntStream.range(0, most)
                .boxed()
                .filter(number -> text.equals(mark(change.part(), number)))
                .findFirst());
  }

  /** Texts of ports' marks that do not begin like the server's own, being made from a digest. */
  static List<String> marksUnlike(Mark mark) {
    String own = Marks.text(mark);
    String head = own.substring(0, own.length() - 1) + "#";
    return IntStream.range(0, MOST_PORTS)
        .mapToObj(number -> Marks.text(Marks.beside(mark, "port-" + number)))
        .filter(text -> !text.startsWith(head))
        .toList();
  }

  private static String mark(DesiredPart part, int number) {
    return Marks.text(Marks.beside(part.mark(), "port-" + number));
  }

  /** Brings a port to what its place wants; returns its id. */
  private String adapt(Work work, Change change, Place place) {
    JsonObject port = place.port;
    JsonObjectBuilder changes = Json.createObjectBuilder();
    if (!isOwn(change, place, port)) {
      changes.add("name", change.part().physicalName() + "-port-" + place.number);
      changes.add("description", mark(change.part(), place.number));
    }
    if (!place.hasAddress(port)) {
      changes.add("fixed_ips", place.address.get("fixed_ips"));
    }
    if (isAboutGroups(change)
        && (change.gives("security_groups") || change.hasDrifted("security_groups"))) {
      JsonArray groups =
          change.gives("security_groups")
              ? PortBodies.securityGroups(work, change.properties()).build()
              : Bodies.array(List.of(NeutronNames.id(work, "security-groups", "default")));
      if (!Same.fits(groups, port.get("security_groups"), false)) {
        changes.add("security_groups", groups);
      }
    }
    JsonObject body = changes.build();
    String id = port.getString("id");
    if (!body.isEmpty()) {
      Key key = new Key(work.session(), work.region(), place.networkId);
      looks.changing(key, mark(change.part(), place.number));
      Marks.inDescription(port).ifPresent(old -> looks.changing(key, old));
      work.session()
          .send(
              work.put(ServiceType.NETWORK, "/ports/" + id, Bodies.under("port", body)),
              work.deadline());
    }
    return id;
  }

  /**
   * Ports that were not made for the server, are connected and shall be no more: given in any
   * properties before and no more, or Nova's own from when the server was made without any network
   * said.
   */
  private static List<String> leaving(
      Change change, List<JsonObject> attached, List<String> wanted) {
    Set<String> given = new HashSet<>();
    boolean automatic = false;
    for (JsonObject past : change.tried()) {
      List<JsonObject> before = networks(past);
      before.forEach(network -> Bodies.text(network, "port").ifPresent(given::add));
      automatic |= before.isEmpty() && !wanted.isEmpty();
    }
    boolean novas = automatic;
    return attached.stream()
        .filter(
            port ->
                given.contains(port.getString("id"))
                    || novas && isFromTheBeginning(port, change.there()))
        .map(port -> port.getString("id"))
        .filter(id -> !wanted.contains(id))
        .toList();
  }

  /** Both services tell times in UTC, with or without saying so. */
  private static boolean isFromTheBeginning(JsonObject port, JsonObject server) {
    String made = port.getString("created_at", "");
    String launched = server.getString("OS-SRV-USG:launched_at", "");
    return Marks.inDescription(port).isEmpty()
        && made.length() >= SECONDS
        && launched.length() >= SECONDS
        && made.substring(0, SECONDS).compareTo(launched.substring(0, SECONDS)) <= 0;
  }

  private static List<JsonObject> attached(Work work, String server) {
    return work.session()
        .list(
            work.get(ServiceType.NETWORK, "/ports").query("device_id", server),
            "ports",
            work.deadline());
  }

  /**
   * @param id the port's; empty for one that Nova makes on the project's only network
   */
  private static void plug(Work work, Change change, String id) {
    JsonObjectBuilder attachment = Json.createObjectBuilder();
    if (!id.isEmpty()) {
      attachment.add("port_id", id);
    }
    try {
      work.session()
          .send(
              work.post(
                  ServiceType.COMPUTE,
                  "/servers/" + change.id() + "/os-interface",
                  Bodies.under("interfaceAttachment", attachment.build())),
              work.deadline());
    } catch (CloudFault fault) {
      if (fault.status() == 400 && fault.details().getString("answer", "").contains("in use")) {
        // By a server that has to let go of it first.
        throw work.refused(FaultCode.CONFLICT, fault.phrase());
      }
      throw fault;
    }
  }

  private static void unplug(Work work, Change change, String port) {
    try {
      work.session()
          .send(
              work.delete(ServiceType.COMPUTE, "/servers/" + change.id() + "/os-interface/" + port),
              work.deadline());
    } catch (CloudFault fault) {
      if (fault.status() != 404) {
        throw fault;
      }
    }
  }

  /** Neutron tells Nova, which unplugs it; nothing is left whenever one is stopped. */
  private void delete(Work work, JsonObject port) {
    Marks.inDescription(port)
        .ifPresent(
            mark ->
                looks.changing(
                    new Key(work.session(), work.region(), port.getString("network_id", "")),
                    mark));
    delete(work, port.getString("id"));
  }

  private static void delete(Work work, String id) {
    try {
      work.session().send(work.delete(ServiceType.NETWORK, "/ports/" + id), work.deadline());
    } catch (CloudFault fault) {
      if (fault.status() != 404) {
        throw fault;
      }
    }
  }

  /** The network that is named, or that the named subnet is part of. */
  private String networkId(Work work, JsonObject network) {
    Optional<String> named = Bodies.text(network, "network").or(() -> Bodies.text(network, "uuid"));
    if (named.isPresent()) {
      return NeutronNames.id(work, "networks", named.get());
    }
    String subnet = NeutronNames.id(work, "subnets", Bodies.text(network, "subnet").orElse(""));
    return subnets.of(work, subnet);
  }

  /** Removes the ports that were made for the server. */
  void remove(Work work, DesiredPart part) {
    List<JsonObject> networks = Bodies.objects(part.properties(), "networks");
    for (int number = 0; number < networks.size(); number++) {
      if (Bodies.text(networks.get(number), "port").isPresent()) {
        continue;
      }
      Optional<String> networkId = networkThatIs(work, networks.get(number));
      if (networkId.isEmpty()) {
        // A network goes only when no port is left on it.
        continue;
      }
      Mark mark = Marks.beside(part.mark(), "port-" + number);
      Key key = new Key(work.session(), work.region(), networkId.get());
      for (JsonObject port : look(work, key, mark).marked(Marks.text(mark))) {
        looks.changing(key, Marks.text(mark));
        delete(work, port.getString("id"));
      }
    }
  }

  /**
   * Removes those that were made for the server and are connected to it, on whatever network: an
   * update that was stopped may have left some on networks that are named no more.
   */
  void remove(Work work, DesiredPart part, String server) {
    Set<String> marks =
        IntStream.range(0, MOST_PORTS)
            .mapToObj(number -> mark(part, number))
            .collect(Collectors.toSet());
    for (JsonObject port : attached(work, server)) {
      if (Marks.inDescription(port).filter(marks::contains).isPresent()) {
        delete(work, port);
      }
    }
  }

  private Optional<String> networkThatIs(Work work, JsonObject network) {
    try {
      return Optional.of(networkId(work, network));
    } catch (CloudFault fault) {
      if (fault.status() == 404) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private Look look(Work work, Key key, Mark mark) {
    return looks.recent(
        key, Marks.text(mark), () -> list(work, key.networkId()), Marks::inDescription);
  }

  private record Key(Object session, String region, String networkId) {}

  private static List<JsonObject> list(Work work, String networkId) {
    var call =
        work.get(ServiceType.NETWORK, "/ports")
            .query("network_id", networkId)
            .query("project_id", work.session().projectId(work.deadline()));
    for (String field : PORT_FIELDS) {
      call = call.query("fields", field);
    }
    return work.session().list(call, "ports", work.deadline());
  }
}
