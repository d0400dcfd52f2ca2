package io.isthmus.domain.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.idempotency.Beginning.Answered;
import io.isthmus.domain.idempotency.Beginning.Fresh;
import io.isthmus.domain.stack.store.TransactionPerCall;
import io.isthmus.domain.start.TestDatabase;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
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
            FederationFault.class, () -> requests.begin("alice", "k", fingerprint, false))
        .code();
  }

  private Fresh begun() {
    return (Fresh) requests.begin("alice", "k", "same", false);
  }

  @Test
  void keepsNothingWithWhichAGuessOfTheRequestCanBeCompared() throws SQLException {
    requests.begin("alice", "k", "digest-of-a-password", false);

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

    RememberedAnswer again = ((Answered) requests.begin("alice", "k", "same", false)).answer();
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
    RememberedAnswer again = ((Answered) requests.begin("alice", "k", "same", false)).answer();
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
    assertThat(requests.begin("bob", "k", "other", false)).isInstanceOf(Fresh.class);
  }

  @Test
  void letsAFailedRequestBeTriedAnew() {
    requests.forget(begun().attempt());
    assertThat(requests.begin("alice", "k", "other", false)).isInstanceOf(Fresh.class);
  }

  @Test
  void forgetsAnswersAfterADay() {
    requests.finish(begun().attempt(), ANSWER, false);
    Duration day = RememberedRequests.KEPT;
    assertThat(at(day.minusSeconds(1)).begin("alice", "k", "same", false))
        .isInstanceOf(Answered.class);
    assertThat(at(day).begin("alice", "k", "same", false)).isInstanceOf(Fresh.class);
  }

  @Test
  void letsARequestBeTriedAnewWhoseServerDiedAndIgnoresThatServersLateAnswer() {
    Fresh dead = begun();
    RememberedRequests later = at(RememberedRequests.SERVED_AT_MOST);
    assertThat(later.begin("alice", "k", "same", false)).isInstanceOf(Fresh.class);
    requests.finish(dead.attempt(), ANSWER, false);
    assertThat(refusal("same")).isEqualTo(FaultCode.REQUEST_IN_PROGRESS);
  }

  /** A server of the federation, whose every call is a transaction, with something to make. */
  public interface Server {
    Beginning begin();

    RememberedAnswer serve(UUID attempt, Runnable before);
  }

  private Server server(Duration later) {
    TransactionPerCall transactions = new TransactionPerCall(database.dataSource());
    RememberedRequests inIt =
        new RememberedRequests(
            transactions.dataSource(), BOX, Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
    return transactions.around(
        Server.class,
        new Server() {
          @Override
          public Beginning begin() {
            return inIt.begin("alice", "k", "same", true);
          }

          @Override
          public RememberedAnswer serve(UUID attempt, Runnable before) {
            return inIt.serve(
                attempt,
                () -> {
                  String id = make(transactions.dataSource());
                  before.run();
                  RememberedAnswer answer =
                      new RememberedAnswer(
                          202, Map.of("Location", "/stacks/" + id), new byte[] {1});
                  return new RememberedRequests.Served<>(answer, answer, false);
                });
          }
        });
  }

  /** Stands for what a use case writes in the same transaction. */
  private static String make(DataSource in) {
    try (Connection connection = in.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("insert into made default values returning id::text")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> made() throws SQLException {
    List<String> made = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select '/stacks/' || id from made order by id")) {
      while (row.next()) {
        made.add(row.getString(1));
      }
    }
    return made;
  }

  @Test
  void aServerThatDiesAfterItsCommitHasLeftItsAnswer() throws SQLException {
    database.execute("create table made (id serial primary key)");
    Server first = server(Duration.ZERO);
    first.serve(((Fresh) first.begin()).attempt(), () -> {});
    // Here it dies, before a byte is sent.

    RememberedAnswer again = ((Answered) server(Duration.ofSeconds(1)).begin()).answer();
    assertThat(made()).containsExactly(again.headers().get("Location"));
  }

  @Test
  void aServerThatDiesBeforeItsCommitHasDoneNothingAndIsTakenOverWithinSeconds()
      throws SQLException {
    database.execute("create table made (id serial primary key)");
    Server first = server(Duration.ZERO);
    UUID attempt = ((Fresh) first.begin()).attempt();
    assertThatThrownBy(() -> first.serve(attempt, RememberedRequestsTest::die))
        .isInstanceOf(IllegalStateException.class);
    assertThat(made()).isEmpty();
    assertThat(
            catchThrowableOfType(FederationFault.class, server(Duration.ofSeconds(1))::begin)
                .code())
        .as("it may be alive")
        .isEqualTo(FaultCode.REQUEST_IN_PROGRESS);

    Server second = server(RememberedRequests.HELD);
    RememberedAnswer answer = second.serve(((Fresh) second.begin()).attempt(), () -> {});
    assertThat(made()).containsExactly(answer.headers().get("Location"));
    assertThat(((Answered) first.begin()).answer().headers()).isEqualTo(answer.headers());
  }

  private static void die() {
    throw new IllegalStateException("the server dies");
  }

  @Test
  void aServerThatOnlySleptDoesNothingOnceItWasTakenOver() throws SQLException {
    database.execute("create table made (id serial primary key)");
    Server sleeper = server(Duration.ZERO);
    UUID attempt = ((Fresh) sleeper.begin()).attempt();
    Server second = server(RememberedRequests.HELD);
    Fresh taken = (Fresh) second.begin();

    assertThat(
            catchThrowableOfType(FederationFault.class, () -> sleeper.serve(attempt, () -> {}))
                .code())
        .isEqualTo(FaultCode.REQUEST_IN_PROGRESS);
    assertThat(made()).isEmpty();
    RememberedAnswer answer = second.serve(taken.attempt(), () -> {});
    assertThat(made()).containsExactly(answer.headers().get("Location"));
  }

  @Test
  void isNotTakenOverWhileItsServerSaysThatItIsServed() {
    Duration half = RememberedRequests.HELD.dividedBy(2);
    MovingClock clock = new MovingClock();
    RememberedRequests server = new RememberedRequests(database.dataSource(), BOX, clock);
    server.begin("alice", "k", "same", true);
    for (int i = 1; i < 9; i++) {
      clock.now = NOW.plus(half.multipliedBy(i));
      server.hold();
    }
    assertThat(
            catchThrowableOfType(
                    FederationFault.class,
                    () -> at(half.multipliedBy(9)).begin("alice", "k", "same", true))
                .code())
        .isEqualTo(FaultCode.REQUEST_IN_PROGRESS);
    assertThat(at(half.multipliedBy(10)).begin("alice", "k", "same", true))
        .isInstanceOf(Fresh.class);
    clock.now = NOW.plus(half.multipliedBy(10));
    server.hold();
    assertThat(at(half.multipliedBy(12)).begin("alice", "k", "same", true))
        .as("who lost it holds it no more")
        .isInstanceOf(Fresh.class);
  }

  @Test
  void whatWasAnsweredIsNeitherForgottenNorAnsweredOtherwiseByWhoComesLate() {
    Fresh begun = begun();
    requests.finish(begun.attempt(), ANSWER, false);
    requests.forget(begun.attempt());
    requests.finish(begun.attempt(), new RememberedAnswer(500, Map.of(), new byte[0]), false);
    assertThat(((Answered) requests.begin("alice", "k", "same", false)).answer().status())
        .isEqualTo(202);
  }

  /** Shows what it is told. */
  private static final class MovingClock extends Clock {
    private Instant now = NOW;

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

  @Test
  void letsOnlyOneOfManyAtOnceBegin() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        tries.add(
            () -> {
              try {
                return requests.begin("alice", "k", "same", false) instanceof Fresh;
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
