import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * Creates one stack of very many nested ones of resources that do nothing, in the shape that CERN
 * published of a cluster of a thousand nodes, and tells how long its plan takes, how long until all
 * is written, and how long it takes to show it. Compiled together with {@code launcher/Sample.java},
 * whose API client it uses.
 *
 * <p>Usage: {@code NestedStacks STACKS RESOURCES_OF_EACH LOOKS}
 */
final class NestedStacks {

  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final long PAUSE = 500;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: []
      """;

  private final Api api = new Api();

  public static void main(String[] arguments) throws InterruptedException {
    try {
      new NestedStacks()
          .measure(
              Integer.parseInt(arguments[0]),
              Integer.parseInt(arguments[1]),
              Integer.parseInt(arguments[2]));
    } catch (Trouble trouble) {
      System.err.printf("nested-stacks: %s: %s%n", trouble.getMessage(), trouble.remedy);
      System.exit(1);
    } catch (IOException e) {
      System.err.printf("nested-stacks: no answer (%s)%n", e);
      System.exit(1);
    }
  }

  private void measure(int stacks, int resources, int looks)
      throws IOException, InterruptedException {
    String name = "nested-" + Instant.now().getEpochSecond();
    long begun = System.nanoTime();
    JsonObject plan =
        api.post(
            "/plans",
            Json.createObjectBuilder()
                .add("name", name)
                .add("template", outer(stacks))
                .add("files", Json.createObjectBuilder().add("node.yaml", inner(resources)))
                .add("policy", POLICY)
                .build());
    double planned = seconds(begun);
    begun = System.nanoTime();
    String id =
        api.post(
                "/stacks",
                Json.createObjectBuilder()
                    .add("name", name)
                    .add("plan", plan.getString("id"))
                    .build())
            .getString("id");
    double accepted = seconds(begun);
    await(id, "CREATE_COMPLETE");
    double created = seconds(begun);
    System.out.printf(
        Locale.ROOT,
        "%d resources in %d nested stacks: planned in %.2f s, accepted in %.2f s, all states and"
            + " events written %.2f s after that was asked%n",
        stacks * resources,
        stacks,
        planned,
        accepted,
        created);
    for (String path : new String[] {"", "/resources?limit=50", "/events?limit=50"}) {
      look("/stacks/" + id + path, looks);
    }
    begun = System.nanoTime();
    api.delete("/stacks/" + id);
    await(id, "DELETE_COMPLETE");
    System.out.printf(Locale.ROOT, "deleted in %.2f s%n", seconds(begun));
  }

  private void look(String path, int looks) throws IOException, InterruptedException {
    double[] took = new double[looks];
    for (int i = -looks / 4; i < looks; i++) {
      long begun = System.nanoTime();
      api.get(path);
      if (i >= 0) {
        took[i] = seconds(begun) * 1000;
      }
    }
    Arrays.sort(took);
    System.out.printf(
        Locale.ROOT,
        "GET %s: p50 %.0f ms, p99 %.0f ms of %d%n",
        path.replaceAll("[0-9a-f-]{36}", "ID"),
        took[looks / 2],
        took[looks * 99 / 100],
        looks);
  }

  private void await(String id, String wanted) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      String status = api.get("/stacks/" + id).asJsonObject().getString("status");
      if (status.equals(wanted)) {
        return;
      }
      if (status.endsWith("_FAILED") || Instant.now().isAfter(end)) {
        throw new Trouble("the stack became " + status, "look at its events");
      }
      Thread.sleep(PAUSE);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static String outer(int stacks) {
    return """
        heat_template_version: wallaby
        resources:
          nodes:
            type: OS::Heat::ResourceGroup
            properties:
              count: %d
              resource_def: {type: node.yaml, properties: {name: "node-%%index%%"}}
        """
        .formatted(stacks);
  }

  /** Two rows, so that each resource but the first two waits for one before it. */
  private static String inner(int resources) {
    StringBuilder text =
        new StringBuilder(
            """
            heat_template_version: wallaby
            parameters: {name: {type: string}}
            resources:
            """);
    for (int i = 0; i < resources; i++) {
      text.append("  r%d: {type: OS::Heat::TestResource, properties: {value: ".formatted(i))
          .append(i < 2 ? "{get_param: name}" : "{get_attr: [r%d, output]}".formatted(i - 2))
          .append("}}\n");
    }
    return text.toString();
  }
}
