package io.isthmus.openstack.http;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes the conversation with clouds at level FINE; secrets never get into it. */
public final class ConversationLog {
  private static final Logger LOG = Logger.getLogger("io.isthmus.openstack.conversation");
  private static final int LONGEST = 4000;
  private static final String MASK = "***";
  private static final Set<String> SECRET_KEYS =
      Set.of(
          "password",
          "adminpass",
          "admin_pass",
          "secret",
          "private_key",
          "user_data",
          "personality",
          "auth_password",
          "chap_password",
          "psk",
          "token",
          "access_token",
          // A download's address may be all that one needs to download.
          "uri",
          "blob");

  private ConversationLog() {}

  /** A request; its headers hold a token and are left out. */
  public static void sent(String cloud, String call, String body) {
    if (LOG.isLoggable(Level.FINE)) {
      LOG.log(Level.FINE, "{0} > {1} {2}", new Object[] {cloud, call, masked(body)});
    }
  }

  /** An answer. */
  public static void received(String cloud, String call, Answer answer, long millis) {
    if (LOG.isLoggable(Level.FINE)) {
      LOG.log(
          Level.FINE,
          "{0} < {1} {2} in {3} ms, request {4} {5}",
          new Object[] {
            cloud,
            call,
            answer.status(),
            millis,
            answer.header("x-openstack-request-id").orElse("-"),
            masked(answer.text())
          });
    }
  }

  /** No answer. */
  public static void failed(String cloud, String call, String why) {
    LOG.log(Level.FINE, "{0} ! {1} {2}", new Object[] {cloud, call, why});
  }

  /** The body with every secret replaced; what is not JSON is only counted. */
  static String masked(String body) {
    if (body.isEmpty()) {
      return "";
    }
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      String text = masked(reader.readValue()).toString();
      return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    } catch (JsonException | IllegalStateException notJson) {
      return "(" + body.length() + " characters that are not JSON)";
    }
  }

  private static JsonValue masked(JsonValue value) {
    if (value instanceof JsonObject object) {
      JsonObjectBuilder copy = Json.createObjectBuilder();
      object.forEach(
          (key, inner) -> {
            if (isSecret(key, inner)) {
              copy.add(key, MASK);
            } else {
              copy.add(key, masked(inner));
            }
          });
      return copy.build();
    }
    if (value instanceof JsonArray array) {
      JsonArrayBuilder copy = Json.createArrayBuilder();
      array.forEach(inner -> copy.add(masked(inner)));
      return copy.build();
    }
    return value;
  }

  private static boolean isSecret(String key, JsonValue value) {
    String name = key.toLowerCase(Locale.ROOT);
    if (!SECRET_KEYS.contains(name)) {
      return false;
    }
    // "password": {"user": …} names an authentication method, "token": {"catalog": …} an answer.
    return !(value instanceof JsonObject object) || object.containsKey("id");
  }
}
