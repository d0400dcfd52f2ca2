package io.isthmus.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotaServiceTest {

  private static final ProjectId DEMO = ProjectId.parse("acme/demo");
  private static final ProjectId PROD = ProjectId.parse("acme/prod");
  private static final Caller ADMIN =
      new Caller("0", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-2", "bob", Set.of("globex"), Set.of());

  private final List<Consumption.Consumed> consumed = new ArrayList<>();
  private TestDatabase database;
  private QuotaService quotas;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    QuotaStore store = new QuotaStore(database.dataSource());
    quotas =
        new QuotaService(
            store,
            new QuotaAllowances(store, tenant -> consumed),
            () -> List.of(cloud("gra", "FR"), cloud("bhs", "CA")),
            TenantStores.withProjects(database, DEMO, PROD, ProjectId.parse("globex/demo")));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Cloud cloud(String id, String country) {
    return new Cloud(
        new CloudId(id),
        id,
        1,
        true,
        new CloudFacts(
            new Operator("op-" + id, id, Optional.empty(), Optional.empty()),
            new RegionFacts(Optional.of(country), Optional.empty()),
            Map.of(),
            List.of()),
        URI.create("https://keystone.example.org/v3"),
        "public",
        Optional.empty(),
        1);
  }

  private void uses(ProjectId project, String cloud, long servers) {
    consumed.add(
        new Consumption.Consumed(
            project,
            Place.inRegion(new CloudId(cloud), "R1"),
            Map.of(LimitKind.INSTANCES, servers)));
  }

  private static FaultCode fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  private Quota set(QuotaHolder holder, Extent extent, LimitKind kind, long maximum) {
    long version = quotas.find(holder, extent, ADMIN).version();
    return quotas.set(holder, extent, Map.of(kind, maximum), version, ADMIN);
  }

  @Test
  void listsQuotasWithWhatCountsAgainstEach() {
    set(QuotaHolder.tenant("acme"), new Extent.Everywhere(), LimitKind.INSTANCES, 20);
    set(QuotaHolder.project(DEMO), new Extent.OfCloud(new CloudId("gra")), LimitKind.INSTANCES, 4);
    set(QuotaHolder.project(PROD), new Extent.Everywhere(), LimitKind.VCPUS, -1);
    uses(DEMO, "gra", 2);
    uses(DEMO, "bhs", 1);
    uses(PROD, "bhs", 5);

    assertThat(quotas.uses("acme", ADMIN))
        .isEqualTo(quotas.uses(ADMIN))
        .extracting(
            use -> use.quota().holder() + " " + use.limits().get(LimitKind.INSTANCES),
            QuotaUse::fullest)
        .containsExactly(
            tuple("acme " + new Limit(20, 8), 0.4),
            tuple("acme/demo " + new Limit(4, 2), 0.5),
            tuple("acme/prod null", -1.0));
    assertThat(quotas.uses(BOB)).isEmpty();
    assertThat(fault(() -> quotas.uses("acme", BOB))).isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void countsAProjectsOwnAndItsTenantsUseInEachPartOfTheFederation() {
    set(QuotaHolder.project(DEMO), new Extent.Everywhere(), LimitKind.INSTANCES, 10);
    set(QuotaHolder.project(DEMO), new Extent.OfJurisdiction("EU"), LimitKind.INSTANCES, 4);
    set(QuotaHolder.project(PROD), new Extent.Everywhere(), LimitKind.INSTANCES, 3);
    set(
        QuotaHolder.tenant("acme"),
        new Extent.OfCloud(new CloudId("bhs")),
        LimitKind.INSTANCES,
        -1);
    uses(DEMO, "gra", 2);
    uses(DEMO, "bhs", 1);
    uses(PROD, "bhs", 5);

    assertThat(quotas.of(DEMO, ALICE))
        .containsExactlyInAnyOrder(
            new Allowance(
                Allowance.Of.PROJECT,
                new Extent.Everywhere(),
                Map.of(LimitKind.INSTANCES, new Limit(10, 3))),
            new Allowance(
                Allowance.Of.PROJECT,
                new Extent.OfJurisdiction("EU"),
                Map.of(LimitKind.INSTANCES, new Limit(4, 2))),
            new Allowance(
                Allowance.Of.TENANT,
                new Extent.OfCloud(new CloudId("bhs")),
                Map.of(LimitKind.INSTANCES, new Limit(-1, 6))));
  }

  @Test
  void isSetByAdministratorsInTheVersionThatTheyHaveSeen() {
    QuotaHolder acme = QuotaHolder.tenant("acme");
    Extent all = new Extent.Everywhere();
    Quota first = set(acme, all, LimitKind.INSTANCES, 10);

    assertThat(first.version()).isPositive();
    assertThat(first.changedBy()).contains("admin");
    assertThat(quotas.list("acme", ALICE)).containsExactly(first);
    assertThat(fault(() -> quotas.set(acme, all, Map.of(), 0, ADMIN)))
        .isEqualTo(FaultCode.STALE_VERSION);
    assertThat(quotas.set(acme, all, Map.of(), first.version(), ADMIN).maxima()).isEmpty();
    assertThat(fault(() -> quotas.set(acme, all, Map.of(), first.version(), ALICE)))
        .isEqualTo(FaultCode.FORBIDDEN);
  }

  @Test
  void isTakenAwayByAdministratorsInTheVersionThatTheyHaveSeen() {
    QuotaHolder acme = QuotaHolder.tenant("acme");
    Extent all = new Extent.Everywhere();
    Quota first = set(acme, all, LimitKind.INSTANCES, 10);
    Quota second = set(acme, all, LimitKind.INSTANCES, 11);

    assertThat(fault(() -> quotas.remove(acme, all, second.version(), ALICE)))
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault(() -> quotas.remove(acme, all, first.version(), ADMIN)))
        .isEqualTo(FaultCode.STALE_VERSION);
    quotas.remove(acme, all, second.version(), ADMIN);

    assertThat(quotas.of(DEMO, ALICE)).isEmpty();
    assertThat(fault(() -> quotas.remove(acme, all, second.version(), ADMIN)))
        .isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void aVersionThatWasReadNeverMeansAnotherQuota() {
    QuotaHolder acme = QuotaHolder.tenant("acme");
    Extent all = new Extent.Everywhere();
    Quota read = set(acme, all, LimitKind.INSTANCES, 10);
    quotas.remove(acme, all, read.version(), ADMIN);
    set(acme, all, LimitKind.INSTANCES, 500);

    assertThat(
            fault(
                () ->
                    quotas.set(acme, all, Map.of(LimitKind.INSTANCES, 11L), read.version(), ADMIN)))
        .isEqualTo(FaultCode.STALE_VERSION);
  }

  @Test
  void eachSeesTheQuotasOfTheirTenantsAndAdministratorsAll() {
    Extent all = new Extent.Everywhere();
    Quota globex = set(QuotaHolder.tenant("globex"), all, LimitKind.VCPUS, 8);
    Quota prod = set(QuotaHolder.project(PROD), all, LimitKind.VCPUS, 2);
    Quota acme = set(QuotaHolder.tenant("acme"), all, LimitKind.VCPUS, 4);

    assertThat(quotas.list(ADMIN)).containsExactly(acme, prod, globex);
    assertThat(quotas.list(ALICE)).containsExactly(acme, prod);
    assertThat(quotas.list(BOB)).containsExactly(globex);
    assertThat(quotas.holders(ADMIN))
        .extracting(QuotaHolder::toString)
        .containsExactly("acme", "acme/demo", "acme/prod", "globex", "globex/demo");
  }

  @Test
  void saysWhatCannotBe() {
    QuotaHolder acme = QuotaHolder.tenant("acme");
    Map<LimitKind, Long> one = Map.of(LimitKind.INSTANCES, 1L);

    assertThat(fault(() -> quotas.set(acme, Extent.parse("cloud:mars"), one, 0, ADMIN)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> quotas.set(acme, Extent.parse("operator:x"), one, 0, ADMIN)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> quotas.set(acme, Extent.parse("jurisdiction:XX"), one, 0, ADMIN)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(
            fault(
                () ->
                    quotas.set(
                        acme, new Extent.Everywhere(), Map.of(LimitKind.INSTANCES, -2L), 0, ADMIN)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(
            fault(
                () ->
                    quotas.set(
                        QuotaHolder.tenant("nobody"), new Extent.Everywhere(), one, 0, ADMIN)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(
            fault(
                () ->
                    quotas.set(
                        QuotaHolder.project(ProjectId.parse("acme/none")),
                        new Extent.Everywhere(),
                        one,
                        0,
                        ADMIN)))
        .isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void othersQuotasLookLikeMissingOnes() {
    set(QuotaHolder.project(DEMO), new Extent.Everywhere(), LimitKind.INSTANCES, 10);

    assertThat(fault(() -> quotas.of(DEMO, BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> quotas.list("acme", BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> quotas.find(QuotaHolder.tenant("acme"), new Extent.Everywhere(), BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
  }
}
