package io.isthmus.domain.cloud;

import static io.isthmus.domain.cloud.Samples.ACME;
import static io.isthmus.domain.cloud.Samples.BHS;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a project's access to a cloud is replaced, on a real database. */
class CloudAccessServiceTest {

  private static final Caller ADMIN =
      new Caller("1", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final Caller ALICE = new Caller("2", "alice", Set.of("acme"), Set.of());
  private static final FederationFault REJECTED =
      new FederationFault(FaultCode.CLOUD_CREDENTIAL_REJECTED, Phrase.verbatim("no"));

  private static TestDatabase database;

  /** Which OpenStack project each password leads to; the cloud rejects all others. */
  private final Map<String, String> projectByPassword = new HashMap<>();

  private final List<String> tried = new ArrayList<>();
  private final List<Phrase> uses = new ArrayList<>();
  private CloudStore store;
  private CloudAccessService service;

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
    store = store(new byte[32]);
    service = service(store);
  }

  private static CloudStore store(byte[] key) {
    SecretBox box = new SecretBox(List.of(key));
    return database.transactional(
        CloudStore.class,
        em -> new JpaCloudStore(em, box, JpaTenantStoreAccess.over(em), new NoPrices()));
  }

  private CloudAccessService service(CloudStore over) {
    return new CloudAccessService(
        over,
        new AddressGuard("production", Optional.empty()),
        Cloudlike::new,
        List.of((cloud, project) -> project.equals(Optional.of(ACME)) ? uses : List.of()));
  }

  private final class Cloudlike implements InventoryDriver {
    @Override
    public CloudInventory fetch(CloudConnection connection, boolean afresh) {
      throw new AssertionError("nobody asked for an inventory");
    }

    @Override
    public List<ConnectionCheck> test(CloudConnection connection, Consumer<ConnectionCheck> told) {
      tried.add(password(connection));
      return List.of();
    }

    @Override
    public String projectOf(CloudConnection connection) {
      return Optional.ofNullable(projectByPassword.get(password(connection)))
          .orElseThrow(() -> REJECTED);
    }
  }

  private static String password(CloudConnection connection) {
    return ((Credential.Password) connection.credential()).password().reveal();
  }

  private String saved(ProjectId project) {
    return password(store.connection(project, GRA).orElseThrow());
  }

  private void add(ProjectId project, String password, String leadsTo) {
    projectByPassword.put(password, leadsTo);
    JpaTenantStoreAccess.over(database).ensure(project);
    store.add(List.of(draft(GRA, project, password)));
  }

  private static FederationFault fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call);
  }

  @Test
  void isForAdministratorsOfTheFederation() {
    CloudDraft draft = draft(GRA, ACME, "new");
    Stream<ThrowingCallable> calls =
        Stream.of(
            () -> service.test(ALICE, ACME, GRA, Optional.empty(), told -> {}),
            () -> service.put(ALICE, ACME, GRA, draft),
            () -> service.remove(ALICE, ACME, GRA));

    assertThat(calls.map(call -> fault(call).code())).containsOnly(FaultCode.FORBIDDEN);
  }

  @Test
  void aNewSecretOfTheSameProjectTakesTheOldOnesPlaceWhileTheCloudIsInUse() {
    add(ACME, "old", "p1");
    uses.add(Phrase.verbatim("shop"));
    projectByPassword.put("new", "p1");

    assertThat(service.put(ADMIN, ACME, GRA, draft(GRA, ACME, "new"))).isFalse();

    assertThat(saved(ACME)).isEqualTo("new");
  }

  @Test
  void aSecretThatTheCloudRejectsChangesNothing() {
    add(ACME, "old", "p1");

    assertThat(fault(() -> service.put(ADMIN, ACME, GRA, draft(GRA, ACME, "typo"))))
        .isSameAs(REJECTED);
    assertThat(saved(ACME)).isEqualTo("old");
  }

  @Test
  void aCredentialOfAnotherProjectIsRefusedWhileSomethingIsThere() {
    add(ACME, "old", "p1");
    projectByPassword.put("other", "p2");
    Phrase shop = Phrase.verbatim("shop");
    uses.add(shop);

    FederationFault refused = fault(() -> service.put(ADMIN, ACME, GRA, draft(GRA, ACME, "other")));
    assertThat(refused.code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(refused.violations()).extracting(Violation::message).containsExactly(shop);
    assertThat(saved(ACME)).isEqualTo("old");

    uses.clear();
    service.put(ADMIN, ACME, GRA, draft(GRA, ACME, "other"));
    assertThat(saved(ACME)).isEqualTo("other");
  }

  @Test
  void whereTheOldSecretWorksNoMoreTheAdministratorsWordCounts() {
    add(ACME, "old", "p1");
    projectByPassword.remove("old");
    projectByPassword.put("new", "p1");
    uses.add(Phrase.verbatim("shop"));

    service.put(ADMIN, ACME, GRA, draft(GRA, ACME, "new"));

    assertThat(saved(ACME)).isEqualTo("new");
  }

  @Test
  void aSecretThatCannotBeOpenedAnyMoreCanBeReplaced() {
    add(ACME, "old", "p1");
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;
    projectByPassword.put("new", "p1");
    store = store(otherKey);

    assertThat(service(store).put(ADMIN, ACME, GRA, draft(GRA, ACME, "new"))).isFalse();

    assertThat(saved(ACME)).isEqualTo("new");
  }

  @Test
  void aProjectIsGivenItsFirstAccess() {
    add(ACME, "old", "p1");
    projectByPassword.put("globex", "p9");

    assertThat(service.put(ADMIN, GLOBEX, GRA, draft(GRA, ACME, "globex"))).isTrue();

    assertThat(saved(GLOBEX)).isEqualTo("globex");
    assertThat(saved(ACME)).isEqualTo("old");
  }

  @Test
  void anEntryForAnotherAddressOrAnUnknownCloudIsRefused() {
    add(ACME, "old", "p1");
    CloudDraft here = draft(GRA, ACME, "new");
    CloudConnection way = here.connection();
    CloudDraft elsewhere =
        new CloudDraft(
            here.entry(),
            here.name(),
            here.facts(),
            new CloudConnection(
                GRA,
                ACME,
                java.net.URI.create("https://203.0.114.9:5000/v3"),
                "public",
                List.of(),
                Optional.empty(),
                way.credential()));

    assertThat(fault(() -> service.put(ADMIN, ACME, GRA, elsewhere)).code())
        .isEqualTo(FaultCode.CONFLICT);
    assertThat(fault(() -> service.put(ADMIN, ACME, BHS, here)).code())
        .isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void triesWhatIsSavedOrWhatWouldBe() {
    add(ACME, "old", "p1");

    service.test(ADMIN, ACME, GRA, Optional.empty(), told -> {});
    service.test(ADMIN, ACME, GRA, Optional.of(draft(GRA, ACME, "new")), told -> {});

    assertThat(tried).containsExactly("old", "new");
    assertThat(saved(ACME)).isEqualTo("old");
    assertThat(fault(() -> service.test(ADMIN, GLOBEX, GRA, Optional.empty(), told -> {})).code())
        .isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void anAccessInUseIsNotTakenAway() {
    add(ACME, "a", "p1");
    add(GLOBEX, "g", "p2");
    uses.add(Phrase.verbatim("shop"));

    assertThat(fault(() -> service.remove(ADMIN, ACME, GRA)).code()).isEqualTo(FaultCode.CONFLICT);
    service.remove(ADMIN, GLOBEX, GRA);

    assertThat(store.accesses()).extracting(CloudAccess::project).containsExactly(ACME);
  }
}
