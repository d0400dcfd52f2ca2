import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Measures one stack of many servers through the API of a running Isthmus over simulated clouds, and
 * deletes it again. Compiled together with {@code launcher/Sample.java}, whose API client it uses.
 *
 * <p>Usage: {@code HundredServers CONTROL_URL SERVERS SECONDS_THAT_A_BUILD_TAKES_LONGER
 * CALLS_AT_THE_SAME_TIME}.
 */
final class HundredServers {

  private static final String NAME = "hundred-servers";
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /** A network, a subnet on it, and the look that sees the last server ready. */
  private static final int ROUNDS_BESIDE_SERVERS = 3;

  /** Its port, then the server on it. */
  private static final int ROUNDS_OF_A_SERVER = 2;

  /** What only the keeping of the inventory asks for. */
  private static final List<String> INVENTORY =
      List.of(
          "/flavors/detail ",
          "/limits ",
          "/os-availability-zone ",
          "/os-keypairs ",
          "/images ",
          "/extensions ",
          "/quotas/",
          "/types ",
          "/<rest> ");

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net:
          type: OS::Neutron::Net
        subnet:
          type: OS::Neutron::Subnet
          properties:
            network: { get_resource: net }
            cidr: 10.43.0.0/24
        web:
          type: OS::Heat::ResourceGroup
          depends_on: subnet
          properties:
            count: %d
            resource_def:
              type: OS::Nova::Server
              properties:
                flavor: m1.small
                image: debian-12
                networks: [{ subnet: { get_resource: subnet } }]
                metadata: { "lab:spawn_delay": "%d" }
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: every cloud has its share
          match: { types: [OS::Nova::Server] }
          spread: [{ across: cloud, max_skew: 1, min_domains: 3 }]
      """;

  /** How a simulated cloud was set up, and what it got to do. */
  private record Share(String cloud, long latencyMs, long buildMs, int servers) {

    /** Nobody can be faster who keeps to the dependencies and the calls allowed at a time. */
    long minimumMs(int concurrency) {
      int batches = (servers + concurrency - 1) / concurrency;
      return latencyMs * (ROUNDS_BESIDE_SERVERS + (long) ROUNDS_OF_A_SERVER * batches) + buildMs;
    }
  }

  private final Api api = new Api();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String control;
  private final int servers;
  private final int longerSeconds;
  private final int concurrency;

  private HundredServers(String control, int servers, int longerSeconds, int concurrency) {
    this.control = control;
    this.servers = servers;
    this.longerSeconds = longerSeconds;
    this.concurrency = concurrency;
  }

  public static void main(String[] arguments) throws InterruptedException {
    try {
      new HundredServers(
              arguments[0],
              Integer.parseInt(arguments[1]),
              Integer.parseInt(arguments[2]),
              Integer.parseInt(arguments[3]))
          .measure();
    } catch (Trouble trouble) {
      System.err.printf("hundred-servers: %s: %s%n", trouble.getMessage(), trouble.remedy);
      System.exit(1);
    } catch (IOException e) {
      System.err.printf("hundred-servers: no answer (%s): start Isthmus with simulated clouds%n", e);
      System.exit(1);
    }
  }

  private void measure() throws IOException, InterruptedException {
    JsonObject plan =
        api.post(
            "/plans",
            Json.createObjectBuilder()
                .add("name", NAME)
                .add("template", TEMPLATE.formatted(servers, longerSeconds))
                .add("policy", POLICY)
                .build());
    ask("DELETE", "/calls");
    String id =
        api.post(
                "/stacks",
                Json.createObjectBuilder().add("name", NAME).add("plan", plan.getString("id")).build())
            .getString("id");
    long last = 0;
    try {
      JsonObject rest = await(id, last);
      last = rest.getJsonNumber("sequence").longValue();
      String status = rest.getString("status");
      JsonObject calls = ask("GET", "/calls").orElseThrow();
      if (!status.equals("CREATE_COMPLETE")) {
        throw new Trouble("the stack became " + status, "look at its events in the portal");
      }
      tellTime(id, shares(id));
      tellCalls(calls);
    } finally {
      api.delete("/stacks/" + id);
      await(id, last);
    }
  }

  /**
   * Waits until the stack rests.
   *
   * @param after the last event before what is waited for
   * @return its last event
   */
  private JsonObject await(String id, long after) throws IOException, InterruptedException {
    List<JsonObject> last = new ArrayList<>();
    api.follow(id, after, PATIENCE, event -> last.add(event));
    return last.get(last.size() - 1);
  }

  private List<Share> shares(String id) throws IOException, InterruptedException {
    Map<String, Integer> inCloud = new TreeMap<>();
    for (JsonObject part :
        api.get("/stacks/" + id + "/resources?limit=500").asJsonArray().getValuesAs(JsonObject.class)) {
      if (part.getString("type").equals("OS::Nova::Server")) {
        inCloud.merge(part.getString("cloud"), 1, Integer::sum);
      }
    }
    List<Share> shares = new ArrayList<>();
    for (JsonObject cloud :
        ask("GET", "").orElseThrow().getJsonArray("clouds").getValuesAs(JsonObject.class)) {
      shares.add(
          new Share(
              cloud.getString("name"),
              millis(cloud, "latency_ms"),
              millis(cloud, "server_build_ms") + Duration.ofSeconds(longerSeconds).toMillis(),
              inCloud.getOrDefault(cloud.getString("name"), 0)));
    }
    return shares;
  }

  private static long millis(JsonObject cloud, String key) {
    JsonNumber value = cloud.getJsonNumber(key);
    if (value == null) {
      throw new Trouble("the sandbox does not tell " + key, "start it as it is built from here");
    }
    return value.longValue();
  }

  private void tellTime(String id, List<Share> shares) throws IOException, InterruptedException {
    Optional<Instant> begun = Optional.empty();
    Optional<Instant> complete = Optional.empty();
    Map<String, Instant> lastAsked = new TreeMap<>();
    Map<String, Instant> lastReady = new TreeMap<>();
    for (JsonObject event : events(id)) {
      Instant at = Instant.parse(event.getString("at"));
      String status = event.getString("status");
      if (event.containsKey("resource")) {
        (status.endsWith("_IN_PROGRESS") ? lastAsked : lastReady).put(event.getString("cloud"), at);
      } else if (status.equals("CREATE_IN_PROGRESS") && begun.isEmpty()) {
        begun = Optional.of(at);
      } else if (status.equals("CREATE_COMPLETE")) {
        complete = Optional.of(at);
      }
    }
    Instant start = begun.orElseThrow();
    long wall = Duration.between(start, complete.orElseThrow()).toMillis();
    long slowest = 0;
    System.out.println("cloud  servers  latency  build     at least   last asked  last ready");
    for (Share share : shares) {
      slowest = Math.max(slowest, share.minimumMs(concurrency));
      System.out.printf(
          "%-6s %7d %5d ms %6.1f s %8.2f s %10.2f s %10.2f s%n",
          share.cloud(),
          share.servers(),
          share.latencyMs(),
          share.buildMs() / 1000.0,
          share.minimumMs(concurrency) / 1000.0,
          seconds(start, lastAsked.get(share.cloud())),
          seconds(start, lastReady.get(share.cloud())));
    }
    System.out.printf(
        "from acceptance to CREATE_COMPLETE: %.2f s; over the slowest cloud's own minimum of %.2f s: %.2f%n",
        wall / 1000.0, slowest / 1000.0, (double) wall / slowest);
  }

  private static double seconds(Instant from, Instant to) {
    return to == null ? Double.NaN : Duration.between(from, to).toMillis() / 1000.0;
  }

  private List<JsonObject> events(String id) throws IOException, InterruptedException {
    List<JsonObject> all = new ArrayList<>();
    long last = 0;
    while (true) {
      List<JsonObject> page =
          api.get("/stacks/%s/events?limit=500&after=%d".formatted(id, last))
              .asJsonArray()
              .getValuesAs(JsonObject.class);
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      last = page.get(page.size() - 1).getJsonNumber("sequence").longValue();
    }
  }

  private void tellCalls(JsonObject counted) {
    Map<String, Integer> byKind = new TreeMap<>();
    for (JsonValue cloud : counted.getJsonObject("clouds").values()) {
      for (JsonObject call :
          cloud.asJsonObject().getJsonArray("calls").getValuesAs(JsonObject.class)) {
        String kind =
            "%-9s %-6s %s %d"
                .formatted(
                    call.getString("service"),
                    call.getString("method"),
                    call.getString("route"),
                    call.getInt("status"));
        byKind.merge(kind, call.getInt("count"), Integer::sum);
      }
    }
    int total = counted.getInt("total");
    System.out.println("calls to clouds meanwhile, the keeping of the inventory included:");
    byKind.forEach((kind, count) -> System.out.printf("%6d  %s%n", count, kind));
    int inventory = inventory(byKind);
    System.out.printf(
        "%d in all; for each server, beside its port: %.2f; without the inventory's %d: %.2f%n",
        total,
        (double) (total - servers) / servers,
        inventory,
        (double) (total - inventory - servers) / servers);
  }

  /**
   * Calls that are made whether or not anything is created. With each list of flavors a region's
   * networks are listed once; all other lists of networks are the stack's.
   */
  private static int inventory(Map<String, Integer> byKind) {
    int calls = 0;
    for (Map.Entry<String, Integer> kind : byKind.entrySet()) {
      if (INVENTORY.stream().anyMatch(kind.getKey()::contains)) {
        calls += kind.getValue();
      }
      if (kind.getKey().contains("/flavors/detail ")) {
        calls += kind.getValue();
      }
    }
    return calls;
  }

  /** Asks the sandbox itself; empty when there is nothing to tell. */
  private Optional<JsonObject> ask(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(control + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(30))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new Trouble(
          method + " " + request.uri() + ": " + answer.statusCode() + " " + answer.body(),
          "start Isthmus with simulated clouds");
    }
    if (answer.body().isEmpty()) {
      return Optional.empty();
    }
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return Optional.of(reader.readObject());
    }
  }
}
