package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

/** Which addresses a part is found by. */
class AddressesTest {

  private static JsonObject attributes(String json) {
    return Json.createReader(new StringReader(json.replace('\'', '"'))).readObject();
  }

  @Test
  void findsThoseOfServersPortsFloatingIpsAndSubnets() {
    assertThat(
            Addresses.of(
                attributes(
                    "{'addresses': {'net': [{'addr': '10.4.0.7', 'version': 4,"
                        + " 'subnets': [{'cidr': '10.4.0.0/24', 'gateway_ip': '10.4.0.1'}]},"
                        + " {'addr': 'fd00:4::7'}]}, 'accessIPv4': ''}")))
        .containsExactly("10.4.0.7", "fd00:4::7");
    assertThat(Addresses.of(attributes("{'fixed_ips': [{'ip_address': '10.4.0.7'}]}")))
        .containsExactly("10.4.0.7");
    assertThat(
            Addresses.of(
                attributes("{'floating_ip_address': '203.0.113.9', 'port_id': '10.0.0.1'}")))
        .containsExactly("203.0.113.9");
    assertThat(
            Addresses.of(
                attributes(
                    "{'cidr': '10.4.0.0/24', 'gateway_ip': '10.4.0.1',"
                        + " 'dns_nameservers': ['9.9.9.9']}")))
        .containsExactly("10.4.0.0/24", "10.4.0.1");
  }

  @Test
  void takesNothingThatIsNoLiteralAddress() {
    assertThat(
            Addresses.of(
                attributes(
                    "{'addr': 'example.org', 'ip_address': '', 'cidr': null, 'gateway_ip': 7,"
                        + " 'floating_ip_address': '10.0.0.300', 'vip_address': '10.0.0.1/99'}")))
        .isEmpty();
  }
}
