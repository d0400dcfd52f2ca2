package io.isthmus.itests;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The system under test, as {@code ./isthmus test} started it. It tells its whereabouts by system
 * properties: {@code isthmus.url}, {@code isthmus.issuer}, {@code isthmus.sandbox.control}, {@code
 * isthmus.clouds.file}, {@code isthmus.data}, {@code isthmus.admin.port}.
 */
public final class RunningSystem {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** From the portal's port to PostgreSQL's. */
  private static final int DATABASE_OFFSET = 102;

  private static final Duration CLOUDS_PATIENCE = Duration.ofSeconds(120);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** The portal's address, without a slash at its end. */
  public URI url() {
    return URI.create(property("isthmus.url"));
  }

  /** The port of Payara's administration, on the loopback interface. */
  public int adminPort() {
    return Integer.parseInt(property("isthmus.admin.port"));
  }

  /** An address under {@code /api/v1}. */
  public URI api(String path) {
    return URI.create(url() + "/api/v1" + path);
  }

  public URI issuer() {
    return URI.create(property("isthmus.issuer"));
  }

  /** Where the simulated clouds' weather is made. */
  public URI sandboxControl() {
    return URI.create(property("isthmus.sandbox.control"));
  }

  public Path cloudsFile() {
    return Path.of(property("isthmus.clouds.file"));
  }

  public Path data() {
    return Path.of(property("isthmus.data"));
  }

  /** Isthmus' own database, as the launcher has started it. */
  public Connection database() throws IOException, SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + (url().getPort() + DATABASE_OFFSET) + "/isthmus",
        "isthmus",
        Files.readString(data().resolve("secrets/database-password")).strip());
  }

  /**
   * An access token of an evaluation user, whose password equals the name where the clouds are
   * simulated.
   */
  public String token(String user) throws IOException, InterruptedException {
    HttpResponse<String> answer;
    synchronized (SignIns.ONE_AT_A_TIME) {
      answer =
          send(
              HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "grant_type=password&client_id=isthmus-cli&username="
                              + encode(user)
                              + "&password="
                              + encode(System.getProperty("isthmus.password." + user, user)))));
    }
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("no token for " + user + ": " + answer.body());
    }
    return json(answer).getString("access_token");
  }

  public HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address));
  }

  public HttpResponse<String> get(URI address, String token)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return send(request, PATIENCE);
  }

  public HttpResponse<String> send(HttpRequest.Builder request, Duration patience)
      throws IOException, InterruptedException {
    return http.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Waits until every cloud that a person may use was looked at and answers. */
  public void awaitClouds(Person person) throws Exception {
    Await.until(
        CLOUDS_PATIENCE,
        "the clouds answer",
        () -> person.list("/clouds"),
        clouds -> !clouds.isEmpty() && clouds.stream().allMatch(RunningSystem::isReachable));
  }

  /** Waits until one cloud answers, whatever becomes of the others. */
  public void awaitCloud(Person person, String id) throws Exception {
    Await.until(
        CLOUDS_PATIENCE,
        id + " answers",
        () -> person.look("/clouds/" + id).asJsonObject(),
        RunningSystem::isReachable);
  }

  private static boolean isReachable(JsonObject cloud) {
    return cloud.containsKey("health")
        && cloud.getJsonObject("health").getString("state").equals("REACHABLE");
  }

  public static JsonObject json(HttpResponse<String> answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run this test by ./isthmus test");
    }
    return value;
  }
}
