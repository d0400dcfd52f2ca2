package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What the use cases of a request leave in the log. */
class AuditsTest {

  private static final ProjectId DEMO = new ProjectId("acme", "demo");
  private static final Caller ALICE = new Caller("8f3c", "alice", Set.of("acme"), Set.of());

  /** Remembers, or refuses. */
  private static final class RememberingLog implements AuditLog {
    private final List<AuditRecord> inTransaction = new ArrayList<>();
    private final List<AuditRecord> alone = new ArrayList<>();
    private boolean broken;

    @Override
    public void add(AuditRecord record) {
      refuseIfBroken();
      inTransaction.add(record);
    }

    @Override
    public void addAlone(AuditRecord record) {
      refuseIfBroken();
      alone.add(record);
    }

    private void refuseIfBroken() {
      if (broken) {
        throw new FederationFault(FaultCode.AUDIT_UNAVAILABLE, Phrase.of("audit.unavailable"));
      }
    }
  }

  /** Use cases as they are annotated in earnest. */
  @SuppressWarnings("unused")
  private static final class UseCases {
    @Audited(action = "update", target = "thing")
    void change(ProjectId project, @AuditedId String name, String password, Caller caller) {}

    @Audited(action = "read", target = "thing")
    void look(@AuditedId String name, Caller caller) {}

    @Audited(action = "create", target = "thing")
    void make(String words, Caller caller) {}

    @Audited(action = "update", target = "access", announced = true)
    void ask(@AuditedId String name, Caller caller) {}
  }

  private record Call(Method method, Object[] arguments, Callable<Object> body)
      implements InvocationContext {
    static Call of(String name, Callable<Object> body, Object... arguments) {
      Method method =
          Arrays.stream(UseCases.class.getDeclaredMethods())
              .filter(each -> each.getName().equals(name))
              .findFirst()
              .orElseThrow();
      return new Call(method, arguments, body);
    }

    @Override
    public Object getTarget() {
      return null;
    }

    @Override
    public Object getTimer() {
      return null;
    }

    @Override
    public Method getMethod() {
      return method;
    }

    @Override
    public java.lang.reflect.Constructor<?> getConstructor() {
      return null;
    }

    @Override
    public Object[] getParameters() {
      return arguments;
    }

    @Override
    public void setParameters(Object[] changed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> getContextData() {
      return Map.of();
    }

    @Override
    public Object proceed() throws Exception {
      return body.call();
    }
  }

  private final RememberingLog log = new RememberingLog();
  private final AuditsFailure failure = new AuditsFailure(log);
  private final AuditsSuccess success = new AuditsSuccess(log);

  /** As the container does: one around the transaction, the other within. */
  private Object served(Call call) throws Exception {
    return failure.audit(new Call(call.method(), call.arguments(), () -> success.audit(call)));
  }

  private static FederationFault refused() {
    return new FederationFault(FaultCode.CONFLICT, Phrase.of("library.is-default", "web"));
  }

  @Test
  void whatIsLeftOutStandsInNobodysWay() throws Exception {
    try (AuditedRequest request = AuditedRequest.serve(Face.API)) {
      served(Call.of("make", () -> null, null, ALICE));
    }

    assertThat(log.inTransaction.get(0).target()).isEqualTo(new AuditRecord.Target("thing", ""));
  }

  @Test
  void aChangeIsRecordedInItsTransactionWithoutWhatWasSent() throws Exception {
    try (AuditedRequest request = AuditedRequest.serve(Face.API)) {
      served(Call.of("change", () -> null, DEMO, "web", "open sesame", ALICE));
    }

    assertThat(log.alone).isEmpty();
    AuditRecord record = log.inTransaction.get(0);
    assertThat(record.outcome()).isEqualTo(AuditRecord.Outcome.SUCCESS);
    assertThat(record.actor().orElseThrow().name()).isEqualTo("alice");
    assertThat(record.project()).contains(DEMO);
    assertThat(record.target()).isEqualTo(new AuditRecord.Target("thing", "web"));
    assertThat(Cadf.write(record)).doesNotContain("sesame");
  }

  @Test
  void aRefusalIsRecordedOutsideOfIt() {
    try (AuditedRequest request = AuditedRequest.serve(Face.PORTAL)) {
      assertThatThrownBy(
              () ->
                  served(
                      Call.of(
                          "change",
                          () -> {
                            throw refused();
                          },
                          DEMO,
                          "web",
                          "open sesame",
                          ALICE)))
          .isInstanceOf(FederationFault.class);
      assertThat(request.isRecorded(true)).isTrue();
    }

    assertThat(log.inTransaction).isEmpty();
    AuditRecord record = log.alone.get(0);
    assertThat(record.outcome()).isEqualTo(AuditRecord.Outcome.FAILURE);
    assertThat(record.reason().orElseThrow().code()).isEqualTo("conflict");
    assertThat(Cadf.write(record)).doesNotContain("sesame");
  }

  @Test
  void aProjectsPeopleAreNotToldOfWhoIsNoneOfThem() {
    try (AuditedRequest request = AuditedRequest.serve(Face.API)) {
      assertThatThrownBy(
              () ->
                  served(
                      Call.of(
                          "change",
                          () -> {
                            throw FederationFault.notFound("project", DEMO.toString());
                          },
                          DEMO,
                          "web",
                          "",
                          ALICE)))
          .isInstanceOf(FederationFault.class);
    }

    assertThat(log.alone.get(0).project()).isEmpty();
  }

  @Test
  void whatBreaksIsToldByItsKindOnly() {
    try (AuditedRequest request = AuditedRequest.serve(Face.API)) {
      assertThatThrownBy(
              () ->
                  served(
                      Call.of(
                          "look",
                          () -> {
                            throw new IllegalStateException("password=open sesame");
                          },
                          "web",
                          ALICE)))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(log.alone.get(0).reason().orElseThrow().words()).isEqualTo("IllegalStateException");
  }

  @Test
  void whatCannotBeRecordedIsNotDone() {
    log.broken = true;
    List<String> done = new ArrayList<>();
    try (AuditedRequest request = AuditedRequest.serve(Face.API)) {
      // Thrown within the transaction, which is rolled back by it.
      assertThatThrownBy(() -> success.audit(Call.of("change", () -> null, DEMO, "web", "", ALICE)))
          .isInstanceOf(FederationFault.class);
      assertThatThrownBy(
              () -> served(Call.of("ask", () -> done.add("asked a cloud"), "gra", ALICE)))
          .isInstanceOf(FederationFault.class);
    }

    assertThat(done).isEmpty();
  }

  @Test
  void whatAsksACloudIsRecordedBeforeAndAfter() throws Exception {
    try (AuditedRequest request = AuditedRequest.serve(Face.API)) {
      served(Call.of("ask", () -> null, "gra", ALICE));
    }

    assertThat(log.alone)
        .extracting(AuditRecord::outcome)
        .containsExactly(AuditRecord.Outcome.PENDING);
    assertThat(log.inTransaction)
        .extracting(AuditRecord::outcome)
        .containsExactly(AuditRecord.Outcome.SUCCESS);
  }

  @Test
  void whatOneUseCaseAsksOfAnotherIsPartOfIt() throws Exception {
    try (AuditedRequest request = AuditedRequest.serve(Face.API)) {
      served(
          Call.of(
              "change",
              () -> served(Call.of("change", () -> null, DEMO, "inner", "", ALICE)),
              DEMO,
              "outer",
              "",
              ALICE));
    }

    assertThat(log.inTransaction)
        .extracting(record -> record.target().id())
        .containsExactly("outer");
  }

  @Test
  void howeverMuchIsReadForARequestItHasOneRecord() throws Exception {
    RequestAudit audit = new RequestAudit(log, new SignedIn(ALICE), java.time.Clock.systemUTC());
    AuditRecord.Target asked = new AuditRecord.Target("address", "/api/v1/things");
    try (AuditedRequest request = AuditedRequest.serve(Face.API)) {
      served(Call.of("look", () -> null, "web", ALICE));
      served(Call.of("look", () -> null, "db", ALICE));
      audit.answered("read", asked, Optional.empty());
    }

    assertThat(log.inTransaction).isEmpty();
    assertThat(log.alone)
        .extracting(AuditRecord::target)
        .containsExactly(new AuditRecord.Target("thing", "web"));
  }

  @Test
  void strangersDoNotFillTheLogAndTheirNumberIsRecorded() {
    java.util.concurrent.atomic.AtomicReference<java.time.Instant> now =
        new java.util.concurrent.atomic.AtomicReference<>(Records.NOON);
    RequestAudit audit =
        new RequestAudit(
            log,
            new SignedIn(),
            new java.time.Clock() {
              @Override
              public java.time.Instant instant() {
                return now.get();
              }

              @Override
              public java.time.ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
              }

              @Override
              public java.time.Clock withZone(java.time.ZoneId zone) {
                return this;
              }
            },
            new Strangers(5, 100, 10));
    FederationFault why =
        new FederationFault(FaultCode.NOT_SIGNED_IN, Phrase.of("access.not-signed-in"));
    for (int time = 0; time < 400; time++) {
      audit.turnedAway(
          Face.API,
          "203.0.113.9",
          "read",
          new AuditRecord.Target("address", "/api/v1/stacks"),
          why);
    }
    audit.summarise();
    assertThat(log.alone).hasSize(5);

    now.set(Records.NOON.plusSeconds(61));
    log.broken = true;
    audit.summarise();
    log.broken = false;
    audit.summarise();
    audit.summarise();

    assertThat(log.alone).hasSize(6);
    AuditRecord summary = log.alone.get(5);
    assertThat(summary.target()).isEqualTo(new AuditRecord.Target("client", "203.0.113.9"));
    assertThat(summary.outcome()).isEqualTo(AuditRecord.Outcome.FAILURE);
    assertThat(summary.reason().orElseThrow().words())
        .startsWith("395 more requests from 203.0.113.9");
    RequestAudit known =
        new RequestAudit(
            log, new SignedIn(ALICE), java.time.Clock.systemUTC(), new Strangers(0, 0, 1));
    try (AuditedRequest request = AuditedRequest.serve(Face.API, "203.0.113.9")) {
      known.answered("read", new AuditRecord.Target("address", "/api/v1/x"), Optional.empty());
    }
    assertThat(log.alone).hasSize(7);
  }

  @Test
  void whatIsTurnedAwayBeforeAUseCaseIsRecordedByItsAddress() {
    RequestAudit audit = new RequestAudit(log, new SignedIn(), java.time.Clock.systemUTC());
    AuditRecord.Target asked = new AuditRecord.Target("address", "/api/v1/stacks");
    try (AuditedRequest request = AuditedRequest.serve(Face.API)) {
      AuditedRequest.refused(
          new FederationFault(FaultCode.NOT_SIGNED_IN, Phrase.of("access.not-signed-in")));
      audit.answered("create", asked, Optional.of(new AuditRecord.Reason("http", "401")));
    }

    AuditRecord record = log.alone.get(0);
    assertThat(record.actor()).isEmpty();
    assertThat(record.target()).isEqualTo(asked);
    assertThat(record.reason().orElseThrow().code()).isEqualTo("not-signed-in");
    assertThat(Cadf.read(Cadf.write(record))).isEqualTo(record);
  }

  @Test
  void whatNobodyAskedForJustNowIsNotRecordedAsARequest() throws Exception {
    served(Call.of("look", () -> null, "web", ALICE));

    assertThat(log.alone).isEmpty();
    assertThat(log.inTransaction).isEmpty();
  }
}
