package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditSearchTest {

  private static final ProjectId DEMO = new ProjectId("acme", "demo");
  private static final ProjectId OTHERS = new ProjectId("globex", "demo");
  private static final Caller ALICE = new Caller("8f3c", "alice", Set.of("acme"), Set.of());
  private static final Caller AUDITOR =
      new Caller("77aa", "eve", Set.of(), Set.of(Caller.FEDERATION_AUDITOR));

  private static TestLog log;
  private static AuditSearch search;

  @BeforeAll
  static void open() {
    log = new TestLog();
    search = new AuditSearch(log.dataSource(), new OwnProjectOnly());
  }

  @AfterAll
  static void close() {
    log.close();
  }

  @BeforeEach
  void clear() {
    log.clear();
  }

  /** Alice belongs to one project. */
  private static final class OwnProjectOnly implements AuditReaders {
    @Override
    public void requireReader(Caller caller, ProjectId project) {
      if (!isReader(caller, project)) {
        throw FederationFault.notFound("project", project.toString());
      }
    }

    @Override
    public boolean isReader(Caller caller, ProjectId project) {
      return caller.equals(ALICE) && project.equals(DEMO);
    }
  }

  private void sealed(AuditRecord... records) throws Exception {
    log.write(List.of(records));
    log.seal();
  }

  private List<String> found(AuditQuery query, Caller caller) {
    return search.page(query, Optional.empty(), 100, caller).entries().stream()
        .map(entry -> entry.record().target().id())
        .toList();
  }

  private static AuditQuery text(String text) {
    AuditQuery all = AuditQuery.of(Optional.empty());
    return new AuditQuery(
        all.from(),
        all.to(),
        Optional.of(text),
        all.tenant(),
        all.project(),
        all.name(),
        all.face(),
        all.action(),
        all.target(),
        all.targetId(),
        all.cloud(),
        all.outcome(),
        all.request());
  }

  @Test
  void aProjectsPeopleSeeWhatWasDoneForItAndNothingElse() throws Exception {
    sealed(Records.of(DEMO, "ours", Records.NOON), Records.of(OTHERS, "theirs", Records.NOON));

    assertThat(found(AuditQuery.of(Optional.of(DEMO)), ALICE)).containsExactly("ours");
    assertThat(found(AuditQuery.of(Optional.empty()), AUDITOR))
        .containsExactlyInAnyOrder("ours", "theirs");
    assertThat(search.require(0, ALICE).record().target().id()).isEqualTo("ours");
    assertFault(
        () -> search.page(AuditQuery.of(Optional.of(OTHERS)), Optional.empty(), 1, ALICE),
        FaultCode.NOT_FOUND);
    assertFault(
        () -> search.page(AuditQuery.of(Optional.empty()), Optional.empty(), 1, ALICE),
        FaultCode.FORBIDDEN);
    assertFault(() -> search.require(1, ALICE), FaultCode.NOT_FOUND);
    assertFault(() -> search.inclusion(1, ALICE), FaultCode.NOT_FOUND);
    assertFault(() -> search.export(new java.io.StringWriter(), ALICE), FaultCode.FORBIDDEN);
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrDouble() throws Exception {
    List<String> all = new ArrayList<>();
    List<AuditRecord> records = new ArrayList<>();
    for (int index = 0; index < 25; index++) {
      // Several at the same moment.
      records.add(Records.of(DEMO, "s" + index, Records.NOON.plusSeconds(index / 4)));
      all.add(0, "s" + index);
    }
    log.write(records);
    log.seal();

    List<String> seen = new ArrayList<>();
    Optional<AuditCursor> next = Optional.empty();
    do {
      AuditPage page = search.page(AuditQuery.of(Optional.of(DEMO)), next, 7, ALICE);
      page.entries().forEach(entry -> seen.add(entry.record().target().id()));
      next = page.next().map(AuditCursor::toString).map(AuditCursor::parse);
    } while (next.isPresent());

    assertThat(seen).isEqualTo(all);
    AuditSlice slice = search.slice(AuditQuery.of(Optional.of(DEMO)), true, 5, 3, ALICE);
    assertThat(slice.total()).isEqualTo(25);
    assertThat(slice.entries().get(0).record().target().id()).isEqualTo("s5");
  }

  @Test
  void isFoundByEachOfItsParts() throws Exception {
    AuditRecord failed = Records.failedInCloud();
    sealed(failed, Records.of(DEMO, "stack-1/web_%", Records.NOON.plusSeconds(60)));

    AuditQuery all = AuditQuery.of(Optional.empty());
    assertThat(found(text("stack-1"), AUDITOR)).containsExactly("stack-1/web_%");
    assertThat(found(text("stack-"), AUDITOR)).isEmpty();
    assertThat(found(text(failed.request().text()), AUDITOR)).containsExactly("web/0/server");
    assertThat(found(text("OS::Nova::Server"), AUDITOR)).containsExactly("web/0/server");
    assertThat(
            found(
                new AuditQuery(
                    Optional.of(Records.NOON),
                    Optional.of(Records.NOON.plusSeconds(60)),
                    all.text(),
                    Optional.of("acme"),
                    Optional.of(DEMO),
                    all.name(),
                    Optional.of(Face.ENGINE),
                    Optional.of("create"),
                    Optional.of("OS::Nova::Server"),
                    Optional.of("web"),
                    Optional.of("gra"),
                    Optional.of(AuditRecord.Outcome.FAILURE),
                    Optional.of(failed.request().text())),
                AUDITOR))
        .containsExactly("web/0/server");
  }

  private static AuditQuery of(Optional<String> tenant, Optional<String> cloud) {
    AuditQuery all = AuditQuery.of(Optional.empty());
    return new AuditQuery(
        all.from(),
        all.to(),
        all.text(),
        tenant,
        all.project(),
        all.name(),
        all.face(),
        all.action(),
        all.target(),
        all.targetId(),
        cloud,
        all.outcome(),
        all.request());
  }

  @Test
  void whoReadsAllFindsWhatConcernsATenantAndWhatThereIsToSearchBy() throws Exception {
    ProjectId second = new ProjectId("acme", "second");
    ProjectId likewise = new ProjectId("acme-two", "demo");
    sealed(
        Records.of(DEMO, "one", Records.NOON),
        Records.of(second, "two", Records.NOON.plusSeconds(1)),
        Records.of(likewise, "three", Records.NOON.plusSeconds(2)),
        Records.failedInCloud());

    assertThat(found(of(Optional.of("acme"), Optional.empty()), AUDITOR))
        .contains("one", "two")
        .doesNotContain("three");
    assertThat(found(of(Optional.of("acme"), Optional.of("gra")), AUDITOR))
        .containsExactly("web/0/server");
    assertThat(found(of(Optional.of("acm"), Optional.empty()), AUDITOR)).isEmpty();
    assertFault(
        () -> search.page(of(Optional.of("acme"), Optional.empty()), Optional.empty(), 1, ALICE),
        FaultCode.FORBIDDEN);

    AuditSubjects subjects = search.subjects(AUDITOR);
    assertThat(subjects.projects()).containsExactlyInAnyOrder(DEMO, second, likewise);
    assertThat(subjects.tenants()).containsExactlyInAnyOrder("acme", "acme-two");
    assertThat(subjects.clouds()).containsExactly("gra");
    assertFault(() -> search.subjects(ALICE), FaultCode.FORBIDDEN);
  }

  /** The newest of 60,000 records, and a count of them, are read from indexes alone. */
  @Test
  void noSearchByTenantProjectOrCloudReadsTheWholeTable() throws Exception {
    log.execute(
        "insert into audit_record (position, record, at, project, face, action, target, target_id,"
            + " cloud, outcome, request) select n, '{}', timestamptz '2026-11-01 00:00:00Z' +"
            + " n * interval '1 second', 't' || (n % 300) || '/p' || (n % 3), 'api', 'create',"
            + " 'stack', 's' || n, 'c' || (n % 40), 'success', 'r' || n"
            + " from generate_series(1, 60000) n");
    log.execute("analyze audit_record");
    AuditQuery all = AuditQuery.of(Optional.empty());
    for (AuditQuery query :
        List.of(
            of(Optional.of("t7"), Optional.empty()),
            of(Optional.empty(), Optional.of("c7")),
            of(Optional.of("t7"), Optional.of("c7")),
            AuditQuery.of(Optional.of(new ProjectId("t7", "p1"))),
            all)) {
      List<String> plans = new ArrayList<>();
      try (Connection connection = Explained.connection(log.dataSource(), plans)) {
        JdbcAuditLists lists = new JdbcAuditLists(connection);
        lists.slice(query, false, 0, 100);
        if (!query.equals(all)) {
          lists.count(query, AuditSearch.MOST_COUNTED);
        }
        lists.projects(AuditSearch.MOST_SUBJECTS);
        lists.clouds(AuditSearch.MOST_SUBJECTS);
      }
      assertThat(String.join("\n", plans)).contains("Index").doesNotContain("Seq Scan");
    }
    try (Connection connection = log.dataSource().getConnection()) {
      assertThat(new JdbcAuditLists(connection).projects(AuditSearch.MOST_SUBJECTS)).hasSize(300);
      assertThat(new JdbcAuditLists(connection).clouds(AuditSearch.MOST_SUBJECTS)).hasSize(40);
    }
  }

  @Test
  void provesWhatIsInTheLogWhateverItsSize() throws Exception {
    for (int size : new int[] {1, 97, 300, 2, 500, 300}) {
      List<AuditRecord> records = new ArrayList<>();
      for (int index = 0; index < size; index++) {
        records.add(Records.of(DEMO, "s" + index, Records.NOON));
      }
      log.write(records);
      log.seal();
    }

    for (long position : new long[] {0, 1, 255, 256, 511, 512, 777, 1199}) {
      InclusionProof proof = search.inclusion(position, ALICE);
      assertThat(proof.holds()).isTrue();
      assertThat(new InclusionProof(position + 1, proof.leaf(), proof.seal(), proof.path()).holds())
          .isFalse();
    }
    long newest = search.seals(Optional.empty(), 1, ALICE).get(0).number();
    for (long earlier = 1; earlier <= newest; earlier++) {
      assertThat(search.consistency(earlier, newest, ALICE).holds()).isTrue();
    }
    assertFault(() -> search.consistency(newest, 1, ALICE), FaultCode.REQUEST_INVALID);
    assertFault(() -> search.consistency(1, newest + 1, ALICE), FaultCode.NOT_FOUND);
  }

  @Test
  void whatCouldNotBeWrittenIsMadeWritable() throws Exception {
    String sent = "a\u0000b\n\ud800" + "x".repeat(5_000);
    sealed(Records.of(DEMO, sent, Records.NOON));

    String kept = search.require(0, ALICE).record().target().id();
    assertThat(kept).startsWith("a\ufffdb\ufffd\ufffdx").hasSize(256).endsWith("…");
    assertThat(found(text(kept), AUDITOR)).containsExactly(kept);
  }

  private static void assertFault(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, FaultCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FederationFault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
