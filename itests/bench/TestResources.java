import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Creates and deletes one stack of resources that do nothing, WIDE side by side and DEEP one after
 * the other, and tells how long that takes and by how much processes grow. Compiled together with
 * {@code launcher/Sample.java}, whose API client it uses.
 *
 * <p>Usage: {@code TestResources isthmus|heat WIDE DEEP ROUNDS PIDS}, with pids of what is looked at
 * after commas. For Heat the environment tells {@code OS_AUTH_URL}, {@code OS_USERNAME}, {@code
 * OS_PASSWORD} and {@code OS_PROJECT_NAME}.
 */
final class TestResources {

  private static final String NAME = "test-resources";
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: []
      """;

  /** One of the two engines. */
  private interface Engine {

    /** Returns as soon as it is accepted. */
    String create(String name, JsonObject template) throws IOException, InterruptedException;

    /** Status such as {@code CREATE_COMPLETE}; empty when it is gone. */
    String status(String id) throws IOException, InterruptedException;

    void delete(String id) throws IOException, InterruptedException;
  }

  public static void main(String[] arguments) throws InterruptedException {
    try {
      boolean heat = arguments[0].equals("heat");
      Engine engine = heat ? new Heat() : new Isthmus();
      int wide = Integer.parseInt(arguments[1]);
      int deep = Integer.parseInt(arguments[2]);
      List<String> pids = List.of(arguments[4].split(","));
      for (int round = 1; round <= Integer.parseInt(arguments[3]); round++) {
        measure(arguments[0], engine, wide, deep, round, pids);
      }
    } catch (Trouble trouble) {
      System.err.printf("test-resources: %s: %s%n", trouble.getMessage(), trouble.remedy);
      System.exit(1);
    } catch (IOException e) {
      System.err.printf("test-resources: no answer (%s)%n", e);
      System.exit(1);
    }
  }

  private static void measure(
      String name, Engine engine, int wide, int deep, int round, List<String> pids)
      throws IOException, InterruptedException {
    long before = memory(pids);
    long begun = System.nanoTime();
    String id = engine.create(NAME + "-" + round, template(wide, deep));
    double accepted = seconds(begun);
    long most = await(engine, id, "CREATE_COMPLETE", before, pids);
    double created = seconds(begun);
    begun = System.nanoTime();
    engine.delete(id);
    most = Math.max(most, await(engine, id, "", most, pids));
    System.out.printf(
        "%-8s round %d: %d resources: answered after %.2f s, CREATE_COMPLETE after %.2f s,"
            + " deleted in %.2f s; memory %d MiB before, %d MiB more at most%n",
        name, round, wide * deep, accepted, created, seconds(begun), before >> 20,
        (most - before) >> 20);
  }

  /** Waits; returns the most memory that was seen meanwhile. */
  private static long await(
      Engine engine, String id, String wanted, long most, List<String> pids)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    long seen = most;
    while (true) {
      String status = engine.status(id);
      seen = Math.max(seen, memory(pids));
      if (status.equals(wanted)) {
        return seen;
      }
      if (status.endsWith("_FAILED") || Instant.now().isAfter(end)) {
        throw new Trouble("the stack became " + status, "look at its events");
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Bytes, what is shared divided among those that share it. */
  private static long memory(List<String> pids) throws IOException {
    long sum = 0;
    for (String pid : pids) {
      Path rollup = Path.of("/proc", pid, "smaps_rollup");
      if (Files.isReadable(rollup)) {
        sum +=
            Files.readAllLines(rollup).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
      }
    }
    return sum;
  }

  /** Each takes its value from the one before it in its row, so that there are DEEP steps. */
  private static JsonObject template(int wide, int deep) {
    JsonObjectBuilder resources = Json.createObjectBuilder();
    for (int step = 0; step < deep; step++) {
      for (int row = 0; row < wide; row++) {
        JsonObjectBuilder value = Json.createObjectBuilder();
        if (step == 0) {
          value.add("value", "row " + row);
        } else {
          value.add(
              "value",
              Json.createObjectBuilder()
                  .add(
                      "get_attr",
                      Json.createArrayBuilder().add("r" + (step - 1) + "_" + row).add("output")));
        }
        resources.add(
            "r" + step + "_" + row,
            Json.createObjectBuilder()
                .add("type", "OS::Heat::TestResource")
                .add("properties", value));
      }
    }
    return Json.createObjectBuilder()
        .add("heat_template_version", "2018-08-31")
        .add("resources", resources)
        .build();
  }

  private static final class Isthmus implements Engine {

    private final Api api = new Api();

    @Override
    public String create(String name, JsonObject template)
        throws IOException, InterruptedException {
      JsonObject plan =
          api.post(
              "/plans",
              Json.createObjectBuilder()
                  .add("name", name)
                  .add("template", template.toString())
                  .add("policy", POLICY)
                  .build());
      return api.post(
              "/stacks",
              Json.createObjectBuilder().add("name", name).add("plan", plan.getString("id")).build())
          .getString("id");
    }

    @Override
    public String status(String id) throws IOException, InterruptedException {
      String status = api.get("/stacks/" + id).asJsonObject().getString("status");
      return status.equals("DELETE_COMPLETE") ? "" : status;
    }

    @Override
    public void delete(String id) throws IOException, InterruptedException {
      api.delete("/stacks/" + id);
    }
  }

  private static final class Heat implements Engine {

    private final RealCloud cloud = RealCloud.ofEnvironment();

    Heat() throws IOException, InterruptedException {}

    @Override
    public String create(String name, JsonObject template)
        throws IOException, InterruptedException {
      return cloud.createStack(name, template);
    }

    @Override
    public String status(String id) throws IOException, InterruptedException {
      return cloud.stackStatus(id);
    }

    @Override
    public void delete(String id) throws IOException, InterruptedException {
      cloud.deleteStack(id);
    }
  }
}
