package io.isthmus.domain.cloud;

import static io.isthmus.domain.cloud.Samples.ACME;
import static io.isthmus.domain.cloud.Samples.BHS;
import static io.isthmus.domain.cloud.Samples.GLOBEX;
import static io.isthmus.domain.cloud.Samples.GRA;
import static io.isthmus.domain.cloud.Samples.draft;
import static io.isthmus.domain.cloud.Samples.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.JpaTenantStoreAccess;
import io.isthmus.domain.tenant.TenantStore;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry on a real database: what is kept, for whom it is seen, and who looks. */
class RegistryTest {

  private static final Allowance FIVE_SERVERS =
      new Allowance(
          Allowance.Of.PROJECT,
          new Extent.Everywhere(),
          Map.of(LimitKind.INSTANCES, new Limit(5, 1)));

  private static final Duration LEASE = Duration.ofMinutes(1);

  private static TestDatabase database;
  private CloudStore store;
  private CloudLooks looks;
  private RegistryFederation federation;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
  }

  @BeforeEach
  void open() {
    database.clear();
    TenantStore tenants = JpaTenantStoreAccess.over(database);
    tenants.ensure(ACME);
    tenants.ensure(GLOBEX);
    SecretBox box = new SecretBox(List.of(new byte[32]));
    store =
        database.transactional(
            CloudStore.class,
            em -> new JpaCloudStore(em, box, JpaTenantStoreAccess.over(em), new NoPrices()));
    looks = new CloudLooks(database.dataSource());
    federation =
        new RegistryFederation(
            store,
            looks,
            new NoReservations(),
            (project, members) -> List.of(FIVE_SERVERS),
            new NoPrices(),
            () -> List.of());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static CloudRevision revision(String name, String country, long version) {
    return new CloudRevision(
        Optional.of(name), Optional.of(facts(country)), Optional.empty(), OptionalLong.of(version));
  }

  @Test
  void givesBackWhatWasAdded() {
    store.add(List.of(draft(GRA, ACME, "s3cret")));
    Cloud cloud = store.find(GRA).orElseThrow();
    assertThat(cloud.facts()).isEqualTo(facts("FR"));
    assertThat(cloud.hue()).isEqualTo(1);
    assertThat(federation.find(ACME, GRA)).contains(draft(GRA, ACME, "s3cret").connection());
    assertThat(federation.find(GLOBEX, GRA)).isEmpty();
    assertThat(store.accesses())
        .containsExactly(new CloudAccess(ACME, GRA, List.of("R-1"), "user @ demo"));
  }

  @Test
  void theCredentialIsNotReadableInTheDatabase() throws Exception {
    store.add(List.of(draft(GRA, ACME, "s3cret")));
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select credential from cloud_access")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).startsWith("v1.").doesNotContain("s3cret", "user");
    }
  }

  @Test
  void aCredentialSealedWithALostKeyIsTold() {
    store.add(List.of(draft(GRA, ACME, "s3cret")));
    byte[] other = new byte[32];
    other[0] = 1;
    SecretBox box = new SecretBox(List.of(other));
    CloudStore lost =
        database.transactional(
            CloudStore.class,
            em -> new JpaCloudStore(em, box, JpaTenantStoreAccess.over(em), new NoPrices()));
    FederationFault fault =
        catchFault(
            () ->
                new RegistryFederation(
                        lost,
                        looks,
                        new NoReservations(),
                        (project, members) -> List.of(),
                        new NoPrices(),
                        () -> List.of())
                    .find(ACME, GRA));
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_CREDENTIAL_REJECTED);
    assertThat(fault).hasMessageContaining("acme/demo");
    lost.upsert(draft(GRA, ACME, "again"));
    assertThat(lost.connection(ACME, GRA)).isPresent();
  }

  @Test
  void huesDifferAsLongAsTheyCan() {
    for (int i = 1; i <= 9; i++) {
      store.add(List.of(draft(new CloudId("c" + i), ACME, "x")));
    }
    assertThat(store.clouds().stream().map(Cloud::hue)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 1);
  }

  @Test
  void aSecondAccessOfTheSameProjectIsRefusedAndOneOfAnotherProjectAdded() {
    store.add(List.of(draft(GRA, ACME, "x")));
    store.add(List.of(draft(GRA, GLOBEX, "y")));
    assertThat(catchFault(() -> store.add(List.of(draft(GRA, ACME, "z")))).code())
        .isEqualTo(FaultCode.NAME_TAKEN);
    assertThat(store.accesses()).hasSize(2);
    assertThat(store.clouds()).hasSize(1);
  }

  @Test
  void anotherAddressUnderTheSameNameIsRefused() {
    store.add(List.of(draft(GRA, ACME, "x")));
    CloudDraft same = draft(GRA, GLOBEX, "y");
    CloudConnection c = same.connection();
    CloudDraft elsewhere =
        new CloudDraft(
            "e",
            same.name(),
            same.facts(),
            new CloudConnection(
                GRA,
                GLOBEX,
                URI.create("https://203.0.114.9/v3"),
                "public",
                List.of(),
                Optional.empty(),
                c.credential()));
    assertThat(catchFault(() -> store.add(List.of(elsewhere))).code())
        .isEqualTo(FaultCode.CONFLICT);
    assertThat(store.accesses()).hasSize(1);
  }

  @Test
  void importingTheSameAgainKeepsWhatAnAdministratorChanged() {
    store.upsert(draft(GRA, ACME, "x"));
    Cloud before = store.find(GRA).orElseThrow();
    store.change(GRA, revision("Renamed", "BE", before.version()));
    store.upsert(draft(GRA, ACME, "rotated"));
    Cloud after = store.find(GRA).orElseThrow();
    assertThat(after.name()).isEqualTo("Renamed");
    assertThat(after.facts().base().country()).contains("BE");
    assertThat(after.hue()).isEqualTo(before.hue());
    assertThat(store.connection(ACME, GRA).orElseThrow().credential())
        .isEqualTo(draft(GRA, ACME, "rotated").connection().credential());

    CloudDraft changed = draft(GRA, ACME, "x");
    store.upsert(new CloudDraft("gra", "New name", facts("LU"), changed.connection()));
    assertThat(store.find(GRA).orElseThrow().name()).isEqualTo("New name");
  }

  @Test
  void anotherAddressOfACloudIsLookedAtAnewWithEveryAccess() throws Exception {
    store.upsert(draft(GRA, ACME, "x"));
    store.upsert(draft(GRA, GLOBEX, "y"));
    Look underWay = looks.take(10, LEASE).get(0);
    CloudDraft same = draft(GRA, ACME, "x");
    store.upsert(
        new CloudDraft(
            "gra",
            same.name(),
            same.facts(),
            new CloudConnection(
                GRA,
                ACME,
                URI.create("https://203.0.114.9/v3"),
                "public",
                List.of(),
                Optional.empty(),
                same.connection().credential())));
    CloudHealth health =
        Healths.after(underWay.before(), Samples.inventory(Optional.empty()), Instant.now());
    assertThat(looks.record(underWay, health, Optional.empty(), LEASE)).isFalse();
    assertThat(looks.take(10, LEASE)).hasSize(2);
    try (var connection = database.dataSource().getConnection();
        var row =
            connection
                .createStatement()
                .executeQuery("select bool_and(leads_anew) from cloud_look")) {
      assertThat(row.next() && row.getBoolean(1)).isTrue();
    }
  }

  @Test
  void aChangeOnAnOldVersionIsRefused() {
    store.add(List.of(draft(GRA, ACME, "x")));
    long version = store.find(GRA).orElseThrow().version();
    store.change(GRA, revision("A", "FR", version));
    assertThat(catchFault(() -> store.change(GRA, revision("B", "FR", version))).code())
        .isEqualTo(FaultCode.STALE_VERSION);
  }

  @Test
  void aLookIsTakenOnceUntilItsLeaseEndsAndAnOlderFenceWritesNothing() throws Exception {
    store.add(List.of(draft(GRA, ACME, "x")));
    Look first = looks.take(10, LEASE).get(0);
    assertThat(looks.take(10, LEASE)).isEmpty();
    database.execute("update cloud_look set lease_until = now() - interval '1 second'");
    Look second = looks.take(10, LEASE).get(0);
    assertThat(second.fence()).isGreaterThan(first.fence());
    CloudHealth health =
        Healths.after(second.before(), Samples.inventory(Optional.empty()), Instant.now());
    assertThat(looks.record(first, health, Optional.empty(), LEASE)).isFalse();
    assertThat(looks.record(second, health, Optional.empty(), LEASE)).isTrue();
    assertThat(looks.take(10, LEASE)).isEmpty();
  }

  @Test
  void aProjectSeesEveryCloudButOnlyItsOwnInventory() {
    store.add(List.of(draft(GRA, ACME, "x")));
    store.add(List.of(draft(BHS, GLOBEX, "y")));
    for (Look look : looks.take(10, LEASE)) {
      CloudInventory inventory = Samples.inventory(Optional.of(Phrase.verbatim("answered 503")));
      looks.record(
          look,
          Healths.after(look.before(), inventory, inventory.takenAt()),
          Optional.of(inventory),
          LEASE);
    }
    FederationSnapshot seen = federation.snapshot(ACME);
    assertThat(seen.allowances()).isEmpty();
    assertThat(federation.snapshotToPlan(ACME).allowances()).containsExactly(FIVE_SERVERS);
    // They count the stack that moves already: it must not find itself in its way.
    assertThat(federation.snapshotWithout(ACME, UUID.randomUUID()).allowances()).isEmpty();
    assertThat(seen.clouds()).extracting(CloudView::id).containsExactly(BHS, GRA);
    CloudView own = seen.find(GRA).orElseThrow();
    assertThat(own.accessible()).isTrue();
    assertThat(own.inventory())
        .contains(Samples.inventory(Optional.of(Phrase.verbatim("answered 503"))));
    assertThat(own.health().state()).isEqualTo(CloudHealth.State.DEGRADED);
    assertThat(own.health().reason().map(Phrase::toString).orElseThrow())
        .contains("block-storage (R-1). answered 503");
    CloudView foreign = seen.find(BHS).orElseThrow();
    assertThat(foreign.accessible()).isFalse();
    assertThat(foreign.inventory()).isEmpty();
    assertThat(foreign.health().state()).isEqualTo(CloudHealth.State.DEGRADED);
    assertThat(foreign.health().reason()).isEmpty();
  }

  @Test
  void whoseAccessesLeadIntoTheSameOpenStackProjectOfACloudIsKnown() {
    store.add(List.of(draft(GRA, ACME, "x")));
    store.add(List.of(draft(GRA, GLOBEX, "y")));
    store.add(List.of(draft(BHS, ACME, "x")));
    store.add(List.of(draft(BHS, GLOBEX, "y")));
    ProjectId untold = new ProjectId("acme", "untold");
    store.add(List.of(draft(GRA, untold, "z")));
    look(
        look ->
            look.project().equals(untold)
                ? Optional.empty()
                // Into one in gra; into two in bhs, one of which is called as that in gra.
                : Optional.of(
                    look.cloud().equals(GRA) || look.project().equals(ACME) ? "f00" : "ba4"));

    assertThat(looks.accounts(ACME))
        .containsExactlyInAnyOrder(new Account(GRA, "f00"), new Account(BHS, "f00"));
    assertThat(looks.accounts(untold)).isEmpty();
    assertThat(looks.sharing(ACME)).isEqualTo(Map.of(GRA, Set.of(GLOBEX)));
    assertThat(looks.sharing(GLOBEX)).isEqualTo(Map.of(GRA, Set.of(ACME)));
    assertThat(looks.sharing(untold)).isEmpty();

    // Who moves into another one does not share any more.
    database.execute("update cloud_look set next_look_at = now()");
    look(look -> Optional.of(look.project().equals(ACME) ? "f00" : "cafe"));
    assertThat(looks.sharing(ACME)).isEmpty();
    assertThat(looks.sharing(untold)).isEqualTo(Map.of(GRA, Set.of(GLOBEX)));
  }

  private void look(Function<Look, Optional<String>> account) {
    for (Look look : looks.take(10, LEASE)) {
      CloudInventory found = Samples.inventory(Optional.empty());
      CloudInventory inventory =
          new CloudInventory(
              found.takenAt(), found.regions(), found.credentialExpires(), account.apply(look));
      looks.record(
          look,
          Healths.after(look.before(), inventory, inventory.takenAt()),
          Optional.of(inventory),
          LEASE);
    }
  }

  @Test
  void whatOthersReserveInASharedOpenStackProjectIsNotLeftToAnybody() {
    store.add(List.of(draft(GRA, ACME, "x")));
    store.add(List.of(draft(GRA, GLOBEX, "y")));
    look(look -> Optional.of("f00"));
    List<Object> asked = new ArrayList<>();
    RegistryFederation shared =
        new RegistryFederation(
            store,
            looks,
            new NoReservations() {
              @Override
              public Map<Place, Map<LimitKind, Long>> of(
                  Map<CloudId, QuotaReading> read, Optional<UUID> without) {
                asked.add(read.get(GRA).sharers());
                return Map.of();
              }

              @Override
              public void takeTurn(ProjectId project, Set<Account> accounts) {
                asked.add(accounts);
              }
            },
            (project, members) -> List.of(),
            new NoPrices(),
            () -> List.of());

    shared.takeTurn(ACME);
    shared.snapshot(ACME);

    assertThat(asked).containsExactly(Set.of(new Account(GRA, "f00")), Set.of(ACME, GLOBEX));
  }

  @Test
  void whatIsAsItWasIsOnlyToldToHaveBeenSeenAgain() throws Exception {
    store.add(List.of(draft(GRA, ACME, "x")));
    CloudInventory inventory = Samples.inventory(Optional.empty());
    CloudInventory later = inventory.takenAt(inventory.takenAt().plusSeconds(60));
    Look first = looks.take(1, LEASE).get(0);
    assertThat(first.afresh()).as("never looked at").isTrue();
    CloudHealth well = Healths.after(first.before(), inventory, inventory.takenAt());
    looks.record(first, well, Optional.of(inventory), Duration.ZERO);
    Look second = looks.take(1, LEASE).get(0);
    assertThat(second.afresh()).isFalse();
    looks.record(second, well, Optional.of(later), Duration.ZERO);

    assertThat(federation.snapshot(ACME).find(GRA).orElseThrow().inventory()).contains(later);
    assertThat(written()).isEqualTo(inventory.takenAt().toString());
    CloudInventory other =
        new CloudInventory(
            later.takenAt(), later.regions(), later.credentialExpires(), Optional.of("elsewhere"));
    looks.record(looks.take(1, LEASE).get(0), well, Optional.of(other), Duration.ZERO);
    assertThat(federation.snapshot(ACME).find(GRA).orElseThrow().inventory()).contains(other);
    assertThat(written()).isEqualTo(later.takenAt().toString());

    looks.again(ACME, GRA);
    assertThat(looks.take(1, LEASE).get(0).afresh()).as("a person wants to know").isTrue();
  }

  private static String written() throws Exception {
    try (var connection = database.dataSource().getConnection();
        var row =
            connection
                .createStatement()
                .executeQuery("select inventory ->> 'takenAt' from cloud_look")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void aDarkCloudKeepsTheInventoryThatWasReadBefore() {
    store.add(List.of(draft(GRA, ACME, "x")));
    Look look = looks.take(1, LEASE).get(0);
    CloudInventory inventory = Samples.inventory(Optional.empty());
    CloudHealth well = Healths.after(look.before(), inventory, inventory.takenAt());
    looks.record(look, well, Optional.of(inventory), Duration.ZERO);
    Look next = looks.take(1, LEASE).get(0);
    assertThat(next.before()).isEqualTo(well);
    CloudHealth dark =
        Healths.after(
            next.before(),
            new FederationFault(FaultCode.CLOUD_UNAVAILABLE, Phrase.verbatim("refused")),
            inventory.takenAt().plusSeconds(60));
    looks.record(next, dark, Optional.empty(), LEASE);
    CloudView view = federation.snapshot(ACME).find(GRA).orElseThrow();
    assertThat(view.health()).isEqualTo(dark);
    assertThat(view.health().seenAt()).contains(inventory.takenAt());
    assertThat(view.inventory()).contains(inventory);
  }

  @Test
  void removingACloudTakesEverythingOfItAlong() throws Exception {
    store.add(List.of(draft(GRA, ACME, "x")));
    Equivalence equivalence = new Equivalence(Equivalence.Kind.FLAVOR, "m1.small", GRA, "b2-7");
    List<Optional<Equivalence>> seen = new ArrayList<>();
    store.put(equivalence, seen::add);
    Equivalence other = new Equivalence(Equivalence.Kind.FLAVOR, "m1.small", GRA, "b2-15");
    store.put(other, seen::add);
    assertThat(seen).containsExactly(Optional.empty(), Optional.of(equivalence));
    Consumer<Object> refusal =
        now -> {
          throw new IllegalStateException("refused");
        };
    assertThatThrownBy(() -> store.put(equivalence, refusal::accept))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.remove(equivalence, refusal::accept))
        .isInstanceOf(IllegalStateException.class);
    assertThat(store.equivalences()).containsExactly(other);
    assertThat(store.equivalences()).extracting(Equivalence::localName).containsExactly("b2-15");
    store.remove(GRA, OptionalLong.empty(), () -> {});
    assertThat(store.clouds()).isEmpty();
    assertThat(store.accesses()).isEmpty();
    assertThat(store.equivalences()).isEmpty();
    assertThat(looks.take(10, LEASE)).isEmpty();
    assertThat(catchFault(() -> store.remove(equivalence, any -> {})).code())
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(catchFault(() -> store.put(equivalence, any -> {})).code())
        .isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void serversThatImportAtTheSameTimeDoNotDisturbEachOther() throws Exception {
    Set<Throwable> failures = java.util.concurrent.ConcurrentHashMap.newKeySet();
    Runnable importer =
        () -> {
          try {
            for (int i = 1; i <= 4; i++) {
              store.upsert(draft(new CloudId("c" + i), ACME, "x"));
            }
          } catch (RuntimeException e) {
            failures.add(e);
          }
        };
    List<Thread> servers =
        List.of(new Thread(importer), new Thread(importer), new Thread(importer));
    servers.forEach(Thread::start);
    for (Thread server : servers) {
      server.join();
    }
    assertThat(failures).isEmpty();
    assertThat(store.clouds().stream().map(Cloud::hue)).containsExactly(1, 2, 3, 4);
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
