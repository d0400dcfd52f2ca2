package io.isthmus.ui.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CatalogNames;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Equivalence;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.keypair.KeyPair;
import io.isthmus.domain.keypair.PublicKey;
import io.isthmus.domain.placement.Substitutes;
import io.isthmus.ui.catalog.NamedThing.Kind;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.shell.Messages;
import io.isthmus.ui.template.KnownName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may be named is told with what it is and where. */
class KnownNamesTest {

  private static final FederationSnapshot FEDERATION =
      new FederationSnapshot(
          Instant.EPOCH,
          List.of(
              cloud("bhs", new Flavor("a", "c.small", 2, 4096, 0, Map.of())),
              cloud(
                  "gra",
                  new Flavor("1", "m10", 8, 16384, 80, Map.of()),
                  new Flavor("2", "m2", 1, 2048, 20, Map.of()))),
          List.of(new Equivalence(Equivalence.Kind.FLAVOR, "m2", new CloudId("bhs"), "c.small")));
  private static final KeyPair LAPTOP =
      new KeyPair(
          ProjectId.parse("acme/demo"),
          "laptop",
          PublicKey.parse(
              "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG37zo8Bq2SBxn"
                  + "ekD9u9fwxLYDWsXS76oAoCX7j/6AZ5 alice@laptop"),
          "alice",
          Instant.EPOCH);
  private static final CatalogNames CATALOG = new CatalogNames(FEDERATION);

  private static CloudView cloud(String id, Flavor... flavors) {
    CloudId cloud = new CloudId(id);
    RegionInventory region =
        new RegionInventory(
            id + "-1",
            List.of(),
            List.of(),
            List.of(flavors),
            List.of(
                new Image(id, "debian-12", Optional.of("debian"), Optional.of("12"), 2, 0),
                new Image("b" + id, "blank", Optional.empty(), Optional.empty(), 0, 0)),
            List.of(new Network("n" + id, "public", true)),
            List.of("classic"),
            Map.of(),
            Set.of(),
            Map.of(),
            Map.of());
    return new CloudView(
        cloud,
        id,
        1,
        true,
        true,
        new CloudFacts(
            Operator.unknown(cloud, id),
            new RegionFacts(Optional.empty(), Optional.empty()),
            Map.of(),
            List.of()),
        new CloudHealth(
            CloudHealth.State.REACHABLE,
            Instant.EPOCH,
            Optional.of(Instant.EPOCH),
            Optional.empty()),
        Optional.of(new CloudInventory(Instant.EPOCH, List.of(region))));
  }

  private static CatalogWords words(Locale locale) {
    return new CatalogWords(
        (key, arguments) -> new Messages().getTranslation(key, locale, arguments),
        new Formats(locale, ZoneOffset.UTC));
  }

  private static List<KnownName> known(String constraint, Locale locale) {
    return new KnownNames(
            CATALOG,
            List.of(LAPTOP),
            List.of(),
            (key, arguments) -> new Messages().getTranslation(key, locale, arguments),
            new Formats(locale, ZoneOffset.UTC))
        .apply(constraint);
  }

  @Test
  void tellsEachFlavorWithItsSizeInEachCloudAsPeopleCount() {
    assertThat(known("nova.flavor", Locale.ENGLISH))
        .containsExactly(
            new KnownName("c.small", "2 vCPUs, 4 GiB of memory, disk as the image asks", "bhs"),
            new KnownName(
                "m2",
                "2 vCPUs, 4 GiB of memory, disk as the image asks (bhs);"
                    + " 1 vCPU, 2 GiB of memory, 20 GiB of disk (gra)",
                "bhs, gra"),
            new KnownName("m10", "8 vCPUs, 16 GiB of memory, 80 GiB of disk", "gra"));
  }

  @Test
  void speaksFrench() {
    assertThat(known("nova.flavor", Locale.FRENCH).get(2).what())
        .isEqualTo("8 vCPU, 16 Gio de mémoire, 80 Gio de disque");
    assertThat(known("glance.image", Locale.FRENCH))
        .containsExactly(
            new KnownName("blank", "système non indiqué", "bhs, gra"),
            new KnownName("debian-12", "debian 12, demande 2 Gio de disque", "bhs, gra"));
  }

  @Test
  void knowsNetworksAndVolumeTypesAndNothingOfTheRest() {
    assertThat(known("neutron.network", Locale.ENGLISH))
        .containsExactly(new KnownName("public", "leads outside", "bhs, gra"));
    assertThat(known("cinder.vtype", Locale.ENGLISH))
        .containsExactly(new KnownName("classic", "", "bhs, gra"));
    assertThat(known("nova.keypair", Locale.ENGLISH))
        .containsExactly(new KnownName("laptop", "ssh-ed25519", "alice@laptop"));
    assertThat(known("cinder.volume", Locale.ENGLISH)).isEmpty();
  }

  @Test
  void listsFlavorsBySizeBeforeImages() {
    List<NamedThing> all =
        NamedThing.all(CATALOG, new Substitutes(FEDERATION), words(Locale.ENGLISH));

    assertThat(all)
        .extracting(NamedThing::name)
        .containsExactly("c.small", "m2", "m10", "blank", "debian-12");
    assertThat(all.stream().sorted(NamedThing.BY_WHAT).map(NamedThing::name))
        .containsExactly("c.small", "m2", "m10", "debian-12", "blank");
    NamedThing m2 = all.get(1);
    assertThat(m2.kind()).isEqualTo(Kind.FLAVOR);
    assertThat(m2.takenElsewhere()).isEqualTo("c.small in bhs");
    assertThat(all.get(0).takenElsewhere()).isEqualTo("m10 in gra");
    assertThat(all.get(2).takenElsewhere()).as("nothing there is as large").isEmpty();
    assertThat(m2.bare())
        .isEqualTo("vcpus=2 ram_mib=4096 disk_gib=0; vcpus=1 ram_mib=2048 disk_gib=20");
    assertThat(m2.isIn(new CloudId("bhs"))).isTrue();
  }
}
