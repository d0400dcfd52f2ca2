package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.placement.CapabilityMatrix.Column;
import io.isthmus.domain.placement.CapabilityMatrix.Offer;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clouds beside each other, by what rules can require. */
class CapabilityMatrixTest {

  private static List<Column> columns(CloudBuilder... clouds) {
    return CapabilityMatrix.seen(Federations.of(clouds).clouds()).columns();
  }

  @Test
  void hasAColumnForEachRegionByCloudAndName() {
    assertThat(
            columns(
                new CloudBuilder("syd").region("SYD-1", "nova"),
                new CloudBuilder("gra").region("GRA-2", "a").region("GRA-1", "a")))
        .extracting(column -> column.cloud() + "/" + column.region())
        .containsExactly("gra/GRA-1", "gra/GRA-2", "syd/SYD-1");
  }

  @Test
  void tellsWhatIsOfferedWhatIsSilentAndWhatIsNotThere() {
    Column gra =
        columns(
                new CloudBuilder("gra")
                    .region("GRA-1", "a")
                    .silent("block-storage", "no answer")
                    .extensions("vpnaas"))
            .get(0);

    assertThat(gra.of(Capability.COMPUTE).offer()).isEqualTo(Offer.OFFERED);
    assertThat(gra.of(Capability.VOLUME).offer()).isEqualTo(Offer.SILENT);
    assertThat(gra.of(Capability.VOLUME).problem()).isPresent();
    assertThat(gra.of(Capability.VPN).offer()).isEqualTo(Offer.OFFERED);
    assertThat(gra.of(Capability.QOS).offer()).isEqualTo(Offer.ABSENT);
    assertThat(gra.of(Capability.LOAD_BALANCER).offer()).isEqualTo(Offer.ABSENT);
  }

  @Test
  void doesNotTakeACloudThatWasNeverLookedAtForOneThatOffersNothing() {
    Column dark = columns(new CloudBuilder("gra").region("GRA-1", "a").inaccessible()).get(0);

    assertThat(dark.region()).isEmpty();
    assertThat(dark.cells())
        .hasSize(Capability.values().length)
        .allSatisfy(cell -> assertThat(cell.offer()).isEqualTo(Offer.UNKNOWN));
  }
}
