package io.isthmus.domain.probe;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.AddressRange;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.StackPart;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * At which address a server is asked: its floating IP, else a fixed address of a network that the
 * operator names. Whatever a cloud tells, an address that this server must not go to is none.
 */
final class ProbeAddresses {

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

  /** Literal ones only, so that nothing is ever looked up. */
  private static final Pattern LITERAL =
      Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private static final String SHOW = "show";

  private final AddressGuard guard;
  private final ProbeSettings settings;

  ProbeAddresses(AddressGuard guard, ProbeSettings settings) {
    this.guard = guard;
    this.settings = settings;
  }

  /**
   * What was found.
   *
   * @param address to go to
   * @param reason why there is none; empty when there is one
   */
  record Found(Optional<String> address, Optional<Phrase> reason) {}

  Found of(StackPart server, Collection<StackPart> all) {
    List<JsonObject> own = addresses(server.state().attributes());
    Set<String> floating = new LinkedHashSet<>();
    Set<String> fixed = new LinkedHashSet<>();
    Set<String> ports = new HashSet<>();
    for (JsonObject address : own) {
      boolean isFloating = text(address, "OS-EXT-IPS:type").filter("floating"::equals).isPresent();
      text(address, "addr").ifPresent((isFloating ? floating : fixed)::add);
      text(address, "port").ifPresent(ports::add);
    }
    // Nova tells of a floating IP late; the stack may know it already.
    beside(server, all)
        .forEach(other -> floatingOf(other, ports, fixed, all).forEach(floating::add));
    Optional<Phrase> forbidden = Optional.empty();
    for (String address : floating) {
      Optional<Phrase> refusal = refusal(address);
      if (refusal.isEmpty()) {
        return new Found(Optional.of(address), Optional.empty());
      }
      forbidden = refusal;
    }
    for (String address : fixed) {
      if (isReached(address) && refusal(address).isEmpty()) {
        return new Found(Optional.of(address), Optional.empty());
      }
    }
    return new Found(
        Optional.empty(),
        forbidden.or(
            () ->
                Optional.of(
                    fixed.isEmpty()
                        ? Phrase.of("probe.no-address")
                        : Phrase.of("probe.no-floating-address", String.join(", ", fixed)))));
  }

  /**
   * A tenant numbers its own subnets as it likes, also with addresses that are somebody else's
   * here; so a fixed address is gone to only where the operator says that it means the same.
   */
  private boolean isReached(String fixed) {
    return literal(fixed).filter(settings::reaches).isPresent();
  }

  /** Whether this server must not go there, and why. */
  Optional<Phrase> refusal(String address) {
    Optional<InetAddress> literal = literal(address);
    if (literal.isEmpty()) {
      return Optional.of(Phrase.of("probe.no-address"));
    }
    if (AddressRange.kind(literal.get()) == AddressRange.Kind.PRIVATE
        && settings.reaches(literal.get())) {
      return Optional.empty();
    }
    String host = address.contains(":") ? "[" + address + "]" : address;
    return guard.refusal(URI.create("tcp://" + host)).map(AddressGuard.Refusal::message);
  }

  static Optional<InetAddress> literal(String address) {
    if (!LITERAL.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Stream<StackPart> beside(StackPart server, Collection<StackPart> all) {
    return all.stream()
        .filter(StackPart::isComplete)
        .filter(other -> other.id().place().equals(server.id().place()));
  }

  private static Stream<String> floatingOf(
      StackPart part, Set<String> ports, Set<String> fixed, Collection<StackPart> all) {
    JsonObject told = part.state().attributes();
    JsonObject known = told.get(SHOW) instanceof JsonObject show ? show : told;
    Optional<String> address = text(known, "floating_ip_address");
    boolean leadsHere =
        text(known, "port_id").filter(ports::contains).isPresent()
            && text(known, "fixed_ip_address").filter(at -> !fixed.contains(at)).isEmpty();
    if (address.isPresent()) {
      return leadsHere ? address.stream() : Stream.empty();
    }
    // An association that shows nothing of the floating IP says what it was given.
    return part.state().properties().stream()
        .filter(given -> text(given, "port_id").filter(ports::contains).isPresent())
        .flatMap(given -> text(given, "floatingip_id").stream())
        .flatMap(
            id ->
                all.stream()
                    .filter(other -> other.state().physicalId().filter(id::equals).isPresent())
                    .flatMap(
                        other -> text(other.state().attributes(), "floating_ip_address").stream()));
  }

  private static List<JsonObject> addresses(JsonObject attributes) {
    List<JsonObject> found = new ArrayList<>();
    if (attributes.get("addresses") instanceof JsonObject byNetwork) {
      byNetwork.values().stream()
          .filter(JsonArray.class::isInstance)
          .flatMap(list -> ((JsonArray) list).stream())
          .filter(JsonObject.class::isInstance)
          .map(JsonValue::asJsonObject)
          .distinct()
          .forEach(found::add);
    }
    return found;
  }

  private static Optional<String> text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }
}
