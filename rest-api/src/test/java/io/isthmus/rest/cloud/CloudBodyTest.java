package io.isthmus.rest.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.Certification;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Coordinates;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.cloud.RoundTrip;
import io.isthmus.domain.cloud.entry.CloudsYaml;
import io.isthmus.rest.json.JsonNames;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CloudBodyTest {

  private static final CloudId OSL = new CloudId("osl");
  private static final CloudFacts FACTS =
      new CloudFacts(
          new Operator("fjord", "Fjord", Optional.of("NO"), Optional.of(Set.of("US"))),
          new RegionFacts(
              Optional.of("NO"),
              Optional.of(new Coordinates(59.91, 10.75)),
              Map.of(
                  "gra",
                  RoundTrip.measured(32.5, LocalDate.of(2026, 11, 20)),
                  "syd/SYD-1",
                  RoundTrip.declared(290))),
          Map.of("SE-1", new RegionFacts(Optional.of("SE"), Optional.empty())),
          List.of(new Certification("HDS", Optional.empty())));
  private static final PriceList PRICES =
      new PriceList(
          "EUR",
          Map.of(
              PriceItem.flavor("m1.small"), new BigDecimal("0.0125"),
              PriceItem.volume(""), new BigDecimal("0.04"),
              PriceItem.volume("ssd"), new BigDecimal("0.10"),
              PriceItem.address(), new BigDecimal("0.004")));

  private static CloudBody body() {
    Cloud cloud =
        new Cloud(
            OSL,
            "Oslo",
            1,
            true,
            FACTS,
            URI.create("https://keystone.example:5000/v3"),
            "public",
            Optional.empty(),
            7);
    CloudHealth health =
        new CloudHealth(
            CloudHealth.State.UNKNOWN, Instant.EPOCH, Optional.empty(), Optional.empty());
    return CloudBody.of(
        new CloudDetails(cloud, health, Optional.of(PRICES), List.of()), Locale.ENGLISH);
  }

  @Test
  void showsPrices() {
    assertThat(JsonNames.create().toJson(body()))
        .contains(
            "\"prices\":{\"address_hour\":0.004,\"currency\":\"EUR\",\"flavor_hour\":{\"m1.small\":0.0125},"
                + "\"volume_gib_month\":0.04,\"volume_type_gib_month\":{\"ssd\":0.10}}");
  }

  @Test
  void tellsWhatWasMeasuredFromWhatWasAgreed() {
    assertThat(JsonNames.create().toJson(body()))
        .contains(
            "\"latency_measured_at\":{\"gra\":\"2026-11-20\"},"
                + "\"latency_ms\":{\"gra\":32.5,\"syd/SYD-1\":290.0}");
  }

  @Test
  void whatAnAdministratorReadsOfItsFactsCanBeSentBackWhole() {
    CloudFacts again =
        new CloudsYaml(new AddressGuard("production", Optional.empty()))
            .readFacts(OSL, "Oslo", body().factsYaml());

    assertThat(again).isEqualTo(FACTS);
  }
}
