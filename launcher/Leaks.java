import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for a check for leaks, waits for it and tells what it found. {@code ./isthmus} runs it as a
 * single source file with the server's JSON library: a JDK is all that a fresh machine surely has.
 *
 * <p>Usage: {@code Leaks URL REPAIR VOLUMES JSON}, the last three {@code yes} or {@code no}. The
 * environment tells {@code ISTHMUS_TOKEN}, or {@code ISTHMUS_ISSUER}, {@code ISTHMUS_USER} and
 * {@code ISTHMUS_PASSWORD}. Exit codes are those of {@code nova-manage placement audit}.
 */
final class Leaks {

  private static final int CLEAN = 0;
  private static final int FAILED = 1;
  private static final int FOUND = 3;
  private static final int REPAIRED = 4;

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofHours(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String url;
  private final PrintStream progress;
  private String token = "";
  private Instant renewAt = Instant.MIN;
  private String told = "";

  private Leaks(String url, PrintStream progress) {
    this.url = url.replaceFirst("/+$", "");
    this.progress = progress;
  }

  private static final class Trouble extends Exception {
    private static final long serialVersionUID = 1;

    Trouble(String problem, String remedy) {
      super(problem + ": " + remedy);
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    // In the locale of a bare login (POSIX) Java would write a question mark for each quotation mark.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    boolean json = arguments[3].equals("yes");
    int code;
    try {
      code =
          new Leaks(arguments[0], err)
              .run(arguments[1].equals("yes"), arguments[2].equals("yes"), json, out);
    } catch (Trouble trouble) {
      err.println("isthmus: " + trouble.getMessage());
      code = FAILED;
    } catch (IOException e) {
      err.println("isthmus: the API does not answer (" + e + "): ./isthmus status tells what runs");
      code = FAILED;
    }
    System.exit(code);
  }

  private int run(boolean repair, boolean volumes, boolean json, PrintStream out)
      throws IOException, InterruptedException, Trouble {
    JsonObject check = await(call("POST", "/leak-checks", null));
    if (repair && check.getString("state").equals("done")) {
      JsonArrayBuilder chosen = Json.createArrayBuilder();
      int count = 0;
      for (JsonObject finding : findings(check)) {
        if (finding.getString("kind").equals("leaked")
            && (volumes || !finding.getString("type").equals("OS::Cinder::Volume"))) {
          chosen.add(finding.getString("id"));
          count++;
        }
      }
      if (count > 0) {
        JsonObject body = Json.createObjectBuilder().add("findings", chosen).build();
        check = await(call("POST", "/leak-checks/" + check.getString("id") + "/repairs", body));
      }
    }
    if (json) {
      out.println(check);
    } else {
      show(check, out);
    }
    return switch (check.getString("result")) {
      case "clean" -> CLEAN;
      case "found" -> FOUND;
      case "repaired" -> REPAIRED;
      default -> FAILED;
    };
  }

  private static List<JsonObject> findings(JsonObject check) {
    return check.getJsonArray("findings").getValuesAs(JsonObject.class);
  }

  private JsonObject await(JsonObject begun) throws IOException, InterruptedException, Trouble {
    Instant end = Instant.now().plus(PATIENCE);
    JsonObject check = begun;
    while (check.getString("result").equals("open")) {
      tell(check);
      if (Instant.now().isAfter(end)) {
        throw new Trouble("the check is not over after " + PATIENCE.toHours() + " hours", "follow it in the console");
      }
      Thread.sleep(PAUSE.toMillis());
      check = call("GET", "/leak-checks/" + begun.getString("id"), null);
    }
    return check;
  }

  private void tell(JsonObject check) {
    String now =
        check.getString("state").equals("repairing")
            ? "deleting what is leaked"
            : "looked through %d of %d accesses, %d lists"
                .formatted(check.getInt("steps_done"), check.getInt("steps"), check.getInt("lists"));
    if (!now.equals(told)) {
      progress.println(now);
      told = now;
    }
  }

  private static void show(JsonObject check, PrintStream out) {
    List<String[]> rows = new ArrayList<>();
    for (JsonObject finding : findings(check)) {
      rows.add(
          new String[] {
            finding.getString("kind"),
            finding.getString("cloud") + "/" + finding.getString("region"),
            finding.getString("type"),
            finding.getString("physical_id"),
            finding.getString("name"),
            repair(finding),
            finding.getString("reason")
                + (finding.containsKey("trouble") ? " " + finding.getString("trouble") : "")
          });
    }
    if (!rows.isEmpty()) {
      rows.add(0, new String[] {"KIND", "WHERE", "TYPE", "ID", "NAME", "REPAIR", "WHY"});
      table(rows, out);
    }
    for (JsonObject unseen : check.getJsonArray("unseen").getValuesAs(JsonObject.class)) {
      out.printf(
          "not looked at: %s%s, project %s%s: %s%n",
          unseen.getString("cloud"),
          unseen.containsKey("region") ? "/" + unseen.getString("region") : "",
          unseen.getString("project"),
          unseen.containsKey("type") ? ", " + unseen.getString("type") : "",
          unseen.getString("reason"));
    }
    JsonObject counts = check.getJsonObject("counts");
    out.printf(
        "%s: %d leaked, %d missing, %d unknown, %d deleted; %d things with our mark and %d known resources compared%n",
        check.getString("state").equals("interrupted") ? "interrupted" : check.getString("result"),
        counts.getInt("leaked"),
        counts.getInt("missing"),
        counts.getInt("unknown"),
        counts.getInt("removed"),
        check.getInt("marked"),
        check.getInt("parts"));
    if (check.getInt("more") > 0) {
      out.printf("%d more findings are not shown; repair these, then check again%n", check.getInt("more"));
    }
  }

  private static String repair(JsonObject finding) {
    return switch (finding.getString("repair")) {
      case "none" -> "-";
      case "removed" -> "deleted";
      case "not_needed" -> "not needed";
      default -> finding.getString("repair");
    };
  }

  /** The last column as long as it is. */
  private static void table(List<String[]> rows, PrintStream out) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length - 1; i++) {
        // A cloud can have put anything into a name.
        row[i] = row[i].replaceAll("\\p{Cntrl}", "?");
        widths[i] = Math.max(widths[i], row[i].length());
      }
      row[row.length - 1] = row[row.length - 1].replaceAll("\\p{Cntrl}", " ");
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]);
        if (i < row.length - 1) {
          line.append(" ".repeat(widths[i] - row[i].length() + 2));
        }
      }
      out.println(line);
    }
  }

  private JsonObject call(String method, String path, JsonObject body)
      throws IOException, InterruptedException, Trouble {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token())
            .header("Accept-Language", "en")
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()));
    return read(method + " " + path, send(request));
  }

  private String token() throws IOException, InterruptedException, Trouble {
    String given = System.getenv("ISTHMUS_TOKEN");
    if (given != null && !given.isBlank()) {
      return given.strip();
    }
    if (Instant.now().isBefore(renewAt)) {
      return token;
    }
    String form =
        "grant_type=password&client_id=isthmus-cli&username="
            + encode(System.getenv("ISTHMUS_USER"))
            + "&password="
            + encode(System.getenv("ISTHMUS_PASSWORD"));
    JsonObject grant =
        read(
            "sign-in",
            send(
                HttpRequest.newBuilder(
                        URI.create(System.getenv("ISTHMUS_ISSUER") + "/protocol/openid-connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))));
    token = grant.getString("access_token");
    renewAt = Instant.now().plusSeconds(grant.getInt("expires_in") / 2);
    return token;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject read(String call, HttpResponse<String> answer) throws Trouble {
    JsonObject body;
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      body = reader.readObject();
    } catch (JsonException e) {
      throw new Trouble(call + " was answered with " + answer.statusCode(), "./isthmus logs isthmus tells why");
    }
    if (answer.statusCode() / 100 != 2) {
      throw new Trouble(
          body.getString("detail", call + " was answered with " + answer.statusCode()),
          answer.statusCode() == 401 || answer.statusCode() == 403
              ? "ISTHMUS_TOKEN has to be an administrator's"
              : "./isthmus logs isthmus tells more");
    }
    return body;
  }
}
