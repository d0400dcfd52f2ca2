package io.isthmus.domain.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FederationFault;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SamplesTest {

  private final Samples samples = new Samples();

  @Test
  void comesWithTheRepositorysFiles() {
    assertThat(samples.list()).extracting(Sample::name).hasSize(8).startsWith("shop", "one-server");
    assertThat(samples.list())
        .allSatisfy(
            sample -> {
              assertThat(sample.template().text()).startsWith("heat_template_version:");
              assertThat(sample.policy()).startsWith("placement_policy_version:");
            });
  }

  @Test
  void isToldInBothLanguages() {
    assertThat(samples.list())
        .allSatisfy(
            sample -> {
              assertThat(sample.title().in(Locale.FRENCH))
                  .isNotEqualTo(sample.title().in(Locale.ENGLISH));
              assertThat(sample.description().in(Locale.FRENCH))
                  .isNotEqualTo(sample.description().in(Locale.ENGLISH));
            });
  }

  @Test
  void anUnknownOneIsNotFound() {
    assertThatThrownBy(() -> samples.require("../secret"))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("../secret");
  }
}
