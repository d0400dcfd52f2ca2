package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A mix of what people ask of stacks, drawn from a seed, and what was acknowledged of it. A request
 * whose answer was lost is repeated under its key until somebody answers, as a careful program
 * does.
 */
final class MixedWork {

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final int MOST_STACKS = 6;
  private static final int MOST_SERVERS = 4;
  private static final int MOST_RETRIES = 4;

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        count: {type: number, default: 1}
        colour: {type: string, default: blue}
        greeting: {type: string, default: hello}
        token: {type: string, hidden: true}
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.%d.0.0/24}}
        doors:
          type: OS::Neutron::SecurityGroup
          properties: {rules: [{protocol: tcp, port_range_min: 80, port_range_max: 80}]}
        web:
          type: OS::Heat::ResourceGroup
          properties:
            count: {get_param: count}
            resource_def:
              type: OS::Nova::Server
              properties:
                flavor: m1.small
                image: debian-12
                networks: [{subnet: {get_resource: subnet}}]
                security_groups: [{get_resource: doors}]
                metadata: {colour: {get_param: colour}}
                user_data_format: RAW
                user_data: {str_replace: {template: "GREETING TOKEN", params: {GREETING: {get_param: greeting}, TOKEN: {get_param: token}}}}
        disk: {type: OS::Cinder::Volume, properties: {size: 1}}
      """;

  /** A stack as it was acknowledged. */
  static final class Kept {
    final String id;
    final Set<String> allowed;

    /** How many servers it may have; several while nobody knows whether an update was taken. */
    private final Set<Integer> counts = new HashSet<>();

    private boolean deleted;

    private Kept(String id, Set<String> allowed, int count) {
      this.id = id;
      this.allowed = Set.copyOf(allowed);
      counts.add(count);
    }

    boolean isDeleted() {
      return deleted;
    }
  }

  private final Person owner;
  private final RandomGenerator random;
  private final String secret;
  private final Runnable revive;
  private final Map<String, Kept> stacks = new LinkedHashMap<>();
  private int made;

  /**
   * @param secret value of hidden parameters, which nobody may ever show
   * @param revive brings the server back when it does not answer
   */
  MixedWork(Person owner, RandomGenerator random, String secret, Runnable revive) {
    this.owner = owner;
    this.random = random;
    this.secret = secret;
    this.revive = revive;
  }

  List<Kept> stacks() {
    return List.copyOf(stacks.values());
  }

  private List<Kept> standing() {
    return stacks.values().stream().filter(stack -> !stack.deleted).toList();
  }

  /** Asks for one thing, whatever comes of it; what was acknowledged is kept. */
  void act() throws Exception {
    List<Kept> standing = standing();
    int drawn = random.nextInt(10);
    if (standing.isEmpty() || drawn < 4 && standing.size() < MOST_STACKS) {
      create();
    } else if (drawn < 8) {
      update(standing.get(random.nextInt(standing.size())));
    } else {
      delete(standing.get(random.nextInt(standing.size())));
    }
  }

  private void create() throws Exception {
    List<String> clouds = new ArrayList<>(List.of("gra", "bhs", "syd"));
    if (random.nextBoolean()) {
      clouds.remove(random.nextInt(clouds.size()));
    }
    int count = 1 + random.nextInt(MOST_SERVERS);
    String name = "mixed-" + made++;
    String policy =
        """
        placement_policy_version: 2026-11-23
        rules:
          - {name: there, clouds: {any_of: %s}}
          - {name: apart, match: {types: ["OS::Nova::Server"]}, spread: [{across: cloud, max_skew: 1, when_unsatisfiable: schedule_anyway}]}
        """
            .formatted(clouds);
    JsonObject request =
        Person.planRequest(
            name,
            TEMPLATE.formatted(150 + made % 100),
            policy,
            Map.of("count", Json.createValue(count), "token", Json.createValue(secret)));
    Optional<HttpResponse<String>> plan = surely("/plans", request.toString());
    if (plan.isEmpty() || plan.get().statusCode() != 201) {
      return;
    }
    JsonObject planned = Person.read(plan.get(), 201).asJsonObject();
    JsonObject wish =
        Json.createObjectBuilder().add("name", name).add("plan", planned.getString("id")).build();
    Optional<HttpResponse<String>> answer = surely("/stacks", wish.toString());
    if (answer.isPresent() && answer.get().statusCode() == 202) {
      String id = Person.read(answer.get(), 202).asJsonObject().getString("id");
      stacks.put(id, new Kept(id, new HashSet<>(clouds), count));
    }
  }

  private void update(Kept stack) throws Exception {
    int count = 1 + random.nextInt(MOST_SERVERS);
    String parameters =
        switch (random.nextInt(3)) {
          case 0 -> "{\"count\": %d}".formatted(count);
          case 1 -> "{\"count\": %d, \"colour\": \"c%d\"}".formatted(count, random.nextInt(9));
          default -> "{\"count\": %d, \"greeting\": \"g%d\"}".formatted(count, random.nextInt(9));
        };
    Optional<HttpResponse<String>> plan =
        surely("/stacks/" + stack.id + "/update-previews", "{\"parameters\": " + parameters + "}");
    if (plan.isEmpty() || plan.get().statusCode() != 201) {
      return;
    }
    String id = Person.read(plan.get(), 201).asJsonObject().getString("id");
    JsonObject wish =
        Json.createObjectBuilder()
            .add("action", "update")
            .add("plan", id)
            .add("disable_rollback", true)
            .build();
    Optional<HttpResponse<String>> answer =
        surely("/stacks/" + stack.id + "/actions", wish.toString());
    if (answer.isEmpty()) {
      stack.counts.add(count);
    } else if (answer.get().statusCode() == 202) {
      stack.counts.clear();
      stack.counts.add(count);
    }
  }

  private void delete(Kept stack) throws Exception {
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        HttpResponse<String> answer = owner.delete("/stacks/" + stack.id);
        if (answer.statusCode() == 202) {
          stack.deleted = true;
        }
        if (answer.statusCode() < 500) {
          return;
        }
      } catch (IOException lost) {
        revive.run();
      }
    }
  }

  /**
   * Sends under a key of its own until something answers.
   *
   * @return empty when nobody knows what became of it
   */
  private Optional<HttpResponse<String>> surely(String path, String body) throws Exception {
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    JsonObject parsed = Json.createReader(new java.io.StringReader(body)).readObject();
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        HttpResponse<String> answer = owner.post(path, parsed, key);
        if (answer.statusCode() < 500) {
          return Optional.of(answer);
        }
      } catch (IOException lost) {
        revive.run();
      }
    }
    return Optional.empty();
  }

  /** Waits until all rests, trying again what failed, and holds each stack to what was promised. */
  void settle() throws Exception {
    for (Kept stack : stacks.values()) {
      for (int tries = 0; ; tries++) {
        String status =
            Await.until(
                    PATIENCE,
                    "stack " + stack.id + " rests",
                    () -> look(stack),
                    seen -> !seen.getString("status").endsWith("IN_PROGRESS"))
                .getString("status");
        if (status.endsWith("_COMPLETE") && stack.deleted == status.equals("DELETE_COMPLETE")) {
          break;
        }
        assertThat(tries)
            .as("retries of %s, which is %s: %s", stack.id, status, look(stack))
            .isLessThan(MOST_RETRIES);
        if (stack.deleted) {
          Person.read(owner.delete("/stacks/" + stack.id), 202);
        } else {
          Person.read(
              owner.post("/stacks/" + stack.id + "/actions", "{\"action\": \"retry\"}", "en"), 202);
        }
      }
    }
  }

  /** Deletes all that stands. */
  void deleteAll() throws Exception {
    for (Kept stack : standing()) {
      Person.read(owner.delete("/stacks/" + stack.id), 202);
      stack.deleted = true;
    }
    settle();
  }

  JsonObject look(Kept stack) throws Exception {
    return owner.look("/stacks/" + stack.id).asJsonObject();
  }

  List<JsonObject> resources(Kept stack) throws Exception {
    return owner.list("/stacks/" + stack.id + "/resources?limit=500");
  }

  /** Holds how many servers a stack has against what was acknowledged; then that is known. */
  void assertCount(Kept stack, long servers) {
    assertThat(stack.counts).as("servers of " + stack.id).contains((int) servers);
    stack.counts.clear();
    stack.counts.add((int) servers);
  }
}
