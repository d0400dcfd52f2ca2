package io.isthmus.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FederationFault;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private final AddressGuard production =
      new AddressGuard("production", Optional.of("10.20.0.0/16, fd00:1::/32"));
  private final AddressGuard evaluation = new AddressGuard("evaluation", Optional.empty());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:5000/v3",
        "http://127.8.9.1/",
        "http://[::1]/v3",
        "http://[::ffff:127.0.0.1]/v3",
        "http://[64:ff9b::7f00:1]/v3",
        "http://localhost/v3",
        "https://10.21.0.1/v3",
        "https://192.168.1.1/v3",
        "https://172.31.255.255/v3",
        "https://100.64.0.1/v3",
        "https://[fd00:2::1]/v3"
      })
  void productionKeepsAwayFromItselfAndFromPrivateNetworks(String address) {
    assertThat(production.refusal(URI.create(address))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://224.0.0.1/",
        "http://[2002:a9fe:a9fe::]/",
        "http://255.255.255.255/"
      })
  void nobodyGoesWhereNoCloudCanBe(String address) {
    assertThat(production.refusal(URI.create(address))).isPresent();
    assertThat(evaluation.refusal(URI.create(address))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://10.20.3.4/v3", "https://[fd00:1::5]/v3", "https://203.0.114.9:5000/v3"})
  void productionGoesToPublicAndAllowedAddresses(String address) {
    assertThat(production.refusal(URI.create(address))).isEmpty();
  }

  @Test
  void evaluationGoesToThisMachineAndItsNetwork() {
    evaluation.require(URI.create("http://127.0.0.1:15000/v3"));
    evaluation.require(URI.create("http://192.168.1.4:5000/v3"));
  }

  @Test
  void aRefusalNamesTheAddressAndTheRemedy() {
    assertThatThrownBy(() -> production.require(URI.create("http://10.9.9.9/v3")))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> {
              assertThat(fault).hasMessageContaining("10.9.9.9");
              assertThat(fault.violations().get(0).remedy().orElseThrow().toString())
                  .contains("isthmus.clouds.private-networks");
            });
  }

  @Test
  void aMalformedRangeInTheConfigurationIsNamed() {
    assertThatThrownBy(() -> new AddressGuard("production", Optional.of("intranet.example/8")))
        .hasMessageContaining("intranet.example/8");
  }
}
