package io.isthmus.openstack.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityRuleBodiesTest {
  private static final String EGRESS_ALL =
      "{'id': 'e4', 'direction': 'egress', 'ethertype': 'IPv4'},"
          + "{'id': 'e6', 'direction': 'egress', 'ethertype': 'IPv6', 'protocol': null}";

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  private static JsonObject wanted(String rules) {
    return json("{'rules': [" + rules + "]}");
  }

  private static JsonObject group(String rules) {
    return json("{'id': 'g', 'security_group_rules': [" + rules + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // as the template writes it | as Neutron shows it
        "{'protocol': 'tcp', 'port_range_min': '80', 'port_range_max': 80}"
            + "|{'direction': 'ingress', 'ethertype': 'IPv4', 'protocol': 'tcp',"
            + " 'port_range_min': 80, 'port_range_max': 80, 'remote_ip_prefix': null}",
        "{'protocol': 'TCP'}|{'direction': 'ingress', 'ethertype': 'IPv4', 'protocol': 'tcp'}",
        "{'protocol': 6}|{'direction': 'ingress', 'ethertype': 'IPv4', 'protocol': 'tcp'}",
        "{'protocol': 'icmpv6', 'ethertype': 'IPv6'}"
            + "|{'direction': 'ingress', 'ethertype': 'IPv6', 'protocol': 'ipv6-icmp'}",
        "{'remote_ip_prefix': '0.0.0.0/0'}"
            + "|{'direction': 'ingress', 'ethertype': 'IPv4', 'remote_ip_prefix': null}",
        "{'remote_mode': 'remote_group_id'}"
            + "|{'direction': 'ingress', 'ethertype': 'IPv4', 'remote_group_id': 'g'}"
      })
  void knowsARuleAgainAsNeutronShowsIt(String wanted, String shown) {
    assertThat(SecurityRuleBodies.missing(wanted(wanted), group(shown))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'protocol': 'tcp'}|{'direction': 'ingress', 'ethertype': 'IPv4', 'protocol': 'udp'}",
        "{'protocol': 'tcp'}|{'direction': 'ingress', 'ethertype': 'IPv6', 'protocol': 'tcp'}",
        "{'protocol': 'tcp'}|{'direction': 'egress', 'ethertype': 'IPv4', 'protocol': 'tcp'}",
        "{'protocol': 'tcp', 'remote_ip_prefix': '10.0.0.0/8'}"
            + "|{'direction': 'ingress', 'ethertype': 'IPv4', 'protocol': 'tcp'}",
        "{'protocol': 'tcp', 'port_range_min': 80, 'port_range_max': 81}"
            + "|{'direction': 'ingress', 'ethertype': 'IPv4', 'protocol': 'tcp',"
            + " 'port_range_min': 80, 'port_range_max': 80}"
      })
  void missesARuleThatDiffers(String wanted, String shown) {
    assertThat(SecurityRuleBodies.missing(wanted(wanted), group(shown))).hasSize(1);
  }

  @Test
  void asksOnceForARuleThatIsWrittenTwice() {
    String rule = "{'protocol': 'tcp', 'remote_ip_prefix': '0.0.0.0/0'}, {'protocol': '6'}";
    assertThat(SecurityRuleBodies.missing(wanted(rule), group(EGRESS_ALL))).hasSize(1);
  }

  @Test
  void leavesNeutronsOwnRulesWhenNoneOfTheTemplateIsAboutEgress() {
    assertThat(SecurityRuleBodies.superfluous(wanted("{'protocol': 'tcp'}"), group(EGRESS_ALL)))
        .isEmpty();
  }

  @Test
  void takesNeutronsOwnRulesAwayExceptThoseTheTemplateHasToo() {
    JsonObject template =
        wanted("{'direction': 'egress', 'remote_ip_prefix': '0.0.0.0/0'}, {'protocol': 'tcp'}");
    assertThat(SecurityRuleBodies.superfluous(template, group(EGRESS_ALL))).containsExactly("e6");
  }
}
