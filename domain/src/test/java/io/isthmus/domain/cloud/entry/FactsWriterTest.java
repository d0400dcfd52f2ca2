package io.isthmus.domain.cloud.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.Certification;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Coordinates;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.cloud.RoundTrip;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written is what is read. */
class FactsWriterTest {

  private static final CloudId CLOUD = new CloudId("osl");

  private static CloudFacts readAgain(CloudFacts facts) {
    return new CloudsYaml(new AddressGuard("evaluation", Optional.empty()))
        .readFacts(CLOUD, "Oslo", FactsWriter.write(facts));
  }

  @Test
  void writesEverythingThatIsKnown() {
    CloudFacts facts =
        new CloudFacts(
            new Operator(
                "fjord", "Fjord: sky & “co”", Optional.of("NO"), Optional.of(Set.of("US", "EU"))),
            new RegionFacts(
                Optional.of("NO"),
                Optional.of(new Coordinates(59.91, 10.75)),
                Map.of(
                    "gra",
                    RoundTrip.measured(32.5, LocalDate.of(2026, 11, 20)),
                    "syd/SYD-1",
                    RoundTrip.declared(290))),
            Map.of(
                "SE-1", new RegionFacts(Optional.of("SE"), Optional.empty()),
                "no",
                    new RegionFacts(
                        Optional.of("NO"),
                        Optional.of(new Coordinates(-1, 1)),
                        Map.of("gra", RoundTrip.declared(30)))),
            List.of(
                new Certification("ISO 27001", Optional.of(LocalDate.of(2027, 6, 30))),
                new Certification("HDS", Optional.empty())),
            Mirrored.NAMES);

    assertThat(readAgain(facts)).isEqualTo(facts);
  }

  @Test
  void tellsWhatIsNotKnownFromWhatIsKnownToBeNothing() {
    RegionFacts nowhere = new RegionFacts(Optional.empty(), Optional.empty());
    CloudFacts unknown =
        new CloudFacts(Operator.unknown(CLOUD, "Oslo"), nowhere, Map.of(), List.of());
    CloudFacts exposedToNobody =
        new CloudFacts(
            new Operator("osl", "Oslo", Optional.empty(), Optional.of(Set.of())),
            nowhere,
            Map.of(),
            List.of());

    assertThat(readAgain(unknown)).isEqualTo(unknown);
    assertThat(readAgain(exposedToNobody)).isEqualTo(exposedToNobody);
  }
}
