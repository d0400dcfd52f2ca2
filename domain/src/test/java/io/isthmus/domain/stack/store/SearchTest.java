package io.isthmus.domain.stack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.search.Hit;
import io.isthmus.domain.search.JdbcSearch;
import io.isthmus.domain.search.Search;
import io.isthmus.domain.search.SearchStore;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds by name, address and id what is the caller's, and nothing that is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
  private static final ProjectId ACME = TestStacks.PROJECT;
  private static final ProjectId GLOBEX = ProjectId.parse("globex/demo");
  private static final Caller ALICE = new Caller("a", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b", "bob", Set.of("globex"), Set.of());
  private static final Caller ADMIN =
      new Caller("f", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final String SERVER = "7f3c9a10-0001-4000-8000-00000000000a";

  private final TestDatabase database = TestDatabase.create();
  private final TransactionPerCall transactions = new TransactionPerCall(database.dataSource());
  private final StackStore store = transactions.stacks();
  private final Search search =
      new Search(
          transactions.around(SearchStore.class, new JdbcSearch(transactions.dataSource())),
          TenantStores.withProjects(database, ACME, GLOBEX));
  private StackId shop;

  @BeforeAll
  void fill() {
    shop = add(ACME, "shop");
    add(ACME, "Workshop");
    add(GLOBEX, "shop-of-bob");
    know(shop, SERVER, "10.4.0.7");
    keep(ACME, "ledger");
    keep(GLOBEX, "ledger of bob");
  }

  /** A cloud for all; a template, a policy and two plans, one of which is taken, of a project. */
  private void keep(ProjectId project, String name) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into cloud_operator (id, name) values ('x', 'X') on conflict do nothing");
      statement.execute(
          "insert into cloud (id, name, operator, hue, auth_url, endpoint_interface, facts)"
              + " values ('quay', 'Quai de Loire', 'x', 1, 'https://x', 'public', '{}')"
              + " on conflict do nothing");
      for (String kind : List.of("TEMPLATE", "POLICY")) {
        statement.execute(
            "insert into saved_item values ('%s', '%s', '%s', 1, false)"
                .formatted(project, kind, name));
      }
      for (String accepted : List.of("null", "now()")) {
        statement.execute(
            "insert into plan (id, project, name, template, parameters, shown_parameters, policy,"
                + " placement, fingerprint, created_at, expires_at, created_by, accepted_at)"
                + " values (gen_random_uuid(), '%s', '%s', '', '', '', '', '{}', '', '%s', now(),"
                    .formatted(project, name, NOW)
                + " 'a', "
                + accepted
                + ")");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  void close() {
    database.close();
  }

  private StackId add(ProjectId project, String name) {
    Stack made = TestStacks.stack(name, NOW, UUID.randomUUID());
    Stack stack =
        new Stack(
            made.id(),
            project,
            name,
            made.template(),
            made.parameters(),
            made.computed(),
            made.policy(),
            made.plan(),
            made.status(),
            made.reason(),
            made.health(),
            made.actionSince(),
            made.version(),
            made.lastEvent(),
            made.createdAt(),
            made.updatedAt(),
            made.createdBy(),
            made.request(),
            made.course());
    store.add(
        stack,
        new TestStacks()
            .add("net", TestStacks.NET, "gra")
            .add("front/web_1", TestStacks.SERVER, "gra", "net")
            .parts(NOW),
        Phrase.of("stack.requested", name, "alice"));
    return stack.id();
  }

  private Lease lease(StackId stack) {
    List<Lease> others = new ArrayList<>();
    try {
      while (true) {
        Lease lease =
            store.lease("one", NOW.plusSeconds(900), Duration.ofSeconds(900)).orElseThrow();
        if (lease.stack().equals(stack)) {
          return lease;
        }
        others.add(lease);
      }
    } finally {
      others.forEach(other -> store.release(other, Optional.of(NOW)));
    }
  }

  private void know(StackId stack, String physicalId, String address) {
    StackPart server =
        store.parts(stack).stream()
            .filter(part -> part.type().equals(TestStacks.SERVER))
            .findFirst()
            .orElseThrow();
    JsonObject attributes =
        Json.createObjectBuilder()
            .add(
                "addresses",
                Json.createObjectBuilder()
                    .add(
                        "net",
                        Json.createArrayBuilder()
                            .add(Json.createObjectBuilder().add("addr", address))))
            .build();
    PartState known =
        server
            .state()
            .known(Optional.of(physicalId), Optional.of("ACTIVE"), attributes, NOW)
            .in(StackStatus.CREATED, StackHealth.HEALTHY, NOW);
    Lease lease = lease(stack);
    store.write(
        lease, new StackChange(Optional.empty(), List.of(server.with(known)), List.of()), NOW);
    store.release(lease, Optional.of(NOW));
  }

  private List<String> found(String text, Caller caller) {
    return search.find(text, 10, caller).stream().map(SearchTest::told).toList();
  }

  private static String told(Hit hit) {
    return hit.kind().text()
        + " "
        + hit.match()
        + (hit instanceof Hit.OfStack found
            ? " @" + found.stackName()
            : " #" + ((Hit.Named) hit).id());
  }

  @Test
  void findsStacksByPartOfTheNameTheExactOneFirst() {
    assertThat(found("SHOP", ALICE))
        .containsExactly("stack shop @shop", "stack Workshop @Workshop");
  }

  @Test
  void findsResourcesByPartOfTheirPath() {
    List<Hit.OfStack> hits =
        search.find("web", 10, ALICE).stream().map(Hit.OfStack.class::cast).toList();
    assertThat(hits).extracting(Hit::kind).containsOnly(Hit.Kind.RESOURCE);
    assertThat(hits)
        .extracting(Hit.OfStack::stackName)
        .containsExactlyInAnyOrder("shop", "Workshop");
    assertThat(hits.get(0).part().orElseThrow().cloud()).isEqualTo(new CloudId("gra"));
  }

  @Test
  void findsOpenPlansAndWhatIsSavedByPartOfTheirNames() {
    List<Hit> hits = search.find("LEDG", 10, ALICE);

    assertThat(hits)
        .extracting(Hit::kind)
        .containsExactly(Hit.Kind.PLAN, Hit.Kind.TEMPLATE, Hit.Kind.POLICY);
    assertThat(hits).extracting(Hit::match).containsOnly("ledger");
    assertThat(hits).extracting(Hit::project).containsOnly(Optional.of(ACME));
    assertThat(((Hit.Named) hits.get(0)).at()).contains(NOW);
    assertThat(found("ledger of", BOB)).contains("template ledger of bob #ledger of bob");
  }

  @Test
  void findsCloudsByIdAndNameForWhoBelongsToAProjectOrRunsTheFederation() {
    for (Caller caller : List.of(ALICE, BOB, ADMIN)) {
      assertThat(found("QUAY", caller)).containsExactly("cloud Quai de Loire #quay");
      assertThat(found("loire", caller)).containsExactly("cloud Quai de Loire #quay");
    }
    Caller nobody = new Caller("n", "nobody", Set.of(), Set.of());
    assertThat(found("loire", nobody)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.4.0.7", "10.4.", "10.4.0.0/16", "0.0.0.0/0", "10.4.0.7/32"})
  void findsResourcesByAddressItsBeginningOrAPrefix(String text) {
    assertThat(found(text, ALICE)).containsExactly("address 10.4.0.7 @shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.4.0.70", "10.5.", "10.5.0.0/16", "::/0", "0.7"})
  void findsNoAddressThatIsAnother(String text) {
    assertThat(found(text, ALICE)).isEmpty();
  }

  @Test
  void forgetsAnAddressThatAPartHasNoMore() {
    StackId mover = add(ACME, "mover");
    know(mover, "moved-0001", "192.0.2.1");
    assertThat(found("192.0.2.", ALICE)).containsExactly("address 192.0.2.1 @mover");

    know(mover, "moved-0001", "198.51.100.1");
    assertThat(found("192.0.2.", ALICE)).isEmpty();
    assertThat(found("198.51.", ALICE)).containsExactly("address 198.51.100.1 @mover");
    delete(mover);
  }

  @Test
  void findsByOurIdsAndTheCloudsOwn() {
    String id = shop.toString();
    assertThat(found(id, ALICE)).containsExactly("id " + id + " @shop");
    assertThat(found(id.substring(0, 8).toUpperCase(java.util.Locale.ROOT), ALICE))
        .contains("id " + id + " @shop");
    assertThat(found("7f3c9a10", ALICE)).containsExactly("id " + SERVER + " @shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop",
        "web",
        "net",
        "10.4.0.7",
        "0.0.0.0/0",
        "::/0",
        "7f3c9a10",
        "%%",
        "__",
        "' or 1=1 --",
        "acme",
        "ledger",
        "globex/demo",
        "*)",
        "\\\\"
      })
  void tellsAnotherTenantNothingOfIt(String text) {
    assertThat(search.find(text, 50, BOB))
        .allSatisfy(hit -> assertThat(hit.project()).contains(GLOBEX));
    assertThat(search.find(text, 50, ADMIN)).as("who runs the federation").isEmpty();
    assertThat(search.find(text, 50, ALICE))
        .allSatisfy(hit -> assertThat(hit.project()).contains(ACME));
  }

  @Test
  void tellsAnotherTenantNothingEvenByAStacksWholeId() {
    assertThat(search.find(shop.toString(), 50, BOB)).isEmpty();
    assertThat(search.find(SERVER, 50, BOB)).isEmpty();
  }

  @Test
  void leavesDeletedStacksOutExceptByTheirId() {
    StackId leaver = add(ACME, "leaver");
    know(leaver, "left-0001", "203.0.113.5");
    assertThat(found("leaver", ALICE)).containsExactly("stack leaver @leaver");
    delete(leaver);

    assertThat(found("leaver", ALICE)).isEmpty();
    assertThat(found("203.0.113.", ALICE)).isEmpty();
    assertThat(found("left-0001", ALICE)).isEmpty();
    assertThat(found(leaver.toString(), ALICE)).containsExactly("id " + leaver + " @leaver");
  }

  private void delete(StackId stack) {
    store.requestDeletion(stack, OptionalLong.empty(), Phrase.verbatim("away"), NOW);
    Lease lease = lease(stack);
    store.write(
        lease,
        new StackChange(
            Optional.of(
                new StackChange.Header(
                    store.find(stack).orElseThrow().actionSince(),
                    StackStatus.DELETED,
                    Phrase.verbatim("gone"),
                    StackHealth.UNKNOWN)),
            List.of(),
            List.of()),
        NOW);
    store.release(lease, Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a ", "a\u0000b", "x\ty"})
  void refusesWhatCannotBeSearchedFor(String text) {
    assertThat(refused(() -> search.find(text, 10, ALICE))).isEqualTo(FaultCode.REQUEST_INVALID);
  }

  @Test
  void refusesTooManyHitsAndTooMuchText() {
    assertThat(refused(() -> search.find("shop", 51, ALICE))).isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(refused(() -> search.find("shop", 0, ALICE))).isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(refused(() -> search.find("x".repeat(201), 10, ALICE)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
  }

  private static FaultCode refused(Runnable call) {
    return catchThrowableOfType(FederationFault.class, call::run).code();
  }

  @Test
  void saysThatItWasGivenUpWhenTheDatabaseTakesTooLong() throws SQLException {
    Search hasty =
        new Search(
            transactions.around(
                SearchStore.class,
                new JdbcSearch(transactions.dataSource(), Duration.ofMillis(50))),
            TenantStores.withProjects(database, ACME, GLOBEX));
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table stack_part in access exclusive mode");
      FederationFault fault =
          catchThrowableOfType(FederationFault.class, () -> hasty.find("web", 10, ALICE));
      other.rollback();
      assertThat(fault.code()).isEqualTo(FaultCode.SEARCH_TOO_WIDE);
    }
  }

  /** Many things whose names have “zulu” in them, and one that is called so. */
  private void mirror() {
    database.execute(
        "insert into cloud_access (project, cloud, regions, credential)"
            + " values ('acme/demo', 'quay', '[]', 'x');"
            + " insert into cloud_look (project, cloud, inventory) values ('acme/demo', 'quay',"
            + " '{\"account\": \"a\", \"regions\": [{\"region\": \"R\", \"services\":"
            + " [{\"type\": \"compute\"}]}]}');"
            + " insert into mirror_list (cloud, account, region, kind)"
            + " values ('quay', 'a', 'R', 'SERVER');"
            + " insert into mirror_item (list, id, name, digest) select list.id, 'z-' || number,"
            + " case number when 2500 then 'Zulu' else 'a-zulu-' || number end, ''"
            + " from mirror_list as list, generate_series(1, 2500) as number");
  }

  private void forgetMirror() {
    database.execute("truncate mirror_list cascade; delete from cloud_access");
  }

  @Test
  void findsWhatIsCalledSoAmongManyThatHaveItInTheirNames() {
    mirror();
    try {
      assertThat(search.find("zulu", 10, ALICE).stream().filter(Hit.InCloud.class::isInstance))
          .first()
          .satisfies(hit -> assertThat(hit.match()).isEqualTo("Zulu"));
      assertThat(search.find("zulu", 50, ALICE)).doesNotHaveDuplicates();
    } finally {
      forgetMirror();
    }
  }

  /** The whole search in one transaction, as in the server. */
  private interface Finder {
    List<Hit> find(String text, int limit, Caller caller);
  }

  @Test
  void tellsTheRestWhenWhatIsInCloudsTakesTooLong() throws SQLException {
    Search hasty =
        new Search(
            new JdbcSearch(transactions.dataSource(), Duration.ofMillis(500)),
            TenantStores.withProjects(database, ACME, GLOBEX));
    Finder finder = transactions.around(Finder.class, hasty::find);
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table mirror_item in access exclusive mode");
      List<Hit> hits = finder.find("quay", 10, ALICE);
      List<Hit> stacks = finder.find("shop", 10, ALICE);
      other.rollback();
      assertThat(hits).extracting(Hit::kind).containsExactly(Hit.Kind.CLOUD);
      assertThat(stacks).isNotEmpty();
    }
  }

  @Test
  void partsOfNamesHaveAnIndex() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // So few rows are read through any index; only this one can be asked for a part of a name.
      statement.execute("alter table stack_part drop constraint stack_part_pkey cascade");
      statement.execute("set local enable_seqscan = off");
      try (ResultSet plan =
          statement.executeQuery(
              "explain select 1 from stack_part where lower(resource) like '%web%'")) {
        StringBuilder lines = new StringBuilder();
        while (plan.next()) {
          lines.append(plan.getString(1));
        }
        assertThat(lines).contains("stack_part_resource_trigrams");
      } finally {
        connection.rollback();
      }
    }
  }
}
