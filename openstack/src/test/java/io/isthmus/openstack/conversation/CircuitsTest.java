package io.isthmus.openstack.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.language.Phrase;
import io.isthmus.openstack.DriverConfig;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitsTest {

  private static final URI COMPUTE = URI.create("https://cloud.example/compute/v2.1/servers");
  private static final URI NETWORK = URI.create("https://cloud.example/network/v2.0/ports");
  private static final URI ELSEWHERE = URI.create("https://cloud.example:9876/v2/lbaas/listeners");
  private static final Circuit.Failure FAILURE =
      new Circuit.Failure(Phrase.of("driver.why.refused"), 0);

  private final DriverConfig config = DriverConfig.defaults();
  private final Circuits circuits = new Circuits(config, Clock.systemUTC());

  @Test
  void aServiceThatCannotServeIsLeftAloneForItself() {
    for (int i = 0; i < config.circuitFailures(); i++) {
      circuits.to(COMPUTE).couldNotServe(FAILURE);
    }

    assertThat(circuits.to(COMPUTE).refusal())
        .hasValueSatisfying(rest -> assertThat(rest.who()).isEqualTo("cloud.example/compute"));
    assertThat(circuits.to(NETWORK).refusal()).isEmpty();
    assertThat(circuits.open()).isEqualTo(1);
  }

  @Test
  void aServerThatGivesNoAnswerIsLeftAloneWithAllThatIsOnIt() {
    circuits.to(ELSEWHERE).served();
    for (int i = 0; i < config.circuitFailures(); i++) {
      circuits.to(i % 2 == 0 ? COMPUTE : NETWORK).gaveNoAnswer(FAILURE);
    }

    for (URI address : new URI[] {COMPUTE, NETWORK}) {
      assertThat(circuits.to(address).refusal())
          .hasValueSatisfying(rest -> assertThat(rest.who()).isEqualTo("cloud.example"));
    }
    assertThat(circuits.to(ELSEWHERE).refusal()).isEmpty();
    assertThat(circuits.open()).isEqualTo(2);
  }

  @Test
  void aServerThatAnswersIsThereWhateverItsServicesSay() {
    for (int i = 0; i < 3 * config.circuitFailures(); i++) {
      circuits.to(COMPUTE).gaveNoAnswer(FAILURE);
      circuits.to(NETWORK).couldNotServe(FAILURE);
      circuits.to(COMPUTE).served();
    }

    assertThat(circuits.to(COMPUTE).refusal()).isEmpty();
    assertThat(circuits.to(NETWORK).refusal()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "https://Cloud.example:8774/v2.1/servers/7, https://cloud.example:8774",
    "https://cloud.example/compute/v2.1/servers, https://cloud.example/compute",
    "https://cloud.example/api/volume/v3/0123/volumes, https://cloud.example/api/volume",
    "https://cloud.example/identity/v3, https://cloud.example/identity",
    "https://cloud.example/image/, https://cloud.example/image",
    "https://cloud.example:5000, https://cloud.example:5000"
  })
  void aServiceIsKnownByWhereItsVersionsBegin(URI address, String root) {
    assertThat(ServiceRoot.of(address)).isEqualTo(root);
  }
}
