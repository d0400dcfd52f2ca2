package io.isthmus.domain.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.metrics.ProbeMeter;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanStore;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Probe;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.stack.store.TransactionPerCall;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.tenant.TenantStores;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Probes over a real database: asked when due, by one at a time, and told when they count. */
class ProbePassTest {

  private static final Probe WEB = new Probe(Probe.Kind.HTTP, 8080, "/health", 200);
  private static final Failover SAID =
      new Failover(
          Failover.Mode.NEVER, Duration.ofSeconds(30), 3, List.of(WEB), Failover.OnReturn.ASK);
  private static final String ADDRESS = "127.101.0.5";

  private final TestDatabase database = TestDatabase.create();
  private final StackStore stacks = new TransactionPerCall(database.dataSource()).stacks();
  private final ProbeStore probes = new ProbeStore(database.dataSource());
  private final Map<UUID, Plan> plans = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<StackId> wanted = new ArrayList<>();
  private final List<CompletableFuture<ProbeAnswer>> waiting = new ArrayList<>();
  private boolean works = true;
  private boolean silent;
  private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final ProbePass pass = pass(null);

  @BeforeEach
  void begin() {
    TenantStores.withProjects(database, TestStacks.PROJECT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ProbePass pass(String cloud) {
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneId.of("UTC");
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    PlanStore kept =
        (PlanStore)
            Proxy.newProxyInstance(
                PlanStore.class.getClassLoader(),
                new Class<?>[] {PlanStore.class},
                (proxy, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("find");
                  return Optional.ofNullable(plans.get(((PlanId) arguments[0]).value()));
                });
    Prober prober =
        (address, probe, patience) -> {
          asked.add(probe + " at " + address.getHostAddress());
          if (silent) {
            CompletableFuture<ProbeAnswer> later = new CompletableFuture<>();
            waiting.add(later);
            return later;
          }
          return CompletableFuture.completedFuture(
              works
                  ? ProbeAnswer.AS_EXPECTED
                  : ProbeAnswer.failed(Phrase.of("probe.refused", ADDRESS + ":8080")));
        };
    return new ProbePass(
        probes,
        stacks,
        kept,
        prober,
        ProbeMeter.none(),
        new AddressGuard("evaluation", Optional.empty()),
        new ProbeSettings(Optional.ofNullable(cloud), Optional.empty(), Optional.empty()),
        wanted::add,
        clock);
  }

  private Stack stack(Failover said) {
    return stack(said, "shop");
  }

  private Stack stack(Failover said, String name) {
    Stack stack = TestStacks.stack(name, now, UUID.randomUUID());
    List<StackPart> parts =
        new TestStacks()
            .add("web", TestStacks.SERVER, "gra").parts(now).stream()
                .map(part -> part.with(made(part.state(), ADDRESS)))
                .toList();
    stacks.add(stack, parts, Phrase.verbatim("asked"));
    StackPart web = parts.get(0);
    plans.put(
        stack.plan().value(),
        new Plan(
            stack.plan(),
            stack.project(),
            "shop",
            TemplateSource.of("x"),
            JsonObject.EMPTY_JSON_OBJECT,
            "",
            new Placement.Placed(
                List.of(
                    new PlannedPart(
                        web.id(),
                        web.type(),
                        Optional.empty(),
                        List.of(),
                        web.requires(),
                        Map.of(),
                        Optional.empty(),
                        Optional.of(said))),
                new Wiring(List.of(), List.of()),
                List.of(),
                new Estimate(List.of())),
            "f",
            now,
            now,
            "alice",
            Optional.of(now),
            Optional.empty()));
    database.execute(
        ("insert into plan (id, project, name, template, shown_parameters, policy, placement,"
                + " fingerprint, created_at, expires_at, created_by, parameters, probed) values"
                + " ('%s', 'acme/demo', 'shop', '{}', '{}', '', '{}', 'f', now(), now(), 'alice',"
                + " '', true) on conflict do nothing")
            .formatted(stack.plan().value()));
    status(stack, "CREATE_COMPLETE");
    return stack;
  }

  private static PartState made(PartState state, String address) {
    JsonObject attributes =
        Json.createReader(
                new StringReader(
                    "{\"addresses\": {\"net\": [{\"addr\": \""
                        + address
                        + "\", \"OS-EXT-IPS:type\": \"floating\"}]}}"))
            .readObject();
    Instant at = state.since();
    return state
        .asking(StackStatus.CREATING, Optional.of(JsonObject.EMPTY_JSON_OBJECT), at)
        .known(Optional.of("server"), Optional.of("ACTIVE"), attributes, at)
        .in(StackStatus.CREATED, StackHealth.HEALTHY, at);
  }

  private void status(Stack stack, String status) {
    database.execute(
        "update stack set status = '%s', version = version + 1 where id = '%s'"
            .formatted(status, stack.id()));
  }

  /** What comes of a pass is written by the next. */
  private void run(long seconds) {
    now = now.plusSeconds(seconds);
    pass.run();
    pass.run();
  }

  private ProbeResult result(Stack stack) {
    List<ProbeResult> all = probes.of(stack.id());
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private List<String> story(Stack stack) {
    return stacks.events(stack.id(), 1, 500).stream()
        .map(StackEvent::phrase)
        .map(phrase -> phrase.in(Locale.ENGLISH))
        .toList();
  }

  @Test
  void asksAtOnceAndThenWhenItIsDue() {
    Stack stack = stack(SAID);
    run(0);
    assertThat(asked).containsExactly("http:8080/health 200 at " + ADDRESS);
    assertThat(result(stack).state().outcome()).isEqualTo(ProbeState.Outcome.ANSWERED);
    run(5);
    assertThat(asked).as("not before ten seconds").hasSize(1);
    run(5);
    assertThat(asked).hasSize(2);
    assertThat(stacks.failingProbes(stack.id())).isEmpty();
    assertThat(wanted).isEmpty();
    assertThat(story(stack)).isEmpty();
  }

  @Test
  void tellsOnceThatItFailsAndOnceThatItWorksAgain() {
    Stack stack = stack(SAID);
    run(0);
    works = false;
    for (int i = 0; i < 3; i++) {
      run(10);
    }
    assertThat(result(stack).state().failures()).isEqualTo(3);
    assertThat(wanted).as("three tries, in less than half a minute").isEmpty();
    run(10);

    assertThat(wanted).containsExactly(stack.id());
    Map<PartKey, Phrase> failing = stacks.failingProbes(stack.id());
    assertThat(failing).hasSize(1);
    assertThat(failing.values().iterator().next().in(Locale.ENGLISH))
        .isEqualTo(
            "The server web in gra / R1 fails its probe http:8080/health 200: Nothing listens at"
                + " 127.101.0.5:8080.");
    assertThat(story(stack))
        .containsExactly(
            "The server web in gra/R1 fails its probe http:8080/health 200, 4 times in a row:"
                + " Nothing listens at 127.101.0.5:8080.");
    assertThat(probes.failing().values()).containsExactly(1);
    run(10);
    assertThat(story(stack)).as("told already").hasSize(1);

    works = true;
    run(10);
    assertThat(stacks.failingProbes(stack.id())).isEmpty();
    assertThat(wanted).containsExactly(stack.id(), stack.id());
    assertThat(story(stack).get(1))
        .isEqualTo("The server web in gra/R1 answers its probe http:8080/health 200 again.");
  }

  @Test
  void whatIsOnItsWayIsAskedByNobodyElseUntilItsLeaseIsOver() {
    Stack stack = stack(SAID);
    silent = true;
    ProbePass other = pass(null);
    pass.run();
    other.run();
    assertThat(asked).hasSize(1);

    now = now.plus(ProbePass.LEASE);
    other.run();
    assertThat(asked).as("whoever had taken it is gone").hasSize(2);
    waiting.get(0).complete(ProbeAnswer.failed(Phrase.verbatim("late")));
    pass.run();
    assertThat(result(stack).state().outcome())
        .as("told by one who lost it")
        .isEqualTo(ProbeState.Outcome.UNTRIED);
    waiting.get(1).complete(ProbeAnswer.AS_EXPECTED);
    other.run();
    assertThat(result(stack).state().outcome()).isEqualTo(ProbeState.Outcome.ANSWERED);
  }

  @Test
  void whoStandsInTheCloudItselfDoesNotCountAndWhoStandsElsewhereDoes() {
    Stack stack = stack(SAID);
    pass("gra").run();
    assertThat(asked).isEmpty();
    assertThat(probes.of(stack.id())).isEmpty();

    works = false;
    ProbePass bhs = pass("bhs");
    for (int i = 0; i < 5; i++) {
      bhs.run();
      bhs.run();
      now = now.plusSeconds(10);
    }
    assertThat(probes.of(stack.id()).get(0).vantage()).hasToString("bhs");
    assertThat(stacks.failingProbes(stack.id())).hasSize(1);

    works = true;
    pass.run();
    pass.run();
    assertThat(probes.of(stack.id())).hasSize(2);
    assertThat(stacks.failingProbes(stack.id())).as("it is answered elsewhere").isEmpty();
  }

  @Test
  void whatFailsFromSeveralPlacesIsToldOnceWhenItFailsFromAll() {
    Stack stack = stack(SAID);
    ProbePass bhs = pass("bhs");
    run(0);
    twice(bhs);
    works = false;
    for (int i = 0; i < 5; i++) {
      run(10);
    }
    assertThat(probes.of(stack.id())).filteredOn(one -> one.state().failing()).hasSize(1);
    assertThat(story(stack)).as("it is answered from bhs").isEmpty();
    for (int i = 0; i < 5; i++) {
      now = now.plusSeconds(10);
      pass.run();
      twice(bhs);
    }
    assertThat(story(stack)).hasSize(1);
    assertThat(story(stack).get(0)).contains("fails its probe");

    works = true;
    run(10);
    twice(bhs);
    run(10);
    twice(bhs);
    assertThat(story(stack)).hasSize(2);
    assertThat(story(stack).get(1)).contains("answers its probe");
  }

  private static void twice(ProbePass pass) {
    pass.run();
    pass.run();
  }

  @Test
  void stacksThatCannotBeReadHoldUpNoOthers() {
    List<StackId> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(stack(SAID, "shop" + i).id());
    }
    Set<StackId> first = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      probes.changed(Vantage.parse(""), 1).forEach(one -> first.add(one.stack()));
    }
    assertThat(first).hasSizeGreaterThan(1);
  }

  @Test
  void aServerThatCannotBeReachedIsNotAsked() {
    Stack stack = stack(SAID);
    database.execute("update stack set version = version + 1");
    StackPart web = stacks.parts(stack.id()).get(0);
    assertThat(web.isComplete()).isTrue();
    run(0);
    database.execute("update part_probe set address = null, due = null, outcome = 'OUT_OF_REACH'");
    asked.clear();
    run(60);
    assertThat(asked).isEmpty();
    assertThat(stacks.failingProbes(stack.id())).isEmpty();
    status(stack, "CREATE_COMPLETE");
    run(1);
    assertThat(asked).as("it has an address again").hasSize(1);
    assertThat(result(stack).state().outcome()).isEqualTo(ProbeState.Outcome.ANSWERED);
  }

  @Test
  void whatIsDeletedIsNotAskedAnyMore() {
    Stack stack = stack(SAID);
    run(0);
    status(stack, "DELETE_IN_PROGRESS");
    run(1);
    assertThat(probes.of(stack.id())).isEmpty();
    asked.clear();
    run(60);
    assertThat(asked).isEmpty();
  }

  @Test
  void otherProbesTakeThePlaceOfThoseThatWere() {
    Stack stack = stack(SAID);
    run(0);
    Plan plan = plans.get(stack.plan().value());
    Failover other =
        new Failover(
            Failover.Mode.NEVER,
            Duration.ofMinutes(1),
            2,
            List.of(Probe.tcp(22)),
            Failover.OnReturn.ASK);
    PlannedPart part = plan.placement().parts().get(0);
    plans.put(
        stack.plan().value(),
        new Plan(
            plan.id(),
            plan.project(),
            plan.name(),
            plan.template(),
            plan.parameters(),
            plan.policy(),
            new Placement.Placed(
                List.of(
                    new PlannedPart(
                        part.id(),
                        part.type(),
                        part.availabilityZone(),
                        part.resolutions(),
                        part.requires(),
                        part.counts(),
                        part.measure(),
                        Optional.of(other))),
                plan.placement().wiring(),
                List.of(),
                plan.placement().cost()),
            plan.fingerprint(),
            plan.createdAt(),
            plan.expiresAt(),
            plan.createdBy(),
            plan.acceptedAt(),
            plan.update()));
    status(stack, "UPDATE_COMPLETE");
    run(1);
    assertThat(result(stack).probe()).isEqualTo(Probe.tcp(22));
    assertThat(asked.get(asked.size() - 1)).isEqualTo("tcp:22 at " + ADDRESS);
  }
}
