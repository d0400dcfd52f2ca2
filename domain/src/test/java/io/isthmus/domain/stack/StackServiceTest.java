package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.tenant.ProjectRoles;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStore;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StackServiceTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
  private static final ProjectId PROJECT = TestStacks.PROJECT;
  private static final PlanId PLAN = new PlanId(new UUID(3, 3));
  private static final Caller ALICE = new Caller("a", "alice", Set.of("acme"), Set.of());
  private static final Caller READER = new Caller("r", "rita", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b", "bob", Set.of("globex"), Set.of());

  private final InMemoryStackStore store = new InMemoryStackStore();
  private final List<StackWanted> wishes = new ArrayList<>();
  private final TestStacks made =
      new TestStacks()
          .add("net", TestStacks.NET, "gra")
          .stretch("net", "bhs")
          .add("web", TestStacks.SERVER, "gra", "net");
  private StackUpdate update = new StackUpdate(List.of(), List.of(), List.of());
  private final StackService service =
      new StackService(
          store,
          () -> new Accepting(),
          () -> stack -> made.graph(),
          new TenantService(new Roles()),
          wishes::add,
          new ComputedValues(new Random(1)),
          new RoomToRetry(
              new FixedFederation(() -> new FederationSnapshot(NOW, List.of(), List.of())),
              (stack, graph, standing) -> new Relocation.Stays(),
              () -> stack -> made.graph()),
          Clock.fixed(NOW, ZoneOffset.UTC));

  private final class Accepting implements Plans {
    @Override
    public Accepted accept(PlanId id, Caller caller) {
      return accepted(id, made);
    }

    @Override
    public AcceptedUpdate acceptLeaving(PlanId id, StackId stack) {
      return acceptUpdate(id, stack, ALICE);
    }

    @Override
    public AcceptedUpdate acceptUpdate(PlanId id, StackId stack, Caller caller) {
      return new AcceptedUpdate(
          id,
          TemplateSource.of("heat_template_version: 2021-04-16"),
          JsonValue.EMPTY_JSON_OBJECT,
          "",
          update);
    }
  }

  private static Plans.Accepted accepted(PlanId id, TestStacks made) {
    return new Plans.Accepted(
        id,
        PROJECT,
        TemplateSource.of("heat_template_version: 2021-04-16"),
        JsonValue.EMPTY_JSON_OBJECT,
        "",
        new Placement.Placed(
            made.planned(), new Wiring(List.of(), List.of()), List.of(), Estimate.NONE));
  }

  private StackId create(String name) {
    return service.create(new CreateStack(PROJECT, name, PLAN), ALICE);
  }

  private static FaultCode code(Runnable action) {
    return catchThrowableOfType(FederationFault.class, action::run).code();
  }

  @Test
  void storesWhatThePlanSaysAndWakesTheReconciler() {
    StackId id = create("shop");

    StackView view = service.require(id, ALICE);
    assertThat(view.status()).isEqualTo(StackStatus.CREATING);
    assertThat(view.parts()).isEqualTo(3);
    assertThat(view.partsDone()).isZero();
    assertThat(view.createdBy()).isEqualTo("alice");
    assertThat(service.parts(id, ALICE)).hasSize(3);
    assertThat(service.events(id, 0, 10, ALICE)).hasSize(1);
    assertThat(wishes).containsExactly(new StackWanted(id));
    assertThat(store.lease("any", NOW, Duration.ofSeconds(1))).isPresent();
  }

  @Test
  void findsTheStackThatAPlanBecameForThoseWhoMaySeeIt() {
    assertThat(service.ofPlan(PLAN, ALICE)).isEmpty();
    StackId id = create("shop");
    assertThat(service.ofPlan(PLAN, ALICE)).contains(id);
    assertThat(service.ofPlan(PLAN, BOB)).isEmpty();
    assertThat(service.ofPlan(new PlanId(new UUID(4, 4)), ALICE)).isEmpty();
  }

  @Test
  void showsAnotherTenantsStackExactlyLikeAMissingOne() {
    StackId id = create("shop");
    StackId missing = new StackId(UUID.randomUUID());

    FederationFault foreign =
        catchThrowableOfType(FederationFault.class, () -> service.require(id, BOB));
    FederationFault none =
        catchThrowableOfType(FederationFault.class, () -> service.require(missing, BOB));
    assertThat(foreign.code()).isEqualTo(none.code()).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(foreign.getMessage().replace(id.toString(), missing.toString()))
        .isEqualTo(none.getMessage());
    assertThat(code(() -> service.delete(id, OptionalLong.empty(), BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(code(() -> service.outputs(id, BOB))).isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void letsAReaderLookButNotDelete() {
    StackId id = create("shop");

    assertThat(service.require(id, READER).name()).isEqualTo("shop");
    assertThat(code(() -> service.delete(id, OptionalLong.empty(), READER)))
        .isEqualTo(FaultCode.FORBIDDEN);
  }

  @Test
  void deletesOnceHoweverOftenItIsAsked() {
    StackId id = create("shop");
    service.delete(id, OptionalLong.empty(), ALICE);
    service.delete(id, OptionalLong.empty(), ALICE);

    assertThat(service.require(id, ALICE).status()).isEqualTo(StackStatus.DELETING);
    assertThat(service.events(id, 0, 10, ALICE)).hasSize(2);
  }

  @Test
  void takesUpACreationThatFailedAndNothingElse() {
    StackId id = create("shop");
    service.retry(id, OptionalLong.empty(), ALICE);
    assertThat(service.events(id, 0, 10, ALICE)).as("under way already").hasSize(1);
    failCreation();
    wishes.clear();

    assertThat(code(() -> service.retry(id, OptionalLong.empty(), READER)))
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(code(() -> service.retry(id, OptionalLong.of(1), ALICE)))
        .isEqualTo(FaultCode.STALE_VERSION);
    service.retry(id, OptionalLong.of(service.require(id, ALICE).version()), ALICE);

    assertThat(service.require(id, ALICE).status()).isEqualTo(StackStatus.CREATING);
    assertThat(wishes).containsExactly(new StackWanted(id));
    service.delete(id, OptionalLong.empty(), ALICE);
    assertThat(code(() -> service.retry(id, OptionalLong.empty(), ALICE)))
        .isEqualTo(FaultCode.CONFLICT);
  }

  @Test
  void updatesAStackThatIsAtRestAndNoOther() {
    StackId id = create("shop");
    PlanId next = new PlanId(new UUID(5, 5));
    update = new StackUpdate(made.planned().subList(0, 2), List.of(), List.of());
    assertThat(code(() -> service.update(id, next, true, OptionalLong.empty(), ALICE)))
        .as("being created")
        .isEqualTo(FaultCode.CONFLICT);
    failCreation();
    wishes.clear();
    assertThat(code(() -> service.update(id, next, true, OptionalLong.empty(), READER)))
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(code(() -> service.update(id, next, true, OptionalLong.empty(), BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(code(() -> service.update(id, next, true, OptionalLong.of(1), ALICE)))
        .isEqualTo(FaultCode.STALE_VERSION);

    service.update(id, next, false, OptionalLong.empty(), ALICE);

    Stack stack = store.find(id).orElseThrow();
    assertThat(stack.status()).isEqualTo(StackStatus.UPDATING);
    assertThat(stack.plan()).isEqualTo(next);
    assertThat(stack.course()).isEqualTo(new StackCourse(2, OptionalInt.of(1), true, false));
    assertThat(store.parts(id))
        .filteredOn(part -> part.goal() == StackPart.Goal.PRESENT)
        .hasSize(2);
    assertThat(service.ofPlan(next, ALICE)).contains(id);
    assertThat(service.ofPlan(PLAN, ALICE)).as("what it was").contains(id);
    assertThat(wishes).containsExactly(new StackWanted(id));
  }

  @Test
  void cancelsAnUpdateThatIsUnderWayAndNothingElse() {
    StackId id = create("shop");
    assertThat(code(() -> service.cancel(id, false, OptionalLong.empty(), ALICE)))
        .isEqualTo(FaultCode.CONFLICT);
    failCreation();
    update = new StackUpdate(made.planned(), List.of(), List.of());
    service.update(id, new PlanId(new UUID(5, 5)), true, OptionalLong.empty(), ALICE);
    assertThat(code(() -> service.cancel(id, true, OptionalLong.empty(), READER)))
        .isEqualTo(FaultCode.FORBIDDEN);

    service.cancel(id, false, OptionalLong.empty(), ALICE);
    service.cancel(id, false, OptionalLong.empty(), ALICE);
    assertThat(service.require(id, ALICE).status()).isEqualTo(StackStatus.UPDATE_FAILED);
    service.cancel(id, true, OptionalLong.empty(), ALICE);
    service.cancel(id, true, OptionalLong.empty(), ALICE);
    assertThat(service.require(id, ALICE).status()).isEqualTo(StackStatus.ROLLING_BACK);
    service.delete(id, OptionalLong.empty(), ALICE);
    assertThat(code(() -> service.cancel(id, true, OptionalLong.empty(), ALICE)))
        .isEqualTo(FaultCode.CONFLICT);
  }

  private void complete(StackId id) {
    Lease lease = store.lease("any", NOW, Duration.ofSeconds(9)).orElseThrow();
    store.write(
        lease,
        new StackChange(
            Optional.of(
                new StackChange.Header(
                    NOW, StackStatus.CREATED, Phrase.verbatim("done"), StackHealth.HEALTHY)),
            store.parts(id).stream()
                .map(
                    part ->
                        part.with(
                            part.state()
                                .known(
                                    Optional.of("id-" + part.id().resource()),
                                    Optional.of("ACTIVE"),
                                    JsonValue.EMPTY_JSON_OBJECT,
                                    NOW)
                                .in(StackStatus.CREATED, StackHealth.HEALTHY, NOW)))
                .toList(),
            List.of()),
        NOW);
    store.release(lease, Optional.of(NOW));
  }

  @Test
  void checksPutsToSleepAndWakesWhatIsWhole() {
    StackId id = create("shop");
    assertThat(code(() -> service.check(id, OptionalLong.empty(), ALICE)))
        .as("being created")
        .isEqualTo(FaultCode.CONFLICT);
    complete(id);
    assertThat(code(() -> service.check(id, OptionalLong.empty(), READER)))
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(code(() -> service.suspend(id, OptionalLong.empty(), BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(code(() -> service.suspend(id, OptionalLong.of(1), ALICE)))
        .isEqualTo(FaultCode.STALE_VERSION);
    assertThat(code(() -> service.resume(id, OptionalLong.empty(), ALICE)))
        .as("awake")
        .isEqualTo(FaultCode.CONFLICT);

    service.suspend(id, OptionalLong.empty(), ALICE);
    service.suspend(id, OptionalLong.empty(), ALICE);
    assertThat(service.require(id, ALICE).status()).isEqualTo(StackStatus.SUSPENDING);
    assertThat(service.require(id, ALICE).asleep()).isTrue();
    assertThat(code(() -> service.check(id, OptionalLong.empty(), ALICE)))
        .as("being put to sleep")
        .isEqualTo(FaultCode.CONFLICT);
    service.delete(id, OptionalLong.empty(), ALICE);
    assertThat(service.require(id, ALICE).asleep()).isFalse();
    assertThat(code(() -> service.resume(id, OptionalLong.empty(), ALICE)))
        .isEqualTo(FaultCode.CONFLICT);
  }

  @Test
  void abandonsWhatItsNameConfirmsAndTellsOfItAgain() {
    StackId id = create("shop");
    assertThat(code(() -> service.abandon(id, "shop", OptionalLong.empty(), ALICE)))
        .as("being created")
        .isEqualTo(FaultCode.CONFLICT);
    complete(id);
    assertThat(code(() -> service.abandon(id, "shop", OptionalLong.empty(), READER)))
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(code(() -> service.abandon(id, "shop", OptionalLong.empty(), BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(code(() -> service.abandon(id, "shoe", OptionalLong.empty(), ALICE)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    JsonObject before = service.document(id, READER);

    JsonObject document = service.abandon(id, "shop", OptionalLong.empty(), ALICE);

    assertThat(document).isEqualTo(before);
    assertThat(document.getJsonObject("resources")).containsOnlyKeys("net", "web");
    assertThat(service.abandon(id, "shop", OptionalLong.empty(), ALICE)).isEqualTo(document);
    assertThat(service.document(id, ALICE)).isEqualTo(document);
    assertThat(service.require(id, ALICE).status()).isEqualTo(StackStatus.DELETED);
    assertThat(store.parts(id)).allMatch(part -> part.goal() == StackPart.Goal.RETAINED);
    assertThat(create("shop")).as("its name is free").isNotEqualTo(id);
  }

  private void failCreation() {
    Lease lease = store.lease("any", NOW, Duration.ofSeconds(9)).orElseThrow();
    store.write(
        lease,
        new StackChange(
            Optional.of(
                new StackChange.Header(
                    NOW, StackStatus.CREATE_FAILED, Phrase.verbatim("full"), StackHealth.UNKNOWN)),
            List.of(),
            List.of()),
        NOW);
  }

  @Test
  void tellsWhatHappenedInAProjectInOneOrder() {
    create("shop");
    create("blog");

    List<ProjectEvent> events = service.events(PROJECT, 0, 10, READER);
    assertThat(events).extracting(ProjectEvent::position).containsExactly(1L, 2L);
    assertThat(events).extracting(ProjectEvent::stackName).containsExactly("shop", "blog");
    assertThat(service.events(PROJECT, 1, 10, READER)).hasSize(1);
    assertThat(service.newestEvent(PROJECT, READER)).isEqualTo(2);
    assertThat(code(() -> service.events(PROJECT, 0, 10, BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(code(() -> service.newestEvent(PROJECT, BOB))).isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void givesAnOutputOfAStretchedResourceByPlace() {
    StackId id = create("shop");
    Lease lease = store.lease("any", NOW, Duration.ofSeconds(9)).orElseThrow();
    List<StackPart> ready = store.parts(id).stream().map(StackServiceTest::ready).toList();
    store.write(
        lease,
        new StackChange(
            Optional.empty(), ready, List.of(Happening.of(ready.get(0), Phrase.verbatim("ready")))),
        NOW);

    List<OutputView> outputs = service.outputs(id, ALICE);
    assertThat(outputs).extracting(OutputView::name).containsExactly("net", "web");
    assertThat(outputs.get(0).value())
        .contains(
            Json.createObjectBuilder()
                .add("bhs/R1", "net-in-bhs")
                .add("gra/R1", "net-in-gra")
                .build());
    assertThat(outputs.get(1).value()).contains(Json.createValue("web-in-gra"));
  }

  private static StackPart ready(StackPart part) {
    String id = part.id().resource() + "-in-" + part.id().cloud();
    JsonObject attributes = Json.createObjectBuilder().add("id", id).build();
    return part.with(
        part.state()
            .known(Optional.of(id), Optional.of("ACTIVE"), attributes, NOW)
            .in(StackStatus.CREATED, StackHealth.HEALTHY, NOW));
  }

  private static final class Roles implements TenantStore {
    @Override
    public List<ProjectRoles> projectsOf(Caller caller) {
      Role role = caller.equals(READER) ? Role.READER : Role.MEMBER;
      return caller.organizations().stream()
          .map(name -> new ProjectRoles(new ProjectId(name, "demo"), Set.of(role)))
          .toList();
    }

    @Override
    public List<ProjectId> projects() {
      return List.of(PROJECT);
    }

    @Override
    public void ensure(ProjectId project) {
      throw new UnsupportedOperationException();
    }
  }
}
