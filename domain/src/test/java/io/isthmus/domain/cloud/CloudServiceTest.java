package io.isthmus.domain.cloud;

import static io.isthmus.domain.cloud.Samples.ACME;
import static io.isthmus.domain.cloud.Samples.BHS;
import static io.isthmus.domain.cloud.Samples.GLOBEX;
import static io.isthmus.domain.cloud.Samples.GRA;
import static io.isthmus.domain.cloud.Samples.draft;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.ConnectionCheck.Result;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.JpaTenantStoreAccess;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStore;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators do with clouds, on a real database. */
class CloudServiceTest {

  private static final Caller ADMIN =
      new Caller("1", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final Caller ALICE = new Caller("2", "alice", Set.of("acme"), Set.of());

  private static TestDatabase database;

  private final List<ConnectionCheck> answers = new ArrayList<>();
  private final Map<ProjectId, List<Phrase>> uses = new ConcurrentHashMap<>();
  private TenantStore projects;
  private CloudService service;
  private CloudAccessService accesses;

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
    projects = JpaTenantStoreAccess.over(database);
    SecretBox box = new SecretBox(List.of(new byte[32]));
    CloudStore store =
        database.transactional(
            CloudStore.class,
            em -> new JpaCloudStore(em, box, JpaTenantStoreAccess.over(em), new NoPrices()));
    CloudLooks looks = new CloudLooks(database.dataSource());
    AddressGuard guard = new AddressGuard("production", Optional.empty());
    service =
        new CloudService(
            store,
            looks,
            new RegistryFederation(
                store,
                looks,
                new NoReservations(),
                (project, members) -> List.of(),
                new NoPrices(),
                () -> List.of()),
            new TenantService(projects),
            guard,
            new CloudsImport(
                store, projects, guard, Optional.empty(), Optional.empty(), "production"),
            Answers::new,
            List.of(this::usesOf),
            new NoReservations(),
            new NoPrices());
    accesses = new CloudAccessService(store, guard, Answers::new, List.of(this::usesOf));
  }

  private List<Phrase> usesOf(CloudId cloud, Optional<ProjectId> project) {
    return uses.entrySet().stream()
        .filter(entry -> project.map(entry.getKey()::equals).orElse(true))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** Answers a test with what was prepared. */
  private final class Answers implements InventoryDriver {
    @Override
    public CloudInventory fetch(CloudConnection connection, boolean afresh) {
      throw new AssertionError("nobody asked for an inventory");
    }

    @Override
    public List<ConnectionCheck> test(CloudConnection connection, Consumer<ConnectionCheck> told) {
      answers.forEach(told);
      return List.copyOf(answers);
    }

    @Override
    public String projectOf(CloudConnection connection) {
      throw new AssertionError("nobody asked for the project");
    }
  }

  private static FederationFault fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call);
  }

  @Test
  void whoDoesNotAdministerTheFederationChangesAndSeesNothing() {
    CloudDraft draft = draft(GRA, ACME, "x");
    Stream<ThrowingCallable> calls =
        Stream.of(
            () -> service.listAll(ALICE),
            () -> service.details(ALICE, GRA),
            () -> service.parse(ALICE, "", Optional.empty()),
            () -> service.test(ALICE, draft),
            () -> service.add(ALICE, draft),
            () -> service.enable(ALICE, GRA, false),
            () -> service.remove(ALICE, GRA),
            () -> service.importProblems(ALICE),
            () -> service.equivalences(ALICE));

    assertThat(calls.map(call -> fault(call).code())).containsOnly(FaultCode.FORBIDDEN);
  }

  @Test
  void aCloudThatIsAddedIsEnabledAndNotLookedAtYet() {
    CloudDetails added = service.add(ADMIN, draft(GRA, ACME, "x"));

    assertThat(added.cloud().enabled()).isTrue();
    assertThat(added.health().state()).isEqualTo(CloudHealth.State.UNKNOWN);
    assertThat(added.health().seenAt()).isEmpty();
    assertThat(service.listAll(ADMIN)).containsExactly(added);
    assertThat(service.enable(ADMIN, GRA, false).cloud().enabled()).isFalse();
  }

  @Test
  void anEntryUnderAMembersNameWithAnotherKeystoneIsAMistake() {
    URI keystone = service.add(ADMIN, draft(GRA, ACME, "x")).cloud().authUrl();
    String entry =
        """
        clouds:
          gra:
            auth:
              auth_url: %s
              username: u
              password: p
              project_name: demo
              user_domain_name: Default
              project_domain_name: Default
            isthmus:
              project: globex/demo
              operator: { id: x, name: X }
        """;

    assertThat(service.parse(ADMIN, entry.formatted(keystone), Optional.empty()))
        .satisfies(
            same -> assertThat(same.drafts()).hasSize(1),
            same -> assertThat(same.problems()).isEmpty());
    assertThat(service.parse(ADMIN, entry.formatted(keystone + "/"), Optional.empty()).problems())
        .isEmpty();
    CloudDrafts other =
        service.parse(ADMIN, entry.formatted("https://203.0.114.2:5000/v3"), Optional.empty());
    assertThat(other.drafts()).isEmpty();
    assertThat(other.problems().get(0).violation().line()).isEqualTo(4);
    assertThat(other.problems())
        .extracting(problem -> problem.in(Locale.ENGLISH))
        .singleElement()
        .asString()
        .contains("“gra” is registered under " + keystone, "https://203.0.114.2:5000/v3");
  }

  @Test
  void anEntryThatIsRegisteredStandsInNoOthersWay() {
    URI keystone = service.add(ADMIN, draft(GRA, ACME, "x")).cloud().authUrl();
    String entries =
        """
        clouds:
          gra:
            auth: {auth_url: "%1$s", username: u, password: p, project_name: demo}
            isthmus: {project: %2$s}
          bhs:
            auth: {auth_url: "%1$s", username: u, password: p, project_name: demo}
          broken:
            auth: {auth_url: nowhere, username: u, password: p, project_name: demo}
        """
            .formatted(keystone, ACME);

    CloudDrafts read = service.parse(ADMIN, entries, Optional.empty());

    assertThat(read.drafts()).extracting(CloudDraft::entry).containsExactly("gra", "bhs");
    assertThat(read.drafts().stream().filter(read::isKnown))
        .extracting(CloudDraft::entry)
        .containsExactly("gra");
    assertThat(read.known().get(0).violation())
        .extracting(Violation::pointer, Violation::line)
        .containsExactly("clouds.gra", 2);
    assertThat(fault(() -> read.newOrThrow()).code()).isEqualTo(FaultCode.CLOUD_INVALID);
    FederationFault taken = fault(() -> read.only(Set.of("gra", "bhs")).newOrThrow());
    assertThat(taken.code()).isEqualTo(FaultCode.NAME_TAKEN);
    assertThat(taken.violations()).extracting(Violation::line).containsExactly(2);
    assertThat(service.add(ADMIN, read.only(Set.of("bhs")).newOrThrow())).hasSize(1);
    assertThat(service.parse(ADMIN, entries, Optional.empty()).known())
        .extracting(EntryProblem::entry)
        .containsExactly("gra", "bhs");
    assertThat(fault(() -> read.only(Set.of("bsh"))).phrase().in(Locale.ENGLISH))
        .isEqualTo("No entry is called so: bsh. The text has: bhs, broken, gra.");
  }

  @Test
  void theProjectOfANewAccessIsMade() {
    ProjectId research = new ProjectId("initech", "research");
    CloudDetails added = service.add(ADMIN, draft(GRA, research, "x"));

    assertThat(added.accesses())
        .extracting(each -> each.access().project())
        .containsExactly(research);
  }

  @Test
  void eachOutcomeOfATestIsToldAsItComes() {
    answers.add(
        new ConnectionCheck(
            "address", Result.PASSED, Phrase.verbatim("yes"), Duration.ofMillis(20)));
    answers.add(
        new ConnectionCheck("credential", Result.FAILED, Phrase.verbatim("no"), Duration.ZERO));
    List<ConnectionCheck> told = new ArrayList<>();

    assertThat(service.test(ADMIN, draft(GRA, ACME, "x"), told::add)).isEqualTo(answers);
    assertThat(told).isEqualTo(answers);
    assertThat(service.listAll(ADMIN)).isEmpty();
  }

  @Test
  void aCloudInUseIsNotRemovedAndWhatUsesItIsNamed() {
    service.add(ADMIN, draft(GRA, ACME, "x"));
    service.add(ADMIN, draft(GRA, GLOBEX, "x"));
    Phrase shop = Phrase.of("stack.in-cloud", "shop", ACME, 3);
    uses.put(ACME, List.of(shop));

    FederationFault refused = fault(() -> service.remove(ADMIN, GRA));
    assertThat(refused.code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(refused.violations()).extracting(Violation::message).containsExactly(shop);
    uses.clear();
    service.remove(ADMIN, GRA);
    assertThat(service.listAll(ADMIN)).isEmpty();
  }

  @Test
  void ofSeveralThatAreAddedTogetherNoneStaysWhenOneIsRefused() {
    ProjectId research = new ProjectId("initech", "research");
    service.add(ADMIN, draft(BHS, ACME, "x"));

    FederationFault refused =
        fault(() -> service.add(ADMIN, List.of(draft(GRA, research, "x"), draft(BHS, ACME, "x"))));

    assertThat(refused.code()).isEqualTo(FaultCode.NAME_TAKEN);
    assertThat(service.listAll(ADMIN))
        .extracting(details -> details.cloud().id())
        .containsExactly(BHS);
    assertThat(projects.projects()).containsExactly(ACME);
  }

  @Test
  void aCloudIsNotRemovedUnderAStackThatIsAcceptedMeanwhile() throws Exception {
    service.add(ADMIN, draft(GRA, ACME, "x"));
    ExecutorService others = Executors.newFixedThreadPool(2);
    try (Connection stack = database.dataSource().getConnection()) {
      stack.setAutoCommit(false);
      holds(stack).hold(ACME, Set.of(GRA));
      Future<FederationFault> removal =
          others.submit(() -> fault(() -> service.remove(ADMIN, GRA)));
      awaitLockWaiter();
      Future<FederationFault> withdrawal =
          others.submit(() -> fault(() -> accesses.remove(ADMIN, ACME, GRA)));
      assertThat(removal.isDone()).isFalse();

      uses.put(ACME, List.of(Phrase.of("stack.in-cloud", "shop", ACME, 3)));
      stack.commit();

      assertThat(removal.get(10, SECONDS).code()).isEqualTo(FaultCode.CONFLICT);
      assertThat(withdrawal.get(10, SECONDS).code()).isEqualTo(FaultCode.CONFLICT);
      assertThat(service.listAll(ADMIN)).hasSize(1);
    } finally {
      others.shutdownNow();
    }
  }

  @Test
  void nothingIsPutWhereAnAccessWasTakenAway() throws Exception {
    service.add(ADMIN, draft(GRA, ACME, "x"));
    service.add(ADMIN, draft(BHS, ACME, "x"));
    service.remove(ADMIN, GRA);
    try (Connection stack = database.dataSource().getConnection()) {
      holds(stack).hold(ACME, Set.of(BHS));
      FederationFault gone = fault(() -> holds(stack).hold(ACME, Set.of(GRA, BHS)));
      assertThat(gone.code()).isEqualTo(FaultCode.CONFLICT);
      assertThat(gone).hasMessageContaining("gra").hasMessageNotContaining("bhs");
    }
  }

  /** As within the transaction of that connection. */
  private static AccessHolds holds(Connection connection) {
    Connection unclosed =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) ->
                    method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return new AccessHolds(
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> unclosed));
  }

  private static void awaitLockWaiter() throws Exception {
    Instant late = Instant.now().plusSeconds(10);
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement waiters =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity"
                    + " where datname = current_database() and wait_event_type = 'Lock'")) {
      while (Instant.now().isBefore(late)) {
        try (ResultSet row = waiters.executeQuery()) {
          row.next();
          if (row.getInt(1) > 0) {
            return;
          }
        }
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("the removal does not wait");
  }

  @Test
  void everythingThatIsChangedTogetherIsChangedOrNothing() {
    CloudDetails added = service.add(ADMIN, draft(GRA, ACME, "x"));
    CloudRevision off =
        new CloudRevision(
            Optional.of("Off"),
            Optional.of(Samples.facts("BE")),
            Optional.of(false),
            OptionalLong.of(added.cloud().version()));

    Cloud changed = service.change(ADMIN, GRA, off).cloud();

    assertThat(changed.name()).isEqualTo("Off");
    assertThat(changed.enabled()).isFalse();
    assertThat(fault(() -> service.change(ADMIN, GRA, off)).code())
        .isEqualTo(FaultCode.STALE_VERSION);
    assertThat(fault(() -> service.remove(ADMIN, GRA, off.version())).code())
        .isEqualTo(FaultCode.STALE_VERSION);
    assertThat(service.details(ADMIN, GRA).cloud()).isEqualTo(changed);
    service.remove(ADMIN, GRA, OptionalLong.of(changed.version()));
    assertThat(service.listAll(ADMIN)).isEmpty();
  }

  @Test
  void whatIsChangedOfItsOperatorIsAChangeOfTheCloud() {
    CloudDetails added = service.add(ADMIN, draft(GRA, ACME, "x"));
    CloudFacts facts = added.cloud().facts();
    Operator sold = new Operator("rivage", "Rivage", Optional.of("US"), Optional.of(Set.of("US")));
    CloudFacts other = new CloudFacts(sold, facts.base(), facts.regions(), facts.certifications());
    long seen = added.cloud().version();

    service.change(ADMIN, GRA, "Cloud gra", other, seen);

    assertThat(fault(() -> service.change(ADMIN, GRA, "Cloud gra", facts, seen)).code())
        .isEqualTo(FaultCode.STALE_VERSION);
  }

  @Test
  void aNameIsNeededAndAnOldVersionRefused() {
    CloudDetails added = service.add(ADMIN, draft(GRA, ACME, "x"));
    CloudFacts facts = Samples.facts("BE");
    long version = added.cloud().version();

    assertThat(fault(() -> service.change(ADMIN, GRA, " ", facts, version)).violations())
        .extracting(Violation::pointer)
        .containsExactly("name");
    assertThat(service.change(ADMIN, GRA, " Gravelines ", facts, version).cloud().name())
        .isEqualTo("Gravelines");
    assertThat(fault(() -> service.change(ADMIN, GRA, "Other", facts, version)).code())
        .isEqualTo(FaultCode.STALE_VERSION);
  }

  @Test
  void anEquivalenceNeedsBothNamesAndACloud() {
    service.add(ADMIN, draft(GRA, ACME, "x"));
    Equivalence good = new Equivalence(Equivalence.Kind.FLAVOR, "m1.small", GRA, "b2-7");
    Equivalence nameless = new Equivalence(Equivalence.Kind.FLAVOR, " ", GRA, "b2-7");
    Equivalence elsewhere = new Equivalence(Equivalence.Kind.FLAVOR, "m1.small", BHS, "b2-7");

    service.declare(ADMIN, good);
    assertThat(service.equivalences(ADMIN)).containsExactly(good);
    assertThat(fault(() -> service.declare(ADMIN, nameless)).code())
        .isEqualTo(FaultCode.CLOUD_INVALID);
    assertThat(fault(() -> service.declare(ADMIN, elsewhere)).code())
        .isEqualTo(FaultCode.NOT_FOUND);
    service.withdraw(ADMIN, good);
    assertThat(service.equivalences(ADMIN)).isEmpty();
  }
}
