package io.isthmus.domain.stack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackFilter;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackListStore;
import io.isthmus.domain.stack.StackLists;
import io.isthmus.domain.stack.StackOrder;
import io.isthmus.domain.stack.StackPage;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.StackTotals;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.stack.Urgency;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A project's stacks in every order, page by page, and nobody else's. */
class StackListsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
  private static final ProjectId PROJECT = TestStacks.PROJECT;
  private static final Caller ALICE = new Caller("a", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b", "bob", Set.of("globex"), Set.of());

  private final TestDatabase database = TestDatabase.create();
  private final TransactionPerCall transactions = new TransactionPerCall(database.dataSource());
  private final StackStore store = transactions.stacks();
  private final StackLists lists =
      new StackLists(
          transactions.around(StackListStore.class, new JdbcStackLists(transactions.dataSource())),
          TenantStores.withProjects(database, PROJECT, ProjectId.parse("globex/demo")));

  @AfterEach
  void close() {
    database.close();
  }

  private void add(String name, int second, String cloud) {
    Stack stack = TestStacks.stack(name, NOW.plusSeconds(second), UUID.randomUUID());
    store.add(
        stack,
        new TestStacks()
            .add("net", TestStacks.NET, cloud)
            .add("web", TestStacks.SERVER, cloud, "net")
            .parts(NOW),
        Phrase.of("stack.requested", name, "alice"));
  }

  /** The one that was added first of those that are still being made. */
  private void become(StackStatus status, StackHealth.State health, int second) {
    Lease lease = store.lease("one", NOW.plusSeconds(900), Duration.ofSeconds(9)).orElseThrow();
    Stack stack = store.find(lease.stack()).orElseThrow();
    store.write(
        lease,
        new StackChange(
            Optional.of(
                new StackChange.Header(
                    stack.actionSince(),
                    status,
                    Phrase.verbatim("so"),
                    StackHealth.of(health, Phrase.verbatim("so")))),
            List.of(),
            List.of()),
        NOW.plusSeconds(second));
    store.release(lease, Optional.empty());
  }

  private List<String> names(StackFilter filter, String order) {
    return lists.slice(PROJECT, filter, StackOrder.parse(order), 0, 100, ALICE).stacks().stream()
        .map(StackView::name)
        .toList();
  }

  @Test
  void ordersByWhatIsAskedForWithoutRegardToCase() {
    add("beta", 0, "gra");
    add("Alpha", 1, "gra");
    add("gamma", 2, "gra");
    become(StackStatus.CREATED, StackHealth.State.HEALTHY, 30);
    become(StackStatus.CREATE_FAILED, StackHealth.State.LOST, 20);
    become(StackStatus.CREATED, StackHealth.State.DEGRADED, 10);

    assertThat(names(StackFilter.ALL, "name")).containsExactly("Alpha", "beta", "gamma");
    assertThat(names(StackFilter.ALL, "name:desc")).containsExactly("gamma", "beta", "Alpha");
    assertThat(names(StackFilter.ALL, "created_at:desc")).containsExactly("gamma", "Alpha", "beta");
    assertThat(names(StackFilter.ALL, "updated_at")).containsExactly("gamma", "Alpha", "beta");
    assertThat(names(StackFilter.ALL, "created_by")).hasSize(3);
    assertThat(names(StackFilter.ALL, "health")).containsExactly("Alpha", "gamma", "beta");
    assertThat(names(StackFilter.ALL, "status:desc").get(0)).isEqualTo("Alpha");
  }

  @Test
  void findsAndCountsThoseThatWereChangedBehindOurBack() {
    add("as-given", 0, "gra");
    add("changed", 1, "gra");
    add("lost", 2, "gra");
    add("leaving", 3, "gra");
    database.execute(
        "update stack set status = case name when 'leaving' then 'DELETE_IN_PROGRESS'"
            + " else 'CREATE_COMPLETE' end; update stack_part set status = 'CREATE_COMPLETE';"
            + " update stack_part set health = '{\"state\": \"LOST\", \"reasons\": []}'"
            + " where resource = 'web' and stack in (select id from stack where name in"
            + " ('lost', 'leaving'));"
            + " insert into part_drift select stack, resource, cloud, region, generation,"
            + " '[{\"property\": \"flavor\"}]', '[]', now() from stack_part where stack ="
            + " (select id from stack where name = 'changed');"
            + " insert into part_drift select stack, resource, cloud, region, generation,"
            + " '[]', '[\"rules\"]', now() from stack_part where stack ="
            + " (select id from stack where name = 'as-given');"
            + " insert into stack_comparison select id, '', 2, false, now() from stack"
            + " where name = 'as-given'");
    assertThat(names(drifted(true), "name")).containsExactly("changed", "lost");
    assertThat(names(drifted(false), "name")).containsExactly("as-given");
    assertThat(lists.drifted(PROJECT, ALICE)).isEqualTo(2);
    assertThat(
            lists.slice(PROJECT, StackFilter.ALL, StackOrder.parse("name"), 0, 9, ALICE).stacks())
        .extracting(stack -> stack.drift().parts(), stack -> stack.drift().untold())
        .containsExactly(tuple(0, 2), tuple(2, 2), tuple(0, 0), tuple(1, 2));
    assertThatThrownBy(() -> lists.drifted(PROJECT, BOB)).isInstanceOf(FederationFault.class);
  }

  private static StackFilter drifted(boolean drifted) {
    return new StackFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(drifted));
  }

  @ParameterizedTest
  @EnumSource
  void pagesThroughEveryStackOnceInEachOrder(StackOrder.By by) {
    for (int i = 0; i < 7; i++) {
      // Twice the same moment, so that the id has to decide.
      add("shop-" + i, i / 2, "gra");
    }
    for (boolean descending : List.of(false, true)) {
      StackOrder order = new StackOrder(by, descending);
      List<StackView> seen = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        StackPage page = lists.page(PROJECT, StackFilter.ALL, order, cursor, 3, ALICE);
        seen.addAll(page.stacks());
        cursor = page.next();
      } while (cursor.isPresent());

      assertThat(seen)
          .as(order.toString())
          .isEqualTo(lists.slice(PROJECT, StackFilter.ALL, order, 0, 100, ALICE).stacks());
      assertThat(seen).hasSize(7);
    }
  }

  @Test
  void countsWhatTheFilterLetsThroughAndSkips() {
    for (int i = 0; i < 5; i++) {
      add("shop-" + i, i, i < 2 ? "gra" : "bhs");
    }
    StackFilter inBhs =
        new StackFilter(
            Optional.of("SHOP"),
            Optional.of(StackStatus.CREATING),
            Optional.of(StackHealth.State.UNKNOWN),
            Optional.of(new CloudId("bhs")));

    var slice = lists.slice(PROJECT, inBhs, StackOrder.NEWEST, 1, 1, ALICE);
    assertThat(slice.total()).isEqualTo(3);
    assertThat(slice.stacks()).extracting(StackView::name).containsExactly("shop-3");
    assertThat(names(StackFilter.of(Optional.of("hop-3"), Optional.empty()), "name"))
        .containsExactly("shop-3");
    assertThat(names(StackFilter.of(Optional.of("%"), Optional.empty()), "name")).isEmpty();
  }

  @Test
  void showsAStackJustAsItsOwnPageDoes() {
    add("shop", 0, "gra");
    StackView shown =
        lists.slice(PROJECT, StackFilter.ALL, StackOrder.NEWEST, 0, 1, ALICE).stacks().get(0);
    Stack stack = store.find(shown.id()).orElseThrow();

    assertThat(shown.parts()).isEqualTo(2);
    assertThat(shown.partsDone()).isZero();
    assertThat(shown.regions()).containsExactly(Place.inRegion(new CloudId("gra"), "R1"));
    assertThat(shown.statusReason()).isEqualTo(stack.reason());
    assertThat(shown.version()).isEqualTo(stack.version());
    assertThat(shown.createdAt()).isEqualTo(stack.createdAt());
  }

  private void delete(String name) {
    StackFilter named = StackFilter.of(Optional.of(name), Optional.empty());
    StackView found = lists.slice(PROJECT, named, StackOrder.NEWEST, 0, 1, ALICE).stacks().get(0);
    store.requestDeletion(
        found.id(), OptionalLong.empty(), Phrase.verbatim("away"), NOW.plusSeconds(2));
    become(StackStatus.DELETED, StackHealth.State.UNKNOWN, 3);
  }

  @Test
  void leavesDeletedOnesOutUnlessTheyAreAskedFor() {
    add("shop", 0, "gra");
    become(StackStatus.CREATED, StackHealth.State.HEALTHY, 1);
    delete("shop");

    assertThat(names(StackFilter.ALL, "name")).isEmpty();
    assertThat(names(StackFilter.of(Optional.empty(), Optional.of(StackStatus.DELETED)), "name"))
        .containsExactly("shop");
  }

  @Test
  void countsTheWholeProjectByUrgencyAndShowsTheMostUrgentFirst() {
    String[] names = {"lost", "failed", "working", "away", "degraded", "fine", "unseen", "gone"};
    for (int i = 0; i < names.length; i++) {
      add(names[i], i, "gra");
    }
    // In the order in which they were added.
    become(StackStatus.CREATED, StackHealth.State.LOST, 20);
    become(StackStatus.CREATE_FAILED, StackHealth.State.DEGRADED, 20);
    become(StackStatus.CREATING, StackHealth.State.DEGRADED, 20);
    become(StackStatus.CREATED, StackHealth.State.UNREACHABLE, 20);
    become(StackStatus.CREATED, StackHealth.State.DEGRADED, 20);
    become(StackStatus.CREATED, StackHealth.State.HEALTHY, 20);
    become(StackStatus.CREATED, StackHealth.State.UNKNOWN, 20);
    delete("gone");

    StackTotals totals = lists.totals(PROJECT, ALICE);
    assertThat(totals.byUrgency())
        .isEqualTo(
            Map.of(
                Urgency.FAILED,
                2L,
                Urgency.TROUBLED,
                2L,
                Urgency.WORKING,
                1L,
                Urgency.SETTLED,
                2L));
    assertThat(totals.all()).isEqualTo(7);
    List<StackView> urgent = lists.mostUrgent(PROJECT, 100, ALICE);
    assertThat(urgent)
        .extracting(StackView::name)
        .containsExactly("failed", "lost", "degraded", "away", "working", "unseen", "fine");
    assertThat(urgent)
        .extracting(stack -> Urgency.of(stack.status(), stack.health().state()))
        .isSorted();
    assertThat(lists.mostUrgent(PROJECT, 2, ALICE)).isEqualTo(urgent.subList(0, 2));
  }

  @Test
  void countsNothingInAnotherTenantsProject() {
    add("shop", 0, "gra");

    for (Runnable call :
        List.<Runnable>of(
            () -> lists.totals(PROJECT, BOB), () -> lists.mostUrgent(PROJECT, 1, BOB))) {
      assertThat(catchThrowableOfType(FederationFault.class, call::run).code())
          .isEqualTo(FaultCode.NOT_FOUND);
    }
    assertThat(lists.totals(ProjectId.parse("globex/demo"), BOB).all()).isZero();
  }

  @Test
  void showsNothingOfAnotherTenantsProject() {
    add("shop", 0, "gra");

    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () -> lists.slice(PROJECT, StackFilter.ALL, StackOrder.NEWEST, 0, 10, BOB));
    assertThat(fault.code()).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(
            lists
                .slice(
                    ProjectId.parse("globex/demo"), StackFilter.ALL, StackOrder.NEWEST, 0, 10, BOB)
                .total())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not one", "", "bmFtZTphc2M", "***"})
  void refusesACursorThatIsNotItsOwn(String cursor) {
    assertThat(refused(cursor, StackOrder.NEWEST)).isEqualTo(FaultCode.REQUEST_INVALID);
  }

  @Test
  void refusesACursorOfAnotherOrder() {
    add("one", 0, "gra");
    add("two", 1, "gra");
    String cursor =
        lists
            .page(PROJECT, StackFilter.ALL, StackOrder.NEWEST, Optional.empty(), 1, ALICE)
            .next()
            .orElseThrow();

    assertThat(refused(cursor, StackOrder.parse("name"))).isEqualTo(FaultCode.REQUEST_INVALID);
  }

  private FaultCode refused(String cursor, StackOrder order) {
    return catchThrowableOfType(
            FederationFault.class,
            () -> lists.page(PROJECT, StackFilter.ALL, order, Optional.of(cursor), 3, ALICE))
        .code();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"size", "name:up", "name:asc:desc", "", ":desc", "name; drop table stack"})
  void knowsNoOtherOrder(String text) {
    assertThatThrownBy(() -> StackOrder.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("created_at");
  }
}
