package io.isthmus.domain.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.idempotency.Beginning.Answered;
import io.isthmus.domain.idempotency.Beginning.Fresh;
import io.isthmus.domain.start.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RememberedRequestsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
  private static final RememberedAnswer ANSWER =
      new RememberedAnswer(202, Map.of("Location", "/stacks/1"), new byte[] {1, 2, 3});

  private static final SecretBox BOX = new SecretBox(List.of(new byte[32]));

  private final TestDatabase database = TestDatabase.create();
  private final RememberedRequests requests = at(Duration.ZERO);

  @AfterEach
  void close() {
    database.close();
  }

  private RememberedRequests at(Duration later) {
    return new RememberedRequests(
        database.dataSource(), BOX, Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
  }

  private FaultCode refusal(String fingerprint) {
    return catchThrowableOfType(
            FederationFault.class, () -> requests.begin("alice", "k", fingerprint))
        .code();
  }

  private Fresh begun() {
    return (Fresh) requests.begin("alice", "k", "same");
  }

  @Test
  void keepsNothingWithWhichAGuessOfTheRequestCanBeCompared() throws SQLException {
    requests.begin("alice", "k", "digest-of-a-password");

    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select fingerprint from remembered_request")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isNotEmpty().doesNotContain("digest-of-a-password");
    }
    assertThat(refusal("digest-of-a-password")).isEqualTo(FaultCode.REQUEST_IN_PROGRESS);
    assertThat(refusal("another")).isEqualTo(FaultCode.IDEMPOTENCY_KEY_REUSED);
  }

  @Test
  void answersTheSameRequestAsBefore() {
    requests.finish(begun().attempt(), ANSWER, false);

    RememberedAnswer again = ((Answered) requests.begin("alice", "k", "same")).answer();
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.headers()).isEqualTo(ANSWER.headers());
    assertThat(again.body()).isEqualTo(ANSWER.body());
  }

  @Test
  void keepsAnAnswerWithASecretSealed() throws SQLException {
    RememberedAnswer told =
        new RememberedAnswer(201, Map.of(), "{\"secret\":\"é\"}".getBytes(StandardCharsets.UTF_8));
    requests.finish(begun().attempt(), told, true);

    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select body from remembered_request")) {
      assertThat(row.next()).isTrue();
      assertThat(new String(row.getBytes(1), StandardCharsets.UTF_8)).doesNotContain("secret");
    }
    RememberedAnswer again = ((Answered) requests.begin("alice", "k", "same")).answer();
    assertThat(again.body()).isEqualTo(told.body());
  }

  @Test
  void refusesAnotherRequestUnderTheSameKey() {
    Fresh begun = begun();
    assertThat(refusal("other")).isEqualTo(FaultCode.IDEMPOTENCY_KEY_REUSED);
    requests.finish(begun.attempt(), ANSWER, false);
    assertThat(refusal("other")).isEqualTo(FaultCode.IDEMPOTENCY_KEY_REUSED);
  }

  @Test
  void refusesTheSameRequestWhileItIsServed() {
    begun();
    assertThat(refusal("same")).isEqualTo(FaultCode.REQUEST_IN_PROGRESS);
  }

  @Test
  void keepsTheKeysOfDifferentCallersApart() {
    requests.finish(begun().attempt(), ANSWER, false);
    assertThat(requests.begin("bob", "k", "other")).isInstanceOf(Fresh.class);
  }

  @Test
  void letsAFailedRequestBeTriedAnew() {
    requests.forget(begun().attempt());
    assertThat(requests.begin("alice", "k", "other")).isInstanceOf(Fresh.class);
  }

  @Test
  void forgetsAnswersAfterADay() {
    requests.finish(begun().attempt(), ANSWER, false);
    Duration day = RememberedRequests.KEPT;
    assertThat(at(day.minusSeconds(1)).begin("alice", "k", "same")).isInstanceOf(Answered.class);
    assertThat(at(day).begin("alice", "k", "same")).isInstanceOf(Fresh.class);
  }

  @Test
  void letsARequestBeTriedAnewWhoseServerDiedAndIgnoresThatServersLateAnswer() {
    Fresh dead = begun();
    RememberedRequests later = at(RememberedRequests.SERVED_AT_MOST);
    assertThat(later.begin("alice", "k", "same")).isInstanceOf(Fresh.class);
    requests.finish(dead.attempt(), ANSWER, false);
    assertThat(refusal("same")).isEqualTo(FaultCode.REQUEST_IN_PROGRESS);
  }

  @Test
  void letsOnlyOneOfManyAtOnceBegin() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        tries.add(
            () -> {
              try {
                return requests.begin("alice", "k", "same") instanceof Fresh;
              } catch (FederationFault inProgress) {
                return false;
              }
            });
      }
      int begun = 0;
      for (Future<Boolean> one : threads.invokeAll(tries)) {
        begun += one.get() ? 1 : 0;
      }
      assertThat(begun).isOne();
    } finally {
      threads.shutdownNow();
    }
  }
}
