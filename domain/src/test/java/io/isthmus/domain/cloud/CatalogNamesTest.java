package io.isthmus.domain.cloud;

import static io.isthmus.domain.cloud.Samples.BHS;
import static io.isthmus.domain.cloud.Samples.GRA;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CatalogEntry.Found;
import io.isthmus.domain.cloud.CatalogEntry.OtherName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The names that templates may say are those that a plan finds something under. */
class CatalogNamesTest {

  private static final Flavor SMALL = flavor("1", "m1.small", 1);
  private static final Flavor C_SMALL = flavor("2", "c.small", 1);

  private final List<CloudView> clouds = new ArrayList<>();
  private final List<Equivalence> words = new ArrayList<>();

  private static Flavor flavor(String id, String name, int vcpus) {
    return new Flavor(id, name, vcpus, 2048, 20, Map.of());
  }

  private static RegionInventory region(String name, Flavor... flavors) {
    return new RegionInventory(
        name,
        List.of(),
        List.of(),
        List.of(flavors),
        List.of(new Image("i", "", Optional.empty(), Optional.empty(), 0, 0)),
        List.of(new Network("n", "public", true)),
        List.of("classic"),
        Map.of(),
        Set.of(),
        Map.of(),
        Map.of());
  }

  private void cloud(CloudId id, boolean accessible, RegionInventory... regions) {
    Instant now = Instant.EPOCH;
    clouds.add(
        new CloudView(
            id,
            id.text(),
            1,
            true,
            accessible,
            Samples.facts("FR"),
            new CloudHealth(CloudHealth.State.REACHABLE, now, Optional.of(now), Optional.empty()),
            Optional.of(new CloudInventory(now, List.of(regions)))));
  }

  private void word(CloudId cloud, String name, String localName) {
    words.add(new Equivalence(Equivalence.Kind.FLAVOR, name, cloud, localName));
  }

  private CatalogNames names() {
    return new CatalogNames(new FederationSnapshot(Instant.EPOCH, clouds, words));
  }

  @Test
  void tellsOnceWhatSeveralRegionsHaveAlike() {
    cloud(BHS, true, region("BHS-1", flavor("9", "m1.small", 2)));
    cloud(GRA, true, region("GRA-2", SMALL), region("GRA-1", SMALL));

    assertThat(names().flavors())
        .containsExactly(
            new CatalogEntry<>(
                "m1.small",
                List.of(
                    new Found<>(BHS, List.of("BHS-1"), flavor("9", "m1.small", 2)),
                    new Found<>(GRA, List.of("GRA-1", "GRA-2"), SMALL)),
                List.of()));
  }

  @Test
  void saysNothingOfCloudsThatTheProjectHasNoAccessTo() {
    cloud(GRA, false, region("GRA-1", SMALL));
    word(GRA, "small", "m1.small");

    assertThat(names().flavors()).isEmpty();
    assertThat(names().networks()).isEmpty();
    assertThat(names().volumeTypes()).isEmpty();
  }

  @Test
  void takesADeclaredNameForWhatItMeansThere() {
    cloud(GRA, true, region("GRA-1", SMALL));
    cloud(BHS, true, region("BHS-1", C_SMALL));
    // By its id, as an administrator may say it too.
    word(BHS, "m1.small", "2");

    List<CatalogEntry<Flavor>> flavors = names().flavors();

    assertThat(flavors).extracting(CatalogEntry::name).containsExactly("c.small", "m1.small");
    assertThat(flavors.get(0).otherNames()).containsExactly(new OtherName(BHS, "m1.small"));
    assertThat(flavors.get(1).clouds()).containsExactly(BHS, GRA);
    assertThat(flavors.get(1).otherNames()).containsExactly(new OtherName(BHS, "c.small"));
  }

  @Test
  void letsWhatACloudItselfCallsSoComeBeforeWhatIsDeclared() {
    cloud(GRA, true, region("GRA-1", SMALL, C_SMALL), region("GRA-2", C_SMALL));
    word(GRA, "m1.small", "c.small");

    CatalogEntry<Flavor> small =
        names().flavors().stream().filter(each -> each.name().equals("m1.small")).findFirst().get();

    assertThat(small.found())
        .containsExactly(
            new Found<>(GRA, List.of("GRA-1"), SMALL), new Found<>(GRA, List.of("GRA-2"), C_SMALL));
  }

  @Test
  void knowsNoNameThatMeansNothing() {
    cloud(GRA, true, region("GRA-1", SMALL));
    word(GRA, "m1.huge", "gone");
    word(BHS, "m1.tiny", "m1.small");

    assertThat(names().flavors()).extracting(CatalogEntry::name).containsExactly("m1.small");
    assertThat(names().images()).isEmpty();
    assertThat(names().networks()).extracting(CatalogEntry::name).containsExactly("public");
    assertThat(names().volumeTypes()).extracting(CatalogEntry::name).containsExactly("classic");
  }
}
