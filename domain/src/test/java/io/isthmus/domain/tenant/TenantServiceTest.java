package io.isthmus.domain.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.start.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TenantServiceTest {

  private static final ProjectId ACME = ProjectId.parse("acme/demo");
  private static final ProjectId GLOBEX = ProjectId.parse("globex/demo");
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-2", "bob", Set.of("globex"), Set.of());
  private static final Caller ADMIN =
      new Caller("c-3", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));

  private static TestDatabase database;
  private static TenantStore store;
  private static TenantService tenants;

  @BeforeAll
  static void makeTenants() {
    database = TestDatabase.create();
    store = database.transactional(TenantStore.class, JpaTenantStore::new);
    tenants = new TenantService(store);
    store.ensure(ACME);
    store.ensure(GLOBEX);
    store.ensure(ACME);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void everyoneOfAnOrganizationIsMemberOfItsProjects() {
    tenants.requireMember(ALICE, ACME);
    assertThat(tenants.projects(ALICE))
        .containsExactly(new ProjectRoles(ACME, Set.of(Role.MEMBER)));
    assertThat(tenants.defaultProject(BOB)).isEqualTo(GLOBEX);
  }

  @Test
  void anotherTenantsProjectLooksLikeAMissingOne() {
    FederationFault foreign = catchFault(() -> tenants.requireReader(BOB, ACME));
    FederationFault missing =
        catchFault(() -> tenants.requireReader(BOB, ProjectId.parse("acme/nowhere")));
    assertThat(foreign.code()).isEqualTo(missing.code()).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(foreign.getMessage().replace("demo", "nowhere")).isEqualTo(missing.getMessage());
  }

  @Test
  void administeringTheFederationOpensNoTenantsProject() {
    assertThat(tenants.projects(ADMIN)).isEmpty();
    assertThatThrownBy(() -> tenants.requireReader(ADMIN, ACME))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("acme/demo");
    assertThat(catchFault(() -> tenants.defaultProject(ADMIN)).code())
        .isEqualTo(FaultCode.FORBIDDEN);
  }

  @Test
  void whoOnlyReadsMayNotChange() throws Exception {
    Caller carol = new Caller("d-4", "carol", Set.of(), Set.of());
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into role_assignment (id, tenant, project, role, principal_kind, principal)"
              + " values (1000, 'acme', 'acme/demo', 'READER', 'SUBJECT', 'd-4')");
    }
    tenants.requireReader(carol, ACME);
    FederationFault fault = catchFault(() -> tenants.requireMember(carol, ACME));
    assertThat(fault.code()).isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault).hasMessageContaining("carol").hasMessageContaining("member");
  }

  @Test
  void aNameOfOneKindIsNotTakenForAnother() {
    Caller named = new Caller("acme", "acme", Set.of(), Set.of());
    assertThat(tenants.projects(named)).isEmpty();
  }

  private static FederationFault catchFault(Runnable call) {
    try {
      call.run();
    } catch (FederationFault fault) {
      return fault;
    }
    throw new AssertionError("nothing was refused");
  }
}
