import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Fills a running Isthmus over simulated clouds with many stacks of servers, so that lists and
 * searches have something to do. Compiled together with {@code launcher/Sample.java}, whose API
 * client it uses.
 *
 * <p>Usage: {@code ManyStacks NAME STACKS SERVERS_OF_EACH}; the stacks are called NAME-0000 and so on.
 */
final class ManyStacks {

  private static final Duration PATIENCE = Duration.ofMinutes(60);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: { type: OS::Neutron::Net }
        subnet:
          type: OS::Neutron::Subnet
          properties: { network: { get_resource: net }, cidr: 10.43.0.0/16 }
        web:
          type: OS::Heat::ResourceGroup
          depends_on: subnet
          properties:
            count: %d
            resource_def:
              type: OS::Nova::Server
              properties:
                flavor: m1.tiny
                image: debian-12
                networks: [{ subnet: { get_resource: subnet } }]
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: [{ name: all in one cloud, clouds: { any_of: [%s] } }]
      """;

  private final Api api = new Api();

  public static void main(String[] arguments) throws InterruptedException {
    try {
      new ManyStacks()
          .fill(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    } catch (Trouble trouble) {
      System.err.printf("many-stacks: %s: %s%n", trouble.getMessage(), trouble.remedy);
      System.exit(1);
    } catch (IOException e) {
      System.err.printf("many-stacks: no answer (%s): start Isthmus with simulated clouds%n", e);
      System.exit(1);
    }
  }

  private void fill(String name, int stacks, int servers) throws IOException, InterruptedException {
    List<String> clouds =
        api.get("/clouds?limit=500").asJsonArray().getValuesAs(JsonObject.class).stream()
            .map(cloud -> cloud.getString("id"))
            .toList();
    Instant start = Instant.now();
    for (int i = 0; i < stacks; i++) {
      create(name + "-%04d".formatted(i), servers, clouds.get(i % clouds.size()));
    }
    System.out.printf("%d stacks asked for after %d s%n", stacks, seconds(start));
    while (some("CREATE_IN_PROGRESS")) {
      if (seconds(start) > PATIENCE.toSeconds()) {
        throw new Trouble("some are not done after " + PATIENCE, "follow them in the portal");
      }
      TimeUnit.SECONDS.sleep(2);
    }
    System.out.printf("all at rest after %d s%n", seconds(start));
    if (some("CREATE_FAILED")) {
      throw new Trouble("some failed", "look at them in the portal");
    }
  }

  private boolean some(String status) throws IOException, InterruptedException {
    return !api.get("/stacks?limit=1&status=" + status)
        .asJsonObject()
        .getJsonArray("stacks")
        .isEmpty();
  }

  private void create(String name, int servers, String cloud)
      throws IOException, InterruptedException {
    JsonObject plan =
        api.post(
            "/plans",
            Json.createObjectBuilder()
                .add("name", name)
                .add("template", TEMPLATE.formatted(servers))
                .add("policy", POLICY.formatted(cloud))
                .build());
    api.post(
        "/stacks",
        Json.createObjectBuilder().add("name", name).add("plan", plan.getString("id")).build());
  }

  private static long seconds(Instant since) {
    return Duration.between(since, Instant.now()).toSeconds();
  }
}
