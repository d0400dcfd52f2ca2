package io.isthmus.sandbox.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FederationReaderTest {
  private static final String GOOD =
      """
      name: small
      operators:
        - { id: rivage, name: Rivage, seat: FR }
      clouds:
        - name: gra
          operator: rivage
          country: FR
          coordinates: [50.9, 2.1]
          regions:
            - name: GRA
              zones:
                - { name: a, vcpus: 4, ram_mb: 8192, disk_gb: 100 }
          projects:
            - { name: acme-demo, tenant: acme/demo, user: u, password: p }
          timing: { server_build: 1.5s }
      """;

  @Test
  void readsWhatTheFileSays() {
    Federation federation = FederationReader.parse("good.yaml", GOOD);

    Federation.CloudSpec cloud = federation.clouds().get(0);
    assertThat(cloud.timing().serverBuild()).isEqualTo(Duration.ofMillis(1500));
    assertThat(cloud.regions().get(0).zones().get(0).vcpus()).isEqualTo(4);
    assertThat(cloud.regionInPath()).isFalse();
  }

  @Test
  void hasThreeCloudsBuiltIn() {
    assertThat(FederationReader.builtIn().clouds())
        .extracting(Federation.CloudSpec::name)
        .containsExactly("gra", "bhs", "syd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "single-keystone-three-regions", "five-countries"})
  void acceptsTheSamples(String name) {
    Path file = Path.of("../samples/federations/" + name + ".yaml");

    assertThat(FederationReader.read(file).clouds()).isNotEmpty();
  }

  @Test
  void namesLineAndFieldOfAnUnknownKey() {
    assertRefused(
        GOOD.replace("country: FR", "contry: FR"), "line 7", "clouds[0].contry", "country");
  }

  @Test
  void namesLineAndFieldOfAnOperatorThatIsNotThere() {
    assertRefused(
        GOOD.replace("operator: rivage", "operator: rivag"),
        "line 6",
        "clouds[0].operator",
        "rivag");
  }

  @Test
  void namesTheZoneWithoutRoom() {
    assertRefused(
        GOOD.replace("vcpus: 4", "vcpus: 0"), "line 12", "clouds[0].regions[0].zones[0].vcpus");
  }

  @Test
  void saysHowDurationsAreWritten() {
    assertRefused(GOOD.replace("1.5s", "soon"), "line 15", "server_build", "500ms");
  }

  @Test
  void refusesFewerThanNoServersByRule() {
    assertRefused(
        GOOD.replace(
            "tenant: acme/demo",
            "synthetic: { servers: -1, ports: 2, volumes: 3 }, tenant: acme/demo"),
        "clouds[0].projects[0].synthetic.servers",
        "from 0");
  }

  @Test
  void tellsAllMistakesAtOnce() {
    assertRefused(
        GOOD.replace("tenant: acme/demo", "tenant: acme").replace("[50.9, 2.1]", "[500, 2]"),
        "clouds[0].projects[0].tenant",
        "clouds[0].coordinates");
  }

  @Test
  void refusesWhatIsNoYaml() {
    assertRefused("clouds: [", "line");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> FederationReader.parse("bad.yaml", "null"))
        .isInstanceOf(FederationException.class)
        .hasMessageContaining("is empty");
  }

  private static void assertRefused(String yaml, String... told) {
    assertThatThrownBy(() -> FederationReader.parse("bad.yaml", yaml))
        .isInstanceOf(FederationException.class)
        .hasMessageStartingWith("bad.yaml")
        .hasMessageContainingAll(told);
  }
}
