import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Has a simulated cloud go dark under stacks that fail over, and tells how long it takes from then
 * until the last of them is whole elsewhere, as a multiple of what nobody can beat: the time that
 * the policy takes to be certain, and the time that the same stacks take to be created where they
 * go. Compiled together with {@code launcher/Sample.java}, whose API client it uses.
 *
 * <p>Usage: {@code CloudLoss CONTROL_URL SECONDS_TO_BE_CERTAIN STACKS...}
 */
final class CloudLoss {

  private static final String HOME = "gra";
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final long PAUSE = 250;

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.79.1.0/24}}
        router: {type: OS::Neutron::Router, properties: {external_gateway_info: {network: public}}}
        way: {type: OS::Neutron::RouterInterface, properties: {router: {get_resource: router}, subnet: {get_resource: subnet}}}
        doors:
          type: OS::Neutron::SecurityGroup
          properties: {rules: [{protocol: tcp, port_range_min: 18079, port_range_max: 18079}]}
        port:
          type: OS::Neutron::Port
          properties:
            network: {get_resource: net}
            security_groups: [{get_resource: doors}]
            fixed_ips: [{subnet: {get_resource: subnet}}]
        web:
          type: OS::Nova::Server
          properties: {flavor: m1.small, image: debian-12, networks: [{port: {get_resource: port}}]}
        address:
          type: OS::Neutron::FloatingIP
          depends_on: way
          properties: {floating_network: public, port_id: {get_resource: port}}
      """;

  /** People in France are nearest to the cloud that is lost. */
  private static final String FAILING_OVER =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: it survives
          match: {names: [web]}
          failover: {mode: standby, after: %ds, tries: 3, probes: [{tcp: 18079}], on_return: remove}
      prefer: {latency_from: {FR: 100}}
      """;

  private static final String ELSEWHERE =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: not there
          clouds: {none_of: [%s]}
      prefer: {latency_from: {FR: 100}}
      """;

  private final Api api = new Api();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String control;
  private final int after;

  private CloudLoss(String control, int after) {
    this.control = control;
    this.after = after;
  }

  public static void main(String[] arguments) throws InterruptedException {
    try {
      CloudLoss bench = new CloudLoss(arguments[0], Integer.parseInt(arguments[1]));
      for (int i = 2; i < arguments.length; i++) {
        bench.measure(Integer.parseInt(arguments[i]));
      }
    } catch (Trouble trouble) {
      System.err.printf("cloud-loss: %s: %s%n", trouble.getMessage(), trouble.remedy);
      System.exit(1);
    } catch (IOException e) {
      System.err.printf("cloud-loss: no answer (%s): start Isthmus with simulated clouds%n", e);
      System.exit(1);
    }
  }

  private void measure(int stacks) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    List<String> direct = create("direct", stacks, ELSEWHERE.formatted(HOME));
    awaitAll(direct, "is created", this::isCreated);
    double creation = seconds(begun);
    delete(direct);

    List<String> ids = create("lost", stacks, FAILING_OVER.formatted(after));
    awaitAll(ids, "is created", this::isCreated);
    awaitAll(ids, "is heard from " + HOME, this::isHeard);
    weather("[{\"outage\": \"dark\"}]");
    begun = System.nanoTime();
    try {
      awaitAll(ids, "is whole elsewhere", this::isElsewhere);
    } finally {
      weather("[]");
    }
    double took = seconds(begun);
    System.out.printf(
        Locale.ROOT,
        "%d stacks: whole elsewhere %.1f s after their cloud went dark; %d s to be certain and %.1f s"
            + " to create as many there directly: %.2f times%n",
        stacks,
        took,
        after,
        creation,
        took / (after + creation));
    delete(ids);
  }

  private List<String> create(String name, int stacks, String policy)
      throws IOException, InterruptedException {
    String unique = name + "-" + Instant.now().getEpochSecond() + "-";
    List<String> plans = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < stacks; i++) {
      String plan =
          api.post(
                  "/plans",
                  Json.createObjectBuilder()
                      .add("name", unique + i)
                      .add("template", TEMPLATE)
                      .add("policy", policy)
                      .build())
              .getString("id");
      plans.add(plan);
      ids.add(
          api.post(
                  "/stacks",
                  Json.createObjectBuilder().add("name", unique + i).add("plan", plan).build())
              .getString("id"));
    }
    return ids;
  }

  private void delete(List<String> ids) throws IOException, InterruptedException {
    for (String id : ids) {
      // What is removed by its rule first may be under way.
      awaitAll(List.of(id), "rests", this::isAtRest);
      api.delete("/stacks/" + id);
    }
    awaitAll(ids, "is deleted", id -> status(id).equals("DELETE_COMPLETE"));
  }

  private interface Look {
    boolean sees(String id) throws IOException, InterruptedException;
  }

  private String status(String id) throws IOException, InterruptedException {
    return api.get("/stacks/" + id).asJsonObject().getString("status");
  }

  private boolean isAtRest(String id) throws IOException, InterruptedException {
    return !status(id).endsWith("_IN_PROGRESS");
  }

  private boolean isCreated(String id) throws IOException, InterruptedException {
    return status(id).equals("CREATE_COMPLETE");
  }

  private boolean isElsewhere(String id) throws IOException, InterruptedException {
    return status(id).equals("UPDATE_COMPLETE");
  }

  /** From more than one place, without which nobody can tell a lost cloud from a lost way to it. */
  private boolean isHeard(String id) throws IOException, InterruptedException {
    List<JsonObject> probes =
        api.get("/stacks/" + id + "/probes")
            .asJsonObject()
            .getJsonArray("probes")
            .getValuesAs(JsonObject.class);
    if (probes.stream().anyMatch(probe -> !probe.getString("cloud").equals(HOME))) {
      throw new Trouble("a server is not in " + HOME, "use the federation that comes along");
    }
    return probes.size() > 1
        && probes.stream().allMatch(probe -> probe.getString("outcome").equals("answered"));
  }

  private void awaitAll(List<String> ids, String what, Look look)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    List<String> left = new ArrayList<>(ids);
    while (!left.isEmpty()) {
      String id = left.get(left.size() - 1);
      if (look.sees(id)) {
        left.remove(left.size() - 1);
        continue;
      }
      if (status(id).endsWith("_FAILED") || Instant.now().isAfter(end)) {
        throw new Trouble("no stack " + id + " that " + what, "look at its events");
      }
      Thread.sleep(PAUSE);
    }
  }

  private void weather(String rules) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(control + "/clouds/" + HOME + "/weather"))
                .timeout(Duration.ofSeconds(30))
                .PUT(
                    HttpRequest.BodyPublishers.ofString("{\"seed\": 1, \"rules\": " + rules + "}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new Trouble("weather: " + answer.statusCode() + " " + answer.body(), "see docs/sandbox.md");
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
