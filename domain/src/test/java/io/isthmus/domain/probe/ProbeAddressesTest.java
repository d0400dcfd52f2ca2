package io.isthmus.domain.probe;

import static io.isthmus.domain.stack.engine.TestStacks.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.engine.TestStacks;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeAddressesTest {

  private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");
  private static final String FIXED_ONLY =
      "{\"addresses\": {\"net\": [{\"addr\": \"10.1.0.4\", \"OS-EXT-IPS:type\": \"fixed\","
          + " \"port\": \"p1\"}]}}";

  private final List<StackPart> parts = new ArrayList<>();

  private static StackPart part(String name, String type, String id, String attributes) {
    StackPart planned = new TestStacks().add(name, type, "gra").parts(NOW).get(0);
    PartState made =
        planned
            .state()
            .asking(StackStatus.CREATING, Optional.of(Json.createObjectBuilder().build()), NOW)
            .known(
                Optional.of(id),
                Optional.of("ACTIVE"),
                Json.createReader(new StringReader(attributes)).readObject(),
                NOW)
            .in(StackStatus.CREATED, StackHealth.HEALTHY, NOW);
    return planned.with(made);
  }

  private ProbeAddresses.Found found(String mode, String networks, String server) {
    StackPart web = part("web", SERVER, "s1", server);
    parts.add(web);
    return new ProbeAddresses(
            new AddressGuard(mode, Optional.empty()),
            new ProbeSettings(Optional.empty(), Optional.empty(), Optional.ofNullable(networks)))
        .of(web, parts);
  }

  private static String reason(ProbeAddresses.Found found) {
    return found.reason().map(why -> why.in(Locale.ENGLISH)).orElse("");
  }

  @Test
  void takesTheFloatingAddressThatNovaTells() {
    ProbeAddresses.Found found =
        found(
            "production",
            null,
            "{\"addresses\": {\"net\": [{\"addr\": \"10.1.0.4\", \"OS-EXT-IPS:type\": \"fixed\"},"
                + " {\"addr\": \"93.184.216.34\", \"OS-EXT-IPS:type\": \"floating\"}]}}");
    assertThat(found.address()).contains("93.184.216.34");
    assertThat(found.reason()).isEmpty();
  }

  @Test
  void takesTheFloatingAddressThatOnlyTheStackKnowsYet() {
    parts.add(
        part(
            "ip",
            "OS::Neutron::FloatingIP",
            "f1",
            "{\"floating_ip_address\": \"93.184.216.34\", \"port_id\": \"p1\","
                + " \"fixed_ip_address\": \"10.1.0.4\"}"));
    assertThat(found("production", null, FIXED_ONLY).address()).contains("93.184.216.34");
  }

  @Test
  void leavesTheFloatingAddressOfAnotherAlone() {
    parts.add(
        part(
            "ip",
            "OS::Neutron::FloatingIP",
            "f1",
            "{\"floating_ip_address\": \"93.184.216.34\", \"port_id\": \"other\"}"));
    ProbeAddresses.Found found = found("production", null, FIXED_ONLY);
    assertThat(found.address()).isEmpty();
    assertThat(reason(found))
        .startsWith("It has no floating IP, and its fixed addresses (10.1.0.4) are not reached");
  }

  @Test
  void takesAFixedAddressWhereTheOperatorSaysSo() {
    assertThat(found("production", "10.1.0.0/16", FIXED_ONLY).address()).contains("10.1.0.4");
  }

  @Test
  void goesToNoAddressThatATenantGaveItsServerByItself() {
    for (String address : List.of("93.184.216.34", "127.0.0.1", "169.254.169.254")) {
      parts.clear();
      String server = FIXED_ONLY.replace("10.1.0.4", address);
      assertThat(found("production", null, server).address()).as(address).isEmpty();
    }
    for (String address : List.of("127.0.0.1", "169.254.169.254")) {
      parts.clear();
      String server = FIXED_ONLY.replace("10.1.0.4", address);
      assertThat(found("production", "0.0.0.0/0", server).address()).as(address).isEmpty();
    }
  }

  @Test
  void neverGoesToWhatACloudMustNotNameInProduction() {
    for (String address : List.of("127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "0.0.0.0")) {
      parts.clear();
      ProbeAddresses.Found found =
          found(
              "production",
              null,
              "{\"addresses\": {\"net\": [{\"addr\": \""
                  + address
                  + "\", \"OS-EXT-IPS:type\": \"floating\"}]}}");
      assertThat(found.address()).as(address).isEmpty();
      assertThat(found.reason()).as(address).isPresent();
    }
  }

  @Test
  void looksUpNoName() {
    assertThat(ProbeAddresses.literal("localhost")).isEmpty();
    assertThat(ProbeAddresses.literal("example.org")).isEmpty();
    assertThat(ProbeAddresses.literal("2130706433")).isEmpty();
    assertThat(ProbeAddresses.literal("2001:db8::1")).isPresent();
  }

  @Test
  void loopbackIsForEvaluation() {
    ProbeAddresses.Found found =
        found(
            "evaluation",
            null,
            "{\"addresses\": {\"net\": [{\"addr\": \"127.101.0.5\","
                + " \"OS-EXT-IPS:type\": \"floating\"}]}}");
    assertThat(found.address()).contains("127.101.0.5");
  }
}
