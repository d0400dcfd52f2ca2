import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes, shows or deletes a stack through the API that everybody uses. {@code ./isthmus} runs it as a
 * single source file with the server's JSON library: a JDK is all that a fresh machine surely has.
 *
 * <p>Usage: {@code Sample create NAME FOLDER | delete NAME}. The environment tells {@code
 * ISTHMUS_URL}, {@code ISTHMUS_ISSUER}, {@code ISTHMUS_USER}, {@code ISTHMUS_PASSWORD} and {@code
 * ISTHMUS_ELAPSED}, the seconds since the command began.
 */
final class Sample {

  private static final Duration CLOUDS_PATIENCE = Duration.ofSeconds(90);
  private static final Duration STACK_PATIENCE = Duration.ofMinutes(30);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Api api;
  private final Teller teller;

  private Sample(Api api, Teller teller) {
    this.api = api;
    this.teller = teller;
  }

  public static void main(String[] arguments) throws InterruptedException {
    // In the locale of a bare login (POSIX) Java would write a question mark for each quotation mark.
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    Teller teller = new Teller(Long.parseLong(Api.setting("ISTHMUS_ELAPSED")));
    Sample sample = new Sample(new Api(), teller);
    try {
      switch (arguments[0]) {
        case "create" -> sample.create(arguments[1], Path.of(arguments[2]));
        case "delete" -> sample.delete(arguments[1]);
        default -> throw new Trouble("unknown: " + arguments[0], "create or delete");
      }
    } catch (Trouble trouble) {
      teller.fail(trouble.getMessage(), trouble.remedy);
      System.exit(1);
    } catch (IOException e) {
      teller.fail("the API does not answer (" + e + ")", "./isthmus logs isthmus tells why");
      System.exit(1);
    }
  }

  private void create(String name, Path folder) throws IOException, InterruptedException {
    Optional<JsonObject> before = find(name);
    if (before.isPresent()) {
      JsonObject stack = before.get();
      teller.say("stack %s is there: %s".formatted(name, describe(stack)));
      if (stack.getString("status").equals("CREATE_IN_PROGRESS")) {
        follow(stack.getString("id"), lastEvent(stack.getString("id")));
      }
      show(stack.getString("id"), stack.getString("plan"));
      return;
    }
    awaitClouds();
    JsonObject request =
        Json.createObjectBuilder()
            .add("name", name)
            .add("template", Files.readString(folder.resolve("template.yaml")))
            .add("files", nested(folder))
            .add("policy", Files.readString(folder.resolve("policy.yaml")))
            .build();
    JsonObject plan = api.post("/plans", request);
    teller.say(
        "stack %s: planned, %d parts".formatted(name, plan.getJsonArray("resources").size()));
    JsonObject stack =
        api.post(
            "/stacks",
            Json.createObjectBuilder().add("name", name).add("plan", plan.getString("id")).build());
    follow(stack.getString("id"), 0);
    show(stack.getString("id"), plan.getString("id"));
  }

  /** The templates that the folder's template uses, by their names. */
  private static JsonObject nested(Path folder) throws IOException {
    JsonObjectBuilder files = Json.createObjectBuilder();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("template.yaml") && !name.equals("policy.yaml")) {
          files.add(name, Files.readString(file));
        }
      }
    }
    return files.build();
  }

  private void delete(String name) throws IOException, InterruptedException {
    JsonObject stack =
        find(name).orElseThrow(() -> new Trouble("there is no stack " + name, "look at /stacks"));
    String id = stack.getString("id");
    long seen = lastEvent(id);
    api.delete("/stacks/" + id);
    follow(id, seen);
  }

  private Optional<JsonObject> find(String name) throws IOException, InterruptedException {
    return api.get("/stacks?limit=500&name=" + Api.encode(name)).asJsonObject()
        .getJsonArray("stacks")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(stack -> stack.getString("name").equals(name))
        .findFirst();
  }

  /** Until each cloud that the project may use was looked at, whatever was found. */
  private void awaitClouds() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(CLOUDS_PATIENCE);
    String waited = "";
    while (true) {
      List<String> unseen = new ArrayList<>();
      int seen = 0;
      for (JsonObject cloud : api.get("/clouds").asJsonArray().getValuesAs(JsonObject.class)) {
        if (!cloud.getBoolean("accessible", false)) {
          continue;
        }
        JsonObject health = cloud.getJsonObject("health");
        if (health == null || health.getString("state").equals("UNKNOWN")) {
          unseen.add(cloud.getString("id"));
        } else {
          seen++;
        }
      }
      if (unseen.isEmpty() && seen > 0) {
        teller.say(seen + " clouds looked at");
        return;
      }
      if (!Instant.now().isBefore(end)) {
        throw new Trouble(
            unseen.isEmpty()
                ? "the project has no cloud"
                : "no look at these clouds has ended: " + String.join(", ", unseen),
            "./isthmus logs isthmus tells why");
      }
      String waiting = String.join(", ", unseen);
      if (!waiting.isEmpty() && !waiting.equals(waited)) {
        teller.say("looking at the clouds: " + waiting);
        waited = waiting;
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /**
   * Tells events as they come, until the stack rests.
   *
   * @param after the last event that is known; read before this is called, so that what ended the
   *     stack meanwhile is either seen in its status or still to come
   */
  private void follow(String id, long after) throws IOException, InterruptedException {
    Optional<JsonObject> stack = stack(id);
    if (stack.isPresent() && stack.get().getString("status").endsWith("_IN_PROGRESS")) {
      api.follow(id, after, STACK_PATIENCE, event -> teller.say("  " + event.getString("text")));
      stack = stack(id);
    }
    if (stack.isEmpty()) {
      teller.say("nothing of the stack is left");
      return;
    }
    String name = stack.get().getString("name");
    if (stack.get().getString("status").endsWith("_FAILED")) {
      throw new Trouble(
          "stack %s: %s".formatted(name, describe(stack.get())),
          "see its events in the portal; it can be deleted there");
    }
    teller.say("stack %s: %s".formatted(name, stack.get().getString("status")));
  }

  private Optional<JsonObject> stack(String id) throws IOException, InterruptedException {
    return api.find("/stacks/" + id).map(JsonValue::asJsonObject);
  }

  private long lastEvent(String id) throws IOException, InterruptedException {
    long last = 0;
    for (List<JsonObject> page = events(id, 0); !page.isEmpty(); page = events(id, last)) {
      last = page.get(page.size() - 1).getJsonNumber("sequence").longValue();
    }
    return last;
  }

  private List<JsonObject> events(String id, long after) throws IOException, InterruptedException {
    Optional<JsonValue> page =
        api.find("/stacks/%s/events?limit=500&after=%d".formatted(id, after));
    return page.map(events -> events.asJsonArray().getValuesAs(JsonObject.class)).orElse(List.of());
  }

  /** The table: each resource, its place, and why there. */
  private void show(String id, String plan) throws IOException, InterruptedException {
    Map<String, String> why = reasons(plan);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("RESOURCE", "CLOUD", "REGION", "ZONE", "WHY THERE"));
    for (JsonObject part :
        api.get("/stacks/" + id + "/resources").asJsonArray().getValuesAs(JsonObject.class)) {
      String resource = part.getString("resource");
      rows.add(
          List.of(
              resource,
              part.getString("cloud"),
              part.getString("region"),
              part.getString("availability_zone", ""),
              why.getOrDefault(resource, "")));
    }
    teller.table(rows);
  }

  /** What the plan says of each resource; a plan may have gone when the stack is old. */
  private Map<String, String> reasons(String plan) throws IOException, InterruptedException {
    Map<String, String> reasons = new LinkedHashMap<>();
    Optional<JsonValue> kept = api.find("/plans/" + plan);
    if (kept.isPresent()) {
      JsonArray decisions = kept.get().asJsonObject().getJsonArray("decisions");
      for (JsonObject decision : decisions.getValuesAs(JsonObject.class)) {
        String words =
            decision.getJsonArray("why").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .collect(Collectors.joining(" "));
        reasons.put(decision.getString("resource"), words);
      }
    }
    return reasons;
  }

  private static String describe(JsonObject stack) {
    String reason = stack.getString("status_reason", "");
    return reason.isEmpty()
        ? stack.getString("status")
        : stack.getString("status") + ", " + reason;
  }
}

/** What ends the command: a problem and its remedy. */
final class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1;
  final String remedy;

  Trouble(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }
}

/** Lines as the launcher tells them: with the time since its start in the left margin. */
final class Teller {
  private static final int WHY_WIDTH = 100;
  private final Instant began;

  Teller(long elapsedSeconds) {
    began = Instant.now().minusSeconds(elapsedSeconds);
  }

  void say(String line) {
    System.out.printf("%4ds  %s%n", Duration.between(began, Instant.now()).toSeconds(), line);
  }

  void fail(String problem, String remedy) {
    System.err.printf("isthmus: %s: %s%n", problem, remedy);
  }

  /** Columns as wide as needed; the last one is broken into lines. */
  void table(List<List<String>> rows) {
    int columns = rows.get(0).size() - 1;
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    System.out.println();
    for (List<String> row : rows) {
      StringBuilder fixed = new StringBuilder("  ");
      for (int i = 0; i < columns; i++) {
        fixed.append(("%-" + (widths[i] + 2) + "s").formatted(row.get(i)));
      }
      String margin = fixed.toString();
      for (String line : lines(row.get(columns))) {
        System.out.println((margin + line).stripTrailing());
        margin = " ".repeat(fixed.length());
      }
    }
    System.out.println();
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + word.length() >= WHY_WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}

/** Reads server-sent events line by line, as far as the API sends them: one line of data each. */
final class EventLines {
  private static final String DATA = "data:";
  private static final String NAME = "event:";

  private final Consumer<JsonObject> told;
  private long last;
  private boolean named;
  private boolean atRest;

  /**
   * @param last the last event that is known
   */
  EventLines(long last, Consumer<JsonObject> told) {
    this.last = last;
    this.told = told;
  }

  long last() {
    return last;
  }

  /** Whether the stack itself, and not only a part of it, has come to an end. */
  boolean isAtRest() {
    return atRest;
  }

  void read(String line) {
    if (line.isEmpty()) {
      named = false;
    } else if (line.startsWith(NAME)) {
      // Only the end of a stream has a name.
      named = true;
    } else if (line.startsWith(DATA) && !named) {
      try (JsonReader reader = Json.createReader(new StringReader(line.substring(DATA.length())))) {
        event(reader.readObject());
      }
    }
  }

  private void event(JsonObject event) {
    last = event.getJsonNumber("sequence").longValue();
    told.accept(event);
    atRest =
        !event.containsKey("resource") && !event.getString("status").endsWith("_IN_PROGRESS");
  }
}

/** The API, with a token that is renewed before it expires. */
final class Api {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private String token = "";
  private Instant renewAt = Instant.MIN;

  JsonValue get(String path) throws IOException, InterruptedException {
    return find(path)
        .orElseThrow(() -> new Trouble("GET " + path + ": 404", "./isthmus logs isthmus tells why"));
  }

  /** Empty when there is none. */
  Optional<JsonValue> find(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(path).GET());
    return answer.statusCode() == 404 ? Optional.empty() : Optional.of(read("GET " + path, answer));
  }

  JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    return read("POST " + path, send(request)).asJsonObject();
  }

  /**
   * Hands on each event of a stack as it happens, until the stack rests. A stream that ends, with
   * the sign-in or the connection, is taken up again behind the last event.
   *
   * @param after the last event that is known
   */
  void follow(String stack, long after, Duration patience, Consumer<JsonObject> told)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(patience);
    EventLines lines = new EventLines(after, told);
    while (!lines.isAtRest()) {
      HttpRequest.Builder stream =
          request("/stacks/" + stack + "/events")
              .header("Accept", "text/event-stream")
              .header("Last-Event-ID", Long.toString(lines.last()))
              .timeout(TIMEOUT);
      HttpResponse<Stream<String>> answer =
          http.send(stream.build(), HttpResponse.BodyHandlers.ofLines());
      try (Stream<String> body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw refused("the events of the stack", answer.statusCode(), body.collect(Collectors.joining()));
        }
        // A quiet stream says every few seconds that it is still there.
        body.takeWhile(line -> Instant.now().isBefore(end) && !lines.isAtRest())
            .forEach(lines::read);
      } catch (UncheckedIOException broken) {
        renewAt = Instant.MIN;
      }
      if (!Instant.now().isBefore(end)) {
        throw new Trouble(
            "the stack is not done after %d minutes".formatted(patience.toMinutes()),
            "follow it in the portal");
      }
    }
  }

  void delete(String path) throws IOException, InterruptedException {
    read("DELETE " + path, send(request(path).DELETE()));
  }

  /** A call of the API, signed in. */
  HttpRequest.Builder request(String path) throws IOException, InterruptedException {
    return HttpRequest.newBuilder(URI.create(setting("ISTHMUS_URL") + "/api/v1" + path))
        .header("Authorization", "Bearer " + token())
        .header("Accept-Language", "en");
  }

  private String token() throws IOException, InterruptedException {
    if (Instant.now().isBefore(renewAt)) {
      return token;
    }
    String form =
        "grant_type=password&client_id=isthmus-cli&username="
            + encode(setting("ISTHMUS_USER"))
            + "&password="
            + encode(setting("ISTHMUS_PASSWORD"));
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(setting("ISTHMUS_ISSUER") + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    JsonObject grant = read("sign-in as " + setting("ISTHMUS_USER"), answer).asJsonObject();
    token = grant.getString("access_token");
    renewAt = Instant.now().plusSeconds(grant.getInt("expires_in") / 2);
    return token;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonValue read(String call, HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw refused(call, answer.statusCode(), answer.body());
    }
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readValue();
    }
  }

  private static Trouble refused(String call, int status, String body) {
    Set<String> refusals = refusals(body);
    return refusals.isEmpty()
        ? new Trouble(
            call + " was answered with " + status + " " + words(body),
            "./isthmus logs isthmus tells more")
        : new Trouble(
            "these clouds have no place for it: " + String.join(" ", refusals),
            "all is up; make a stack of your own in the portal, and start with --no-sample");
  }

  /** Each reason once for which a place was refused; none when that is not what went wrong. */
  private static Set<String> refusals(String body) {
    Set<String> reasons = new LinkedHashSet<>();
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      JsonObject problem = reader.readObject();
      if (problem.containsKey("rejections")) {
        for (JsonObject part : problem.getJsonArray("rejections").getValuesAs(JsonObject.class)) {
          for (JsonObject place : part.getJsonArray("not_chosen").getValuesAs(JsonObject.class)) {
            for (JsonObject refusal : place.getJsonArray("refusals").getValuesAs(JsonObject.class)) {
              reasons.add(refusal.getString("reason"));
            }
          }
        }
      }
    } catch (RuntimeException notJson) {
      return Set.of();
    }
    return reasons;
  }

  /** A problem in the words that it has for people; another body as it is, shortened. */
  private static String words(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      JsonObject problem = reader.readObject();
      StringBuilder words = new StringBuilder(problem.getString("detail", body));
      if (problem.containsKey("errors")) {
        for (JsonObject error : problem.getJsonArray("errors").getValuesAs(JsonObject.class)) {
          words.append(" | ").append(error.getString("detail", error.toString()));
        }
      }
      return words.toString();
    } catch (RuntimeException notJson) {
      return body.substring(0, Math.min(body.length(), 300));
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String setting(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new Trouble(name + " is not set", "start this through ./isthmus");
    }
    return value;
  }
}
