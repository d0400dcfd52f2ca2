package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.fault.KillPoints.Point;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The real server is killed again and again while people ask for a mix of things, clouds are
 * emptied, go dark and are called lost, and misbehave in every other way. After each round
 * everything is let rest, and what Isthmus tells is compared with what the clouds themselves keep:
 * no orphan, no double, nothing missing, every stack as acknowledged and truthful, every event
 * once, no quota over-used, each part at every moment where its policy allows it, and no secret in
 * any log.
 *
 * <p>{@code isthmus.faults.seed} repeats a run's choices, {@code isthmus.faults.rounds} makes it
 * longer; a round has one kill at each of {@link Point}, and its own weather over each cloud.
 */
@Tag("fault")
@EnabledIf("isWished")
class RandomFaultsIT {

  private static final Duration QUIET = Duration.ofMinutes(3);

  /** What people ask for around each kill. */
  private static final int ACTIONS = 3;

  private static final int SHORT = 2;

  /** 500 kills at points of the server's, and those of the database. */
  private static final int LONG = 125;

  /** Longer than a lease of the queue holds. */
  private static final Duration PAUSE = Duration.ofSeconds(35);

  /** Within which a dark cloud is known to be silent, and what is standby there on its way. */
  private static final Duration DETECTION = Duration.ofSeconds(90);

  private static final Duration LONGEST_WEATHER = Duration.ofMinutes(4);

  private static final int MOST_CALLS = 40;
  private static final int LEAST_FAULTS_PER_ROUND = 100;

  /** Fewer than people ask for now and then. */
  private static final int SERVERS_ALLOWED = 9;

  private static final String QUOTA = "/quotas/tenants/acme/projects/demo/all";

  private final long seed = Long.getLong("isthmus.faults.seed", System.nanoTime());
  private final int rounds =
      Integer.getInteger("isthmus.faults.rounds", Boolean.getBoolean("long") ? LONG : SHORT);
  private final Random random = new Random(seed);
  private final String secret = "faults-" + UUID.randomUUID();
  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person admin = new Person(system, "admin");
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private final CloudsThemselves themselves = new CloudsThemselves(clouds);
  private final Launcher launcher = new Launcher(system);
  private final KillPoints points = new KillPoints(system, clouds);
  private final ExecutorService killer = Executors.newSingleThreadExecutor();
  private final MixedWork work =
      new MixedWork(alice, admin, random, "faults-" + Long.toHexString(seed & 0xffffff), secret);
  private List<Thing> before;
  private long serversBefore;
  private int kills;
  private long faults;
  private long doublesRemoved;

  static boolean isWished() {
    return Boolean.getBoolean("long") || Integer.getInteger("isthmus.faults.rounds") != null;
  }

  @BeforeEach
  void begin() throws Exception {
    System.out.println("faults: -Disthmus.faults.seed=" + seed);
    clouds.clearWeather();
    system.awaitClouds(alice);
    before = themselves.all();
    setQuota(1000);
    serversBefore = used();
    setQuota(serversBefore + SERVERS_ALLOWED);
    clouds.forgetCalls();
  }

  @AfterEach
  void clearUp() throws Exception {
    killer.shutdownNow();
    clouds.clearWeather();
    launcher.revive();
    system.send(admin.request(QUOTA, "en").header("If-Match", "*").DELETE());
  }

  @Test
  void whatWasAcknowledgedHoldsWhateverDies() throws Exception {
    Instant start = Instant.now();
    try (Watch watch = new Watch(themselves)) {
      work.create(List.of("bhs", "syd"), true);
      for (int round = 0; round < rounds; round++) {
        live(round);
        clouds.clearWeather();
        launcher.revive();
        work.settle();
        check(watch);
        System.out.printf(
            "faults: round %d of %d after %d s: %d kills (%s), %d calls that clouds failed, %s;"
                + " %d doubles arose in clouds, %d were told and removed; at most %d of %d servers%n",
            round + 1,
            rounds,
            Duration.between(start, Instant.now()).toSeconds(),
            kills,
            points.met(),
            faults,
            work.summary(),
            watch.<Integer>seen(Moment::doubles),
            doublesRemoved,
            watch.<Integer>seen(Moment::mostServers),
            SERVERS_ALLOWED);
      }
      assertThat(kills).isGreaterThanOrEqualTo(Point.values().length * rounds);
      assertThat(faults).isGreaterThanOrEqualTo((long) LEAST_FAULTS_PER_ROUND * rounds);
      assertThat(work.failovers()).as("clouds called lost").isPositive();
      assertThat(work.drains()).as("drains").isGreaterThanOrEqualTo(rounds / 2);
      assertThat(Logs.tellingOf(system.data(), secrets())).isEmpty();
      work.deleteAll();
      check(watch);
    }
  }

  /** One cloud goes dark and is called lost, or is emptied, beside all else. */
  private void live(int round) throws Exception {
    String chosen = SimulatedClouds.NAMES.get(random.nextInt(SimulatedClouds.NAMES.size()));
    boolean goesDark = round % 2 == 0;
    if (goesDark) {
      chosen = darken(chosen);
    }
    for (String cloud : SimulatedClouds.NAMES) {
      if (!goesDark || !cloud.equals(chosen)) {
        clouds.weather(cloud, weather(!goesDark));
      }
    }
    if (!goesDark) {
      work.drain(chosen);
    }
    List<Point> order = new ArrayList<>(Arrays.asList(Point.values()));
    Collections.shuffle(order, random);
    for (Point point : order) {
      workAndKill(point);
      work.callLost();
    }
    if (round % 4 == 1) {
      whileWorking(this::killDatabase);
    } else if (round % 4 == 3) {
      whileWorking(this::pausePastTheLease);
    }
    if (goesDark) {
      awaitMoved();
    }
    workUntilEnoughFailed();
    faults += clouds.faults();
    clouds.forgetCalls();
  }

  /**
   * Prefers a cloud in which something standby is, of which nothing more is asked then: it shall be
   * made anew elsewhere, whatever else dies.
   */
  private String darken(String otherwise) throws Exception {
    work.settle();
    List<Thing> standby =
        themselves.of(List.of(Thing.SERVER)).stream().filter(work::isStandby).toList();
    String dark = standby.stream().map(Thing::cloud).findFirst().orElse(otherwise);
    standby.stream()
        .filter(server -> server.cloud().equals(dark))
        .flatMap(server -> server.mark().stream())
        .forEach(mark -> work.leaveAlone(mark.stack()));
    clouds.weather(dark, "[{\"outage\": \"dark\"}]");
    return dark;
  }

  /** Goes on in this weather until so many calls have failed that it was worth its while. */
  private void workUntilEnoughFailed() throws Exception {
    Instant end = Instant.now().plus(LONGEST_WEATHER);
    while (clouds.faults() < LEAST_FAULTS_PER_ROUND && Instant.now().isBefore(end)) {
      work.act();
    }
  }

  /** Lets what is standby in the dark cloud find another place, if there is one. */
  private void awaitMoved() throws Exception {
    Instant end = Instant.now().plus(DETECTION);
    Await.until(
        DETECTION.multipliedBy(2),
        "the dark cloud is called lost",
        () -> {
          work.callLost();
          return work.moved();
        },
        moved -> moved > 0 || Instant.now().isAfter(end));
  }

  /**
   * Every kind of it over time; each cloud has its own.
   *
   * @param mayBeFull whether there may be room for nothing more
   */
  private String weather(boolean mayBeFull) {
    String rule =
        switch (random.nextInt(mayBeFull ? 6 : 5)) {
          case 0 -> "{\"latency_ms\": 300, \"jitter_ms\": 500}";
          case 1 -> "{\"error_rate\": 0.3, \"error_status\": 503}";
          case 2 -> "{\"per_second\": 4, \"burst\": 4, \"retry_after\": 1}";
          case 3 -> "{\"outage\": \"unavailable\", \"times\": 20}";
          case 4 -> "{\"error_rate\": 0.2, \"error_status\": 500}";
          default -> "{\"exhausted\": \"capacity\"}";
        };
    return "[{\"method\": \"POST\", \"lose_rate\": 0.4, \"latency_ms\": 200},"
        + " {\"method\": \"DELETE\", \"lose_rate\": 0.4},"
        + " {\"error_rate\": 0.25, \"error_status\": 502}, "
        + rule
        + "]";
  }

  private void workAndKill(Point point) throws Exception {
    int calls = random.nextInt(MOST_CALLS);
    whileWorking(() -> points.killAt(point, calls, this::kill));
  }

  /** People go on asking while it happens, and hear nothing for a while. */
  private void whileWorking(KillPoints.Kill fault) throws Exception {
    work.act();
    Future<?> happening =
        killer.submit(
            () -> {
              fault.now();
              launcher.revive();
              return null;
            });
    for (int action = 1; action < ACTIONS; action++) {
      work.act();
    }
    happening.get();
  }

  private void kill() throws Exception {
    launcher.killServer();
    kills++;
  }

  private void killDatabase() throws Exception {
    launcher.killDatabase();
    kills++;
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

  /** One full look at every cloud may still be to come, so what differs may go for a while. */
  private void check(Watch watch) throws Exception {
    Await.until(QUIET, "Isthmus and the clouds tell the same", this::differences, List::isEmpty);
    Map<String, Set<String>> allowed = new HashMap<>();
    work.stacks().forEach(stack -> allowed.put(stack.id, stack.allowed));
    assertThat(watch.looks()).as("looks at the clouds").isPositive();
    assertThat(watch.<List<String>>seen(moment -> moment.outsideOf(allowed))).isEmpty();
    assertThat(watch.<List<String>>seen(moment -> moment.strangers(allowed.keySet()))).isEmpty();
    assertThat(watch.<Integer>seen(Moment::mostServers))
        .as("servers at one time")
        .isLessThanOrEqualTo(SERVERS_ALLOWED);
    assertThat(used()).as("servers that are counted").isEqualTo(serversBefore + servers());
    doublesRemoved = 0;
    for (MixedWork.Kept stack : work.stacks()) {
      List<JsonObject> story = work.story(stack);
      assertThat(Stories.mistakes(work.look(stack).getString("status"), story))
          .as("story of " + stack.id)
          .isEmpty();
      doublesRemoved += Stories.doublesRemoved(story);
    }
  }

  private List<String> differences() throws Exception {
    List<Part> parts = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (MixedWork.Kept stack : work.stacks()) {
      parts.addAll(work.parts(stack));
      wrong.addAll(Truth.mistakes(work.look(stack), stack.isDeleted()));
    }
    List<Thing> now = themselves.all();
    wrong.addAll(AtQuiet.differences(before, now, parts));
    for (MixedWork.Kept stack : work.stacks()) {
      wrong.addAll(AtQuiet.lost(stack.id, stack.servers(), stack.colour(), now));
    }
    return wrong;
  }

  private long servers() {
    return work.stacks().stream().mapToLong(MixedWork.Kept::servers).sum();
  }

  private Set<String> secrets() throws Exception {
    Set<String> secrets = new HashSet<>(Logs.secretsOf(system.data()));
    secrets.add(secret);
    return secrets;
  }

  private void setQuota(long servers) throws Exception {
    HttpResponse<String> set =
        system.send(
            admin
                .request(QUOTA, "en")
                .header("If-Match", "*")
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        Json.createObjectBuilder()
                            .add("limits", Json.createObjectBuilder().add("instances", servers))
                            .build()
                            .toString())));
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
  }

  private long used() throws Exception {
    return alice.list("/quotas").stream()
        .filter(allowance -> allowance.getString("extent").equals("all"))
        .findFirst()
        .orElseThrow()
        .getJsonObject("limits")
        .getJsonObject("instances")
        .getJsonNumber("used")
        .longValue();
  }
}
