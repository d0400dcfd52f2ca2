package io.isthmus.domain.stack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudHealth.State;
import io.isthmus.domain.cloud.CloudHealthChanged;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseSearch;
import io.isthmus.domain.notice.Audience;
import io.isthmus.domain.notice.BudgetNotices;
import io.isthmus.domain.notice.CloudNotices;
import io.isthmus.domain.notice.JdbcNotices;
import io.isthmus.domain.notice.Notice;
import io.isthmus.domain.notice.NoticeQuery;
import io.isthmus.domain.notice.NoticeStore;
import io.isthmus.domain.notice.NoticeSubject;
import io.isthmus.domain.notice.Notices;
import io.isthmus.domain.notice.QuotaNotices;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.domain.quota.QuotaRequestChanged;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import io.isthmus.domain.usage.Budget;
import io.isthmus.domain.usage.BudgetReached;
import io.isthmus.domain.usage.BudgetState;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a project's people are told, each from where they were. */
class NoticesTest {

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private static final ProjectId ACME = TestStacks.PROJECT;
  private static final ProjectId GLOBEX = ProjectId.parse("globex/demo");
  private static final CloudId GRA = new CloudId("gra");
  private static final Caller ALICE = new Caller("a", "alice", Set.of("acme"), Set.of());
  private static final Caller ANN = new Caller("n", "ann", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b", "bob", Set.of("globex"), Set.of());

  private final TestDatabase database = TestDatabase.create();
  private final TransactionPerCall transactions = new TransactionPerCall(database.dataSource());
  private final StackStore stacks = transactions.stacks();
  private final TenantService tenants = TenantStores.withProjects(database, ACME, GLOBEX);
  private final NoticeStore store =
      transactions.around(NoticeStore.class, new JdbcNotices(transactions.dataSource()));
  private final Notices notices =
      new Notices(store, tenants, Clock.fixed(NOW.plusSeconds(3600), ZoneOffset.UTC));
  private final CloudNotices clouds = new CloudNotices(store);

  @AfterEach
  void close() {
    database.close();
  }

  private void stack(String name, StackStatus end, int second) {
    Stack stack = TestStacks.stack(name, NOW.plusSeconds(second), UUID.randomUUID());
    stacks.add(
        stack,
        new TestStacks().add("web", TestStacks.SERVER, "gra").parts(NOW),
        Phrase.of("stack.requested", name, "alice"));
    Lease lease = stacks.lease("one", NOW.plusSeconds(900), Duration.ofSeconds(9)).orElseThrow();
    stacks.write(
        lease,
        new StackChange(
            Optional.of(
                new StackChange.Header(
                    stack.actionSince(), end, Phrase.verbatim(name), StackHealth.HEALTHY)),
            List.of(),
            List.of(Happening.of(end, Phrase.verbatim(name + " has come to " + end)))),
        NOW.plusSeconds(second));
    stacks.release(lease, Optional.empty());
  }

  private void looks(ProjectId project, State before, State after, int second) {
    Instant at = NOW.plusSeconds(second);
    clouds.changed(
        new CloudHealthChanged(
            GRA,
            project,
            new CloudHealth(before, NOW, Optional.of(NOW), Optional.empty()),
            new CloudHealth(
                after, at, Optional.of(NOW), Optional.of(Phrase.verbatim("no answer")))));
  }

  private List<String> told(Caller caller, ProjectId project) {
    return notices.list(Audience.of(project), NoticeQuery.ALL, 0, 100, caller).notices().stream()
        .map(notice -> notice.kind().text() + " " + notice.subject().name())
        .toList();
  }

  @Test
  void tellsTheEndsOfStacksAndTheTurnsOfCloudsNewestFirst() {
    stack("shop", StackStatus.CREATED, 1);
    looks(ACME, State.REACHABLE, State.UNREACHABLE, 2);
    looks(ACME, State.UNREACHABLE, State.DEGRADED, 3);
    stack("blog", StackStatus.CREATE_FAILED, 4);

    assertThat(told(ALICE, ACME))
        .containsExactly(
            "stack-failed blog", "cloud-back gra", "cloud-dark gra", "stack-done shop");
    Notice dark = notices.list(Audience.of(ACME), NoticeQuery.ALL, 2, 1, ALICE).notices().get(0);
    assertThat(dark.phrase().in(Locale.ENGLISH)).contains("gra", "no answer");
    assertThat(dark.at()).isEqualTo(NOW.plusSeconds(2));
    assertThat(notices.list(Audience.of(ACME), NoticeQuery.ALL, 0, 1, ALICE).total()).isEqualTo(4);
  }

  @Test
  void tellsNothingOfWhatStaysAsGoodOrBadAsItWas() {
    looks(ACME, State.UNKNOWN, State.REACHABLE, 1);
    looks(ACME, State.REACHABLE, State.DEGRADED, 2);

    assertThat(told(ALICE, ACME)).isEmpty();
  }

  @Test
  void keepsForEachReaderWhatIsNew() {
    stack("shop", StackStatus.CREATED, 1);
    looks(ACME, State.REACHABLE, State.UNREACHABLE, 2);
    assertThat(notices.unseen(Audience.of(ACME), ALICE)).isEqualTo(2);

    notices.seen(Audience.of(ACME), NOW.plusSeconds(1), ALICE);
    assertThat(notices.unseen(Audience.of(ACME), ALICE)).isEqualTo(1);
    assertThat(notices.unseen(Audience.of(ACME), ANN)).isEqualTo(2);
    var slice = notices.list(Audience.of(ACME), NoticeQuery.ALL, 0, 10, ALICE);
    assertThat(slice.notices()).extracting(slice::isNew).containsExactly(true, false);

    notices.seen(Audience.of(ACME), NOW.plusSeconds(2), ALICE);
    notices.seen(Audience.of(ACME), NOW, ALICE);
    assertThat(notices.unseen(Audience.of(ACME), ALICE)).as("never back").isZero();
  }

  @Test
  void warnsTwoWeeksBeforeACredentialExpires() throws SQLException {
    expires(ACME, NOW.plus(Duration.ofDays(13)));
    expires(GLOBEX, NOW.plus(Duration.ofDays(15)));

    assertThat(told(ALICE, ACME)).containsExactly("credential-expires gra");
    assertThat(told(BOB, GLOBEX)).isEmpty();
    assertThat(
            notices
                .list(Audience.of(ACME), NoticeQuery.ALL, 0, 1, ALICE)
                .notices()
                .get(0)
                .phrase()
                .in(Locale.ENGLISH))
        .contains("gra", NOW.plus(Duration.ofDays(13)).toString());
  }

  private void expires(ProjectId project, Instant at) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into cloud_operator (id, name) values ('x', 'X') on conflict do nothing");
      statement.execute(
          "insert into cloud (id, name, operator, hue, auth_url, endpoint_interface, facts)"
              + " values ('gra', 'Gra', 'x', 1, 'https://x', 'public', '{}')"
              + " on conflict do nothing");
      statement.execute(
          "insert into cloud_access (project, cloud, regions, credential) values ('%s', 'gra', '[]', '')"
              .formatted(project));
      statement.execute(
          "insert into cloud_look (project, cloud, inventory) values ('%s', 'gra', '{\"credentialExpires\": \"%s\"}')"
              .formatted(project, at));
    }
  }

  @Test
  void tellsAnotherTenantNothing() {
    stack("shop", StackStatus.CREATED, 1);
    looks(ACME, State.REACHABLE, State.UNREACHABLE, 2);

    assertThat(told(BOB, GLOBEX)).isEmpty();
    assertThat(notices.unseen(Audience.of(GLOBEX), BOB)).isZero();
    for (Runnable call :
        List.<Runnable>of(
            () -> notices.list(Audience.of(ACME), NoticeQuery.ALL, 0, 10, BOB),
            () -> notices.unseen(Audience.of(ACME), BOB),
            () -> notices.newest(Audience.of(ACME), BOB),
            () -> notices.seen(Audience.of(ACME), NOW, BOB))) {
      assertThat(catchThrowableOfType(FederationFault.class, call::run).code())
          .isEqualTo(FaultCode.NOT_FOUND);
    }
  }

  @Test
  void tellsTheFederationsAdministratorsOfAllProjectsClouds() throws SQLException {
    Caller admin = new Caller("root", "root", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
    stack("shop", StackStatus.CREATED, 1);
    looks(ACME, State.REACHABLE, State.UNREACHABLE, 2);
    looks(GLOBEX, State.REACHABLE, State.UNREACHABLE, 3);
    expires(ACME, NOW.plus(Duration.ofDays(13)));

    assertThat(notices.unseen(Audience.FEDERATION, admin)).isEqualTo(3);
    notices.seen(Audience.FEDERATION, NOW.plusSeconds(2), admin);
    var slice = notices.list(Audience.FEDERATION, NoticeQuery.ALL, 0, 10, admin);
    assertThat(slice.notices())
        .extracting(notice -> notice.kind().text() + " " + notice.project())
        .containsExactly(
            "cloud-dark globex/demo", "cloud-dark acme/demo", "credential-expires acme/demo");
    assertThat(slice.notices()).extracting(slice::isNew).containsExactly(true, false, false);
    assertThat(
            catchThrowableOfType(
                    FederationFault.class, () -> notices.newest(Audience.FEDERATION, ALICE))
                .code())
        .isEqualTo(FaultCode.FORBIDDEN);
  }

  private List<String> found(String words, String kind, boolean onlyNew, boolean oldestFirst) {
    NoticeQuery query =
        new NoticeQuery(
            PhraseSearch.of(words, Locale.ENGLISH),
            Optional.of(kind).filter(text -> !text.isEmpty()).map(Notice.Kind::parse),
            onlyNew,
            oldestFirst);
    var slice = notices.list(Audience.of(ACME), query, 0, 10, ALICE);
    assertThat(slice.total()).isEqualTo(slice.notices().size());
    return slice.notices().stream().map(notice -> notice.subject().name()).toList();
  }

  @Test
  void findsWhatIsAskedForInTheOrderAskedFor() {
    assertThat(notices.newest(Audience.of(ACME), ALICE)).isEmpty();
    stack("shop", StackStatus.CREATED, 1);
    stack("blog", StackStatus.CREATE_FAILED, 2);
    looks(ACME, State.REACHABLE, State.UNREACHABLE, 3);
    notices.seen(Audience.of(ACME), NOW.plusSeconds(1), ALICE);

    assertThat(notices.newest(Audience.of(ACME), ALICE)).contains(NOW.plusSeconds(3));
    assertThat(found("", "", false, true)).containsExactly("shop", "blog", "gra");
    assertThat(found("", "", true, false)).containsExactly("gra", "blog");
    assertThat(found("", "stack-failed", false, false)).containsExactly("blog");
    assertThat(found("SHOP", "", false, false)).containsExactly("shop");
    assertThat(found("answer", "", false, false)).as("what was said").containsExactly("gra");
    assertThat(found("come blog", "", false, false)).as("both words").containsExactly("blog");
    assertThat(found("come nowhere", "", false, false)).isEmpty();
  }

  private QuotaRequest request(QuotaRequest.State state, String answer) {
    return new QuotaRequest(
        UUID.randomUUID(),
        ACME,
        Allowance.Of.PROJECT,
        new Extent.OfCloud(GRA),
        Map.of(LimitKind.INSTANCES, 20L, LimitKind.VOLUMES, -1L),
        "the fair",
        "alice",
        NOW.plusSeconds(1),
        state,
        Optional.of(state)
            .filter(end -> end != QuotaRequest.State.OPEN)
            .map(end -> new QuotaRequest.Decision("root", NOW.plusSeconds(2), answer, Map.of())));
  }

  private List<String> words(Audience audience, Caller caller) {
    return notices.list(audience, NoticeQuery.ALL, 0, 10, caller).notices().stream()
        .map(notice -> notice.kind().text() + " " + notice.phrase().in(Locale.ENGLISH))
        .toList();
  }

  @Test
  void tellsAdministratorsWhatIsAskedForAndTheProjectWhatBecameOfIt() {
    Caller admin = new Caller("root", "root", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
    QuotaNotices requests = new QuotaNotices(store);
    QuotaRequest open = request(QuotaRequest.State.OPEN, "");
    requests.changed(new QuotaRequestChanged(open));
    requests.changed(new QuotaRequestChanged(request(QuotaRequest.State.APPROVED, "")));
    requests.changed(new QuotaRequestChanged(request(QuotaRequest.State.DENIED, "next year")));
    requests.changed(new QuotaRequestChanged(request(QuotaRequest.State.WITHDRAWN, "")));

    assertThat(words(Audience.FEDERATION, admin))
        .containsExactly(
            "quota-asked alice asks for a larger quota for acme/demo: servers, volumes"
                + " (cloud gra).");
    assertThat(words(Audience.of(ACME), ALICE))
        .containsExactlyInAnyOrder(
            "quota-approved root has approved the larger quota for acme/demo: servers, volumes"
                + " (cloud gra).",
            "quota-denied root has denied the larger quota for acme/demo: servers, volumes (cloud"
                + " gra). “next year”");
    assertThat(words(Audience.of(GLOBEX), BOB)).isEmpty();
    assertThat(notices.unseen(Audience.of(ACME), ALICE)).isEqualTo(2);
    assertThat(notices.unseen(Audience.FEDERATION, admin)).isEqualTo(1);
    assertThat(
            notices
                .list(Audience.FEDERATION, NoticeQuery.ALL, 0, 10, admin)
                .notices()
                .get(0)
                .subject())
        .isEqualTo(new NoticeSubject.OfQuotaRequest(open.id(), ACME));
  }

  @Test
  void tellsAProjectThatItHasSpentAPartOfItsBudget() {
    Budget budget =
        new Budget(ACME, new BigDecimal("500"), "EUR", List.of(80), false, 1, NOW, "root");
    new BudgetNotices(store)
        .reached(
            new BudgetReached(
                new BudgetState(
                    budget,
                    YearMonth.of(2026, 11),
                    new BigDecimal("412.5"),
                    new BigDecimal("700"),
                    Set.of()),
                80));

    assertThat(words(Audience.of(ACME), ALICE))
        .containsExactly(
            "budget-reached acme/demo has spent 82 % of its budget for 2026-11: 412.50 of 500.00"
                + " EUR. If what runs goes on, it will be 700.00 at the end of the month.");
    assertThat(words(Audience.of(GLOBEX), BOB)).isEmpty();
    assertThat(
            notices
                .list(Audience.of(ACME), NoticeQuery.ALL, 0, 10, ALICE)
                .notices()
                .get(0)
                .subject())
        .isEqualTo(new NoticeSubject.OfBudget(ACME));
  }

  @Test
  void refusesToHaveSeenWhatIsToCome() {
    assertThat(
            catchThrowableOfType(
                    FederationFault.class,
                    () -> notices.seen(Audience.of(ACME), NOW.plusSeconds(7200), ALICE))
                .code())
        .isEqualTo(FaultCode.REQUEST_INVALID);
  }
}
