package io.isthmus.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {

  private static final ClientAddresses DIRECT = new ClientAddresses(Optional.empty());
  private static final ClientAddresses BEHIND =
      new ClientAddresses(Optional.of("10.20.0.0/16, 192.0.2.7,2001:db8:1::/48"));

  @Test
  void nobodyIsAnotherByAHeader() {
    assertThat(DIRECT.of("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
    assertThat(BEHIND.of("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
    // What the client itself has put there stands before what the proxy has seen.
    assertThat(BEHIND.of("10.20.3.4", List.of("198.51.100.1, 203.0.113.9")))
        .isEqualTo("203.0.113.9");
    assertThat(BEHIND.of("10.20.3.4", List.of("10.20.9.9", "198.51.100.1, 203.0.113.9, 192.0.2.7")))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void whatAConfiguredProxySaysIsBelieved() {
    assertThat(BEHIND.of("10.20.3.4", List.of("203.0.113.9"))).isEqualTo("203.0.113.9");
    assertThat(BEHIND.of("2001:db8:1::5", List.of("203.0.113.9"))).isEqualTo("203.0.113.9");
    assertThat(BEHIND.of("10.20.3.4", List.of())).isEqualTo("10.20.3.4");
    assertThat(BEHIND.of("10.20.3.4", List.of("nonsense"))).isEqualTo("10.20.3.4");
    assertThat(BEHIND.of("10.21.3.4", List.of("203.0.113.9"))).isEqualTo("10.21.3.4");
  }

  @Test
  void ofIpv6TheNetworkCounts() {
    assertThat(DIRECT.of("2001:db8:2:3:4:5:6:7", List.of()))
        .isEqualTo(DIRECT.of("2001:db8:2:3::1", List.of()))
        .isEqualTo("2001:db8:2:3:0:0:0:0/64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0.0/x", "/8"})
  void whatIsNoRangeIsToldByItsText(String text) {
    assertThatThrownBy(() -> new ClientAddresses(Optional.of("10.0.0.1," + text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("isthmus.trusted-proxies")
        .hasMessageContaining(text);
  }
}
