package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.Standing;
import io.isthmus.domain.stack.engine.TestStacks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoomToRetryTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final CloudId GRA = new CloudId("gra");
  private static final Relocation NOWHERE =
      new Relocation.NoPlaceLeft(new Placement.Unplaced(List.of(), List.of(), List.of()), false);
  private static final Relocation ELSEWHERE =
      new Relocation.Moved(List.of(), Set.of(), Map.of(), List.of());

  private final TestStacks made =
      new TestStacks()
          .add("net", TestStacks.NET, "gra")
          .add("web", TestStacks.SERVER, "gra", "net")
          .add("db", TestStacks.SERVER, "gra", "net");
  private final Stack stack = TestStacks.stack("shop", NOW.minusSeconds(600), UUID.randomUUID());
  private final List<StackPart> parts = new ArrayList<>(made.parts(NOW.minusSeconds(600)));
  private final List<Standing> asked = new ArrayList<>();

  private Optional<Limit> limit = Optional.of(new Limit(10, 9));
  private CloudHealth.State health = CloudHealth.State.REACHABLE;
  private Instant read = NOW.minusSeconds(20);
  private List<Allowance> allowances = List.of();
  private Relocation elsewhere = NOWHERE;
  private final FixedFederation federation = new FixedFederation(this::snapshot);
  private final RoomToRetry room =
      new RoomToRetry(
          federation,
          (it, graph, standing) -> {
            asked.add(standing);
            return elsewhere;
          },
          () -> it -> made.graph());

  private FederationSnapshot snapshot() {
    RegionInventory region =
        new RegionInventory(
            "R1",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Set.of(),
            limit.map(known -> Map.of(LimitKind.INSTANCES, known)).orElse(Map.of()),
            Map.of());
    return new FederationSnapshot(
        NOW,
        List.of(
            new CloudView(
                GRA,
                "Gra",
                1,
                true,
                true,
                new CloudFacts(
                    Operator.unknown(GRA, "Gra"),
                    new RegionFacts(Optional.of("FR"), Optional.empty()),
                    Map.of(),
                    List.of()),
                new CloudHealth(health, NOW, Optional.of(NOW), Optional.empty()),
                Optional.of(new CloudInventory(read, List.of(region))))),
        List.of(),
        allowances);
  }

  private FederationFault refusal() {
    return catchThrowableOfType(FederationFault.class, () -> room.require(stack, parts, NOW));
  }

  private void isLeftToTheCloud() {
    assertThatCode(() -> room.require(stack, parts, NOW)).doesNotThrowAnyException();
  }

  private void become(String resource, java.util.function.UnaryOperator<PartState> change) {
    parts.replaceAll(
        part ->
            part.id().resource().equals(resource) ? part.with(change.apply(part.state())) : part);
  }

  @Test
  void tellsWhatIsShortInsteadOfAskingTheCloudInVain() {
    FederationFault fault = refusal();

    assertThat(fault.code()).isEqualTo(FaultCode.QUOTA_EXCEEDED);
    assertThat(fault).hasMessageContaining("R1: 2 servers are needed, the quota leaves 1 of 10.");
    assertThat(fault.phrase().in(Locale.FRENCH)).contains("ne peut pas être repris");
    assertThat(fault.violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.remedy()).isPresent());
    assertThat(federation.turns).isEqualTo(1);
    assertThat(asked)
        .singleElement()
        .satisfies(
            standing -> {
              assertThat(standing.failed()).hasSize(2);
              assertThat(standing.refusals())
                  .extracting(refusal -> refusal.resource() + " " + refusal.code())
                  .containsExactly("web QUOTA_EXCEEDED", "db QUOTA_EXCEEDED");
            });
  }

  @Test
  void saysThatOthersHaveReservedIt() {
    limit = Optional.of(new Limit(10, 7, 2));

    assertThat(refusal()).hasMessageContaining("Stacks that are being made have reserved 2.");
  }

  @Test
  void lacksNothingWhereItFitsOrAnotherPlaceDoes() {
    elsewhere = ELSEWHERE;
    isLeftToTheCloud();
    elsewhere = NOWHERE;
    limit = Optional.of(new Limit(10, 8));
    isLeftToTheCloud();
    limit = Optional.of(new Limit(-1, 900));
    isLeftToTheCloud();
  }

  @Test
  void whatExistsOrMayExistIsNotAskedForOnceMore() {
    become(
        "web",
        state -> state.known(Optional.of("id"), Optional.of("ERROR"), state.attributes(), NOW));
    isLeftToTheCloud();
    become("web", state -> made.parts(NOW).get(1).state());
    become("db", state -> state.in(StackStatus.CREATING, StackHealth.UNKNOWN, NOW));
    isLeftToTheCloud();
  }

  @Test
  void whatHasToGoBeforeItsSuccessorComesGivesItsRoom() {
    limit = Optional.of(new Limit(10, 8));
    isLeftToTheCloud();
    limit = Optional.of(new Limit(10, 9));
    StackPart web = parts.get(1);
    StackPart leaving =
        web.with(
            StackPart.Goal.ABSENT,
            web.state()
                .known(Optional.of("id"), Optional.empty(), web.state().attributes(), NOW)
                .in(StackStatus.CREATED, StackHealth.HEALTHY, NOW));
    parts.set(1, web.successor(2, NOW));
    assertThat(refusal()).isNotNull();
    parts.add(leaving);
    isLeftToTheCloud();
  }

  @Test
  void tellsWhereAWayBackHasNoRoom() {
    Place place = Place.inRegion(GRA, "R1");
    assertThat(room.lacking(stack, Map.of(place, Map.of(LimitKind.INSTANCES, 1L)), NOW)).isEmpty();
    assertThat(room.lacking(stack, Map.of(place, Map.of(LimitKind.INSTANCES, 2L)), NOW))
        .containsOnlyKeys(place)
        .allSatisfy(
            (where, fault) -> {
              assertThat(fault.code()).isEqualTo(FaultCode.QUOTA_EXCEEDED);
              assertThat(fault)
                  .hasMessageContaining("R1: 2 servers are needed, the quota leaves 1 of 10.");
            });
  }

  @Test
  void whatIsNotKnownOrNotAnyMoreIsLeftToTheCloud() {
    limit = Optional.empty();
    isLeftToTheCloud();
    limit = Optional.of(new Limit(10, 10));
    health = CloudHealth.State.UNREACHABLE;
    isLeftToTheCloud();
    health = CloudHealth.State.REACHABLE;
    read = NOW.minus(RoomToRetry.CURRENT).minusSeconds(1);
    isLeftToTheCloud();
    read = NOW.minusSeconds(20);
    assertThat(refusal()).isNotNull();

    // What was done about a refusal is not in what was read before it.
    become(
        "db",
        state ->
            state
                .in(StackStatus.CREATE_FAILED, StackHealth.UNKNOWN, NOW)
                .troubled(
                    Trouble.of(
                        new FederationFault(FaultCode.QUOTA_EXCEEDED, Phrase.verbatim("full")),
                        NOW.minusSeconds(10)),
                    Optional.empty(),
                    NOW));
    isLeftToTheCloud();
    read = NOW.minusSeconds(10);
    assertThat(refusal()).isNotNull();
  }

  /** It is ours and exact, however old what was read of clouds is; and no cloud would refuse. */
  @Test
  void theFederationsOwnQuotaIsHeldInAnyCase() {
    limit = Optional.empty();
    read = NOW.minus(Duration.ofDays(1));
    elsewhere = ELSEWHERE;
    allowances =
        List.of(
            new Allowance(
                Allowance.Of.PROJECT,
                new Extent.OfCloud(GRA),
                Map.of(LimitKind.INSTANCES, new Limit(3, 2))));

    FederationFault fault = refusal();

    assertThat(fault.code()).isEqualTo(FaultCode.QUOTA_EXCEEDED);
    assertThat(fault.violations())
        .extracting(Violation::remedy)
        .singleElement()
        .asString()
        .contains("ask the federation’s administrators for a larger quota");
    allowances =
        List.of(
            new Allowance(
                Allowance.Of.PROJECT,
                new Extent.OfCloud(new CloudId("bhs")),
                Map.of(LimitKind.INSTANCES, new Limit(3, 3))));
    isLeftToTheCloud();
  }
}
