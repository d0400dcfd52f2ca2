package io.isthmus.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotaRequestsTest {

  private static final ProjectId DEMO = ProjectId.parse("acme/demo");
  private static final Extent ALL = new Extent.Everywhere();
  private static final Caller ADMIN =
      new Caller("0", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-2", "bob", Set.of("globex"), Set.of());

  private TestDatabase database;
  private QuotaService quotas;
  private QuotaRequests requests;
  private final List<QuotaRequestChanged> told = new ArrayList<>();

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    QuotaStore store = new QuotaStore(database.dataSource());
    TenantService tenants =
        TenantStores.withProjects(database, DEMO, ProjectId.parse("globex/demo"));
    quotas =
        new QuotaService(store, new QuotaAllowances(store, tenant -> List.of()), List::of, tenants);
    requests =
        new QuotaRequests(
            new QuotaRequestStore(database.dataSource()),
            quotas,
            tenants,
            told::add,
            Clock.systemUTC());
    quotas.set(
        QuotaHolder.project(DEMO),
        ALL,
        Map.of(LimitKind.INSTANCES, 10L, LimitKind.VCPUS, 20L),
        0,
        ADMIN);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private QuotaRequest ask(long servers) {
    return requests.ask(
        DEMO, Allowance.Of.PROJECT, ALL, Map.of(LimitKind.INSTANCES, servers), " the fair ", ALICE);
  }

  private static FaultCode fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  private Map<LimitKind, Long> maxima() {
    return quotas.find(QuotaHolder.project(DEMO), ALL, ALICE).maxima();
  }

  @Test
  void anApprovedOneBecomesTheQuotaAndWhatItDoesNotNameStays() {
    QuotaRequest asked = ask(15);

    assertThat(asked.reason()).isEqualTo("the fair");
    assertThat(requests.of(DEMO, Optional.empty(), ALICE)).containsExactly(asked);
    assertThat(requests.list(Optional.of(QuotaRequest.State.OPEN), ADMIN)).containsExactly(asked);
    QuotaRequest approved = requests.approve(asked.id(), Map.of(), "gladly", ADMIN);

    assertThat(maxima()).isEqualTo(Map.of(LimitKind.INSTANCES, 15L, LimitKind.VCPUS, 20L));
    assertThat(told)
        .containsExactly(new QuotaRequestChanged(asked), new QuotaRequestChanged(approved));
    assertThat(requests.find(asked.id(), ALICE)).isEqualTo(approved);
    assertThat(approved.state()).isEqualTo(QuotaRequest.State.APPROVED);
    assertThat(approved.decision().orElseThrow().answer()).isEqualTo("gladly");
    assertThat(requests.list(Optional.of(QuotaRequest.State.OPEN), ADMIN)).isEmpty();
  }

  @Test
  void whereTheQuotaWasTakenAwaySinceNoneIsMadeAnew() {
    QuotaRequest asked = ask(15);
    quotas.remove(
        QuotaHolder.project(DEMO),
        ALL,
        quotas.find(QuotaHolder.project(DEMO), ALL, ADMIN).version(),
        ADMIN);

    QuotaRequest approved = requests.approve(asked.id(), Map.of(), "", ADMIN);

    assertThat(quotas.list("acme", ADMIN)).isEmpty();
    assertThat(approved.decision().orElseThrow().granted())
        .isEqualTo(Map.of(LimitKind.INSTANCES, -1L));
    QuotaRequest again = set(Map.of(LimitKind.INSTANCES, 10L));
    requests.approve(again.id(), Map.of(LimitKind.INSTANCES, -1L), "", ADMIN);
    assertThat(quotas.list("acme", ADMIN)).as("nothing is limited any more").isEmpty();
    requests.approve(set(Map.of(LimitKind.INSTANCES, 10L)).id(), Map.of(), "", ADMIN);
    assertThat(maxima()).isEqualTo(Map.of(LimitKind.INSTANCES, 15L));
  }

  private QuotaRequest set(Map<LimitKind, Long> maxima) {
    quotas.set(QuotaHolder.project(DEMO), ALL, maxima, 0, ADMIN);
    return ask(15);
  }

  @Test
  void lessThanWasAskedForCanBeGranted() {
    QuotaRequest asked = ask(100);

    requests.approve(asked.id(), Map.of(LimitKind.INSTANCES, 12L), "", ADMIN);

    assertThat(maxima()).containsEntry(LimitKind.INSTANCES, 12L);
  }

  @Test
  void whatWasGivenMeanwhileIsNotTakenBack() {
    QuotaRequest asked = ask(15);
    Quota now = quotas.find(QuotaHolder.project(DEMO), ALL, ADMIN);
    quotas.set(
        QuotaHolder.project(DEMO), ALL, Map.of(LimitKind.INSTANCES, 40L), now.version(), ADMIN);

    QuotaRequest approved = requests.approve(asked.id(), Map.of(), "", ADMIN);

    assertThat(maxima()).isEqualTo(Map.of(LimitKind.INSTANCES, 40L));
    assertThat(approved.decision().orElseThrow().granted())
        .isEqualTo(Map.of(LimitKind.INSTANCES, 40L));
    assertThat(requests.find(asked.id(), ALICE)).isEqualTo(approved);
  }

  @Test
  void aDeniedOrWithdrawnOneChangesNothingAndIsDecidedOnce() {
    QuotaRequest asked = ask(15);
    requests.deny(asked.id(), "too dear", ADMIN);
    QuotaRequest again = ask(15);
    requests.withdraw(again.id(), ALICE);

    assertThat(maxima()).containsEntry(LimitKind.INSTANCES, 10L);
    assertThat(requests.of(DEMO, Optional.empty(), ALICE))
        .extracting(QuotaRequest::state)
        .containsExactlyInAnyOrder(QuotaRequest.State.DENIED, QuotaRequest.State.WITHDRAWN);
    assertThat(fault(() -> requests.approve(asked.id(), Map.of(), "", ADMIN)))
        .isEqualTo(FaultCode.CONFLICT);
    assertThat(fault(() -> requests.withdraw(again.id(), ALICE))).isEqualTo(FaultCode.CONFLICT);
    assertThat(maxima()).containsEntry(LimitKind.INSTANCES, 10L);
  }

  @Test
  void oneIsOpenAtATimeForAQuota() {
    ask(15);

    assertThat(fault(() -> ask(16))).isEqualTo(FaultCode.CONFLICT);
    quotas.set(QuotaHolder.tenant("acme"), ALL, Map.of(LimitKind.INSTANCES, 30L), 0, ADMIN);
    QuotaRequest ofTenant =
        requests.ask(
            DEMO, Allowance.Of.TENANT, ALL, Map.of(LimitKind.INSTANCES, -1L), "growth", ALICE);
    requests.approve(ofTenant.id(), Map.of(), "", ADMIN);
    assertThat(quotas.find(QuotaHolder.tenant("acme"), ALL, ALICE).version())
        .as("nothing is limited any more")
        .isZero();
  }

  @Test
  void whatIsNoRequestForMoreIsRefused() {
    assertThat(fault(() -> ask(10))).isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(fault(() -> ask(-2))).isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(
            fault(() -> requests.ask(DEMO, Allowance.Of.PROJECT, ALL, Map.of(), "nothing", ALICE)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(
            fault(
                () ->
                    requests.ask(
                        DEMO,
                        Allowance.Of.PROJECT,
                        ALL,
                        Map.of(LimitKind.VOLUMES, 5L),
                        "not limited",
                        ALICE)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(
            fault(
                () ->
                    requests.ask(
                        DEMO,
                        Allowance.Of.PROJECT,
                        ALL,
                        Map.of(LimitKind.INSTANCES, 15L),
                        "  ",
                        ALICE)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
  }

  @Test
  void othersNeitherSeeNorDecideIt() {
    QuotaRequest asked = ask(15);

    assertThat(fault(() -> requests.of(DEMO, Optional.empty(), BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> requests.find(asked.id(), BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> requests.withdraw(asked.id(), BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> requests.list(Optional.empty(), ALICE))).isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault(() -> requests.approve(asked.id(), Map.of(), "", ALICE)))
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault(() -> requests.deny(asked.id(), "no", ALICE))).isEqualTo(FaultCode.FORBIDDEN);
  }
}
