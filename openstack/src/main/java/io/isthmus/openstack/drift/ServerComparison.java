package io.isthmus.openstack.drift;

import io.isthmus.domain.drift.PartComparison;
import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.domain.drift.Surroundings;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Names;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares servers: size, image, key pair, metadata as far as it is mirrored, and the addresses and
 * groups of the ports that were made for them. A server that was switched off is no drift: no
 * template says that it runs, and switching it off and on is what people do with servers.
 *
 * @see "Compute API: list servers detailed"
 */
@ApplicationScoped
public class ServerComparison implements PartComparison {
  private static final String FLAVOR = "flavor";
  private static final String IMAGE = "image";
  private static final String KEY = "key_name";
  private static final String METADATA = "metadata";
  private static final String PORT = "port-";

  @Override
  public Set<String> types() {
    return Set.of("OS::Nova::Server");
  }

  @Override
  public MirrorKind kind() {
    return MirrorKind.SERVER;
  }

  /** Of each port that was made for the server. */
  @Override
  public JsonObject chosen(DesiredPart part, MirrorItem item, Surroundings around) {
    JsonObjectBuilder chosen = Json.createObjectBuilder();
    List<JsonObject> networks = Bodies.objects(part.properties(), "networks");
    for (int i = 0; i < networks.size(); i++) {
      JsonObject given = port(part, networks.get(i));
      Optional<MirrorItem> port = port(part, networks.get(i), i, item, around);
      if (port.isPresent()) {
        chosen.add(PORT + i, PortComparison.chosen(given, port.get().details()));
      }
    }
    return chosen.build();
  }

  @Override
  public Compared compare(
      DesiredPart part, JsonObject chosen, MirrorItem item, Surroundings around) {
    Comparing comparing = new Comparing();
    comparing.name(part, item);
    if (Comparing.isCut(item)) {
      comparing.untold(FLAVOR);
      return comparing.result();
    }
    JsonObject given = part.properties();
    flavor(given, item, around, comparing);
    image(given, item, comparing);
    comparing.text(
        KEY, Bodies.text(given, KEY).orElse(""), Bodies.text(item.details(), KEY).orElse(""));
    metadata(given, item, comparing);
    List<JsonObject> networks = Bodies.objects(given, "networks");
    for (int i = 0; i < networks.size(); i++) {
      port(part, networks.get(i), i, chosen, item, around, comparing);
    }
    return comparing.result();
  }

  /** From 2.47 on Nova tells the name that the size had, before that its id. */
  private static void flavor(
      JsonObject given, MirrorItem item, Surroundings around, Comparing comparing) {
    if (!(item.details().get(FLAVOR) instanceof JsonObject found)) {
      comparing.untold(FLAVOR);
      return;
    }
    String wanted = Bodies.text(given, FLAVOR).orElse("");
    Optional<Surroundings.Size> known = around.size(wanted);
    Optional<String> name = Bodies.text(found, "original_name");
    Optional<String> id = Bodies.text(found, "id");
    boolean same =
        name.isPresent()
            ? name.get().equals(wanted)
                || known.filter(size -> size.name().equals(name.get())).isPresent()
            : id.filter(wanted::equals).isPresent()
                || known.filter(size -> id.filter(size.id()::equals).isPresent()).isPresent();
    if (same) {
      return;
    }
    if (known.isEmpty() || name.isEmpty() && id.isEmpty()) {
      // What it was called is not known any more.
      comparing.untold(FLAVOR);
      return;
    }
    comparing.text(
        FLAVOR,
        known.get().name(),
        name.or(() -> id.flatMap(around::size).map(Surroundings.Size::name))
            .or(() -> id)
            .orElse(""));
  }

  /** A server that was made anew from another image keeps its id. */
  private static void image(JsonObject given, MirrorItem item, Comparing comparing) {
    Optional<String> wanted = Bodies.text(given, IMAGE).filter(Names::isId);
    if (wanted.isPresent() && item.details().get(IMAGE) instanceof JsonObject found) {
      Bodies.text(found, "id").ifPresent(id -> comparing.text(IMAGE, wanted.get(), id));
    }
  }

  /** The mirror keeps what is surely no secret; all else is not compared. */
  private static void metadata(JsonObject given, MirrorItem item, Comparing comparing) {
    if (!(given.get(METADATA) instanceof JsonObject wanted)) {
      return;
    }
    JsonObject found =
        item.details().get(METADATA) instanceof JsonObject told
            ? told
            : Json.createObjectBuilder().build();
    wanted.forEach(
        (key, value) -> {
          if (key.startsWith("os_")) {
            comparing.text(
                METADATA + "." + key,
                value instanceof JsonString text ? text.getString() : value.toString(),
                Bodies.text(found, key).orElse(""));
          }
        });
  }

  /** The properties of the port that is made for one of a server's networks. */
  private static JsonObject port(DesiredPart part, JsonObject network) {
    JsonObjectBuilder port = Json.createObjectBuilder();
    JsonObjectBuilder address = Bodies.copy(network, "subnet");
    Bodies.copyAs(network, "fixed_ip", address, "ip_address");
    JsonObject wanted = address.build();
    if (!wanted.isEmpty()) {
      port.add("fixed_ips", Json.createArrayBuilder().add(wanted));
    }
    Bodies.copyAs(part.properties(), "security_groups", port, "security_groups");
    return port.build();
  }

  /** The mirrored port that was made for one of the server's networks. */
  private static Optional<MirrorItem> port(
      DesiredPart part, JsonObject network, int number, MirrorItem server, Surroundings around) {
    if (Bodies.text(network, "port").isPresent()) {
      return Optional.empty();
    }
    List<MirrorItem> marked =
        around.marked(MirrorKind.PORT, Marks.text(Marks.beside(part.mark(), PORT + number)));
    return marked.stream()
        .filter(
            one -> Bodies.text(one.details(), "device_id").filter(server.id()::equals).isPresent())
        .findFirst()
        .or(() -> marked.stream().findFirst());
  }

  private static void port(
      DesiredPart part,
      JsonObject network,
      int number,
      JsonObject chosen,
      MirrorItem server,
      Surroundings around,
      Comparing comparing) {
    if (!(chosen.get(PORT + number) instanceof JsonObject first)) {
      return;
    }
    String property = "networks." + number;
    Optional<MirrorItem> found = port(part, network, number, server, around);
    JsonObject given = port(part, network);
    if (found.isEmpty() || !isIn(found.get(), server)) {
      comparing.add(
          PropertyDrift.closed(
              property,
              Json.createValue(
                  String.join(
                      ", ",
                      Addresses.of(given).isEmpty()
                          ? Bodies.texts(first, "fixed_ips")
                          : Addresses.of(given)))));
      return;
    }
    JsonObject port = found.get().details();
    PortComparison.addresses(property + ".fixed_ip", given, first, port, comparing);
    PortComparison.groups(given, first, port, around, comparing);
  }

  private static boolean isIn(MirrorItem port, MirrorItem server) {
    return Bodies.text(port.details(), "device_id").filter(server.id()::equals).isPresent();
  }
}
