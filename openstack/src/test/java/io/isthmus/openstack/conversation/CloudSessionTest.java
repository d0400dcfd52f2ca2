package io.isthmus.openstack.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.metrics.CloudCallPools.Pool;
import io.isthmus.domain.trace.RequestId;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudSessionTest {
  private static final Call SERVERS = get(ServiceType.COMPUTE, "/servers");
  private static final Call NEW_SERVER =
      Call.post(
          ServiceType.COMPUTE, ScriptedCloud.REGION, "/servers", JsonObject.EMPTY_JSON_OBJECT);
  private static final String PATH = "/compute/v2.1/servers";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ScriptedCloud cloud = new ScriptedCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  private static Call get(ServiceType service, String path) {
    return Call.get(service, ScriptedCloud.REGION, path);
  }

  private FederationFault fault(DriverConfig config, Call call) {
    CloudSession session = cloud.session(config);
    return catchThrowableOfType(
        FederationFault.class, () -> session.fetch(call, Deadline.in(LONG)));
  }

  private FederationFault fault(Call call) {
    return fault(ScriptedCloud.config(), call);
  }

  // ---- request ids

  @Test
  void sendsTheRequestsIdAlongAndTellsItInTheFault() {
    cloud.on("GET", PATH, Reply.json(409, "{'conflictingRequest': {'message': 'busy'}}"));
    RequestId id = RequestId.fresh();

    FederationFault fault;
    try (RequestId.Scope scope = id.serve()) {
      fault = fault(SERVERS);
    }
    assertThat(cloud.requests())
        .isNotEmpty()
        .allSatisfy(
            request -> assertThat(request.header("X-Openstack-Request-Id")).contains(id.text()));
    assertThat(fault.details().getString("globalRequestId")).isEqualTo(id.text());
  }

  @Test
  void givesWorkThatNobodyAskedForJustNowAnIdOfItsOwn() {
    cloud.on("GET", PATH, Reply.json(409, "{}"));
    FederationFault fault = fault(SERVERS);
    assertThat(cloud.requests("GET", PATH).get(0).header("X-Openstack-Request-Id"))
        .hasValueSatisfying(text -> assertThat(text).matches("req-[0-9a-f-]{36}"));
    assertThat(fault.details()).doesNotContainKey("globalRequestId");
  }

  // ---- deadlines

  private static final Duration MOMENT = Duration.ofMillis(300);

  @Test
  void aBodyThatStallsIsGivenUp() {
    cloud.on("POST", PATH, Reply.stalled(cloud.end()));
    FederationFault fault = fault(ScriptedCloud.config(MOMENT, LONG), NEW_SERVER);
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_TIMEOUT);
    assertThat(fault.getMessage()).contains("gra", "POST compute/servers", "silent");
  }

  @Test
  void headersThatDoNotComeAreGivenUp() {
    cloud.on("POST", PATH, Reply.after(cloud.end(), Reply.json(200, "{}")));
    assertThat(fault(ScriptedCloud.config(MOMENT, LONG), NEW_SERVER).code())
        .isEqualTo(FaultCode.CLOUD_TIMEOUT);
  }

  @Test
  void aBodyThatNeverEndsIsGivenUpThoughItIsNeverSilent() {
    cloud.on("POST", PATH, Reply.trickle(cloud.end()));
    FederationFault fault = fault(ScriptedCloud.config(LONG, Duration.ofSeconds(2)), NEW_SERVER);
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_TIMEOUT);
    assertThat(fault.getMessage()).contains("no whole answer in time");
  }

  // ---- repeating

  @Test
  void readsAgainWhenTheCloudIsBusy() {
    cloud.on("GET", PATH, Reply.text(503, "text/html", "busy"), Reply.json(200, "{'servers': []}"));
    assertThat(cloud.session(ScriptedCloud.config()).fetch(SERVERS, Deadline.in(LONG)))
        .containsKey("servers");
    assertThat(cloud.requests("GET", PATH)).hasSize(2);
  }

  @Test
  void readsNoMoreOftenThanConfigured() {
    cloud.on("GET", PATH, Reply.text(502, "text/html", "<html><h1>Bad gateway</h1></html>"));
    FederationFault fault = fault(SERVERS);
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
    assertThat(fault.getMessage()).contains("502", "Bad gateway").doesNotContain("<");
    assertThat(cloud.requests("GET", PATH)).hasSize(3);
  }

  @Test
  void leavesAServerAloneThatKeepsFailingAndSaysUntilWhen() {
    cloud.on("GET", PATH, Reply.text(503, "text/plain", "busy"));
    CloudSession session = cloud.session(ScriptedCloud.config());
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> session.fetch(SERVERS, Deadline.in(LONG)))
          .isInstanceOf(FederationFault.class);
    }
    int asked = cloud.requests("GET", PATH).size();

    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class, () -> session.fetch(SERVERS, Deadline.in(LONG)));

    assertThat(asked).as("as many as open the circuit").isEqualTo(5);
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
    assertThat(fault.getMessage()).contains("gra", "GET compute/servers", "tried again at");
    assertThat(cloud.requests("GET", PATH)).hasSize(asked);
  }

  @Test
  void asksOnceOnlyForWhatCouldHappenTwice() {
    cloud.on("POST", PATH, Reply.text(503, "text/plain", "busy"));
    assertThat(fault(NEW_SERVER).code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
    assertThat(cloud.requests("POST", PATH)).hasSize(1);
  }

  @Test
  void asksOnceOnlyWhenTheAnswerGetsLost() {
    cloud.on("POST", PATH, Reply.hangUp());
    FederationFault fault = fault(NEW_SERVER);
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
    assertThat(fault.details().getString("call")).isEqualTo("POST compute/servers");
    assertThat(cloud.requests("POST", PATH)).hasSize(1);
  }

  @Test
  void waitsAsLongAsTheCloudAsksEvenWithWhatIsRefusedBeforeItHappened() {
    cloud.on(
        "POST",
        PATH,
        Reply.json(429, "{}", "Retry-After", "1"),
        Reply.json(202, "{'server': {'id': 's'}}"));
    CloudSession session = cloud.session(ScriptedCloud.config());
    long start = System.nanoTime();
    assertThat(session.fetch(NEW_SERVER, "server", Deadline.in(LONG)).getString("id"))
        .isEqualTo("s");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(cloud.requests("POST", PATH)).hasSize(2);
  }

  @Test
  void tellsAtOnceWhenTheCloudAsksToWaitTooLong() {
    cloud.on("GET", PATH, Reply.json(429, "{}", "Retry-After", "3600"));
    assertThat(fault(SERVERS).code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
    assertThat(cloud.requests("GET", PATH)).hasSize(1);
  }

  private static final Call PORTS = get(ServiceType.NETWORK, "/ports");

  @Test
  void whileAServiceWantsToBeLeftAloneOnlyOthersAreAsked() {
    cloud.on("GET", PATH, Reply.json(429, "{}", "Retry-After", "3600"));
    cloud.on("GET", "/network/v2.0/ports", Reply.json(200, "{'ports': []}"));
    CloudSession session = cloud.session(ScriptedCloud.config());

    FederationFault first = failure(session, SERVERS);
    FederationFault second = failure(session, NEW_SERVER);

    assertThat(first.details().getInt("retryAfter")).as("bounded").isEqualTo(30 * 60);
    assertThat(second.code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
    assertThat(second.getMessage()).contains("POST compute/servers", "left alone until");
    assertThat(second.details().getInt("retryAfter")).isBetween(240, 300);
    assertThat(cloud.requests("POST", PATH)).isEmpty();
    assertThat(session.fetch(PORTS, Deadline.in(LONG))).containsKey("ports");
  }

  @Test
  void whatMayNotBeRepeatedStillKeepsOthersAway() {
    cloud.on("POST", PATH, Reply.json(503, "{}", "Retry-After", "120"));
    cloud.on("GET", PATH, Reply.json(200, "{'servers': []}"));
    CloudSession session = cloud.session(ScriptedCloud.config());

    assertThat(failure(session, NEW_SERVER).details().getInt("retryAfter")).isEqualTo(120);

    assertThat(failure(session, SERVERS).code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
    assertThat(cloud.requests("GET", PATH)).isEmpty();
  }

  @Test
  void aServiceThatKeepsFailingDoesNotTakeTheOthersOfItsServerAlong() {
    cloud.on("POST", PATH, Reply.text(503, "text/plain", "busy"));
    cloud.on("GET", "/network/v2.0/ports", Reply.json(200, "{'ports': []}"));
    CloudSession session = cloud.session(ScriptedCloud.config());
    for (int i = 0; i < 5; i++) {
      failure(session, NEW_SERVER);
    }

    FederationFault resting = failure(session, NEW_SERVER);
    assertThat(resting.getMessage())
        .contains("cannot serve now: it answered 503 (")
        .contains("/compute, 5 times in a row)")
        .contains(" was not asked; it is tried again at ");
    assertThat(resting.details().getInt("retryAfter")).isBetween(1, 600);
    assertThat(cloud.requests("POST", PATH)).hasSize(5);
    assertThat(session.fetch(PORTS, Deadline.in(LONG))).containsKey("ports");
  }

  private static FederationFault failure(CloudSession session, Call call) {
    return catchThrowableOfType(
        FederationFault.class, () -> session.fetch(call, Deadline.in(LONG)));
  }

  // ---- answers

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403|{'forbidden': {'message': 'Quota exceeded for cores: Requested 4'}}|QUOTA_EXCEEDED",
        "409|{'NeutronError': {'type': 'OverQuota', 'message': 'Quota exceeded for resources:"
            + " port'}}|QUOTA_EXCEEDED",
        "413|{'overLimit': {'message': 'VolumeLimitExceeded: Maximum number of volumes allowed"
            + " (10) exceeded'}}|QUOTA_EXCEEDED",
        "403|{'forbidden': {'message': 'Policy does not allow this'}}|CLOUD_REJECTED",
        "409|{'NeutronError': {'type': 'NetworkInUse', 'message': 'Unable to complete operation"
            + " on network'}}|CONFLICT",
        "409|{'NeutronError': {'type': 'IpAddressGenerationFailure', 'message': 'No more IP"
            + " addresses available on network'}}|CLOUD_FULL",
        "400|{'badRequest': {'message': 'Invalid key_name provided.'}}|CLOUD_REJECTED",
        "404|{'itemNotFound': {'message': 'gone'}}|CLOUD_REJECTED",
        "504|{'message': 'upstream'}|CLOUD_TIMEOUT"
      })
  void tellsWhatTheCloudSaid(int status, String body, FaultCode code) {
    cloud.on("POST", PATH, Reply.json(status, body, "x-openstack-request-id", "req-7"));
    FederationFault fault = fault(NEW_SERVER);
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.details().getInt("status")).isEqualTo(status);
    assertThat(fault.details().getString("requestId")).isEqualTo("req-7");
    assertThat(fault.getMessage()).contains("gra", "POST compute/servers");
  }

  @Test
  void aLoginPageIsNoAnswer() {
    cloud.on("GET", PATH, Reply.text(200, "text/html", "<html>Please <b>log in</b></html>"));
    FederationFault fault = fault(SERVERS);
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_GARBLED);
    assertThat(fault.getMessage()).contains("Please log in").doesNotContain("<");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[]", "{'server'", "{'servers': {}}", "{'servers': [1]}", "null", "{}"})
  void aListThatIsNoneIsNoAnswer(String body) {
    cloud.on("GET", PATH, Reply.json(200, body));
    CloudSession session = cloud.session(ScriptedCloud.config());
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class, () -> session.list(SERVERS, "servers", Deadline.in(LONG)));
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_GARBLED);
  }

  @Test
  void doesNotReadAnAnswerThatIsTooLong() {
    cloud.on("GET", PATH, Reply.json(200, "{'servers': '" + "x".repeat(5000) + "'}"));
    FederationFault fault = fault(SERVERS);
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_GARBLED);
    assertThat(fault.getMessage()).contains("longer than 4096 bytes");
  }

  // ---- lists

  @Test
  void readsEveryPageOfNovaAndNeutron() {
    cloud.on(
        "GET",
        PATH,
        Reply.json(
            200,
            "{'servers': [{'id': 'a'}, {'id': 'b'}], 'servers_links': [{'rel': 'next', 'href':"
                + " 'http://elsewhere.example/?limit=2&marker=b%20%26'}]}"),
        Reply.json(200, "{'servers': [{'id': 'c'}], 'servers_links': []}"));
    List<JsonObject> all =
        cloud
            .session(ScriptedCloud.config())
            .list(SERVERS.query("tags", "a=b"), "servers", Deadline.in(LONG));
    assertThat(all).extracting(one -> one.getString("id")).containsExactly("a", "b", "c");
    assertThat(cloud.requests("GET", PATH))
        .extracting(ScriptedCloud.Request::query)
        .containsExactly("tags=a=b&limit=2", "tags=a=b&limit=2&marker=b &");
  }

  @Test
  void readsEveryPageOfGlance() {
    cloud.on(
        "GET",
        "/image/v2/images",
        Reply.json(200, "{'images': [{'id': 'a'}], 'next': '/v2/images?marker=a'}"),
        Reply.json(200, "{'images': [{'id': 'b'}]}"));
    assertThat(
            cloud
                .session(ScriptedCloud.config())
                .list(get(ServiceType.IMAGE, "/images"), "images", Deadline.in(LONG)))
        .hasSize(2);
  }

  @Test
  void pagesThatGoRoundInACircleEnd() {
    cloud.on(
        "GET",
        "/image/v2/images",
        Reply.json(200, "{'images': [{'id': 'a'}], 'next': '/v2/images?marker=a'}"));
    CloudSession session = cloud.session(ScriptedCloud.config());
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () -> session.list(get(ServiceType.IMAGE, "/images"), "images", Deadline.in(LONG)));
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_GARBLED);
    assertThat(cloud.requests("GET", "/image/v2/images")).hasSize(2);
  }

  // ---- tokens

  private static final Reply UNAUTHORIZED =
      Reply.json(401, "{'error': {'code': 401, 'message': 'The request you have made requires'}}");

  @Test
  void asksForAnotherTokenWhenOneIsRefused() {
    cloud.on("GET", PATH, UNAUTHORIZED, Reply.json(200, "{}"));
    cloud.session(ScriptedCloud.config()).fetch(SERVERS, Deadline.in(LONG));
    assertThat(cloud.requests("GET", PATH))
        .extracting(request -> request.header("X-Auth-Token").orElseThrow())
        .containsExactly("token-1", "token-2");
  }

  @Test
  void asksForAnotherTokenOnceOnly() {
    cloud.on("GET", PATH, UNAUTHORIZED);
    assertThat(fault(SERVERS).code()).isEqualTo(FaultCode.CLOUD_CREDENTIAL_REJECTED);
    assertThat(cloud.requests("GET", PATH)).hasSize(2);
    assertThat(cloud.requests("POST", "/v3/auth/tokens")).hasSize(2);
  }

  @Test
  void manyCallsAtOnceShareOneToken() {
    CountDownLatch gate = new CountDownLatch(1);
    cloud.on(
        "POST",
        "/v3/auth/tokens",
        Reply.after(
            gate,
            Reply.json(
                201,
                "{'token': {'expires_at': '2999-01-01T00:00:00Z', 'project': {'id': 'p'},"
                    + " 'catalog': []}}",
                "X-Subject-Token",
                "shared")));
    CloudSession session = cloud.session(ScriptedCloud.config());
    ExecutorService threads = Executors.newFixedThreadPool(6);
    CountDownLatch started = new CountDownLatch(6);
    try {
      List<CompletableFuture<String>> asked =
          IntStream.range(0, 6)
              .mapToObj(
                  number ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            started.countDown();
                            return session.projectId(Deadline.in(LONG));
                          },
                          threads))
              .toList();
      started.await();
      gate.countDown();
      assertThat(asked).allSatisfy(each -> assertThat(each.join()).isEqualTo("p"));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
    assertThat(cloud.requests("POST", "/v3/auth/tokens")).hasSize(1);
  }

  @Test
  void renewsATokenThatIsAboutToExpire() {
    cloud.tokensExpireAt(Instant.now().plus(Duration.ofMinutes(1)));
    cloud.on("GET", PATH, Reply.json(200, "{}"));
    CloudSession session = cloud.session(ScriptedCloud.config());
    session.fetch(SERVERS, Deadline.in(LONG));
    int first = cloud.requests("POST", "/v3/auth/tokens").size();
    cloud.tokensExpireAt(Instant.now().plus(Duration.ofHours(1)));
    session.fetch(SERVERS, Deadline.in(LONG));
    int second = cloud.requests("POST", "/v3/auth/tokens").size();
    session.fetch(SERVERS, Deadline.in(LONG));
    assertThat(second).isGreaterThan(first);
    assertThat(cloud.requests("POST", "/v3/auth/tokens")).hasSize(second);
  }

  @Test
  void aKeystoneThatIsNoneIsTold() {
    cloud.on("POST", "/v3/auth/tokens", Reply.json(201, "{'token': {}}", "X-Subject-Token", "t"));
    assertThat(fault(SERVERS).code()).isEqualTo(FaultCode.CLOUD_GARBLED);
  }

  // ---- microversions

  @ParameterizedTest
  @CsvSource({"2.90,compute 2.52", "2.52,compute 2.52", "2.40,compute 2.40"})
  void usesTheNewestMicroversionThatBothKnow(String offered, String used) {
    cloud.on(
        "GET",
        "/compute/v2.1/",
        Reply.json(200, "{'version': {'id': 'v2.1', 'version': '" + offered + "'}}"));
    cloud.on("GET", PATH, Reply.json(200, "{}"));
    CloudSession session = cloud.session(ScriptedCloud.config());
    Call call = SERVERS.upTo(new Microversion(2, 52));
    session.fetch(call, Deadline.in(LONG));
    session.fetch(call, Deadline.in(LONG));
    assertThat(cloud.requests("GET", PATH))
        .extracting(request -> request.header("OpenStack-API-Version").orElse(""))
        .containsExactly(used, used);
    assertThat(cloud.requests("GET", "/compute/v2.1/")).as("read once").hasSize(1);
  }

  @Test
  void namesNoMicroversionToACloudWithoutAny() {
    cloud.on(
        "GET", "/compute/v2.1/", Reply.json(200, "{'version': {'id': 'v2.1', 'version': ''}}"));
    cloud.on("GET", PATH, Reply.json(200, "{}"));
    cloud
        .session(ScriptedCloud.config())
        .fetch(SERVERS.upTo(new Microversion(2, 52)), Deadline.in(LONG));
    assertThat(cloud.requests("GET", PATH).get(0).header("OpenStack-API-Version")).isEmpty();
  }

  @Test
  void takesAPageInKeystonesPlaceForNoKeystone() {
    CloudSession session = cloud.session(ScriptedCloud.config());
    cloud.on("GET", "/v3", Reply.text(200, "text/html", "<html>Sign in to the network</html>"));
    assertThatThrownBy(() -> session.requireKeystone(Deadline.in(LONG)))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_GARBLED))
        .hasMessageContaining("Sign in to the network");

    cloud.on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"));
    session.requireKeystone(Deadline.in(LONG));
  }

  // ---- what the database could not keep

  @Test
  void keepsControlCharactersOutOfWhatIsTold() {
    cloud.on(
        "GET", PATH, Reply.json(409, "{'conflictingRequest': {'message': 'a\\u0000b\\u0007c'}}"));
    FederationFault refused = fault(SERVERS);
    assertThat(refused.details().getString("answer")).isEqualTo("a\ufffdb c");

    cloud.on("GET", PATH, Reply.json(200, "{\u0000\u0001 garbage"));
    FederationFault garbled = fault(SERVERS);
    assertThat(garbled.code()).isEqualTo(FaultCode.CLOUD_GARBLED);
    assertThat(garbled.details().toString()).contains("garbage").doesNotContain("u0000", "u0001");
  }

  @Test
  void readsNulAsACharacterThatCanBeKept() {
    cloud.on("GET", PATH, Reply.json(200, "{'name': 'x\\u0000y'}"));
    assertThat(
            cloud
                .session(ScriptedCloud.config())
                .fetch(SERVERS, Deadline.in(LONG))
                .getString("name"))
        .isEqualTo("x\ufffdy");
  }

  // ---- what is measured

  @Test
  void tellsTheMeterOfEveryExchangeAndOfWhatWasNotSent() {
    cloud.on("GET", PATH, Reply.json(503, "{}"));
    List<String> told = new CopyOnWriteArrayList<>();
    Clouds measured =
        new Clouds(
            ScriptedCloud.config(),
            new AddressGuard("evaluation", Optional.empty()),
            Clock.systemUTC(),
            (id, service, method, outcome, took) ->
                told.add(id + " " + method + " " + service + " " + outcome));
    CloudSession session = measured.session(cloud.connection());
    int failures = ScriptedCloud.config().circuitFailures();
    while (told.stream().noneMatch(line -> line.endsWith("NOT_SENT"))) {
      assertThatThrownBy(() -> session.fetch(SERVERS, Deadline.in(LONG)))
          .isInstanceOf(FederationFault.class);
    }

    assertThat(told).contains("gra POST identity SUCCESS", "gra GET compute NOT_SENT");
    assertThat(told.stream().filter("gra GET compute FAILED"::equals)).hasSize(failures);
    assertThat(measured.pools())
        .containsExactly(
            new Pool(cloud.connection().cloud(), 0, ScriptedCloud.config().concurrency(), 0, 1));
  }

  // ---- addresses

  @Test
  void doesNotSpeakToItselfInProduction() {
    Clouds production =
        new Clouds(
            ScriptedCloud.config(),
            new AddressGuard("production", Optional.empty()),
            Clock.systemUTC());
    CloudSession session = production.session(cloud.connection());
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class, () -> session.fetch(SERVERS, Deadline.in(LONG)));
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_INVALID);
    assertThat(fault.details().getString("cloud")).isEqualTo("gra");
    assertThat(fault.violations()).hasSize(1);
    assertThat(cloud.requests()).isEmpty();
  }

  @Test
  void doesNotFollowACatalogToTheMetadataOfThisMachine() {
    cloud.volumeUrl("http://169.254.169.254/v3/" + ScriptedCloud.PROJECT);
    FederationFault fault = fault(get(ServiceType.VOLUME, "/volumes"));
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_INVALID);
    assertThat(fault.getMessage()).contains("gra", "169.254.169.254");
  }

  @Test
  void doesNotFollowACatalogToAFile() {
    cloud.volumeUrl("file:///etc/passwd");
    FederationFault fault = fault(get(ServiceType.VOLUME, "/volumes"));
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
  }
}
