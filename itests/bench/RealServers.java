import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Creates and deletes servers on one real cloud, by a plain loop over its API, by Isthmus and by the
 * cloud's own Heat, in turn, and tells how long each takes over the plain loop. Compiled together
 * with {@code launcher/Sample.java}, whose API client it uses, and {@code RealCloud}.
 *
 * <p>Usage: {@code RealServers CLOUD SERVERS ROUNDS}; what the cloud has: flavor {@code m1.tiny},
 * image {@code cirros}, network {@code private}. The environment names the user as for {@code
 * openstack}.
 */
final class RealServers {

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final long PAUSE = 500;
  private static final String PREFIX = "real-servers";

  private final Api api = new Api();
  private final RealCloud cloud;
  private final String name;
  private final int servers;

  private RealServers(String name, int servers) throws IOException, InterruptedException {
    this.cloud = RealCloud.ofEnvironment();
    this.name = name;
    this.servers = servers;
  }

  /** How long both took, in seconds. */
  private record Took(double created, double deleted) {}

  private interface Way {
    Took go() throws IOException, InterruptedException;
  }

  public static void main(String[] arguments) throws InterruptedException {
    try {
      RealServers bench = new RealServers(arguments[0], Integer.parseInt(arguments[1]));
      for (int round = 1; round <= Integer.parseInt(arguments[2]); round++) {
        bench.round(round);
      }
    } catch (Trouble trouble) {
      System.err.printf("real-servers: %s: %s%n", trouble.getMessage(), trouble.remedy);
      System.exit(1);
    } catch (IOException e) {
      System.err.printf("real-servers: no answer (%s)%n", e);
      System.exit(1);
    }
  }

  private void round(int round) throws IOException, InterruptedException {
    Took loop = tell(round, "a plain loop", this::loop, null);
    tell(round, "Isthmus", this::isthmus, loop);
    tell(round, "Heat", this::heat, loop);
  }

  private Took tell(int round, String who, Way way, Took loop)
      throws IOException, InterruptedException {
    Took took = way.go();
    System.out.printf(
        Locale.ROOT,
        "round %d: %d servers by %s: created in %.1f s, deleted in %.1f s%s%n",
        round,
        servers,
        who,
        took.created(),
        took.deleted(),
        loop == null
            ? ""
            : String.format(
                Locale.ROOT,
                "; %.2f and %.2f times the plain loop, together %.2f",
                took.created() / loop.created(),
                took.deleted() / loop.deleted(),
                (took.created() + took.deleted()) / (loop.created() + loop.deleted())));
    return took;
  }

  private Took loop() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    String flavor = cloud.id("compute", "/flavors", "flavors", "m1.tiny");
    String image = cloud.id("image", "/v2/images", "images", "cirros");
    String network = cloud.id("network", "/v2.0/networks", "networks", "private");
    for (int i = 0; i < servers; i++) {
      cloud.createServer(PREFIX + "-" + i, flavor, image, network);
    }
    await(() -> allActive(PREFIX));
    double created = seconds(begun);
    begun = System.nanoTime();
    for (String id : cloud.servers(PREFIX).keySet()) {
      cloud.deleteServer(id);
    }
    await(() -> cloud.servers(PREFIX).isEmpty());
    return new Took(created, seconds(begun));
  }

  private boolean allActive(String prefix) throws IOException, InterruptedException {
    var statuses = cloud.servers(prefix).values();
    if (statuses.contains("ERROR")) {
      throw new Trouble("a server went to ERROR", "look at the cloud's log");
    }
    return statuses.size() == servers && statuses.stream().allMatch("ACTIVE"::equals);
  }

  private Took isthmus() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    String unique = PREFIX + "-" + Instant.now().getEpochSecond();
    JsonObject plan =
        api.post(
            "/plans",
            Json.createObjectBuilder()
                .add("name", unique)
                .add("template", template().toString())
                .add(
                    "policy",
                    "placement_policy_version: 2026-11-23\nrules: [{name: there, clouds: {any_of: ["
                        + name
                        + "]}}]\n")
                .build());
    String id =
        api.post(
                "/stacks",
                Json.createObjectBuilder()
                    .add("name", unique)
                    .add("plan", plan.getString("id"))
                    .build())
            .getString("id");
    await(() -> isAt(stack(id), "CREATE_COMPLETE"));
    double created = seconds(begun);
    begun = System.nanoTime();
    api.delete("/stacks/" + id);
    await(() -> isAt(stack(id), "DELETE_COMPLETE"));
    return new Took(created, seconds(begun));
  }

  private String stack(String id) throws IOException, InterruptedException {
    return api.get("/stacks/" + id).asJsonObject().getString("status");
  }

  private Took heat() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    String id = cloud.createStack(PREFIX + "-" + Instant.now().getEpochSecond(), template());
    await(() -> isAt(cloud.stackStatus(id), "CREATE_COMPLETE"));
    double created = seconds(begun);
    begun = System.nanoTime();
    cloud.deleteStack(id);
    await(() -> isAt(cloud.stackStatus(id), ""));
    return new Took(created, seconds(begun));
  }

  private static boolean isAt(String status, String wanted) {
    if (status.endsWith("_FAILED")) {
      throw new Trouble("the stack became " + status, "look at its events");
    }
    return status.equals(wanted);
  }

  private interface Look {
    boolean sees() throws IOException, InterruptedException;
  }

  private static void await(Look look) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!look.sees()) {
      if (Instant.now().isAfter(end)) {
        throw new Trouble("not done after " + PATIENCE, "look at the cloud");
      }
      Thread.sleep(PAUSE);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private JsonObject template() {
    JsonObject server =
        Json.createObjectBuilder()
            .add("type", "OS::Nova::Server")
            .add(
                "properties",
                Json.createObjectBuilder()
                    .add("flavor", "m1.tiny")
                    .add("image", "cirros")
                    .add(
                        "networks",
                        Json.createArrayBuilder()
                            .add(Json.createObjectBuilder().add("network", "private"))))
            .build();
    return Json.createObjectBuilder()
        .add("heat_template_version", "2018-08-31")
        .add(
            "resources",
            Json.createObjectBuilder()
                .add(
                    "web",
                    Json.createObjectBuilder()
                        .add("type", "OS::Heat::ResourceGroup")
                        .add(
                            "properties",
                            Json.createObjectBuilder()
                                .add("count", servers)
                                .add("resource_def", server))))
        .build();
  }
}
