package io.isthmus.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Facts come back from the store as they went there. */
class FactsJsonTest {

  @Test
  void keepsWhatWasMeasuredApartFromWhatWasAgreed() {
    CloudFacts facts =
        new CloudFacts(
            Samples.RIVAGE,
            new RegionFacts(
                Optional.of("FR"),
                Optional.empty(),
                Map.of(
                    "bhs", RoundTrip.measured(84.5, LocalDate.of(2026, 11, 20)),
                    "syd/SYD", RoundTrip.declared(270))),
            Map.of(),
            List.of());

    assertThat(FactsJson.read(FactsJson.write(facts), Samples.RIVAGE)).isEqualTo(facts);
  }

  @Test
  void readsLatenciesThatWereKeptAsNumbers() {
    CloudFacts facts =
        FactsJson.read(
            """
            {"base": {"latency_ms": {"bhs": 84}}, "regions": {}, "certifications": []}""",
            Samples.RIVAGE);

    assertThat(facts.base().latencies()).isEqualTo(Map.of("bhs", RoundTrip.declared(84)));
  }
}
