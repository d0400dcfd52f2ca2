package io.isthmus.domain.idempotency;

import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.encryption.UnreadableSecret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Remembers successful requests by caller and key for a day. Each method is a transaction of its
 * own, so that another server knows at once that a request is being served.
 *
 * <p>When a server dies over a request nobody knows what became of it, and its key is refused for
 * {@link #SERVED_AT_MOST}. Not so where the answer is written in the transaction in which the
 * request is served ({@link #serve}): then it is there when what was asked for is, and when it is
 * not nothing was done. Such a request is held for {@link #HELD} at a time, and taken over by who
 * asks again once nobody holds it any more; the former server, if it only slept, finds at its end
 * that it lost the request, and its transaction is rolled back.
 */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class RememberedRequests {

  /** How long an answer is kept. */
  public static final Duration KEPT = Duration.ofHours(24);

  /** After which a request that was never finished may be tried anew: its server has died. */
  public static final Duration SERVED_AT_MOST = Duration.ofMinutes(10);

  /** How long a request is held by who serves it, unless that is said again. */
  public static final Duration HELD = Duration.ofSeconds(15);

  private final Set<UUID> holding = ConcurrentHashMap.newKeySet();

  private DataSource database;
  private SecretBox box;
  private Clock clock;

  @Inject
  RememberedRequests(DataSource database, SecretBox box) {
    this(database, box, Clock.systemUTC());
  }

  RememberedRequests(DataSource database, SecretBox box, Clock clock) {
    this.database = database;
    this.box = box;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected RememberedRequests() {}

  /**
   * Begins a request, or finds what was answered to it.
   *
   * @param whole whether it is served by {@link #serve}
   * @param caller subject of the caller; another's key is another key
   * @param fingerprint equal only for equal requests
   * @throws FederationFault IDEMPOTENCY_KEY_REUSED when the key names another request;
   *     REQUEST_IN_PROGRESS while the same is being served
   */
  public Beginning begin(String caller, String key, String fingerprint, boolean whole) {
    Instant now = clock.instant();
    UUID attempt = UUID.randomUUID();
    Optional<Instant> held = whole ? Optional.of(now.plus(HELD)) : Optional.empty();
    try (Connection connection = database.getConnection()) {
      removeExpired(connection, now);
      // A request may hold secrets that can be guessed, and a guess can be compared with a digest.
      String sealed = box.seal(fingerprint, binding(caller, key));
      if (insert(connection, caller, key, sealed, attempt, now.plus(SERVED_AT_MOST), held)) {
        return fresh(attempt, whole);
      }
      Optional<RememberedAnswer> answer = find(connection, caller, key, fingerprint);
      if (answer.isEmpty() && whole && takeOver(connection, caller, key, attempt, now)) {
        return fresh(attempt, true);
      }
      return new Beginning.Answered(
          answer.orElseThrow(
              () ->
                  new FederationFault(
                      FaultCode.REQUEST_IN_PROGRESS, Phrase.of("fault.key-in-progress", key))));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot remember a request", e);
    }
  }

  private Beginning fresh(UUID attempt, boolean whole) {
    if (whole) {
      holding.add(attempt);
    }
    return new Beginning.Fresh(attempt);
  }

  /**
   * What nobody holds any more was not done, and from now on is not done by who held it: it would
   * be answered. One that is answered in this very moment is not taken over.
   */
  private static boolean takeOver(
      Connection connection, String caller, String key, UUID attempt, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update remembered_request set attempt = ?, served_until = ?, expires_at = ?"
                + " where caller = ? and key = ? and status is null and served_until <= ?")) {
      update.setObject(1, attempt);
      update.setObject(2, now.plus(HELD).atOffset(ZoneOffset.UTC));
      update.setObject(3, now.plus(SERVED_AT_MOST).atOffset(ZoneOffset.UTC));
      update.setString(4, caller);
      update.setString(5, key);
      update.setObject(6, now.atOffset(ZoneOffset.UTC));
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Serves a request and keeps its answer, both or neither.
   *
   * @param attempt as {@link #begin} gave it, asked with {@code whole}
   * @param work calls nothing remote; what it throws undoes all of it
   * @throws FederationFault REQUEST_IN_PROGRESS when another has taken the request over; then
   *     nothing was done here
   */
  public <T> T serve(UUID attempt, Supplier<Served<T>> work) {
    Served<T> served = work.get();
    if (!write(attempt, served.answer(), served.secret())) {
      throw new FederationFault(
          FaultCode.REQUEST_IN_PROGRESS, Phrase.of("fault.request-taken-over"));
    }
    return served.result();
  }

  /**
   * What was done, and what is answered.
   *
   * @param secret whether the answer's body holds a secret; it is sealed then
   */
  public record Served<T>(T result, RememberedAnswer answer, boolean secret) {}

  /** Holds all that this server serves for a while longer; to be called several times in it. */
  public void hold() {
    if (holding.isEmpty()) {
      return;
    }
    Set<UUID> held = new HashSet<>();
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update remembered_request set served_until = ?"
                    + " where attempt = any (?) and status is null returning attempt")) {
      update.setObject(1, clock.instant().plus(HELD).atOffset(ZoneOffset.UTC));
      UUID[] now = holding.toArray(UUID[]::new);
      update.setArray(2, connection.createArrayOf("uuid", now));
      try (ResultSet rows = update.executeQuery()) {
        while (rows.next()) {
          held.add(rows.getObject(1, UUID.class));
        }
      }
      // What is answered, or was lost, is held no more.
      Set<UUID> asked = Set.of(now);
      holding.removeIf(one -> asked.contains(one) && !held.contains(one));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot hold requests", e);
    }
  }

  /**
   * Keeps what was answered. Does nothing when the attempt was given up meanwhile.
   *
   * @param secret whether its body holds a secret; it is sealed then
   */
  public void finish(UUID attempt, RememberedAnswer answer, boolean secret) {
    write(attempt, answer, secret);
  }

  private boolean write(UUID attempt, RememberedAnswer answer, boolean secret) {
    JsonObjectBuilder headers = Json.createObjectBuilder();
    answer.headers().forEach(headers::add);
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update remembered_request set status = ?, headers = ?::jsonb, body = ?,"
                    + " expires_at = ? where attempt = ? and status is null")) {
      update.setInt(1, answer.status());
      update.setString(2, headers.build().toString());
      update.setBytes(3, secret ? sealed(attempt, answer.body()) : answer.body());
      update.setObject(4, clock.instant().plus(KEPT).atOffset(ZoneOffset.UTC));
      update.setObject(5, attempt);
      return update.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep an answer", e);
    }
  }

  /** Forgets a request that failed, so that it can be tried anew under the same key. */
  public void forget(UUID attempt) {
    holding.remove(attempt);
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from remembered_request where attempt = ? and status is null")) {
      delete.setObject(1, attempt);
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot forget a request", e);
    }
  }

  private static void removeExpired(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from remembered_request where expires_at <= ?")) {
      delete.setObject(1, now.atOffset(ZoneOffset.UTC));
      delete.executeUpdate();
    }
  }

  private static boolean insert(
      Connection connection,
      String caller,
      String key,
      String fingerprint,
      UUID attempt,
      Instant until,
      Optional<Instant> held)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into remembered_request"
                + " (caller, key, fingerprint, attempt, expires_at, served_until)"
                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing")) {
      insert.setString(1, caller);
      insert.setString(2, key);
      insert.setString(3, fingerprint);
      insert.setObject(4, attempt);
      insert.setObject(5, until.atOffset(ZoneOffset.UTC));
      insert.setObject(6, held.map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null));
      return insert.executeUpdate() == 1;
    }
  }

  private static String binding(String caller, String key) {
    return "remembered_request/" + caller + "/" + key;
  }

  /** The version before kept it bare, for a day; what cannot be read any more is another. */
  private boolean isSame(String kept, String fingerprint, String caller, String key) {
    try {
      return kept.equals(fingerprint) || box.open(kept, binding(caller, key)).equals(fingerprint);
    } catch (UnreadableSecret e) {
      return false;
    }
  }

  /** Empty while the same request is served. */
  private Optional<RememberedAnswer> find(
      Connection connection, String caller, String key, String fingerprint) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select fingerprint, status, headers, body, attempt from remembered_request"
                + " where caller = ? and key = ?")) {
      select.setString(1, caller);
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        boolean known = row.next();
        if (known && !isSame(row.getString("fingerprint"), fingerprint, caller, key)) {
          throw new FederationFault(
              FaultCode.IDEMPOTENCY_KEY_REUSED, Phrase.of("fault.key-reused", key));
        }
        // One that was forgotten this very moment counts as being served: asking again helps.
        if (!known || row.getObject("status") == null) {
          return Optional.empty();
        }
        return Optional.of(
            new RememberedAnswer(
                row.getInt("status"),
                headers(row.getString("headers")),
                opened(row.getObject("attempt", UUID.class), row.getBytes("body"))));
      }
    }
  }

  private byte[] sealed(UUID attempt, byte[] body) {
    String text = box.seal(new String(body, StandardCharsets.UTF_8), answerBinding(attempt));
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** An answer in JSON never looks like an envelope. */
  private byte[] opened(UUID attempt, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.startsWith("v1.")
        ? box.open(text, answerBinding(attempt)).getBytes(StandardCharsets.UTF_8)
        : body;
  }

  private static String answerBinding(UUID attempt) {
    return "remembered_answer/" + attempt;
  }

  private static Map<String, String> headers(String json) {
    Map<String, String> headers = new HashMap<>();
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      JsonObject object = reader.readObject();
      object.keySet().forEach(name -> headers.put(name, object.getString(name)));
    }
    return headers;
  }
}
