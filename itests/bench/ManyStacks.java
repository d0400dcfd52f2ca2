import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills a running Isthmus over simulated clouds with many stacks of servers, so that lists and
 * searches have something to do. Compiled together with {@code launcher/Sample.java}, whose API
 * client it uses.
 *
 * <p>Usage: {@code ManyStacks STACKS SERVERS_OF_EACH}.
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
          properties: { network: { get_resource: net }, cidr: 10.43.0.0/24 }
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
      new ManyStacks().fill(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    } catch (Trouble trouble) {
      System.err.printf("many-stacks: %s: %s%n", trouble.getMessage(), trouble.remedy);
      System.exit(1);
    } catch (IOException e) {
      System.err.printf("many-stacks: no answer (%s): start Isthmus with simulated clouds%n", e);
      System.exit(1);
    }
  }

  private void fill(int stacks, int servers) throws IOException, InterruptedException {
    List<String> clouds =
        api.get("/clouds?limit=500").asJsonArray().getValuesAs(JsonObject.class).stream()
            .map(cloud -> cloud.getString("id"))
            .toList();
    Instant start = Instant.now();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < stacks; i++) {
      ids.add(create("many-%04d".formatted(i), servers, clouds.get(i % clouds.size())));
    }
    System.out.printf("%d stacks asked for after %d s%n", stacks, seconds(start));
    for (String id : ids) {
      api.follow(id, 0, PATIENCE, event -> {});
    }
    System.out.printf("all at rest after %d s%n", seconds(start));
    for (String status : List.of("CREATE_COMPLETE", "CREATE_FAILED")) {
      System.out.printf("%s: some of %d: %s%n", status, stacks, !api.get("/stacks?limit=1&status=" + status).asJsonArray().isEmpty());
    }
  }

  private String create(String name, int servers, String cloud)
      throws IOException, InterruptedException {
    JsonObject plan =
        api.post(
            "/plans",
            Json.createObjectBuilder()
                .add("name", name)
                .add("template", TEMPLATE.formatted(servers))
                .add("policy", POLICY.formatted(cloud))
                .build());
    return api.post(
            "/stacks",
            Json.createObjectBuilder().add("name", name).add("plan", plan.getString("id")).build())
        .getString("id");
  }

  private static long seconds(Instant since) {
    return Duration.between(since, Instant.now()).toSeconds();
  }
}
