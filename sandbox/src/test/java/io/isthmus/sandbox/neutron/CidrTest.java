package io.isthmus.sandbox.neutron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.5/24, 10.0.0.0/24",
    "0.0.0.0/0, 0.0.0.0/0",
    "2001:db8::1/64, 2001:db8::/64",
    "fd00:0:0:1::/64, fd00:0:0:1::/64",
    "::/0, ::/0"
  })
  void writesTheNetworkInItsShortForm(String text, String shown) {
    assertThat(Cidr.parse(text)).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 10.0.0.128/25, true",
    "10.0.0.0/24, 10.0.1.0/24, false",
    "10.0.0.0/8, 10.255.255.255/32, true",
    "0.0.0.0/0, ::/0, false"
  })
  void knowsWhatOverlaps(String one, String other, boolean overlap) {
    assertThat(Cidr.parse(one).overlaps(Cidr.parse(other))).isEqualTo(overlap);
    assertThat(Cidr.parse(other).overlaps(Cidr.parse(one))).isEqualTo(overlap);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "300.0.0.0/8", "localhost/8", "10.0.0.0/x", "::/129"})
  void refusesWhatIsNoRange(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
  }

  @Test
  void readsAddressesBackAsWritten() {
    assertThat(Cidr.address(Cidr.number("203.0.113.7"), 32)).isEqualTo("203.0.113.7");
    assertThat(Cidr.address(Cidr.number("2001:db8:0:0:1::1"), 128)).isEqualTo("2001:db8::1:0:0:1");
  }
}
