package io.isthmus.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldingServiceTest {

  private static final ProjectId DEMO = ProjectId.parse("acme/demo");
  private static final ProjectId PROD = ProjectId.parse("acme/prod");
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-2", "bob", Set.of("globex"), Set.of());
  private static final Place GRA = Place.inRegion(new CloudId("gra"), "R1");
  private static final Place SYD = Place.inRegion(new CloudId("syd"), "R1");
  private static final Instant READ = Instant.parse("2026-11-27T18:00:12Z");

  private final TestDatabase database = TestDatabase.create();
  private final HoldingService holdings =
      new HoldingService(
          tenant ->
              List.of(
                  consumed(DEMO, GRA, 2),
                  consumed(DEMO, Place.inZone(GRA.cloud(), "R1", "a"), 1),
                  consumed(PROD, GRA, 9),
                  consumed(DEMO, SYD, 4)),
          project ->
              project.equals(DEMO)
                  ? List.of(
                      new CloudHoldings.Held(
                          GRA,
                          LimitKind.INSTANCES,
                          OptionalLong.of(7),
                          OptionalLong.of(3),
                          Optional.of(READ)))
                  : List.of(),
          TenantStores.withProjects(database, DEMO, PROD, ProjectId.parse("globex/demo")));

  private static Consumption.Consumed consumed(ProjectId project, Place region, long servers) {
    return new Consumption.Consumed(
        project, region, Map.of(LimitKind.INSTANCES, servers, LimitKind.VCPUS, 2 * servers));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsPlannedStandsBesideWhatIsThereRegionByRegion() {
    List<Holding> told = holdings.of(DEMO, ALICE);
    assertThat(told).extracting(Holding::region).containsExactly(GRA, SYD);
    assertThat(told)
        .allSatisfy(
            one ->
                assertThat(one.amounts())
                    .containsOnlyKeys(HoldingService.KINDS.toArray(LimitKind[]::new)));
    assertThat(told.get(0).amounts().get(LimitKind.INSTANCES))
        .isEqualTo(
            new Holding.Amounts(3, OptionalLong.of(7), OptionalLong.of(3), Optional.of(READ)));
    assertThat(told.get(1).amounts().get(LimitKind.INSTANCES))
        .as("a cloud of which nothing is mirrored")
        .isEqualTo(
            new Holding.Amounts(4, OptionalLong.empty(), OptionalLong.empty(), Optional.empty()));
    assertThat(told.get(0).amounts().get(LimitKind.VOLUMES).planned()).isZero();
  }

  @Test
  void aProjectOfOthersIsNotFound() {
    assertThat(catchThrowableOfType(FederationFault.class, () -> holdings.of(DEMO, BOB)).code())
        .isEqualTo(FaultCode.NOT_FOUND);
  }
}
