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
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Remembers successful requests by caller and key for a day. Each method is a transaction of its
 * own, so that another server knows at once that a request is being served.
 */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class RememberedRequests {

  /** How long an answer is kept. */
  public static final Duration KEPT = Duration.ofHours(24);

  /** After which a request that was never finished may be tried anew: its server has died. */
  public static final Duration SERVED_AT_MOST = Duration.ofMinutes(10);

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
   * @param caller subject of the caller; another's key is another key
   * @param fingerprint equal only for equal requests
   * @throws FederationFault IDEMPOTENCY_KEY_REUSED when the key names another request;
   *     REQUEST_IN_PROGRESS while the same is being served
   */
  public Beginning begin(String caller, String key, String fingerprint) {
    Instant now = clock.instant();
    UUID attempt = UUID.randomUUID();
    try (Connection connection = database.getConnection()) {
      removeExpired(connection, now);
      // A request may hold secrets that can be guessed, and a guess can be compared with a digest.
      String sealed = box.seal(fingerprint, binding(caller, key));
      if (insert(connection, caller, key, sealed, attempt, now.plus(SERVED_AT_MOST))) {
        return new Beginning.Fresh(attempt);
      }
      return find(connection, caller, key, fingerprint);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot remember a request", e);
    }
  }

  /**
   * Keeps what was answered. Does nothing when the attempt was given up meanwhile.
   *
   * @param secret whether its body holds a secret; it is sealed then
   */
  public void finish(UUID attempt, RememberedAnswer answer, boolean secret) {
    JsonObjectBuilder headers = Json.createObjectBuilder();
    answer.headers().forEach(headers::add);
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update remembered_request set status = ?, headers = ?::jsonb, body = ?,"
                    + " expires_at = ? where attempt = ?")) {
      update.setInt(1, answer.status());
      update.setString(2, headers.build().toString());
      update.setBytes(3, secret ? sealed(attempt, answer.body()) : answer.body());
      update.setObject(4, clock.instant().plus(KEPT).atOffset(ZoneOffset.UTC));
      update.setObject(5, attempt);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep an answer", e);
    }
  }

  /** Forgets a request that failed, so that it can be tried anew under the same key. */
  public void forget(UUID attempt) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from remembered_request where attempt = ?")) {
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
      Instant until)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into remembered_request (caller, key, fingerprint, attempt, expires_at)"
                + " values (?, ?, ?, ?, ?) on conflict do nothing")) {
      insert.setString(1, caller);
      insert.setString(2, key);
      insert.setString(3, fingerprint);
      insert.setObject(4, attempt);
      insert.setObject(5, until.atOffset(ZoneOffset.UTC));
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

  private Beginning find(Connection connection, String caller, String key, String fingerprint)
      throws SQLException {
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
          throw new FederationFault(
              FaultCode.REQUEST_IN_PROGRESS, Phrase.of("fault.key-in-progress", key));
        }
        return new Beginning.Answered(
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
