package io.isthmus.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.CostDifference;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.ForeseenUpdate;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.Glob;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackCourse;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Campaigns over a real database; stacks are planned and changed by hand. */
class CampaignPassTest {

  private static final ProjectId DEMO = ProjectId.parse("acme/demo");
  private static final ProjectId OTHERS = ProjectId.parse("globex/main");
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-1", "bob", Set.of("acme"), Set.of());
  private static final Caller EVE = new Caller("e-1", "eve", Set.of("globex"), Set.of());
  private static final Caller ADMIN =
      new Caller("0", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));

  private Instant now = Instant.parse("2026-11-25T10:00:00Z");
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private final Map<StackId, Stack> stacks = new LinkedHashMap<>();
  private final Map<StackId, FederationFault> faults = new HashMap<>();
  private final Map<StackId, ResourceChange.Kind> kinds = new HashMap<>();
  private final Set<StackId> unconcerned = new HashSet<>();
  private final Set<ProjectId> forbidden = new HashSet<>();
  private final List<StackId> begun = new ArrayList<>();
  private final List<StackId> back = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private TestDatabase database;
  private CampaignStore store;
  private CampaignService service;
  private CampaignPass pass;

  private final class Found extends CampaignStore {
    Found() {
      super(database.dataSource(), new SecretBox(List.of(new byte[32])));
    }

    @Override
    List<CampaignStore.Found> stacks(CampaignScope scope, int limit) {
      return stacks.values().stream()
          .filter(one -> scope.federation() || scope.projects().contains(one.project()))
          .map(one -> new CampaignStore.Found(one.id(), one.project(), one.name()))
          .toList();
    }
  }

  private final class ByHand extends CampaignUpdates {
    @Override
    Optional<Stack> find(StackId id) {
      return Optional.ofNullable(stacks.get(id));
    }

    @Override
    public void release(
        CampaignStore.Turn turn, Campaign campaign, Optional<Instant> next, Instant at) {
      store.release(turn, campaign, next, at);
    }

    @Override
    boolean mayChange(Campaign campaign, ProjectId project) {
      return !forbidden.contains(project);
    }

    @Override
    Optional<ForeseenUpdate> foresee(Campaign campaign, Stack stack, Foresight foresight) {
      return foreseen(stack, Optional.empty());
    }

    @Override
    Optional<ForeseenUpdate> plan(Campaign campaign, Stack stack) {
      Optional<ForeseenUpdate> planned = foreseen(stack, Optional.of(kept(stack)));
      meanwhile.run();
      return planned;
    }

    private Optional<ForeseenUpdate> foreseen(Stack stack, Optional<Plan> plan) {
      if (faults.containsKey(stack.id())) {
        throw faults.get(stack.id());
      }
      return unconcerned.contains(stack.id())
          ? Optional.empty()
          : Optional.of(
              new ForeseenUpdate(
                  plan,
                  List.of(
                      new ResourceChange(
                          "web",
                          "OS::Nova::Server",
                          kinds.getOrDefault(stack.id(), ResourceChange.Kind.REPLACED),
                          List.of(),
                          List.of(),
                          List.of("image"),
                          Optional.of(Phrase.verbatim("It restarts.")))),
                  new CostDifference(new TreeMap<>(), List.of(), true),
                  null));
    }

    @Override
    public Optional<CampaignStack> begin(
        CampaignStore.Turn turn,
        CampaignStack row,
        Stack seen,
        PlanId plan,
        Instant at,
        Instant until) {
      if (!store.goOn(turn, until)) {
        return Optional.empty();
      }
      begun.add(row.stack());
      CampaignStack written =
          row.begun(seen.plan(), plan, seen.health().state() != StackHealth.State.DEGRADED, at);
      stacks.put(
          row.stack(), stack(seen, plan, StackStatus.UPDATING, seen.health(), seen.template()));
      store.write(turn, written);
      return Optional.of(written);
    }

    @Override
    PlanId planBack(Campaign campaign, CampaignStack row, Stack stack) {
      return new PlanId(UUID.randomUUID());
    }

    @Override
    public Optional<CampaignStack> beginBack(
        CampaignStore.Turn turn,
        CampaignStack row,
        Optional<PlanId> plan,
        Instant at,
        Instant until) {
      if (!store.goOn(turn, until)) {
        return Optional.empty();
      }
      back.add(row.stack());
      CampaignStack written = row.goingBack(plan.or(row::before).orElseThrow(), at);
      Stack seen = stacks.get(row.stack());
      stacks.put(
          row.stack(),
          stack(
              seen,
              written.plan().orElseThrow(),
              StackStatus.UPDATING,
              seen.health(),
              seen.template()));
      store.write(turn, written);
      return Optional.of(written);
    }
  }

  private Plan kept(Stack stack) {
    return new Plan(
        new PlanId(UUID.randomUUID()),
        stack.project(),
        stack.name(),
        TemplateSource.of(""),
        JsonValue.EMPTY_JSON_OBJECT,
        "",
        new Placement.Placed(List.of(), new Wiring(List.of(), List.of()), List.of(), Estimate.NONE),
        "",
        now,
        now.plus(Duration.ofHours(1)),
        "alice",
        Optional.empty());
  }

  private Stack stack(
      Stack of, PlanId plan, StackStatus status, StackHealth health, TemplateSource template) {
    return new Stack(
        of.id(),
        of.project(),
        of.name(),
        template,
        JsonValue.EMPTY_JSON_OBJECT,
        JsonValue.EMPTY_JSON_OBJECT,
        "",
        plan,
        status,
        Phrase.verbatim("The cloud is full."),
        health,
        now,
        1,
        0,
        now,
        now,
        "alice",
        RequestId.fresh(),
        StackCourse.FIRST);
  }

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    TenantService tenants = TenantStores.withProjects(database, DEMO, OTHERS);
    store = new Found();
    service = new CampaignService(store, tenants, clock);
    pass = new CampaignPass(store, new ByHand(), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private StackId add(String name) {
    return add(name, DEMO);
  }

  private StackId add(String name, ProjectId project) {
    StackId id = new StackId(new UUID(0, stacks.size() + 1L));
    stacks.put(
        id,
        new Stack(
            id,
            project,
            name,
            TemplateSource.of("a"),
            JsonValue.EMPTY_JSON_OBJECT,
            JsonValue.EMPTY_JSON_OBJECT,
            "",
            new PlanId(UUID.randomUUID()),
            StackStatus.CREATED,
            Phrase.verbatim(""),
            StackHealth.HEALTHY,
            now,
            1,
            0,
            now,
            now,
            "alice",
            RequestId.fresh(),
            StackCourse.FIRST));
    return id;
  }

  private void becomes(StackId id, StackStatus status, StackHealth health) {
    Stack seen = stacks.get(id);
    stacks.put(id, stack(seen, seen.plan(), status, health, seen.template()));
  }

  private void succeeds(StackId... ids) {
    for (StackId id : ids) {
      becomes(id, StackStatus.UPDATED, StackHealth.HEALTHY);
    }
  }

  private void later(Duration by) {
    now = now.plus(by);
    pass.run();
  }

  private void soon() {
    later(CampaignStep.SOON);
  }

  /** What was changed is looked at for a minute. */
  private void watched() {
    soon();
    later(Duration.ofMinutes(1));
  }

  private static CampaignPace pace(
      int canaries, int wave, Duration rest, boolean asks, int atOnce, int stopAfter) {
    return new CampaignPace(
        Optional.empty(),
        Optional.empty(),
        canaries,
        List.of(),
        new CampaignPace.Share(wave, false),
        rest,
        asks,
        atOnce,
        Duration.ofMinutes(1),
        new CampaignPace.Share(stopAfter, false),
        false);
  }

  private static CampaignWish wish(CampaignPace pace) {
    return wish(pace, false, List.of(DEMO));
  }

  private static CampaignWish wish(
      CampaignPace pace, boolean federation, List<ProjectId> projects) {
    return new CampaignWish(
        "debian",
        "it ends",
        new CampaignScope(federation, projects, List.of(), List.of()),
        new CampaignChange.Image("debian-12", "debian-13"),
        pace);
  }

  private UUID ready(CampaignPace pace) {
    UUID id = service.create(wish(pace), ALICE).campaign().id();
    pass.run();
    return id;
  }

  private UUID started(CampaignPace pace) {
    UUID id = ready(pace);
    service.start(id, ALICE);
    pass.run();
    return id;
  }

  private Campaign campaign(UUID id) {
    return service.find(id, ALICE).campaign();
  }

  private CampaignStack row(UUID id, StackId stack) {
    return service.report(id, ALICE).stream()
        .filter(one -> one.stack().equals(stack))
        .findFirst()
        .orElseThrow();
  }

  private CampaignStack.State state(UUID id, StackId stack) {
    return row(id, stack).state();
  }

  private static FaultCode fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  @Test
  void previewsEveryStackAndDoesNothingBeforeItIsStarted() {
    StackId one = add("one");
    StackId none = add("none");
    StackId odd = add("odd");
    unconcerned.add(none);
    faults.put(
        odd, new FederationFault(FaultCode.NO_CANDIDATE, Phrase.verbatim("No place is left.")));
    UUID id = service.create(wish(CampaignPace.TOGETHER), ALICE).campaign().id();
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.PREVIEWING);
    assertThat(fault(() -> service.start(id, ALICE))).isEqualTo(FaultCode.CONFLICT);

    pass.run();
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.READY);
    assertThat(state(id, one)).isEqualTo(CampaignStack.State.WAITING);
    assertThat(row(id, one).preview().orElseThrow().counts())
        .containsEntry(ResourceChange.Kind.REPLACED, 1);
    assertThat(state(id, none)).isEqualTo(CampaignStack.State.UNCONCERNED);
    assertThat(state(id, odd)).isEqualTo(CampaignStack.State.REFUSED);
    assertThat(row(id, odd).why()).map(Phrase::toString).contains("No place is left.");
    assertThat(service.totals(id, ALICE).count(ResourceChange.Kind.REPLACED)).isEqualTo(1);
    assertThat(service.totals(id, ALICE).interrupted()).isEqualTo(1);
    later(Duration.ofHours(1));
    assertThat(begun).isEmpty();
    assertThat(CampaignCsv.write(service.report(id, ALICE), now, Locale.ENGLISH))
        .startsWith("project,stack,stack_id,wave,state,")
        .contains("acme/demo,one,", ",waiting,", ",unconcerned,", "No place is left.");

    service.remove(id, ALICE);
    assertThat(fault(() -> service.find(id, ALICE))).isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void canariesGoFirstThenWavesWithARestBetween() {
    StackId one = add("one");
    StackId two = add("two");
    StackId three = add("three");
    StackId four = add("four");
    UUID id = started(pace(1, 2, Duration.ofMinutes(10), false, 5, 0));
    assertThat(begun).containsExactly(one);
    succeeds(one);
    soon();
    assertThat(state(id, one)).isEqualTo(CampaignStack.State.WATCHED);
    assertThat(begun).hasSize(1);
    later(Duration.ofMinutes(1));
    assertThat(state(id, one)).isEqualTo(CampaignStack.State.DONE);
    assertThat(campaign(id).restsUntil()).contains(now.plus(Duration.ofMinutes(10)));
    later(Duration.ofMinutes(9));
    assertThat(begun).hasSize(1);
    later(Duration.ofMinutes(1));
    assertThat(begun).containsExactly(one, two, three);
    succeeds(two, three);
    watched();
    later(Duration.ofMinutes(10));
    assertThat(begun).containsExactly(one, two, three, four);
    succeeds(four);
    watched();
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.COMPLETE);
    assertThat(campaign(id).endedAt()).contains(now);
    assertThat(row(id, one).took(now)).contains(Duration.ofSeconds(63));
    assertThat(service.find(id, ALICE).count(CampaignStack.State.DONE)).isEqualTo(4);
  }

  @Test
  void waitsForAPersonAndNeverChangesMoreAtOnceThanMayBe() {
    StackId one = add("one");
    StackId two = add("two");
    StackId three = add("three");
    UUID id = started(pace(1, 5, Duration.ZERO, true, 1, 0));
    succeeds(one);
    watched();
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.WAITING);
    later(Duration.ofDays(1));
    assertThat(begun).hasSize(1);
    service.resume(id, BOB);
    pass.run();
    assertThat(begun).containsExactly(one, two);
    assertThat(campaign(id).author().name()).isEqualTo("bob");
    soon();
    assertThat(begun).hasSize(2);
    succeeds(two);
    soon();
    assertThat(begun).containsExactly(one, two, three);
    succeeds(three);
    watched();
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.COMPLETE);
  }

  @Test
  void stopsWhenMoreHasFailedThanIsTakenAndGoesOnWhenAPersonWishes() {
    StackId one = add("one");
    StackId two = add("two");
    StackId three = add("three");
    UUID id = started(pace(0, 1, Duration.ZERO, false, 1, 0));
    PlanId before = row(id, one).before().orElseThrow();
    Stack seen = stacks.get(one);
    stacks.put(
        one, stack(seen, before, StackStatus.ROLLED_BACK, StackHealth.HEALTHY, seen.template()));
    soon();
    assertThat(state(id, one)).isEqualTo(CampaignStack.State.FAILED);
    assertThat(row(id, one).why().orElseThrow().toString()).contains("The cloud is full.");
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.HALTED);
    assertThat(campaign(id).why()).isPresent();
    later(Duration.ofHours(1));
    assertThat(begun).containsExactly(one);

    service.resume(id, ALICE);
    pass.run();
    assertThat(begun).containsExactly(one, two);
    succeeds(two);
    watched();
    assertThat(begun).containsExactly(one, two, three);
    // It has become unhealthy, which counts as well.
    becomes(
        three,
        StackStatus.UPDATED,
        StackHealth.of(StackHealth.State.DEGRADED, Phrase.verbatim("A part is missing.")));
    watched();
    assertThat(state(id, three)).isEqualTo(CampaignStack.State.WATCHED);
    later(CampaignStep.MOST_OF_RECOVERY);
    assertThat(state(id, three)).isEqualTo(CampaignStack.State.UNHEALTHY);
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.HALTED);

    service.rollBackFailed(id, ALICE);
    pass.run();
    assertThat(state(id, one)).isEqualTo(CampaignStack.State.TAKEN_BACK);
    assertThat(back).containsExactly(three);
    succeeds(three);
    soon();
    assertThat(state(id, three)).isEqualTo(CampaignStack.State.TAKEN_BACK);
    assertThat(state(id, two)).isEqualTo(CampaignStack.State.DONE);
  }

  @Test
  void whatIsNotAsItWasPreviewedIsLeftAsItIs() {
    StackId one = add("one");
    StackId two = add("two");
    StackId three = add("three");
    UUID id = ready(CampaignPace.TOGETHER);
    Stack seen = stacks.get(one);
    stacks.put(
        one, stack(seen, seen.plan(), seen.status(), seen.health(), TemplateSource.of("another")));
    kinds.put(two, ResourceChange.Kind.REMOVED);
    unconcerned.add(three);
    service.start(id, ALICE);
    pass.run();
    assertThat(begun).isEmpty();
    assertThat(service.report(id, ALICE))
        .allMatch(row -> row.state() == CampaignStack.State.SKIPPED && row.why().isPresent());
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.COMPLETE);
  }

  @Test
  void aStackToWhichSomethingElseIsDoneIsWaitedForAndThenLeft() {
    StackId one = add("one");
    StackId two = add("two");
    UUID id = ready(pace(0, 5, Duration.ZERO, false, 5, 0));
    becomes(one, StackStatus.UPDATING, StackHealth.HEALTHY);
    becomes(two, StackStatus.UPDATING, StackHealth.HEALTHY);
    service.start(id, ALICE);
    pass.run();
    assertThat(state(id, one)).isEqualTo(CampaignStack.State.AT_WORK);
    becomes(one, StackStatus.UPDATED, StackHealth.HEALTHY);
    later(CampaignStep.AT_WORK);
    assertThat(begun).containsExactly(one);
    for (int i = 0; i < 130; i++) {
      later(CampaignStep.AT_WORK);
    }
    assertThat(state(id, two)).isEqualTo(CampaignStack.State.SKIPPED);
  }

  @Test
  void aNewerPlanOfAPersonHolds() {
    StackId one = add("one");
    UUID id = started(CampaignPace.TOGETHER);
    Stack seen = stacks.get(one);
    stacks.put(
        one,
        stack(
            seen,
            new PlanId(UUID.randomUUID()),
            StackStatus.UPDATED,
            StackHealth.HEALTHY,
            seen.template()));
    soon();
    assertThat(state(id, one)).isEqualTo(CampaignStack.State.OVERTAKEN);
    service.takeBack(id, ALICE);
    pass.run();
    assertThat(back).isEmpty();
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.TAKEN_BACK);
  }

  @Test
  void takesBackWhatItHasChanged() {
    StackId one = add("one");
    StackId two = add("two");
    UUID id = started(pace(0, 5, Duration.ZERO, false, 5, 0));
    succeeds(one);
    watched();
    assertThat(state(id, one)).isEqualTo(CampaignStack.State.DONE);
    service.takeBack(id, ALICE);
    pass.run();
    assertThat(back).containsExactly(one);
    // What is under way is finished first.
    succeeds(one, two);
    soon();
    assertThat(back).containsExactly(one, two);
    becomes(two, StackStatus.UPDATE_FAILED, StackHealth.HEALTHY);
    soon();
    assertThat(state(id, one)).isEqualTo(CampaignStack.State.TAKEN_BACK);
    assertThat(state(id, two)).isEqualTo(CampaignStack.State.KEPT);
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.TAKEN_BACK);
  }

  @Test
  void stopsWhenItsAuthorMayNotGoOn() {
    add("one");
    UUID id = ready(CampaignPace.TOGETHER);
    service.start(id, ALICE);
    forbidden.add(DEMO);
    pass.run();
    assertThat(begun).isEmpty();
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.HALTED);
    assertThat(campaign(id).why().orElseThrow().toString()).contains("alice", "acme/demo");
  }

  @Test
  void aPauseHoldsAlsoForAStackThatIsBeingPlanned() {
    add("one");
    UUID id = ready(CampaignPace.TOGETHER);
    service.start(id, ALICE);
    meanwhile = () -> service.pause(id, BOB);
    pass.run();
    assertThat(begun).isEmpty();
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.PAUSED);
    meanwhile = () -> {};
    service.resume(id, ALICE);
    pass.run();
    assertThat(begun).hasSize(1);
    service.end(id, ALICE);
    assertThat(fault(() -> service.resume(id, ALICE))).isEqualTo(FaultCode.CONFLICT);
  }

  @Test
  void beginsAtItsMoment() {
    add("one");
    CampaignPace all = CampaignPace.TOGETHER;
    UUID id =
        ready(
            new CampaignPace(
                Optional.of(LocalDateTime.parse("2026-11-25T12:00")),
                Optional.of(ZoneId.of("Europe/Paris")),
                0,
                List.of(),
                all.wave(),
                all.rest(),
                false,
                5,
                all.watch(),
                all.stopAfter(),
                false));
    service.start(id, ALICE);
    pass.run();
    assertThat(campaign(id).status()).isEqualTo(Campaign.Status.SCHEDULED);
    later(Duration.ofMinutes(59));
    assertThat(begun).isEmpty();
    later(Duration.ofMinutes(1));
    soon();
    assertThat(begun).hasSize(1);
  }

  @Test
  void isSeenAndCommandedByThoseOfAllItsProjectsOnly() {
    add("one");
    add("theirs", OTHERS);
    UUID id = ready(CampaignPace.TOGETHER);
    assertThat(service.report(id, ALICE)).extracting(CampaignStack::name).containsExactly("one");
    for (Caller stranger : List.of(EVE, ADMIN)) {
      assertThat(fault(() -> service.find(id, stranger))).isEqualTo(FaultCode.NOT_FOUND);
      assertThat(fault(() -> service.start(id, stranger))).isEqualTo(FaultCode.NOT_FOUND);
      assertThat(service.list(Optional.empty(), Optional.empty(), 10, stranger).campaigns())
          .isEmpty();
    }
    assertThat(fault(() -> service.create(wish(CampaignPace.TOGETHER), EVE)))
        .isEqualTo(FaultCode.NOT_FOUND);
    CampaignWish everywhere = wish(CampaignPace.TOGETHER, true, List.of());
    assertThat(fault(() -> service.create(everywhere, ALICE))).isEqualTo(FaultCode.FORBIDDEN);
    UUID all = service.create(everywhere, ADMIN).campaign().id();
    pass.run();
    assertThat(service.report(all, ADMIN)).hasSize(2);
    assertThat(fault(() -> service.find(all, ALICE))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(service.list(Optional.empty(), Optional.empty(), 10, ALICE).campaigns())
        .extracting(view -> view.campaign().id())
        .containsExactly(id);
  }

  @Test
  void isListedAndReadInPages() {
    for (int i = 0; i < 5; i++) {
      add("s" + i);
    }
    UUID first = ready(pace(1, 2, Duration.ZERO, false, 1, 0));
    now = now.plusSeconds(1);
    UUID second = ready(CampaignPace.TOGETHER);
    CampaignPage page = service.list(Optional.empty(), Optional.empty(), 1, ALICE);
    assertThat(page.campaigns()).extracting(one -> one.campaign().id()).containsExactly(second);
    assertThat(service.list(Optional.empty(), page.next(), 1, ALICE).campaigns())
        .extracting(one -> one.campaign().id())
        .containsExactly(first);
    List<Integer> waves = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      CampaignStackPage stacksPage = service.stacks(first, Optional.empty(), next, 2, ALICE);
      stacksPage.stacks().forEach(one -> waves.add(one.wave()));
      next = stacksPage.next();
    } while (next.isPresent());
    assertThat(waves).containsExactly(0, 1, 1, 2, 2);
    assertThat(fault(() -> service.stacks(first, Optional.empty(), Optional.of("?"), 2, ALICE)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
  }

  @Test
  void keepsAValueThatATemplateHidesToItself() {
    StackId one = add("one");
    Stack seen = stacks.get(one);
    stacks.put(
        one,
        stack(
            seen,
            seen.plan(),
            seen.status(),
            seen.health(),
            TemplateSource.of(
                """
                heat_template_version: 2018-08-31
                parameters: {key: {type: string, hidden: true, default: x}}
                resources: {v: {type: OS::Heat::Value, properties: {value: 1}}}
                """)));
    UUID id =
        service
            .create(
                new CampaignWish(
                    "key",
                    "rotation",
                    new CampaignScope(false, List.of(DEMO), List.of(new Glob("o?e")), List.of()),
                    new CampaignChange.Parameter("key", Json.createValue("geheim")),
                    CampaignPace.TOGETHER),
                ALICE)
            .campaign()
            .id();
    pass.run();
    assertThat(campaign(id).secret()).isTrue();
    assertThat(campaign(id).toString()).doesNotContain("geheim");
  }
}
