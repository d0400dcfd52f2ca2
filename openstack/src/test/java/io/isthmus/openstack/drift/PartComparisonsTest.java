package io.isthmus.openstack.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.drift.PartComparison;
import io.isthmus.domain.drift.PartComparison.Compared;
import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.mirror.MirrorItems;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.scripted.Parts;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of each kind, and what is not. */
class PartComparisonsTest {
  private static final String ID = "11111111-1111-4111-8111-111111111111";
  private static final String OTHER = "22222222-2222-4222-8222-222222222222";
  private static final String SUBNET = "33333333-3333-4333-8333-333333333333";

  private final Around around = new Around();

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  private static DesiredPart part(String type, String properties) {
    return Parts.recorded(Parts.of("web", type, properties), ID);
  }

  /** As a cloud tells it: with id, name and mark. */
  private static MirrorItem told(MirrorKind kind, DesiredPart part, String more) {
    String mark =
        kind == MirrorKind.SERVER || kind == MirrorKind.VOLUME
            ? "'metadata': " + Marks.metadata(part.mark())
            : "'description': '" + Marks.text(part.mark()) + "'";
    String name = part.properties().getString("name", part.physicalName());
    return MirrorItems.of(
        kind, json("{'id': '" + ID + "', 'name': '" + name + "', " + mark + more + "}"));
  }

  private Compared compare(PartComparison comparison, DesiredPart part, String first, String now) {
    MirrorItem before = told(comparison.kind(), part, first);
    JsonObject chosen = comparison.chosen(part, before, around);
    assertThat(comparison.compare(part, chosen, before, around))
        .as("of what was just made")
        .isEqualTo(new Compared(List.of(), Set.of()));
    return comparison.compare(part, chosen, told(comparison.kind(), part, now), around);
  }

  private static List<String> words(Compared compared) {
    return compared.drifts().stream()
        .map(
            drift ->
                drift.property()
                    + " "
                    + drift.change().text()
                    + " "
                    + drift.expected().map(PropertyDrift::text).orElse("-")
                    + " > "
                    + drift.found().map(PropertyDrift::text).orElse("-"))
        .toList();
  }

  // ---- servers

  private static String server(String flavor, String more) {
    return ", 'status': 'ACTIVE', 'flavor': {'original_name': '" + flavor + "'}" + more;
  }

  @ParameterizedTest
  @CsvSource({"7", "m1.small"})
  void tellsThatAServerWasResizedWhetherItsSizeWasNamedOrNumbered(String given) {
    DesiredPart part = part("OS::Nova::Server", "{'flavor': '" + given + "'}");
    Compared compared =
        compare(new ServerComparison(), part, server("m1.small", ""), server("m1.large", ""));
    assertThat(words(compared)).containsExactly("flavor changed m1.small > m1.large");
  }

  @Test
  void tellsSizesOfCloudsThatTellIdsAlone() {
    DesiredPart part = part("OS::Nova::Server", "{'flavor': 'm1.small'}");
    Compared compared =
        compare(new ServerComparison(), part, ", 'flavor': {'id': '7'}", ", 'flavor': {'id': '8'}");
    assertThat(words(compared)).containsExactly("flavor changed m1.small > m1.large");
  }

  @Test
  void doesNotGuessWhatASizeIsCalledThatIsNotKnownAnyMore() {
    around.sizes.clear();
    DesiredPart part = part("OS::Nova::Server", "{'flavor': '7'}");
    MirrorItem item = told(MirrorKind.SERVER, part, server("m1.small", ""));
    assertThat(new ServerComparison().compare(part, json("{}"), item, around))
        .isEqualTo(new Compared(List.of(), Set.of("flavor")));
  }

  @Test
  void aServerThatWasSwitchedOffHasNotDrifted() {
    DesiredPart part = part("OS::Nova::Server", "{'flavor': '7', 'metadata': {'secret': 'x'}}");
    String off = server("m1.small", "").replace("ACTIVE", "SHUTOFF");
    assertThat(compare(new ServerComparison(), part, server("m1.small", ""), off).drifts())
        .isEmpty();
  }

  @Test
  void tellsAnotherImageAndAnotherKey() {
    DesiredPart part =
        part("OS::Nova::Server", "{'flavor': '7', 'image': '" + OTHER + "', 'key_name': 'laptop'}");
    Compared compared =
        compare(
            new ServerComparison(),
            part,
            server("m1.small", ", 'image': {'id': '" + OTHER + "'}, 'key_name': 'laptop'"),
            server("m1.small", ", 'image': {'id': '" + SUBNET + "'}, 'key_name': null"));
    assertThat(words(compared))
        .containsExactly("image changed " + OTHER + " > " + SUBNET, "key_name changed laptop > -");
  }

  private MirrorItem port(DesiredPart server, String device, String address, String groups) {
    String mark = Marks.text(Marks.beside(server.mark(), "port-0"));
    return MirrorItems.of(
        MirrorKind.PORT,
        json(
            "{'id': 'p', 'name': 'p', 'description': '"
                + mark
                + "', 'device_id': '"
                + device
                + "', 'fixed_ips': [{'subnet_id': '"
                + SUBNET
                + "', 'ip_address': '"
                + address
                + "'}], 'security_groups': ["
                + groups
                + "]}"));
  }

  @Test
  void tellsOfThePortsThatWereMadeForAServer() {
    DesiredPart part = part("OS::Nova::Server", "{'flavor': '7', 'networks': [{'network': 'n'}]}");
    ServerComparison comparison = new ServerComparison();
    MirrorItem server = told(MirrorKind.SERVER, part, server("m1.small", ""));
    around.with(MirrorKind.PORT, port(part, ID, "10.0.0.4", "'g'"));
    JsonObject chosen = comparison.chosen(part, server, around);
    assertThat(comparison.compare(part, chosen, server, around).drifts()).isEmpty();

    around.with(MirrorKind.PORT, port(part, ID, "10.0.0.9", "'g', 'h'"));
    assertThat(words(comparison.compare(part, chosen, server, around)))
        .containsExactly(
            "networks.0.fixed_ip changed 10.0.0.4 > 10.0.0.9", "security_groups opened - > h");

    around.with(MirrorKind.PORT, port(part, "", "10.0.0.4", "'g'"));
    assertThat(words(comparison.compare(part, chosen, server, around)))
        .containsExactly("networks.0 closed 10.0.0.4 > -");
  }

  // ---- ports

  private static String ports(String address, String more) {
    return ", 'fixed_ips': [{'subnet_id': '"
        + SUBNET
        + "', 'ip_address': '"
        + address
        + "'}], 'admin_state_up': true, 'port_security_enabled': true"
        + more;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'network': 'n'}",
        "{'network': 'n', 'fixed_ips': [{'subnet': 's'}]}",
        "{'network': 'n', 'fixed_ips': [{'ip_address': '10.0.0.4'}]}"
      })
  void tellsAnotherAddressWhetherItWasGivenOrChosen(String given) {
    Compared compared =
        compare(
            new PortComparison(),
            part("OS::Neutron::Port", given),
            ports("10.0.0.4", ""),
            ports("10.0.0.9", ""));
    assertThat(words(compared)).containsExactly("fixed_ips changed 10.0.0.4 > 10.0.0.9");
  }

  @Test
  void anAddressThatNeutronAddsByItselfIsNoDrift() {
    String both =
        ports("10.0.0.4", "")
            .replace("'}]", "'}, {'subnet_id': 's6', 'ip_address': '2001:db8::f816:3eff:fe00:1'}]");
    assertThat(
            compare(
                    new PortComparison(),
                    part("OS::Neutron::Port", "{'network': 'n'}"),
                    ports("10.0.0.4", ""),
                    both)
                .drifts())
        .isEmpty();
  }

  @Test
  void tellsWhatOpensAPort() {
    Compared compared =
        compare(
            new PortComparison(),
            part("OS::Neutron::Port", "{'network': 'n', 'security_groups': ['" + OTHER + "']}"),
            ports("10.0.0.4", ", 'security_groups': ['" + OTHER + "']"),
            ports(
                    "10.0.0.4",
                    ", 'security_groups': [], 'allowed_address_pairs':"
                        + " [{'ip_address': '0.0.0.0/0', 'mac_address': 'fa:16:3e:00:00:01'}]")
                .replace("'port_security_enabled': true", "'port_security_enabled': false"));
    assertThat(words(compared))
        .containsExactly(
            "security_groups closed " + OTHER + " > -",
            "allowed_address_pairs opened - > 0.0.0.0/0 fa:16:3e:00:00:01",
            "port_security_enabled changed true > false");
  }

  @Test
  void whatNeutronFillsInOfAnAddressPairIsNoDrift() {
    assertThat(
            compare(
                    new PortComparison(),
                    part(
                        "OS::Neutron::Port",
                        "{'network': 'n', 'allowed_address_pairs': [{'ip_address': '10.0.0.7'}]}"),
                    ports(
                        "10.0.0.4",
                        ", 'allowed_address_pairs': [{'ip_address': '10.0.0.7',"
                            + " 'mac_address': 'fa:16:3e:00:00:01'}]"),
                    ports(
                        "10.0.0.4",
                        ", 'allowed_address_pairs': [{'ip_address': '10.0.0.7/32',"
                            + " 'mac_address': 'fa:16:3e:00:00:01'}]"))
                .drifts())
        .isEmpty();
  }

  @Test
  void aGroupWhoseNameLeadsNowhereIsNotGuessed() {
    DesiredPart part =
        part("OS::Neutron::Port", "{'network': 'n', 'security_groups': ['default']}");
    MirrorItem item = told(MirrorKind.PORT, part, ports("10.0.0.4", ""));
    assertThat(new PortComparison().compare(part, json("{}"), item, around))
        .isEqualTo(new Compared(List.of(), Set.of("security_groups")));
  }

  // ---- security groups

  private static final String EGRESS =
      "{'id': 'e4', 'direction': 'egress', 'ethertype': 'IPv4'},"
          + " {'id': 'e6', 'direction': 'egress', 'ethertype': 'IPv6'}";
  private static final String SSH =
      "{'id': 'r22', 'direction': 'ingress', 'ethertype': 'IPv4', 'protocol': 'tcp',"
          + " 'port_range_min': 22, 'port_range_max': 22, 'remote_ip_prefix': '0.0.0.0/0'}";
  private static final String HTTP =
      "{'id': 'r80', 'direction': 'ingress', 'ethertype': 'IPv4', 'protocol': 'tcp',"
          + " 'port_range_min': 80, 'port_range_max': 80}";

  private static String rules(String... rules) {
    return ", 'security_group_rules': [" + String.join(", ", rules) + "]";
  }

  private static DesiredPart group() {
    return part(
        "OS::Neutron::SecurityGroup",
        "{'rules': [{'protocol': 'tcp', 'port_range_min': 80, 'port_range_max': 80}]}");
  }

  @Test
  void tellsThatAPortWasOpenedAndAnotherClosed() {
    Compared compared =
        compare(new SecurityGroupComparison(), group(), rules(EGRESS, HTTP), rules(EGRESS, SSH));
    assertThat(words(compared))
        .containsExactly(
            "rules opened - > ingress IPv4 tcp 22 0.0.0.0/0",
            "rules closed ingress IPv4 tcp 80 0.0.0.0/0 > -");
  }

  @Test
  void tellsThatWhatLetsOutWasTakenAway() {
    assertThat(
            words(
                compare(new SecurityGroupComparison(), group(), rules(EGRESS, HTTP), rules(HTTP))))
        .containsExactly(
            "rules closed egress IPv4 any any 0.0.0.0/0 > -",
            "rules closed egress IPv6 any any ::/0 > -");
  }

  @Test
  void aRuleThatIsAResourceOfAStackIsNotOpenedBehindOurBack() {
    around.parts.add("OS::Neutron::SecurityGroupRule r22");
    assertThat(
            compare(
                    new SecurityGroupComparison(),
                    group(),
                    rules(EGRESS, HTTP),
                    rules(EGRESS, HTTP, SSH))
                .drifts())
        .isEmpty();
  }

  @Test
  void ofAGroupWithTooManyRulesNothingIsTold() {
    String[] many = new String[2000];
    for (int i = 0; i < many.length; i++) {
      many[i] = HTTP.replace("r80", "r" + i).replace("80", String.valueOf(1000 + i));
    }
    MirrorItem item = told(MirrorKind.SECURITY_GROUP, group(), rules(many));
    assertThat(new SecurityGroupComparison().compare(group(), json("{}"), item, around))
        .isEqualTo(new Compared(List.of(), Set.of("rules")));
  }

  /** Whatever a template says, in whichever way Neutron writes it. */
  @Test
  void aGroupThatWasJustMadeHasNotDrifted() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<String> given = new ArrayList<>();
      List<String> shown = new ArrayList<>();
      boolean egress = false;
      for (int i = random.nextInt(6); i > 0; i--) {
        boolean six = random.nextInt(4) == 0;
        boolean out = random.nextInt(4) == 0;
        egress |= out;
        String[] protocol =
            new String[][] {
                  {"'TCP'", "'tcp'"},
                  {"17", "'udp'"},
                  {"'udp'", "'udp'"},
                  {null, "null"},
                  {"'icmp'", six ? "'ipv6-icmp'" : "'icmp'"},
                  {"'58'", "'ipv6-icmp'"}
                }
                [random.nextInt(6)];
        boolean ports = List.of("'tcp'", "'udp'").contains(protocol[1]) && random.nextBoolean();
        int from = 1 + random.nextInt(60_000);
        int to = random.nextBoolean() ? from : from + random.nextInt(5_000);
        String remote =
            six
                ? List.of("", "::/0", "2001:DB8::/32").get(random.nextInt(3))
                : List.of("", "0.0.0.0/0", "10.0.0.0/8").get(random.nextInt(3));
        given.add(
            "{"
                + (out ? "'direction': 'egress'" : "'x': 1")
                + (six ? ", 'ethertype': 'IPv6'" : "")
                + (protocol[0] == null ? "" : ", 'protocol': " + protocol[0])
                + (ports ? ", 'port_range_min': '" + from + "', 'port_range_max': " + to : "")
                + (remote.isEmpty() ? "" : ", 'remote_ip_prefix': '" + remote + "'")
                + "}");
        shown.add(
            "{'id': 'r"
                + i
                + "', 'direction': '"
                + (out ? "egress" : "ingress")
                + "', 'ethertype': '"
                + (six ? "IPv6" : "IPv4")
                + "', 'protocol': "
                + protocol[1]
                + ", 'port_range_min': "
                + (ports ? from : "null")
                + ", 'port_range_max': "
                + (ports ? to : "null")
                + ", 'remote_ip_prefix': "
                + (remote.isEmpty() || remote.endsWith("/0") && random.nextBoolean()
                    ? "null"
                    : "'" + remote.toLowerCase() + "'")
                + ", 'remote_group_id': null}");
      }
      if (!egress) {
        shown.add(EGRESS);
      }
      DesiredPart part =
          part("OS::Neutron::SecurityGroup", "{'rules': [" + String.join(", ", given) + "]}");
      MirrorItem item = told(MirrorKind.SECURITY_GROUP, part, rules(shown.toArray(String[]::new)));
      SecurityGroupComparison comparison = new SecurityGroupComparison();
      assertThat(comparison.compare(part, comparison.chosen(part, item, around), item, around))
          .as(part.properties() + " as " + item.details())
          .isEqualTo(new Compared(List.of(), Set.of()));
    }
  }

  // ---- volumes, floating IPs, networks

  @Test
  void tellsWhatBecameOfAVolume() {
    around.given.put(
        "OS::Cinder::VolumeAttachment",
        List.of(json("{'volume_id': '" + ID + "', 'instance_uuid': '" + OTHER + "'}")));
    String volume =
        ", 'size': 10, 'volume_type': 'ssd', 'attachments': [{'server_id': '" + OTHER + "'}]";
    Compared compared =
        compare(
            new VolumeComparison(),
            part("OS::Cinder::Volume", "{'size': '10'}"),
            volume,
            volume.replace("10", "20").replace("ssd", "hdd").replace(OTHER, SUBNET));
    assertThat(words(compared))
        .containsExactly(
            "size changed 10 > 20",
            "volume_type changed ssd > hdd",
            "attachments changed - > " + SUBNET);
  }

  @Test
  void tellsWhereAFloatingIpLeads() {
    FloatingIpComparison comparison = new FloatingIpComparison();
    DesiredPart part =
        part("OS::Neutron::FloatingIP", "{'floating_network': 'n', 'port_id': '" + OTHER + "'}");
    assertThat(
            words(
                compare(
                    comparison,
                    part,
                    ", 'port_id': '" + OTHER + "'",
                    ", 'port_id': '" + SUBNET + "'")))
        .containsExactly("port_id changed " + OTHER + " > " + SUBNET);
    DesiredPart free = part("OS::Neutron::FloatingIP", "{'floating_network': 'n'}");
    String led = ", 'port_id': '" + OTHER + "'";
    assertThat(words(compare(comparison, free, "", led)))
        .containsExactly("port_id changed - > " + OTHER);
    around.parts.add("OS::Neutron::FloatingIPAssociation " + ID);
    assertThat(compare(comparison, free, "", led).drifts()).isEmpty();
  }

  @Test
  void tellsThatANetworkIsSharedOrDown() {
    Compared compared =
        compare(
            new NetworkComparison(),
            part("OS::Neutron::Net", "{'name': 'web'}"),
            ", 'admin_state_up': true, 'shared': false, 'port_security_enabled': true",
            ", 'admin_state_up': false, 'shared': true, 'port_security_enabled': true");
    assertThat(words(compared))
        .containsExactly("admin_state_up changed true > false", "shared changed false > true");
  }

  @Test
  void tellsThatTheMarkWasTakenAway() {
    DesiredPart part = part("OS::Neutron::Net", "{'name': 'web'}");
    MirrorItem bare =
        MirrorItems.of(MirrorKind.NETWORK, json("{'id': '" + ID + "', 'name': 'web'}"));
    assertThat(words(new NetworkComparison().compare(part, json("{}"), bare, around)))
        .containsExactly("mark changed " + Marks.text(part.mark()) + " > -");
  }
}
