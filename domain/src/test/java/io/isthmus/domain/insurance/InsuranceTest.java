package io.isthmus.domain.insurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.metrics.InsuranceFigures;
import io.isthmus.domain.placement.CostDifference;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.LossPlan;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.domain.placement.LostResource.Outcome;
import io.isthmus.domain.stack.InMemoryStackStore;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts over a real database; what a loss does to a stack is said by hand. */
class InsuranceTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final CloudId BHS = new CloudId("bhs");
  private static final ProjectId ACME = ProjectId.parse("acme/demo");
  private static final ProjectId GLOBEX = ProjectId.parse("globex/demo");
  private static final Caller ADMIN =
      new Caller("0", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-1", "bob", Set.of("globex"), Set.of());

  private Instant now = Instant.parse("2026-11-28T10:00:00Z");

  /** How long planning one stack takes. */
  private Duration planning = Duration.ofMillis(10);

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

  private final Map<StackId, RuntimeException> faults = new HashMap<>();
  private final Map<StackId, List<LostResource>> losses = new HashMap<>();
  private final List<String> planned = new ArrayList<>();
  private final Set<Foresight> foresights = new HashSet<>();
  private Runnable meanwhile = () -> {};
  private TestDatabase database;
  private TenantService tenants;
  private InsuranceStore store;
  private InsurancePass pass;
  private InsuranceService service;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    tenants = TenantStores.withProjects(database, ACME, GLOBEX);
    database.execute(
        "insert into cloud_operator (id, name) values ('op', 'Operator');"
            + " insert into cloud (id, name, operator, hue, auth_url, endpoint_interface, facts)"
            + " values ('gra', 'Gravelines', 'op', 1, 'https://gra', 'public', '{}'),"
            + " ('bhs', 'Beauharnois', 'op', 2, 'https://bhs', 'public', '{}')");
    store = new InsuranceStore(database.dataSource());
    pass = another();
    service = new InsuranceService(store, tenants, clock);
  }

  private InsurancePass another() {
    return new InsurancePass(store, this::foresee, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private LossPlan foresee(InsuranceStore.Presence stack, CloudId cloud, Foresight foresight) {
    now = now.plus(planning);
    planned.add(cloud + "/" + stack.name());
    foresights.add(foresight);
    meanwhile.run();
    if (faults.containsKey(stack.stack())) {
      throw faults.get(stack.stack());
    }
    return new LossPlan(
        losses.getOrDefault(stack.stack(), List.of(lost("web", Outcome.MOVABLE))),
        new CostDifference(new TreeMap<>(), List.of(), true));
  }

  private static LostResource lost(String resource, Outcome outcome) {
    boolean goes = outcome == Outcome.MOVES || outcome == Outcome.MOVABLE;
    return new LostResource(
        resource,
        "OS::Nova::Server",
        List.of(Place.inRegion(GRA, "R")),
        goes ? List.of(Place.inRegion(BHS, "R")) : List.of(),
        outcome,
        List.of(Phrase.verbatim("Because.")),
        List.of(),
        Optional.empty());
  }

  /** A stack with one server in each of some clouds. */
  private StackId stack(ProjectId project, String name, String... clouds) {
    UUID id = UUID.randomUUID();
    database.execute(
        ("insert into stack (id, tenant, project, name, template, files, parameters, computed,"
                + " policy, plan, status, reason, health, action_since, version, last_event,"
                + " created_at, updated_at, created_by, request_id) values ('%s', '%s', '%s', '%s',"
                + " '', '{}', '', '', '', '%s', 'CREATE_COMPLETE', '{}', '{}', now(), 1, 0, now(),"
                + " now(), 'alice', 'r')")
            .formatted(id, project.tenant(), project.project(), name, UUID.randomUUID()));
    for (String cloud : clouds) {
      part(id, "web-" + cloud, cloud);
    }
    return new StackId(id);
  }

  private void part(UUID stack, String resource, String cloud) {
    database.execute(
        ("insert into stack_part (stack, resource, cloud, region, generation, type, resolutions,"
                + " requires, deletion_policy, goal, status, health, attributes, attempts,"
                + " replacements, since, updated_at) values ('%s', '%s', '%s', 'R', 1,"
                + " 'OS::Nova::Server', '[]', '[]', 'DELETE', 'PRESENT', 'CREATE_COMPLETE', '{}',"
                + " '', 0, 0, now(), now())")
            .formatted(stack, resource, cloud));
  }

  private Insurance of(CloudId cloud, Caller caller) {
    return service.list(Optional.empty(), caller).stream()
        .filter(one -> one.cloud().equals(cloud))
        .findFirst()
        .orElseThrow();
  }

  private InsurancePage page(CloudId cloud, Caller caller) {
    return service.page(cloud, Optional.empty(), Optional.empty(), Optional.empty(), 100, caller);
  }

  private void later(Duration by) {
    now = now.plus(by);
    pass.run();
  }

  private static FaultCode fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  @Test
  void countsEachCloudOneStackAfterTheOtherWithOneForesight() {
    StackId shop = stack(ACME, "shop", "gra", "bhs");
    stack(ACME, "blog", "gra");
    losses.put(shop, List.of(lost("web", Outcome.MOVES), lost("db", Outcome.NO_PLACE)));
    assertThat(service.list(Optional.empty(), ADMIN)).isEmpty();

    pass.run();

    assertThat(planned).containsExactly("bhs/shop", "gra/blog", "gra/shop");
    assertThat(foresights).as("one for each cloud").hasSize(2);
    Insurance gra = of(GRA, ADMIN);
    assertThat(gra.stacks()).isEqualTo(2);
    assertThat(gra.of(Outcome.MOVES)).isEqualTo(1);
    assertThat(gra.of(Outcome.MOVABLE)).isEqualTo(1);
    assertThat(gra.of(Outcome.NO_PLACE)).isEqualTo(1);
    assertThat(gra.countedAt()).contains(now);
    assertThat(gra.stale()).isFalse();
    assertThat(gra.holds()).isFalse();
    InsurancePage page = page(GRA, ADMIN);
    assertThat(page.stacks()).extracting(InsuredStack::name).containsExactly("blog", "shop");
    assertThat(page.stacks().get(1).resources())
        .as("the worst first")
        .containsExactly(lost("db", Outcome.NO_PLACE), lost("web", Outcome.MOVES));
    assertThat(
            service
                .page(
                    GRA,
                    Optional.empty(),
                    Optional.of(Outcome.NO_PLACE),
                    Optional.empty(),
                    10,
                    ADMIN)
                .stacks())
        .extracting(InsuredStack::name)
        .containsExactly("shop");
  }

  @Test
  void countsAgainEveryFewMinutesAndSoonWhenStacksChange() {
    StackId shop = stack(ACME, "shop", "gra");
    pass.run();
    planned.clear();
    later(InsurancePass.SOONEST.plus(InsurancePass.NOTICE));
    assertThat(planned).as("nothing has changed").isEmpty();

    database.execute(
        "update stack set plan = '%s' where id = '%s'".formatted(UUID.randomUUID(), shop));
    assertThat(of(GRA, ALICE).changed()).isEqualTo(1);
    assertThat(of(GRA, ALICE).stale()).isTrue();
    stack(ACME, "new", "gra");
    assertThat(of(GRA, ALICE).uncounted()).isEqualTo(1);
    later(InsurancePass.NOTICE);
    assertThat(planned).containsExactly("gra/new", "gra/shop");
    assertThat(of(GRA, ALICE).stale()).isFalse();

    planned.clear();
    later(InsurancePass.EVERY.plusSeconds(1));
    assertThat(planned).containsExactlyInAnyOrder("gra/new", "gra/shop");
    now = now.plus(Insurance.FRESH).plusSeconds(1);
    assertThat(of(GRA, ALICE).stale()).as("nobody counts any more").isTrue();
  }

  @Test
  void whatIsGoneIsCountedNoMore() {
    StackId shop = stack(ACME, "shop", "gra");
    stack(ACME, "blog", "gra");
    pass.run();
    database.execute("update stack set status = 'DELETE_COMPLETE' where id = '%s'".formatted(shop));
    assertThat(of(GRA, ALICE).stacks()).isEqualTo(1);
    assertThat(of(GRA, ALICE).of(Outcome.MOVABLE)).isEqualTo(1);

    later(InsurancePass.EVERY.plusSeconds(1));

    assertThat(page(GRA, ALICE).stacks()).extracting(InsuredStack::name).containsExactly("blog");
    database.execute("delete from stack_part where cloud = 'gra'");
    assertThat(service.list(Optional.empty(), ALICE)).isEmpty();
    assertThat(fault(() -> page(GRA, ALICE))).isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void aStackThatCannotBePlannedIsUnknownAndHoldsUpNoOther() {
    StackId busy = stack(ACME, "a-busy", "gra");
    StackId broken = stack(ACME, "b-broken", "gra");
    stack(ACME, "c-fine", "gra");
    faults.put(busy, new FederationFault(FaultCode.CONFLICT, Phrase.verbatim("It is at work.")));
    faults.put(broken, new IllegalStateException("a defect"));

    pass.run();

    InsurancePage page = page(GRA, ALICE);
    assertThat(page.insurance().unknown()).isEqualTo(2);
    assertThat(page.insurance().of(Outcome.MOVABLE)).isEqualTo(1);
    assertThat(page.stacks().get(0).problem()).contains(Phrase.verbatim("It is at work."));
    assertThat(page.stacks().get(1).problem().orElseThrow().toString())
        .contains("b-broken")
        .doesNotContain("defect");
  }

  @Test
  void nobodySeesWhatWouldBecomeOfOthersStacks() {
    stack(ACME, "shop", "gra", "bhs");
    StackId secret = stack(GLOBEX, "secret", "gra");
    losses.put(secret, List.of(lost("hidden", Outcome.NO_PLACE)));
    pass.run();

    assertThat(service.list(Optional.empty(), BOB))
        .extracting(Insurance::cloud)
        .containsExactly(GRA);
    assertThat(of(GRA, ALICE).stacks()).isEqualTo(1);
    assertThat(of(GRA, ALICE).of(Outcome.NO_PLACE)).isZero();
    assertThat(of(GRA, BOB).of(Outcome.NO_PLACE)).isEqualTo(1);
    assertThat(page(GRA, ALICE).stacks().toString()).doesNotContain("secret", "hidden");
    assertThat(fault(() -> page(BHS, BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> page(new CloudId("none"), BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> service.list(Optional.of(GLOBEX), ALICE)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> service.glance(Optional.of(GLOBEX), ALICE)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(
            fault(
                () ->
                    service.page(
                        GRA, Optional.of(GLOBEX), Optional.empty(), Optional.empty(), 10, ALICE)))
        .isEqualTo(FaultCode.NOT_FOUND);
    Caller nobody = new Caller("n-1", "nora", Set.of(), Set.of());
    assertThat(service.list(Optional.empty(), nobody)).isEmpty();
    assertThat(of(GRA, ADMIN).stacks()).isEqualTo(2);
    assertThat(service.list(Optional.of(GLOBEX), ADMIN)).hasSize(1);
    // A cursor of another's list opens nothing.
    String cursor =
        service
            .page(GRA, Optional.empty(), Optional.empty(), Optional.empty(), 1, ADMIN)
            .next()
            .orElseThrow();
    assertThat(
            service
                .page(GRA, Optional.empty(), Optional.empty(), Optional.of(cursor), 10, ALICE)
                .stacks())
        .isEmpty();
    for (String wrong : List.of("x", "%%%", "YQ")) {
      assertThat(
              fault(
                  () ->
                      service.page(
                          GRA, Optional.empty(), Optional.empty(), Optional.of(wrong), 10, BOB)))
          .isEqualTo(FaultCode.REQUEST_INVALID);
    }
  }

  @Test
  void pagesTellEachStackOnce() {
    for (int i = 0; i < 7; i++) {
      stack(i % 2 == 0 ? ACME : GLOBEX, "s" + i, "gra");
    }
    pass.run();
    List<String> names = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      InsurancePage page = service.page(GRA, Optional.empty(), Optional.empty(), next, 2, ADMIN);
      page.stacks().forEach(one -> names.add(one.name()));
      next = page.next();
    } while (next.isPresent());
    assertThat(names).containsExactly("s0", "s2", "s4", "s6", "s1", "s3", "s5");
    assertThat(
            fault(
                () ->
                    service.page(
                        GRA, Optional.empty(), Optional.empty(), Optional.empty(), 501, ADMIN)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
  }

  @Test
  void oneServerCountsACloudAtATimeAndAnotherGoesOnWhenItIsKilled() {
    for (int i = 0; i < 6; i++) {
      stack(ACME, "s" + i, "gra");
    }
    planning = InsurancePass.MOST_OF_WAKE.dividedBy(2);
    pass.run();
    assertThat(planned).as("a wake is bounded").hasSize(2);
    InsurancePass other = another();
    other.run();
    assertThat(planned).as("bhs is empty, and gra is being counted").hasSize(2);
    assertThat(of(GRA, ADMIN).counting()).isTrue();
    assertThat(of(GRA, ADMIN).stale()).isTrue();

    now = now.plus(InsurancePass.LEASE).plusSeconds(1);
    planned.clear();
    other.run();
    assertThat(planned).as("begun again").containsExactly("gra/s0", "gra/s1");
    planned.clear();
    pass.run();
    assertThat(planned).as("the one that was paused goes no further").isEmpty();
    other.run();
    other.run();
    other.run();
    assertThat(of(GRA, ADMIN).counting()).isFalse();
    assertThat(of(GRA, ADMIN).uncounted()).isZero();
  }

  @Test
  void whoHasLostTheTurnWritesNothing() {
    stack(ACME, "shop", "gra");
    store.notice(now);
    InsuranceStore.Turn bhs = store.take(now.plusSeconds(60), now).orElseThrow();
    InsuranceStore.Turn gra = store.take(now.plusSeconds(60), now).orElseThrow();
    assertThat(List.of(bhs.cloud(), gra.cloud())).containsExactly(BHS, GRA);
    assertThat(store.take(now.plusSeconds(60), now)).isEmpty();
    now = now.plusSeconds(61);
    InsuranceStore.Turn again = store.take(now.plusSeconds(60), now).orElseThrow();
    again = again.cloud().equals(GRA) ? again : store.take(now.plusSeconds(60), now).orElseThrow();
    assertThat(again.cloud()).isEqualTo(GRA);

    InsuredStack told =
        new InsuredStack(
            new StackId(UUID.randomUUID()),
            ACME,
            "shop",
            now,
            false,
            Map.of(),
            1,
            Optional.empty(),
            List.of(),
            0);
    assertThatThrownBy(() -> store.write(gra, UUID.randomUUID(), told))
        .isInstanceOf(InsuranceStore.TurnLost.class);
    assertThatThrownBy(() -> store.renew(gra, now)).isInstanceOf(InsuranceStore.TurnLost.class);
    assertThatThrownBy(() -> store.complete(gra, now, now, now))
        .isInstanceOf(InsuranceStore.TurnLost.class);
    store.complete(again, now.plusSeconds(300), now, now);
    assertThat(store.take(now.plusSeconds(60), now)).isEmpty();
  }

  @Test
  void whatTakesLongIsCountedLessOftenHoweverMuchChanges() {
    for (int i = 0; i < 10; i++) {
      stack(ACME, "s" + i, "gra");
    }
    planning = Duration.ofSeconds(30);
    for (int i = 0; i < 10; i++) {
      pass.run();
    }
    pass.run();
    assertThat(planned).hasSize(10);
    stack(ACME, "new", "gra");
    later(Duration.ofMinutes(15));
    assertThat(planned).as("a fifth of the time at most").hasSize(10);
    later(Duration.ofMinutes(6));
    assertThat(planned).hasSizeGreaterThan(10);
  }

  @Test
  void aCloudThatIsRemovedMeanwhileIsForgotten() {
    stack(ACME, "a", "gra");
    stack(ACME, "b", "gra");
    meanwhile = () -> database.execute("delete from cloud where id = 'gra'");
    pass.run();
    assertThat(planned).hasSize(1);
    meanwhile = () -> {};
    later(InsurancePass.NOTICE);
    assertThat(service.list(Optional.empty(), ADMIN))
        .extracting(Insurance::cloud)
        .containsExactly(BHS);
  }

  @Test
  void keepsSoManyResourcesAndReasonsAndCountsTheRest() {
    StackId large = stack(ACME, "large", "gra");
    List<LostResource> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(lost("web/" + i, i < 490 ? Outcome.MOVES : Outcome.NO_PLACE));
    }
    losses.put(large, all);
    pass.run();
    InsuredStack told = page(GRA, ALICE).stacks().get(0);
    assertThat(told.resources()).hasSize(InsuredStack.MOST_TOLD);
    assertThat(told.more()).isEqualTo(300);
    assertThat(told.of(Outcome.MOVES)).isEqualTo(490);
    assertThat(told.resources().subList(0, 10)).allMatch(one -> one.outcome() == Outcome.NO_PLACE);
  }

  @Test
  void figuresAreThoseOfAllStacks() {
    stack(ACME, "shop", "gra");
    stack(GLOBEX, "blog", "gra");
    pass.run();
    now = now.plusSeconds(30);
    List<InsuranceFigures.OfCloud> figures = new StoredInsuranceFigures(store, clock).read();
    assertThat(figures).extracting(InsuranceFigures.OfCloud::cloud).containsExactly(BHS, GRA);
    assertThat(figures.get(1).parts())
        .containsEntry("movable", 2)
        .containsEntry("no_place", 0)
        .containsEntry("unknown", 0);
    assertThat(figures.get(1).age()).contains(Duration.ofSeconds(30));
  }

  @Test
  void twoThousandStacksAreReadInAnInstant() {
    database.execute(
        "insert into stack (id, tenant, project, name, template, files, parameters, computed,"
            + " policy, plan, status, reason, health, action_since, version, last_event,"
            + " created_at, updated_at, created_by, request_id) select gen_random_uuid(), 'acme',"
            + " 'demo', 's' || n, '', '{}', '', '', '', gen_random_uuid(), 'CREATE_COMPLETE', '{}',"
            + " '{}', now(), 1, 0, now(), now(), 'alice', 'r' from generate_series(1, 2000) n;"
            + " insert into stack_part (stack, resource, cloud, region, generation, type,"
            + " resolutions, requires, deletion_policy, goal, status, health, attributes, attempts,"
            + " replacements, since, updated_at) select id, 'web/' || n, case when n < 6 then 'gra'"
            + " else 'bhs' end, 'R', 1, 'OS::Nova::Server', '[]', '[]', 'DELETE', 'PRESENT',"
            + " 'CREATE_COMPLETE', '{}', '', 0, 0, now(), now() from stack,"
            + " generate_series(1, 10) n; analyze");
    planning = Duration.ZERO;
    pass.run();
    assertThat(planned).hasSize(4000);
    long began = System.nanoTime();
    assertThat(of(GRA, ALICE).stacks()).isEqualTo(2000);
    assertThat(page(GRA, ALICE).stacks()).hasSize(100);
    store.notice(now);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    System.out.println(
        "2,000 stacks, 20,000 parts: list, page and notice in " + took.toMillis() + " ms");
    assertThat(took).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aRehearsalIsKeptAndOnlyItsProjectSeesIt() {
    InMemoryStackStore stacks = new InMemoryStackStore();
    Stack stack = TestStacks.stack("shop", now, UUID.randomUUID());
    stacks.add(
        stack,
        new TestStacks().add("web", TestStacks.SERVER, "gra").parts(now),
        Phrase.of("stack.requested", "shop", "alice"));
    LossPlan plan =
        new LossPlan(
            List.of(lost("web", Outcome.MOVES), lost("db", Outcome.STAYS_DOWN)),
            new CostDifference(new TreeMap<>(), List.of(), true));
    RehearsalService rehearsals =
        new RehearsalService(
            stacks,
            new RehearsalStore(database.dataSource()),
            (id, cloud, foresight) -> plan,
            tenants,
            clock);

    Rehearsal one = rehearsals.rehearse(stack.id(), GRA, ALICE);

    assertThat(one.report().resources())
        .extracting(LostResource::resource)
        .containsExactly("db", "web");
    assertThat(rehearsals.find(one.id(), ALICE)).isEqualTo(one);
    assertThat(rehearsals.list(stack.id(), ALICE)).containsExactly(one);
    assertThat(fault(() -> rehearsals.find(one.id(), BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> rehearsals.list(stack.id(), BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> rehearsals.rehearse(stack.id(), GRA, BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
    for (String mode : List.of("Real", "wet", "")) {
      FederationFault refused =
          catchThrowableOfType(FederationFault.class, () -> Rehearsal.Mode.parse(mode));
      assertThat(refused.code()).isEqualTo(FaultCode.REQUEST_INVALID);
      assertThat(refused.violations().get(0).pointer()).isEqualTo("mode");
    }
    assertThat(fault(() -> rehearsals.rehearse(stack.id(), BHS, ALICE)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    for (int i = 0; i < RehearsalService.MOST; i++) {
      now = now.plusSeconds(1);
      rehearsals.rehearse(stack.id(), GRA, ALICE);
    }
    assertThat(rehearsals.list(stack.id(), ALICE)).hasSize(RehearsalService.MOST);
    assertThat(fault(() -> rehearsals.find(one.id(), ALICE))).isEqualTo(FaultCode.NOT_FOUND);
  }
}
