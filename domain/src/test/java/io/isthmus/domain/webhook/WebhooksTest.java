package io.isthmus.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.notice.Audience;
import io.isthmus.domain.notice.JdbcNotices;
import io.isthmus.domain.notice.Notice;
import io.isthmus.domain.notice.NoticeQuery;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.stack.store.TransactionPerCall;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {

  private static final ProjectId DEMO = TestStacks.PROJECT;
  private static final ProjectId OTHER = ProjectId.parse("globex/demo");
  private static final Caller ALICE = new Caller("a", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b", "bob", Set.of("globex"), Set.of());
  private static final Caller ROOT =
      new Caller("r", "root", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final String ADDRESS = "http://127.0.0.1:9/hook?token=s3cret";
  private static final Set<String> STATUS = Set.of("stack.status");

  /** The time that all see. */
  private static final class Time extends Clock {
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private record Sent(URI address, Map<String, String> headers, String body) {
    String id() {
      return headers.get("webhook-id");
    }
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Time time = new Time();
  private final TestDatabase database = TestDatabase.create();
  private final StackStore stacks = new TransactionPerCall(database.dataSource()).stacks();
  private final TenantService tenants = TenantStores.withProjects(database, DEMO, OTHER);
  private final WebhookStore store =
      new WebhookStore(database.dataSource(), new SecretBox(List.of(new byte[32])));
  private final JdbcNotices notices = new JdbcNotices(database.dataSource());
  private final List<Sent> sent = new ArrayList<>();
  private Function<Sent, WebhookSender.Answer> receiver = one -> answer(204);
  private final WebhookSettings evaluation = settings("evaluation", Optional.empty());
  private final Webhooks webhooks = new Webhooks(store, tenants, evaluation, time);
  private final WebhookPass pass =
      new WebhookPass(
          store,
          (address, headers, body) -> {
            Sent one = new Sent(address, headers, body);
            sent.add(one);
            return receiver.apply(one);
          },
          notices,
          evaluation,
          time,
          null);

  private static WebhookSettings settings(String mode, Optional<String> networks) {
    return new WebhookSettings(mode, networks, false, 4, Duration.ofHours(24));
  }

  private static WebhookSender.Answer answer(int status) {
    return new WebhookSender.Answer(
        Optional.of(status), "words", Optional.empty(), Optional.empty());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Webhook added(Set<String> kinds) {
    return webhooks.add(Optional.of(DEMO), ADDRESS, kinds, Optional.empty(), ALICE).webhook();
  }

  private void stack(String name) {
    stacks.add(
        TestStacks.stack(name, time.now, UUID.randomUUID()),
        new TestStacks().add("web", TestStacks.SERVER, "gra").parts(time.now),
        Phrase.of("stack.requested", name, "alice"));
  }

  private void turns(StackStatus status, StackHealth health) {
    Lease lease =
        stacks.lease("one", time.now.plusSeconds(900), Duration.ofSeconds(9)).orElseThrow();
    Stack stack = stacks.find(lease.stack()).orElseThrow();
    stacks.write(
        lease,
        new StackChange(
            Optional.of(
                new StackChange.Header(stack.actionSince(), status, Phrase.verbatim("so"), health)),
            List.of(),
            List.of(Happening.of(status, Phrase.verbatim("has come to " + status)))),
        time.now);
    stacks.release(lease, Optional.of(time.now));
  }

  /** Serves all that is due. */
  private void serve() {
    for (Optional<WebhookStore.Turn> turn = pass.take(); turn.isPresent(); turn = pass.take()) {
      pass.serve(turn.get());
    }
  }

  private List<String> ids() {
    return sent.stream().map(Sent::id).toList();
  }

  private static FaultCode fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  private static String words(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).phrase().in(Locale.ENGLISH);
  }

  @Test
  void tellsWhatIsWantedInOrderAndSignedForWhatHappensFromThenOn() throws Exception {
    stack("before");
    Webhooks.Told told = webhooks.add(Optional.of(DEMO), ADDRESS, STATUS, Optional.empty(), ALICE);
    serve();
    assertThat(sent).isEmpty();

    stack("shop");
    turns(StackStatus.CREATED, StackHealth.HEALTHY);
    serve();
    serve();

    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).address()).isEqualTo(URI.create(ADDRESS));
    assertThat(sent.get(0).body())
        .contains(
            "\"specversion\":\"1.0\"",
            "\"type\":\"io.isthmus.stack.status\"",
            "\"id\":\"" + sent.get(0).id() + "\"",
            "\"name\":\"shop\"",
            "\"status\":\"CREATE_IN_PROGRESS\"");
    assertThat(sent.get(1).body()).contains("_COMPLETE\"");
    Map<String, String> headers = sent.get(0).headers();
    assertThat(headers.get("Content-Type")).startsWith("application/cloudevents+json");
    assertThat(headers.get("webhook-timestamp"))
        .isEqualTo(Long.toString(time.now.getEpochSecond()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder().decode(told.secret().text().substring("whsec_".length())),
            "HmacSHA256"));
    String signed =
        headers.get("webhook-id")
            + "."
            + headers.get("webhook-timestamp")
            + "."
            + sent.get(0).body();
    assertThat(headers.get("webhook-signature"))
        .isEqualTo(
            "v1,"
                + Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    assertThat(webhooks.deliveries(told.webhook().id(), 10, ALICE))
        .extracting(Delivery::state)
        .containsExactly(Delivery.State.DELIVERED, Delivery.State.DELIVERED);
  }

  /** The example of the specification's own libraries. */
  @Test
  void signsAsTheStandardDoes() {
    assertThat(
            new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void tellsTurnsOfHealthAndOfResourcesWhereTheyAreWanted() {
    added(Set.of("stack.health"));
    stack("shop");
    turns(StackStatus.CREATED, StackHealth.HEALTHY);
    turns(
        StackStatus.CREATED,
        StackHealth.of(StackHealth.State.DEGRADED, Phrase.verbatim("web is gone")));
    serve();

    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).body()).contains("\"after\":\"HEALTHY\"");
    assertThat(sent.get(1).body())
        .contains("\"before\":\"HEALTHY\"", "\"after\":\"DEGRADED\"", "web is gone");
  }

  @Test
  void aCrashBetweenSendingAndRecordingSendsTheSameAgain() {
    added(STATUS);
    stack("shop");
    receiver =
        one -> {
          throw new Crash();
        };
    WebhookStore.Turn turn = pass.take().orElseThrow();
    assertThat(catchThrowableOfType(Crash.class, () -> pass.serve(turn))).isNotNull();
    assertThat(pass.take()).isEmpty();

    time.now = time.now.plus(WebhookPass.LEASE).plusSeconds(1);
    receiver = one -> answer(200);
    serve();

    assertThat(sent).hasSize(2);
    assertThat(sent.get(1).id()).isEqualTo(sent.get(0).id());
    assertThat(sent.get(1).body()).isEqualTo(sent.get(0).body());
  }

  @Test
  void whoHasLostTheTurnWritesNothing() {
    Webhook webhook = added(STATUS);
    stack("shop");
    WebhookStore.Turn old = pass.take().orElseThrow();
    time.now = time.now.plus(WebhookPass.LEASE).plusSeconds(1);
    serve();
    assertThat(sent).hasSize(1);

    pass.serve(old);

    assertThat(sent).hasSize(1);
    assertThat(webhooks.deliveries(webhook.id(), 10, ALICE))
        .extracting(Delivery::tries)
        .containsExactly(1);
  }

  @Test
  void whatIsNotTakenHoldsUpWhatComesAfterAndIsTriedAfterLongerAndLongerPauses() {
    Webhook webhook = added(STATUS);
    stack("shop");
    receiver = one -> answer(503);
    serve();
    stack("blog");
    serve();
    assertThat(sent).hasSize(1);

    time.now = time.now.plus(WebhookPass.FIRST_PAUSE);
    serve();
    assertThat(sent).hasSize(2);
    time.now = time.now.plus(WebhookPass.FIRST_PAUSE);
    serve();
    assertThat(sent).hasSize(2);
    time.now = time.now.plus(WebhookPass.FIRST_PAUSE);
    receiver = one -> answer(200);
    serve();

    assertThat(sent).hasSize(4);
    assertThat(ids().subList(0, 3)).containsOnly(sent.get(0).id());
    assertThat(sent.get(3).body()).contains("blog");
    assertThat(webhooks.find(webhook.id(), ALICE).waiting()).isZero();
  }

  @Test
  void retryAfterIsWaitedForAndNoLongerThanAnHour() {
    added(STATUS);
    stack("shop");
    receiver =
        one ->
            new WebhookSender.Answer(
                Optional.of(429), "", Optional.of(Duration.ofDays(9)), Optional.empty());
    serve();
    time.now = time.now.plus(WebhookPass.LONGEST_PAUSE).minusSeconds(1);
    serve();
    assertThat(sent).hasSize(1);
    time.now = time.now.plusSeconds(1);
    serve();
    assertThat(sent).hasSize(2);
  }

  @Test
  void whatIsNeverTakenIsGivenUpAndThenTheWebhookPausesAndThatIsTold() {
    Webhook webhook = added(STATUS);
    for (String name : List.of("one", "two", "three", "four")) {
      stack(name);
    }
    receiver = one -> answer(500);
    for (int hour = 0; hour < 24 * 4; hour++) {
      serve();
      time.now = time.now.plus(WebhookPass.LONGEST_PAUSE);
    }

    Webhook paused = webhooks.find(webhook.id(), ALICE);
    assertThat(paused.status()).isEqualTo(Webhook.Status.PAUSED);
    assertThat(paused.pausedBecause().orElseThrow().in(Locale.ENGLISH)).contains("3", "500");
    assertThat(paused.pausedAt().orElseThrow()).isBetween(webhook.createdAt(), time.now);
    assertThat(webhooks.deliveries(webhook.id(), 10, ALICE))
        .extracting(Delivery::state)
        .containsExactly(
            Delivery.State.WAITING,
            Delivery.State.GIVEN_UP,
            Delivery.State.GIVEN_UP,
            Delivery.State.GIVEN_UP);
    assertThat(
            notices.list(Audience.of(DEMO), NoticeQuery.ALL, Instant.EPOCH, 0, 10).stream()
                .map(Notice::kind))
        .contains(Notice.Kind.WEBHOOK_PAUSED);
    int before = sent.size();
    serve();
    assertThat(sent).hasSize(before);

    receiver = one -> answer(200);
    webhooks.resume(webhook.id(), ALICE);
    serve();
    assertThat(sent).hasSize(before + 1);
    assertThat(sent.get(before).body()).contains("four");
    String lost = webhooks.deliveries(webhook.id(), 10, ALICE).get(3).message();
    webhooks.redeliver(webhook.id(), lost, ALICE);
    assertThat(fault(() -> webhooks.redeliver(webhook.id(), lost, ALICE)))
        .isEqualTo(FaultCode.CONFLICT);
    serve();
    assertThat(sent.get(before + 1).id()).isEqualTo(lost);
  }

  @Test
  void aReceiverThatIsGoneIsLeftAloneAtOnce() {
    Webhook webhook = added(STATUS);
    stack("shop");
    receiver = one -> answer(410);
    serve();

    assertThat(webhooks.find(webhook.id(), ALICE).status()).isEqualTo(Webhook.Status.PAUSED);
  }

  @Test
  void administratorsSeeThatOneOfTheFederationHasPausedByItself() {
    UUID id =
        webhooks.add(Optional.empty(), ADDRESS, Set.of(), Optional.empty(), ROOT).webhook().id();
    webhooks.pause(id, ROOT);
    assertThat(webhooks.stalled(ROOT)).as("a person has paused it").isEmpty();
    assertThat(webhooks.find(id, ROOT).pausedAt()).contains(time.now);
    webhooks.resume(id, ROOT);
    assertThat(webhooks.find(id, ROOT).pausedAt()).isEmpty();
    receiver = one -> answer(410);
    webhooks.test(id, ROOT);
    serve();

    assertThat(webhooks.stalled(ROOT)).extracting(Webhook::id).containsExactly(id);
    assertThat(webhooks.stalled(ALICE)).isEmpty();
    webhooks.resume(id, ROOT);
    assertThat(webhooks.stalled(ROOT)).isEmpty();
  }

  @Test
  void aTestIsSentOnceAndBeforeWhatWaitsAndThoughItIsPaused() {
    Webhook webhook = added(STATUS);
    stack("shop");
    webhooks.pause(webhook.id(), ALICE);
    receiver = one -> answer(302);
    webhooks.test(webhook.id(), ALICE);
    serve();
    time.now = time.now.plus(Duration.ofHours(2));
    serve();

    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).body()).contains("io.isthmus.webhook.test");
    Delivery test = webhooks.deliveries(webhook.id(), 10, ALICE).get(0);
    assertThat(test.state()).isEqualTo(Delivery.State.GIVEN_UP);
    assertThat(test.status()).contains(302);
    assertThat(test.trouble().orElseThrow().in(Locale.ENGLISH)).contains("302", "elsewhere");
    webhooks.resume(webhook.id(), ALICE);
    receiver = one -> answer(200);
    serve();
    assertThat(sent.get(1).body()).contains("shop");
  }

  @Test
  void bothSecretsSignForADayAfterOneIsReplaced() {
    Webhook webhook = added(STATUS);
    webhooks.rotate(webhook.id(), Optional.empty(), ALICE);
    webhooks.test(webhook.id(), ALICE);
    serve();
    assertThat(sent.get(0).headers().get("webhook-signature").split(" ")).hasSize(2);
    time.now = time.now.plus(Webhooks.FORMER_SIGNS).plusSeconds(1);
    webhooks.test(webhook.id(), ALICE);
    serve();
    assertThat(sent.get(1).headers().get("webhook-signature").split(" ")).hasSize(1);
  }

  @Test
  void neitherAddressNorSecretStandsInTheDatabase() throws SQLException {
    Webhooks.Told told = webhooks.add(Optional.of(DEMO), ADDRESS, STATUS, Optional.empty(), ALICE);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select row_to_json(w)::text from webhook w")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1))
          .doesNotContain("s3cret", "127.0.0.1", told.secret().text().substring(6));
    }
    assertThat(told.webhook().shown()).isEqualTo("http://127.0.0.1:9/hook?…");
    assertThat(told.toString()).doesNotContain(told.secret().text());
  }

  @Test
  void anotherTenantsLookMissingAndTellNothing() {
    Webhook webhook = added(Set.of());
    webhooks.add(Optional.of(OTHER), ADDRESS, Set.of(), Optional.empty(), BOB);
    stack("shop");
    webhooks.pause(webhook.id(), ALICE);
    serve();
    assertThat(sent).isEmpty();

    UUID id = webhook.id();
    for (Caller stranger : List.of(BOB, ROOT)) {
      assertThat(fault(() -> webhooks.list(Optional.of(DEMO), stranger)))
          .isEqualTo(FaultCode.NOT_FOUND);
      assertThat(
              fault(
                  () ->
                      webhooks.add(Optional.of(DEMO), ADDRESS, STATUS, Optional.empty(), stranger)))
          .isEqualTo(FaultCode.NOT_FOUND);
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> webhooks.find(id, stranger),
              () -> webhooks.remove(id, stranger),
              () -> webhooks.pause(id, stranger),
              () -> webhooks.resume(id, stranger),
              () -> webhooks.test(id, stranger),
              () -> webhooks.rotate(id, Optional.empty(), stranger),
              () -> webhooks.deliveries(id, 10, stranger),
              () -> webhooks.redeliver(id, "x", stranger))) {
        assertThat(fault(call)).isEqualTo(FaultCode.NOT_FOUND);
      }
    }
    assertThat(fault(() -> webhooks.list(Optional.empty(), ALICE))).isEqualTo(FaultCode.FORBIDDEN);
    assertThat(
            fault(() -> webhooks.add(Optional.empty(), ADDRESS, Set.of(), Optional.empty(), ALICE)))
        .isEqualTo(FaultCode.FORBIDDEN);
    UUID federations =
        webhooks.add(Optional.empty(), ADDRESS, Set.of(), Optional.empty(), ROOT).webhook().id();
    assertThat(fault(() -> webhooks.find(federations, ALICE))).isEqualTo(FaultCode.NOT_FOUND);
    webhooks.remove(id, ALICE);
    assertThat(fault(() -> webhooks.find(id, ALICE))).isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void refusesWhatCannotBeToldAndSaysWhatCan() {
    Webhooks production =
        new Webhooks(store, tenants, settings("production", Optional.of("10.1.0.0/16")), time);
    for (String address :
        List.of(
            "https://127.0.0.1/x",
            "https://[::1]/x",
            "https://169.254.169.254/latest",
            "https://10.2.0.1/x",
            "https://192.168.1.1/x",
            "https://0.0.0.0/x",
            "https://[::ffff:127.0.0.1]/x")) {
      assertThat(words(() -> add(production, address))).contains("operators’ own network");
    }
    assertThat(add(production, "https://10.1.0.1/x").webhook()).isNotNull();
    assertThat(words(() -> add(production, "http://10.1.0.1/x"))).contains("isthmus.webhooks.http");
    assertThat(words(() -> add(production, "https://no-such-host.invalid/x")))
        .contains("no-such-host.invalid");
    for (String address :
        List.of(
            "ftp://a", "https://", "x y", "https://u:s3cret@10.1.0.1/", "https://10.1.0.1/#a")) {
      assertThat(words(() -> add(production, address)))
          .contains("is no address")
          .doesNotContain("s3cret");
    }
    assertThat(words(() -> added(Set.of("stack.everything")))).contains("stack.everything");
    assertThat(
            words(
                () ->
                    webhooks.add(
                        Optional.of(DEMO), ADDRESS, STATUS, Optional.of("whsec_c2hvcnQ="), ALICE)))
        .contains("24 to 64")
        .doesNotContain("c2hvcnQ");
    assertThat(fault(() -> webhooks.add(Optional.empty(), ADDRESS, STATUS, Optional.empty(), ROOT)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
  }

  private static Webhooks.Told add(Webhooks to, String address) {
    return to.add(Optional.of(DEMO), address, STATUS, Optional.empty(), ALICE);
  }

  @Test
  void aProjectHasSoManyAndNoMore() {
    for (int i = 0; i < Webhooks.MOST; i++) {
      added(STATUS);
    }
    assertThat(fault(() -> added(STATUS))).isEqualTo(FaultCode.QUOTA_EXCEEDED);
    assertThat(webhooks.list(Optional.of(DEMO), ALICE)).hasSize(Webhooks.MOST);
  }

  @Test
  void keepsTheNewestOfWhatIsDone() {
    Webhook webhook = added(STATUS);
    for (int i = 0; i < WebhookStore.KEPT + 5; i++) {
      webhooks.test(webhook.id(), ALICE);
    }
    serve();
    webhooks.test(webhook.id(), ALICE);
    serve();
    assertThat(webhooks.deliveries(webhook.id(), 500, ALICE)).hasSize(WebhookStore.KEPT + 1);
  }
}
