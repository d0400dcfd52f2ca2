package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.Portal;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SandboxProcess;
import io.isthmus.itests.SimulatedClouds;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clouds are dark, slow or talk nonsense: what does not need them goes on at its pace, and what is
 * not known of them is told as not known, with its age.
 */
@Tag("fault")
class OneCloudAwayIT {

  /** A look at a cloud may take 45 s, and begins a while after the one before. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final RunningSystem SYSTEM = new RunningSystem();
  private static final Person ALICE = new Person(SYSTEM, "alice");
  private static final SimulatedClouds CLOUDS = new SimulatedClouds(SYSTEM);

  private static final String FEDERATION =
      """
      operators: [{ id: lock, name: Lock, seat: FR }]
      clouds:
        - name: sealed
          operator: lock
          country: FR
          coordinates: [48.8, 2.3]
          tls: true
          regions:
            - name: S
              zones: [{ name: s-a, vcpus: 8, ram_mb: 16384, disk_gb: 100 }]
          flavors: [{ name: m1.small, vcpus: 1, ram: 2048, disk: 20 }]
          images: [{ name: debian-12, os_distro: debian, os_version: "12" }]
          volume_types: [standard]
          external_network: { name: public, cidrs: [203.0.113.0/29] }
          projects: [{ name: acme-demo, tenant: acme/demo, user: acme, password: sealed-demo }]
      """;

  private static Portal portal;
  private static Pace fair;

  @BeforeAll
  static void inFairWeather() throws Exception {
    CLOUDS.clearWeather();
    SYSTEM.awaitClouds(ALICE);
    portal = new Portal(SYSTEM.url());
    portal.signIn("alice", "/");
    // The first calls of all warm up what the others find warm.
    Pace.of(ALICE, portal);
    fair = Pace.of(ALICE, portal);
  }

  @AfterAll
  static void clearUp() throws Exception {
    if (portal != null) {
      portal.close();
    }
    CLOUDS.clearWeather();
    SYSTEM.awaitClouds(ALICE);
  }

  private static JsonObject cloud(String id) throws Exception {
    return ALICE.look("/clouds/" + id).asJsonObject();
  }

  /** The cloud once a look at it has found out, for the reason that is expected. */
  private static JsonObject awaitAway(String id, String reason) throws Exception {
    return Await.until(
        PATIENCE,
        id + " is away because of “" + reason + "”",
        () -> cloud(id),
        seen -> {
          JsonObject health = seen.getJsonObject("health");
          return !health.getString("state").equals("REACHABLE")
              && Pattern.compile(reason).matcher(health.getString("reason", "")).find();
        });
  }

  /** What is not known is said to be so, and what was known keeps its age. */
  private static void assertAged(JsonObject cloud, Instant weatherSince) {
    JsonObject health = cloud.getJsonObject("health");
    assertThat(health.getString("state")).isIn("UNREACHABLE", "UNKNOWN");
    Instant away = Instant.parse(health.getString("since"));
    assertThat(away).isAfter(weatherSince);
    assertThat(Instant.parse(health.getString("seen_at"))).isBefore(away);
    JsonObject inventory = cloud.getJsonObject("inventory");
    assertThat(Instant.parse(inventory.getString("taken_at"))).isBefore(away);
    assertThat(inventory.getJsonArray("regions")).isNotEmpty();
  }

  /** What a cloud does to those who call it, and what they are told of it. */
  private record Weather(String cloud, String rule, String reason) {}

  private static final Weather DARK =
      new Weather("bhs", "{\"outage\": \"refuse\"}", "the connection was refused");
  private static final Weather SLOW =
      new Weather(
          "syd",
          "{\"latency_ms\": 30000}",
          "did not answer .* in time|silent for|did not tell what it has");
  private static final Weather GARBAGE =
      new Weather("bhs", "{\"answer\": \"garbage\"}", "not OpenStack|cannot be read");
  private static final Weather HTML =
      new Weather("syd", "{\"answer\": \"html\"}", "not OpenStack|Sign in to the network");
  private static final Weather TOO_MANY =
      new Weather("bhs", "{\"error_rate\": 1, \"error_status\": 413, \"retry_after\": 30}", "413");

  private static Stream<List<Weather>> weathers() {
    return Stream.of(List.of(DARK, SLOW), List.of(GARBAGE, HTML), List.of(TOO_MANY));
  }

  /** One cloud away, or two for reasons of their own: what is left is none the slower for it. */
  @ParameterizedTest
  @MethodSource("weathers")
  void theOthersGoOnAtTheirPace(List<Weather> weathers) throws Exception {
    CLOUDS.clearWeather();
    SYSTEM.awaitClouds(ALICE);
    Instant since = Instant.now();
    for (Weather weather : weathers) {
      CLOUDS.weather(weather.cloud(), "[" + weather.rule() + "]");
    }

    Pace.of(ALICE, portal).assertNotSlowerThan(fair, weathers.toString());

    for (Weather weather : weathers) {
      assertAged(awaitAway(weather.cloud(), weather.reason()), since);
    }
    Pace.of(ALICE, portal).assertNotSlowerThan(fair, weathers + ", known");
    List<String> away = weathers.stream().map(Weather::cloud).toList();
    for (String other : SimulatedClouds.NAMES) {
      if (!away.contains(other)) {
        SYSTEM.awaitCloud(ALICE, other);
      }
    }
  }

  @Test
  void aCertificateWhoseTimeIsOverTakesItsCloudAwayAlone(@TempDir Path folder) throws Exception {
    Person admin = new Person(SYSTEM, "admin");
    Path federation = Files.writeString(folder.resolve("federation.yaml"), FEDERATION);
    Path entries = folder.resolve("clouds.yaml");
    try (SandboxProcess sandbox = SandboxProcess.start(entries, federation)) {
      SimulatedClouds sealed = new SimulatedClouds(SYSTEM, sandbox.control());
      HttpResponse<String> added =
          admin.post(
              "/clouds",
              Json.createObjectBuilder().add("clouds_yaml", withAuthority(entries)).build());
      assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
      try {
        SYSTEM.awaitClouds(ALICE);
        Instant since = Instant.now();
        sealed.weather("sealed", "[{\"certificate\": \"expired\"}]");

        assertAged(awaitAway("sealed", "no TLS connection"), since);
        Pace.of(ALICE, portal).assertNotSlowerThan(fair, "an expired certificate");

        sealed.clearWeather();
        SYSTEM.awaitClouds(ALICE);
      } finally {
        admin.delete("/clouds/sealed/accesses/acme/demo");
        admin.delete("/clouds/sealed");
      }
    }
  }

  /** The entries with the authority's certificate itself in place of its file. */
  private static String withAuthority(Path entries) throws Exception {
    String text = Files.readString(entries);
    Matcher file = Pattern.compile("cacert: \"?([^\"\\n]+)\"?").matcher(text);
    assertThat(file.find()).as(text).isTrue();
    String pem = Files.readString(Path.of(file.group(1))).strip();
    return file.replaceFirst(
        Matcher.quoteReplacement("cacert: |\n      " + pem.replace("\n", "\n      ")));
  }
}
