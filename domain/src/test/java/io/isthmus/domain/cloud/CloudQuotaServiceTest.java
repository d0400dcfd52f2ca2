package io.isthmus.domain.cloud;

import static io.isthmus.domain.cloud.Samples.ACME;
import static io.isthmus.domain.cloud.Samples.GLOBEX;
import static io.isthmus.domain.cloud.Samples.GRA;
import static io.isthmus.domain.cloud.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.JpaTenantStoreAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a member cloud's own quotas are set, on a real database. */
class CloudQuotaServiceTest {

  private static final Caller ADMIN =
      new Caller("1", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final Caller ALICE = new Caller("2", "alice", Set.of("acme"), Set.of());
  private static final Map<LimitKind, Long> FORTY = Map.of(LimitKind.VCPUS, 40L);

  private static TestDatabase database;

  private final Set<ProjectId> admins = new HashSet<>();
  private final Set<ProjectId> rejected = new HashSet<>();
  private final List<String> set = new ArrayList<>();
  private boolean refuses;
  private CloudStore store;
  private CloudLooks looks;
  private CloudQuotaService service;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void open() {
    database.clear();
    SecretBox box = new SecretBox(List.of(new byte[32]));
    store =
        database.transactional(
            CloudStore.class,
            em -> new JpaCloudStore(em, box, JpaTenantStoreAccess.over(em), new NoPrices()));
    looks = new CloudLooks(database.dataSource());
    service =
        new CloudQuotaService(
            store,
            looks,
            new AddressGuard("production", Optional.empty()),
            Cloudlike::new,
            Setter::new);
    for (ProjectId project : List.of(ACME, GLOBEX)) {
      JpaTenantStoreAccess.over(database).ensure(project);
      store.add(List.of(draft(GRA, project, "secret")));
    }
    CloudInventory inventory = Samples.inventory(Optional.empty());
    for (Look look : looks.take(2, Duration.ofMinutes(1))) {
      looks.record(
          look,
          Healths.after(look.before(), inventory, inventory.takenAt()),
          Optional.of(inventory),
          Duration.ofHours(1));
    }
  }

  private static final class Cloudlike implements InventoryDriver {
    @Override
    public CloudInventory fetch(CloudConnection connection, boolean afresh) {
      throw new AssertionError("nobody asked for an inventory");
    }

    @Override
    public List<ConnectionCheck> test(CloudConnection connection, Consumer<ConnectionCheck> told) {
      throw new AssertionError("nobody asked for a test");
    }

    @Override
    public String projectOf(CloudConnection connection) {
      return "openstack-" + connection.project().tenant();
    }
  }

  private final class Setter implements CloudQuotaDriver {
    @Override
    public boolean maySet(CloudConnection connection) {
      if (rejected.contains(connection.project())) {
        throw new FederationFault(
            FaultCode.CLOUD_CREDENTIAL_REJECTED, Phrase.verbatim("not any more"));
      }
      return admins.contains(connection.project());
    }

    @Override
    public void set(
        CloudConnection by, String region, Account account, Map<LimitKind, Long> limits) {
      if (refuses) {
        throw new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim("more is in use"));
      }
      set.add(by.project() + " sets " + account.id() + " in " + region + ": " + limits);
    }
  }

  private FederationFault refused(Caller caller, String region, Map<LimitKind, Long> limits) {
    return catchThrowableOfType(
        FederationFault.class, () -> service.set(caller, ACME, GRA, region, limits));
  }

  private int due() {
    return looks.take(10, Duration.ofMinutes(1)).size();
  }

  @Test
  void isForAdministratorsOfTheFederation() {
    admins.add(ACME);

    assertThat(refused(ALICE, "R-1", FORTY).code()).isEqualTo(FaultCode.FORBIDDEN);
    assertThat(set).isEmpty();
  }

  @Test
  void isSetThroughTheProjectsOwnAccessWhereThatMayElseThroughAnothers() {
    admins.add(GLOBEX);
    service.set(ADMIN, ACME, GRA, "R-1", FORTY);
    admins.add(ACME);
    service.set(ADMIN, ACME, GRA, "R-1", FORTY);

    assertThat(set)
        .containsExactly(
            "globex/demo sets openstack-acme in R-1: {VCPUS=40}",
            "acme/demo sets openstack-acme in R-1: {VCPUS=40}");
  }

  @Test
  void theCloudIsLookedAtAnewWhateverCameOfIt() {
    admins.add(ACME);
    assertThat(due()).isZero();
    service.set(ADMIN, ACME, GRA, "R-1", FORTY);
    assertThat(due()).isEqualTo(1);

    refuses = true;
    assertThat(refused(ADMIN, "R-1", FORTY).code()).isEqualTo(FaultCode.CLOUD_REJECTED);
    assertThat(due()).isEqualTo(1);
  }

  @Test
  void anothersCredentialThatTheCloudRejectsIsPassedOver() {
    ProjectId third = ProjectId.parse("initech/demo");
    JpaTenantStoreAccess.over(database).ensure(third);
    store.add(List.of(draft(GRA, third, "secret")));
    rejected.add(GLOBEX);
    admins.add(third);

    service.set(ADMIN, ACME, GRA, "R-1", FORTY);

    assertThat(set).containsExactly("initech/demo sets openstack-acme in R-1: {VCPUS=40}");
  }

  @Test
  void whereNoAccessMayTheRemedyIsTold() {
    assertThat(refused(ADMIN, "R-1", FORTY).getMessage())
        .contains("No access to the cloud “gra” holds the role admin");
  }

  @Test
  void whatCannotBeSetIsToldAtItsField() {
    admins.add(ACME);

    assertThat(refused(ADMIN, "R-9", FORTY).code()).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(refused(ADMIN, "R-1", Map.of()).violations())
        .extracting(Violation::pointer)
        .containsExactly("limits");
    for (long amount : new long[] {-2, CloudQuotaService.MOST + 1}) {
      assertThat(refused(ADMIN, "R-1", Map.of(LimitKind.VCPUS, amount)).violations())
          .extracting(Violation::pointer)
          .containsExactly("limits.vcpus");
    }
    assertThat(refused(ADMIN, "R-1", Map.of(LimitKind.PORTS, 5L)).getMessage())
        .contains("does not tell a limit of ports");
    assertThat(set).isEmpty();
  }
}
