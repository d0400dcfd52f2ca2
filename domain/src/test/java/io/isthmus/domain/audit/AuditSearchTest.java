package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
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
