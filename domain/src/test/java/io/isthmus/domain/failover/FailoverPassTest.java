package io.isthmus.domain.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanStore;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.probe.CloudLoss;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.stack.store.TransactionPerCall;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.tenant.TenantStores;
import jakarta.json.JsonObject;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lost clouds over a real database: who decides, what is waited for, and what is done once. */
class FailoverPassTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final Failover SAID =
      new Failover(
          Failover.Mode.STANDBY, Duration.ofSeconds(30), 3, List.of(), Failover.OnReturn.ASK);

  private final TestDatabase database = TestDatabase.create();
  private final StackStore stacks = new TransactionPerCall(database.dataSource()).stacks();
  private final FailoverStore store = new FailoverStore(database.dataSource());
  private final Map<PlanId, Plan> plans = new HashMap<>();
  private final List<AuditRecord> audited = new ArrayList<>();
  private final List<StackId> woken = new ArrayList<>();
  private final List<String> rung = new ArrayList<>();
  private final List<Leaving> asked = new ArrayList<>();
  private final List<StackId> begun = new ArrayList<>();
  private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private Optional<CloudLoss> loss = Optional.empty();
  private Optional<FederationFault> fault = Optional.empty();
  private List<Leaving.Held> held = List.of();
  private Runnable meanwhile = () -> {};
  private boolean placed = true;
  private FailoverPass pass;

  private final class ByHand extends Rescue {
    ByHand() {
      super(
          (PlanStore)
              Proxy.newProxyInstance(
                  PlanStore.class.getClassLoader(),
                  new Class<?>[] {PlanStore.class},
                  (proxy, method, arguments) -> Optional.ofNullable(plans.get(arguments[0]))),
          stacks,
          store,
          audited::add,
          woken::add,
          (project, cloud, kind, phrase, at) -> rung.add(phrase.in(Locale.ENGLISH)));
    }

    @Override
    Optional<CloudLoss> loss(Stack stack, CloudId cloud, Instant at) {
      return loss;
    }

    @Override
    LeavingPlan plan(StackId id, Leaving leaving, String author) {
      asked.add(leaving);
      meanwhile.run();
      if (fault.isPresent()) {
        throw fault.get();
      }
      return placed
          ? new LeavingPlan(Optional.of(kept(id, SAID)), List.of(moves()), held, List.of())
          : new LeavingPlan(Optional.empty(), List.of(), held, List.of());
    }

    @Override
    void accept(StackId id, PlanId plan, Phrase happened) {
      begun.add(id);
      status(id, "UPDATE_IN_PROGRESS");
      database.execute("update stack set plan = '%s' where id = '%s'".formatted(plan.value(), id));
    }
  }

  @BeforeEach
  void begin() {
    TenantStores.withProjects(database, TestStacks.PROJECT);
    pass = new FailoverPass(store, new ByHand(), clock());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Clock clock() {
    return new Clock() {
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
  }

  private static ResourceChange moves() {
    return new ResourceChange(
        "web",
        "OS::Nova::Server",
        ResourceChange.Kind.MOVED,
        List.of(Place.inRegion(GRA, "R1")),
        List.of(Place.inRegion(new CloudId("bhs"), "R1")),
        List.of(),
        Optional.empty());
  }

  private Plan kept(StackId stack, Failover said) {
    StackPart web = stacks.parts(stack).get(0);
    Plan plan =
        new Plan(
            new PlanId(UUID.randomUUID()),
            TestStacks.PROJECT,
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
            Optional.empty());
    plans.put(plan.id(), plan);
    database.execute(
        ("insert into plan (id, project, name, template, shown_parameters, policy, placement,"
                + " fingerprint, created_at, expires_at, created_by, parameters, standby) values"
                + " ('%s', 'acme/demo', 'shop', '{}', '{}', '', '{}', 'f', now(), now(), 'alice',"
                + " '', true)")
            .formatted(plan.id().value()));
    return plan;
  }

  private StackId stack(Failover said) {
    return stack("shop", said);
  }

  private StackId stack(String name, Failover said) {
    Stack stack = TestStacks.stack(name, now, UUID.randomUUID());
    stacks.add(
        stack,
        new TestStacks().add("web", TestStacks.SERVER, "gra").parts(now),
        Phrase.verbatim("asked"));
    Plan plan = kept(stack.id(), said);
    database.execute(
        "update stack set plan = '%s' where id = '%s'".formatted(plan.id().value(), stack.id()));
    status(stack.id(), "CREATE_COMPLETE");
    return stack.id();
  }

  private void status(StackId id, String status) {
    database.execute("update stack set status = '%s' where id = '%s'".formatted(status, id));
  }

  /** What the engine does when it takes up the plan. */
  private void replaced(StackId id, String cloudStatus, String health) {
    database.execute(
        ("update stack_part set goal = 'REPLACED', physical_id = 's', cloud_status = '%s',"
                + " health = '{\"state\": \"%s\", \"reasons\": []}' where stack = '%s'")
            .formatted(cloudStatus, health, id));
  }

  private void lost(CloudLoss.Verdict verdict, int vantages) {
    loss = Optional.of(new CloudLoss(GRA, now, 1, 0, 1, vantages, verdict));
  }

  private void watch(StackId id) {
    database.execute(
        ("insert into failover (stack, cloud, state, silent_since, checks, held, tries, removes,"
                + " changed_at, next_run) values ('%s', 'gra', 'WATCHING', '%s', 0, '[]', 0, false,"
                + " '%s', '%s')")
            .formatted(id, now, now, now));
  }

  private void later(long seconds) {
    for (long passed = 0; passed < seconds; passed += 5) {
      now = now.plusSeconds(5);
      pass.run();
    }
  }

  private LostCloud row(StackId id) {
    return store.of(id).get(0);
  }

  private List<String> story(StackId id) {
    return stacks.events(id, 1, 500).stream()
        .map(StackEvent::phrase)
        .map(phrase -> phrase.in(Locale.ENGLISH))
        .toList();
  }

  @Test
  void twoWitnessesFromMoreThanOnePlaceSpendTimeAndTries() {
    StackId id = stack(SAID);
    lost(CloudLoss.Verdict.BOTH, 2);
    watch(id);
    later(25);
    assertThat(begun).as("neither the time nor the tries are over").isEmpty();
    assertThat(row(id).state()).isEqualTo(LostCloud.State.WATCHING);
    later(15);
    assertThat(begun).containsExactly(id);
    assertThat(asked.get(0).lost()).contains(Set.of("web"));
    assertThat(row(id).state()).isEqualTo(LostCloud.State.MOVING);
    assertThat(audited)
        .singleElement()
        .satisfies(record -> assertThat(record.action()).isEqualTo("update/failover"));

    replaced(id, "ACTIVE", "UNREACHABLE");
    status(id, "UPDATE_COMPLETE");
    later(10);
    assertThat(row(id).state()).isEqualTo(LostCloud.State.MOVED);
    later(120);
    assertThat(begun).as("once").hasSize(1);
    assertThat(story(id))
        .last()
        .asString()
        .contains("is there again elsewhere", "Left behind and given up: web");
  }

  @Test
  void aSingleVantagePointWaitsForAPerson() {
    StackId id = stack(SAID);
    lost(CloudLoss.Verdict.BOTH, 1);
    watch(id);
    later(120);
    assertThat(begun).isEmpty();
    assertThat(row(id).state()).isEqualTo(LostCloud.State.ASKING);
    lost(CloudLoss.Verdict.SINGLE, 0);
    later(120);
    assertThat(begun).isEmpty();
    assertThat(story(id)).anyMatch(text -> text.contains("all of that is seen from one place"));
    assertThat(story(id)).anyMatch(text -> text.contains("no server there is probed"));

    assertThat(rung).as("of each silence once").hasSize(2);
    assertThat(rung.get(0)).contains("“shop”", "A person has to say");
    store.decide(row(id), new LostCloud.Decision("alice", "a-1", "The hall burns", now));
    pass.run();
    assertThat(begun).containsExactly(id);
    assertThat(rung).last().asString().contains("Made anew elsewhere: web");
    assertThat(row(id).why().orElseThrow().in(Locale.ENGLISH))
        .isEqualTo(
            "gra is lost, as alice has said: “The hall burns” Made anew elsewhere: web."
                + " No server of the stack is left waiting there.");
    assertThat(audited.get(0).actor().orElseThrow().name()).isEqualTo("alice");
  }

  @Test
  void aHealthyApplicationIsNotTouchedHoweverOftenTheApiIsSilent() {
    StackId id = stack(SAID);
    lost(CloudLoss.Verdict.API_ALONE, 2);
    watch(id);
    later(125);
    lost(CloudLoss.Verdict.OPEN, 2);
    later(125);
    assertThat(begun).isEmpty();
    assertThat(asked).isEmpty();
    loss = Optional.empty();
    later(5);
    assertThat(store.of(id)).isEmpty();
    assertThat(story(id)).last().asString().contains("Nothing of “shop” was made anew");
  }

  @Test
  void whatComesBackInTimeIsLeftAloneAndTheNextSilenceCountsAnew() {
    StackId id = stack(SAID);
    lost(CloudLoss.Verdict.BOTH, 2);
    watch(id);
    later(20);
    lost(CloudLoss.Verdict.BOTH, 2);
    later(25);
    assertThat(begun).isEmpty();
    later(15);
    assertThat(begun).hasSize(1);
  }

  @Test
  void neverIsNever() {
    StackId id =
        stack(
            new Failover(
                Failover.Mode.NEVER, Duration.ofSeconds(30), 3, List.of(), Failover.OnReturn.ASK));
    lost(CloudLoss.Verdict.BOTH, 2);
    watch(id);
    later(120);
    assertThat(begun).isEmpty();
    assertThat(store.of(id)).isEmpty();
  }

  @Test
  void saysThatNothingFitsAndKeepsTrying() {
    StackId id = stack(SAID);
    lost(CloudLoss.Verdict.BOTH, 2);
    placed = false;
    held =
        List.of(
            new Leaving.Held(
                "web",
                "OS::Nova::Server",
                Place.inRegion(GRA, "R1"),
                false,
                List.of(Phrase.verbatim("Every other cloud is full.")),
                List.of()));
    watch(id);
    later(60);
    assertThat(row(id).state()).isEqualTo(LostCloud.State.HELD);
    assertThat(row(id).held()).isEqualTo(held);
    assertThat(story(id))
        .contains(
            "No other place can have what was in gra: web. Every other cloud is full."
                + " It is tried again.");
    int tries = asked.size();
    later(600);
    assertThat(asked.size() - tries).as("bounded").isBetween(2, 8);
    placed = true;
    held = List.of();
    later(400);
    assertThat(begun).hasSize(1);
  }

  @Test
  void waitsWhileTheStackIsAtWorkAndTriesAgainWhatFailed() {
    StackId id = stack(SAID);
    lost(CloudLoss.Verdict.BOTH, 2);
    fault = Optional.of(new FederationFault(FaultCode.CONFLICT, Phrase.verbatim("It is at work.")));
    watch(id);
    later(60);
    assertThat(row(id).state()).isEqualTo(LostCloud.State.AT_WORK);
    fault = Optional.empty();
    later(20);
    assertThat(begun).hasSize(1);
    status(id, "UPDATE_FAILED");
    later(10);
    assertThat(row(id).state()).isEqualTo(LostCloud.State.FAILED);
    later(30);
    assertThat(begun).hasSize(2);
  }

  @Test
  void whatWasReplacedIsStoppedAndThenWaitsForAPerson() {
    StackId id = movedAway(SAID);
    loss = Optional.empty();
    later(30);
    assertThat(row(id).state()).isEqualTo(LostCloud.State.BACK);
    assertThat(woken).containsExactly(id);
    assertThat(row(id).why().orElseThrow().in(Locale.ENGLISH)).contains("First of all");
    replaced(id, "SHUTOFF", "UNKNOWN");
    later(120);
    assertThat(row(id).why().orElseThrow().in(Locale.ENGLISH))
        .isEqualTo(
            "gra answers again. What was replaced there does not run any more, and stays until"
                + " somebody has it removed: web.");
    assertThat(stacks.replacedToRemove(id)).isEmpty();
    assertThat(store.remove(id, GRA, now)).isTrue();
    assertThat(stacks.replacedToRemove(id)).containsExactly(GRA);
    database.execute("delete from stack_part where goal = 'REPLACED'");
    later(10);
    assertThat(store.of(id)).isEmpty();
    assertThat(story(id)).last().asString().contains("is left in gra");
  }

  @Test
  void whatThePolicyHasRemovedIsRemovedOnceItIsStopped() {
    StackId id =
        movedAway(
            new Failover(
                Failover.Mode.STANDBY,
                Duration.ofSeconds(30),
                3,
                List.of(),
                Failover.OnReturn.REMOVE));
    loss = Optional.empty();
    later(30);
    assertThat(stacks.replacedToRemove(id)).isEmpty();
    replaced(id, "SHUTOFF", "UNKNOWN");
    later(10);
    assertThat(stacks.replacedToRemove(id)).containsExactly(GRA);
    assertThat(story(id)).anyMatch(text -> text.contains("as the policy says"));
  }

  @Test
  void eachOfManyStacksIsAcceptedBeforeTheNextIsPlannedSoThatTheySpread() {
    lost(CloudLoss.Verdict.BOTH, 2);
    List<StackId> all = new ArrayList<>();
    for (int number = 0; number < 10; number++) {
      all.add(stack("shop-" + number, SAID));
    }
    all.forEach(this::watch);
    List<Integer> before = new ArrayList<>();
    meanwhile = () -> before.add(begun.size());
    later(60);
    assertThat(begun).containsExactlyInAnyOrderElementsOf(all);
    assertThat(before).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  private StackId movedAway(Failover said) {
    StackId id = stack(said);
    lost(CloudLoss.Verdict.BOTH, 2);
    watch(id);
    later(60);
    assertThat(begun).hasSize(1);
    replaced(id, "ACTIVE", "UNREACHABLE");
    status(id, "UPDATE_COMPLETE");
    later(60);
    assertThat(row(id).state()).isEqualTo(LostCloud.State.MOVED);
    return id;
  }

  @Test
  void whoeverHasLostTheTurnWritesNothing() {
    StackId id = stack(SAID);
    lost(CloudLoss.Verdict.BOTH, 1);
    watch(id);
    later(60);
    now = now.plusSeconds(5);
    FailoverStore.Turn turn = store.take(now.plusSeconds(120), now).orElseThrow();
    assertThat(store.take(now.plusSeconds(120), now)).as("nobody else meanwhile").isEmpty();
    store.decide(turn.row(), new LostCloud.Decision("alice", "a-1", "Yes", now));
    assertThatThrownBy(() -> store.release(turn, turn.row(), now))
        .isInstanceOf(FailoverStore.TurnLost.class);
    store.forget(turn);
    assertThat(row(id).decided()).isPresent();
    pass.run();
    assertThat(begun).containsExactly(id);
  }

  @Test
  void findsWhatIsStandbyInCloudsThatDoNotAnswerTheirProject() {
    StackId id = stack(SAID);
    StackId never = stack("other", SAID);
    database.execute(
        "update plan set standby = false where id = (select plan from stack where id = '%s')"
            .formatted(never));
    store.watchSilentClouds(now);
    assertThat(store.of(id)).isEmpty();
    database.execute(SILENT);
    store.watchSilentClouds(now);
    store.watchSilentClouds(now);
    assertThat(store.of(id)).singleElement().extracting(LostCloud::cloud).isEqualTo(GRA);
    assertThat(store.of(never)).isEmpty();
  }

  private static final String SILENT =
      "insert into cloud_operator (id, name) values ('x', 'X');"
          + " insert into cloud (id, name, operator, hue, auth_url, endpoint_interface, facts)"
          + " values ('gra', 'gra', 'x', 1, 'https://x', 'public', '{}');"
          + " insert into cloud_access (project, cloud, regions, credential)"
          + " values ('acme/demo', 'gra', '[]', 'x');"
          + " insert into cloud_look (project, cloud, state)"
          + " values ('acme/demo', 'gra', 'UNREACHABLE')";
}
