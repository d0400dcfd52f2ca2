package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The real server is killed again and again while people ask for a mix of things and clouds
 * misbehave. After each round everything is let rest, and what Isthmus tells is compared with what
 * the clouds themselves tell: no orphan, no double, nothing missing, every stack as acknowledged,
 * every event once, each part where its policy allows it, and no secret in any log.
 *
 * <p>{@code isthmus.faults.seed} repeats a run's choices, {@code isthmus.faults.rounds} makes it
 * longer; a round has one kill at random, one right after a cloud has done something, and weather
 * over each cloud.
 */
@Tag("fault")
@EnabledIf("isWished")
class RandomFaultsIT {

  private static final Duration QUIET = Duration.ofMinutes(3);
  private static final int ACTIONS = 8;

  /** Longer than a lease of the queue holds. */
  private static final Duration PAUSE = Duration.ofSeconds(35);

  /** Within which clouds are called when there is anything to do. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

  private static final int MOST_CALLS = 60;
  private static final int LEAST_FAULTS_PER_ROUND = 50;

  private final long seed = Long.getLong("isthmus.faults.seed", System.nanoTime());
  private final int rounds =
      Integer.getInteger("isthmus.faults.rounds", Boolean.getBoolean("long") ? 250 : 4);
  private final Random random = new Random(seed);
  private final String secret = "faults-" + UUID.randomUUID();
  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private final Launcher launcher = new Launcher(system);
  private final MixedWork work = new MixedWork(alice, random, secret, this::revive);
  private int kills;
  private long faults;

  /** Takes long: run by {@code --long}, or when it is said how long it shall be. */
  static boolean isWished() {
    return Boolean.getBoolean("long") || Integer.getInteger("isthmus.faults.rounds") != null;
  }

  @AfterEach
  void clearUp() throws Exception {
    clouds.clearWeather();
    revive();
  }

  @Test
  void whatWasAcknowledgedHoldsWhateverDies() throws Exception {
    System.out.println("faults: -Disthmus.faults.seed=" + seed);
    clouds.clearWeather();
    system.awaitClouds(alice);
    CloudsThemselves themselves = new CloudsThemselves(system, "acme/demo");
    Map<String, Set<String>> before = themselves.things();
    Map<String, Long> portsBefore = themselves.ports();
    clouds.forgetCalls();
    for (int round = 0; round < rounds; round++) {
      makeWeather();
      work();
      killAtRandom();
      work();
      killBehindAnEffect();
      work();
      if (round % 4 == 1) {
        pausePastTheLease();
      } else if (round % 4 == 3) {
        killDatabase();
      }
      faults += clouds.faults();
      clouds.forgetCalls();
      clouds.clearWeather();
      revive();
      work.settle();
      compare(themselves, before, portsBefore);
      System.out.printf(
          "faults: round %d of %d: %d stacks, %d kills, %d calls that clouds failed%n",
          round + 1, rounds, work.stacks().size(), kills, faults);
    }
    assertThat(kills).isGreaterThanOrEqualTo(2 * rounds);
    assertThat(faults).isGreaterThanOrEqualTo((long) LEAST_FAULTS_PER_ROUND * rounds);
    assertStories();
    assertNoSecretInLogs();
    work.deleteAll();
    compare(themselves, before, portsBefore);
    assertThat(themselves.things()).as("of what was there before").isEqualTo(before);
  }

  private void work() throws Exception {
    for (int action = 0; action < ACTIONS; action++) {
      work.act();
      assertPolicyHolds();
    }
  }

  /** Every kind of it over time; each draws its own for each cloud. */
  private void makeWeather() throws Exception {
    for (String cloud : SimulatedClouds.NAMES) {
      String rule =
          switch (random.nextInt(6)) {
            case 0 -> "{\"latency_ms\": 300, \"jitter_ms\": 500}";
            case 1 -> "{\"error_rate\": 0.3, \"error_status\": 503}";
            case 2 -> "{\"per_second\": 4, \"burst\": 4, \"retry_after\": 1}";
            case 3 -> "{\"exhausted\": \"capacity\"}";
            case 4 -> "{\"outage\": \"dark\"}";
            default -> "{\"error_rate\": 0.2, \"error_status\": 500}";
          };
      clouds.weather(
          cloud,
          "[{\"method\": \"POST\", \"lose_rate\": 0.3}, {\"method\": \"DELETE\", \"lose_rate\": 0.3}, "
              + rule
              + "]");
    }
  }

  /** After some more calls to clouds, however far the work behind them is. */
  private void killAtRandom() throws Exception {
    awaitCalls(clouds.calls() + random.nextInt(MOST_CALLS), clouds::calls);
    kill();
  }

  /** Right after a cloud has done what it was asked for, and before that is written down. */
  private void killBehindAnEffect() throws Exception {
    awaitCalls(clouds.effects() + 1, clouds::effects);
    kill();
  }

  /** Goes on without them when nothing is asked of clouds. */
  private static void awaitCalls(long wanted, Callable<Long> calls) throws Exception {
    Instant end = Instant.now().plus(LONGEST_WAIT);
    Await.until(
        LONGEST_WAIT.multipliedBy(2),
        "clouds are called",
        calls,
        seen -> seen >= wanted || Instant.now().isAfter(end));
  }

  private void kill() throws Exception {
    launcher.killServer();
    kills++;
    launcher.revive();
  }

  private void killDatabase() throws Exception {
    launcher.killDatabase();
    kills++;
    launcher.revive();
  }

  private void pausePastTheLease() throws Exception {
    launcher.pauseServer();
    try {
      Instant end = Instant.now().plus(PAUSE);
      Await.until(PAUSE.multipliedBy(2), "the lease is over", Instant::now, end::isBefore);
    } finally {
      launcher.wakeServer();
    }
  }

  /** Starts what does not run. */
  private void revive() {
    try {
      launcher.revive();
    } catch (Exception e) {
      throw new IllegalStateException("the system under test does not start again", e);
    }
  }

  /**
   * Nobody looks fast enough to see a part outside of its policy for a moment, so all are looked
   * at.
   */
  private void assertPolicyHolds() throws Exception {
    for (MixedWork.Kept stack : work.stacks()) {
      for (JsonObject part : resourcesIfAnswered(stack)) {
        if (!part.getString("cloud", "").isEmpty()) {
          assertThat(part.getString("cloud")).as(part.toString()).isIn(stack.allowed);
        }
      }
    }
  }

  private List<JsonObject> resourcesIfAnswered(MixedWork.Kept stack) throws Exception {
    HttpResponse<String> answer;
    try {
      answer = alice.get("/stacks/" + stack.id + "/resources?limit=500");
    } catch (IOException noAnswer) {
      return List.of();
    }
    return answer.statusCode() == 200
        ? Person.read(answer, 200).asJsonArray().getValuesAs(JsonObject.class)
        : List.of();
  }

  /** One full look at every cloud may still be to come, so what differs may go for a while. */
  private void compare(
      CloudsThemselves themselves, Map<String, Set<String>> before, Map<String, Long> portsBefore)
      throws Exception {
    Map<String, Set<String>> wanted = new TreeMap<>();
    before.forEach((type, ids) -> wanted.put(type, new TreeSet<>(ids)));
    Map<String, Long> ports = new TreeMap<>(portsBefore);
    for (MixedWork.Kept stack : work.stacks()) {
      long servers = 0;
      for (JsonObject part : work.resources(stack)) {
        if (!part.getString("status").endsWith("COMPLETE")
            || part.getString("status").startsWith("DELETE")) {
          assertThat(stack.isDeleted()).as("%s of %s", part, stack.id).isTrue();
          continue;
        }
        String id = part.getString("physical_id");
        assertThat(wanted.get(part.getString("type")).add(id)).as("twice: " + part).isTrue();
        if (part.getString("type").equals("OS::Nova::Server")) {
          ports.put(id, 1L);
          servers++;
        }
      }
      if (!stack.isDeleted()) {
        work.assertCount(stack, servers);
      }
    }
    Await.until(
        QUIET,
        "nothing is lost, orphaned or there twice (wanted " + wanted + ")",
        themselves::things,
        wanted::equals);
    Await.until(
        QUIET, "each server has its port (wanted " + ports + ")", themselves::ports, ports::equals);
  }

  /** Each event is there once, in order, and nothing is complete twice in a row. */
  private void assertStories() throws Exception {
    int doubles = 0;
    for (MixedWork.Kept stack : work.stacks()) {
      List<JsonObject> events = story(stack);
      assertThat(events.stream().map(event -> event.getJsonNumber("sequence").longValue()))
          .as("sequence numbers of " + stack.id)
          .doesNotHaveDuplicates()
          .isSorted();
      Map<String, String> last = new HashMap<>();
      for (JsonObject event : events) {
        String status = event.getString("status", "");
        String before =
            last.put(
                event.getString("resource", "")
                    + " "
                    + event.getString("cloud", "")
                    + " "
                    + event.getString("region", ""),
                status);
        assertThat(status.endsWith("_COMPLETE") && status.equals(before))
            .as("told twice in the story of %s: %s", stack.id, event)
            .isFalse();
        if (event.getString("text", "").contains("was found twice")) {
          doubles++;
        }
      }
    }
    System.out.printf("faults: %d doubles arose and were removed%n", doubles);
  }

  private List<JsonObject> story(MixedWork.Kept stack) throws Exception {
    List<JsonObject> all = new ArrayList<>();
    long last = 0;
    while (true) {
      List<JsonObject> page =
          alice.list("/stacks/%s/events?limit=500&after=%d".formatted(stack.id, last));
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      last = page.get(page.size() - 1).getJsonNumber("sequence").longValue();
    }
  }

  private void assertNoSecretInLogs() throws IOException {
    List<Path> logs;
    try (Stream<Path> all = Files.walk(system.data())) {
      logs =
          all.filter(path -> path.toString().contains("log")).filter(Files::isRegularFile).toList();
    }
    assertThat(logs).as("logs").isNotEmpty();
    for (Path log : logs) {
      try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
        assertThat(lines.filter(line -> line.contains(secret))).as(log.toString()).isEmpty();
      }
    }
  }
}
