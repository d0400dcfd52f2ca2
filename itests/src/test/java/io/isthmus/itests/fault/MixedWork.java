package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.SimulatedClouds;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A mix of what people ask of stacks, drawn from a seed, and what was acknowledged of it. A request
 * whose answer was lost is repeated under its key until somebody answers, as a careful program
 * does; where its server died over it, what became of it is looked up.
 */
final class MixedWork {

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Set<String> UNDECIDED = Set.of("watching", "asking", "at_work");
  private static final int MOST_STACKS = 5;
  private static final int MOST_SERVERS = 3;
  private static final int MOST_RETRIES = 6;
  private static final int ACCEPTED = 202;
  private static final int MADE = 201;

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
    private final boolean isStandby;
    private int count;
    private String colour;
    private boolean deleted;

    private Kept(String id, Set<String> allowed, boolean isStandby, int count, String colour) {
      this.id = id;
      this.allowed = Set.copyOf(allowed);
      this.isStandby = isStandby;
      this.count = count;
      this.colour = colour;
    }

    boolean isDeleted() {
      return deleted;
    }

    int servers() {
      return deleted ? 0 : count;
    }

    String colour() {
      return colour;
    }
  }

  private final Person owner;
  private final Person administrator;
  private final Determined asOwner;
  private final Determined asAdministrator;
  private final RandomGenerator random;
  private final String prefix;
  private final String secret;
  private final Map<String, Kept> stacks = new LinkedHashMap<>();
  private final Set<String> leftAlone = new HashSet<>();
  private Optional<String> drain = Optional.empty();
  private int made;
  private int acknowledged;
  private int refused;
  private int drains;
  private int failovers;

  /**
   * @param prefix of the stacks' names, of this run only
   * @param secret value of hidden parameters, which nobody may ever show
   */
  MixedWork(
      Person owner, Person administrator, RandomGenerator random, String prefix, String secret) {
    this.owner = owner;
    this.administrator = administrator;
    this.asOwner = new Determined(owner);
    this.asAdministrator = new Determined(administrator);
    this.random = random;
    this.prefix = prefix;
    this.secret = secret;
  }

  List<Kept> stacks() {
    return List.copyOf(stacks.values());
  }

  private List<Kept> standing() {
    return stacks.values().stream().filter(stack -> !stack.deleted).toList();
  }

  /** Whether it is a server's that is to be made anew elsewhere when its cloud is lost. */
  boolean isStandby(Thing thing) {
    return thing
        .mark()
        .map(mark -> stacks.get(mark.stack()))
        .filter(stack -> stack.isStandby && !stack.deleted && stack.allowed.size() > 1)
        .isPresent();
  }

  /** What was asked for, in words. */
  String summary() {
    return "%d requests acknowledged, %d refused, %d drains, %d clouds called lost"
        .formatted(acknowledged, refused, drains, failovers);
  }

  int drains() {
    return drains;
  }

  int failovers() {
    return failovers;
  }

  /** Asks for nothing more of a stack, until {@link #settle}. */
  void leaveAlone(String stack) {
    leftAlone.add(stack);
  }

  /** Asks for one thing, whatever comes of it; what was acknowledged is kept. */
  void act() throws Exception {
    List<Kept> standing =
        standing().stream().filter(stack -> !leftAlone.contains(stack.id)).toList();
    int drawn = random.nextInt(10);
    if (standing.isEmpty() || drawn < 4 && standing.size() < MOST_STACKS) {
      List<String> clouds = new ArrayList<>(SimulatedClouds.NAMES);
      if (random.nextBoolean()) {
        clouds.remove(random.nextInt(clouds.size()));
      }
      create(clouds, random.nextBoolean());
    } else if (drawn < 8) {
      update(standing.get(random.nextInt(standing.size())));
    } else {
      delete(standing.get(random.nextInt(standing.size())));
    }
  }

  /**
   * Asks for a stack.
   *
   * @param clouds where it may be
   * @param isStandby whether its servers are to be made anew elsewhere when their cloud is lost
   */
  void create(List<String> clouds, boolean isStandby) throws Exception {
    int count = 1 + random.nextInt(MOST_SERVERS);
    String colour = colour();
    String name = prefix + "-" + made++;
    String policy =
        """
        placement_policy_version: 2026-11-23
        rules:
          - {name: there, clouds: {any_of: %s}}
          - name: apart
            match: {types: ["OS::Nova::Server"]}
            spread: [{across: cloud, max_skew: 1, when_unsatisfiable: schedule_anyway}]
        """
                .formatted(clouds)
            + (isStandby
                ? "    failover: {mode: standby, after: 10s, tries: 2, on_return: remove}\n"
                : "");
    JsonObject request =
        Person.planRequest(
            name,
            TEMPLATE.formatted(150 + made % 100),
            policy,
            Map.of(
                "count", Json.createValue(count),
                "colour", Json.createValue(colour),
                "token", Json.createValue(secret)));
    Optional<JsonObject> plan = made(asOwner.post("/plans", request), MADE);
    if (plan.isEmpty()) {
      return;
    }
    JsonObject wish =
        Json.createObjectBuilder()
            .add("name", name)
            .add("plan", plan.get().getString("id"))
            .build();
    Optional<HttpResponse<String>> answer = asOwner.post("/stacks", wish);
    Optional<JsonObject> stack = answer.isEmpty() ? named(name) : made(answer, ACCEPTED);
    stack.ifPresent(
        found ->
            stacks.put(
                found.getString("id"),
                new Kept(found.getString("id"), new HashSet<>(clouds), isStandby, count, colour)));
  }

  private String colour() {
    return "c" + random.nextInt(1000);
  }

  /** What was made, where something was; counts what was acknowledged and what was refused. */
  private Optional<JsonObject> made(Optional<HttpResponse<String>> answer, int status) {
    return isAcknowledged(answer, status)
        ? Optional.of(Person.read(answer.orElseThrow(), status).asJsonObject())
        : Optional.empty();
  }

  private boolean isAcknowledged(Optional<HttpResponse<String>> answer, int status) {
    boolean isAcknowledged = answer.filter(seen -> seen.statusCode() == status).isPresent();
    if (isAcknowledged) {
      acknowledged++;
    } else if (answer.isPresent()) {
      refused++;
    }
    return isAcknowledged;
  }

  private Optional<JsonObject> named(String name) throws Exception {
    return Person.read(asOwner.get("/stacks?name=" + name), 200)
        .asJsonObject()
        .getJsonArray("stacks")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(stack -> stack.getString("name").equals(name))
        .findFirst();
  }

  private void update(Kept stack) throws Exception {
    int count = 1 + random.nextInt(MOST_SERVERS);
    String colour = random.nextInt(3) == 0 ? colour() : stack.colour;
    JsonObjectBuilder parameters =
        Json.createObjectBuilder().add("count", count).add("colour", colour);
    if (random.nextInt(3) == 0) {
      parameters.add("greeting", "g" + random.nextInt(9));
    }
    Optional<JsonObject> plan =
        made(
            asOwner.post(
                "/stacks/" + stack.id + "/update-previews",
                Json.createObjectBuilder().add("parameters", parameters).build()),
            MADE);
    if (plan.isEmpty()) {
      return;
    }
    String id = plan.get().getString("id");
    JsonObject wish =
        Json.createObjectBuilder()
            .add("action", "update")
            .add("plan", id)
            .add("disable_rollback", true)
            .build();
    Optional<HttpResponse<String>> answer = asOwner.post("/stacks/" + stack.id + "/actions", wish);
    boolean isTaken =
        answer.isEmpty()
            ? look(stack).getString("plan").equals(id)
            : made(answer, ACCEPTED).isPresent();
    if (isTaken) {
      stack.count = count;
      stack.colour = colour;
    }
  }

  private void delete(Kept stack) throws Exception {
    if (asOwner.delete("/stacks/" + stack.id).statusCode() == ACCEPTED) {
      acknowledged++;
      stack.deleted = true;
    } else if (look(stack).getString("status").startsWith("DELETE_")) {
      // The server died over it, and what is deleted cannot be deleted again.
      stack.deleted = true;
    } else {
      refused++;
    }
  }

  /** Begins to empty a cloud. */
  void drain(String cloud) throws Exception {
    JsonObject wish =
        Json.createObjectBuilder()
            .add("cloud", cloud)
            .add("reason", "faults")
            .add("at_once", 10)
            .build();
    Optional<JsonObject> begun = made(asAdministrator.post("/drains", wish), MADE);
    drain = begun.or(this::openDrain).map(found -> found.getString("id"));
    drains += drain.isPresent() ? 1 : 0;
  }

  private Optional<JsonObject> openDrain() {
    try {
      return Person.read(asAdministrator.get("/drains"), 200)
          .asJsonArray()
          .getValuesAs(JsonObject.class)
          .stream()
          .filter(found -> !found.getString("status").equals("taken_back"))
          .findFirst();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens the cloud that is emptied again, once nothing is on its way out of it. */
  private void endDrain() throws Exception {
    if (drain.isEmpty()) {
      return;
    }
    String path = "/drains/" + drain.get();
    Await.until(
        PATIENCE,
        "nothing is moved out any more",
        () -> administrator.list(path + "/stacks"),
        rows -> rows.stream().noneMatch(row -> row.getString("state").equals("moving")));
    Person.read(administrator.post(path + "/withdrawal", "{}", "en"), 200);
    drain = Optional.empty();
  }

  /** Says of each silent cloud of a stack that it is lost, where nobody has said so. */
  void callLost() throws Exception {
    for (Kept stack : standing()) {
      for (JsonObject lost : lost(stack)) {
        if (UNDECIDED.contains(lost.getString("state")) && !lost.containsKey("decision")) {
          JsonObject wish =
              Json.createObjectBuilder()
                  .add("cloud", lost.getString("cloud"))
                  .add("reason", "faults")
                  .build();
          if (isAcknowledged(asOwner.post("/stacks/" + stack.id + "/failovers", wish), ACCEPTED)) {
            failovers++;
          }
        }
      }
    }
  }

  /** How many stacks have something anew elsewhere, or have it made so. */
  long moved() throws Exception {
    long moved = 0;
    for (Kept stack : standing()) {
      moved +=
          lost(stack).stream()
              .filter(row -> Set.of("moving", "moved", "back").contains(row.getString("state")))
              .count();
    }
    return moved;
  }

  private List<JsonObject> lost(Kept stack) throws Exception {
    return Person.read(asOwner.get("/stacks/" + stack.id + "/failovers"), 200)
        .asJsonArray()
        .getValuesAs(JsonObject.class);
  }

  /** Waits until all rests, trying again what failed, and holds each stack to what was promised. */
  void settle() throws Exception {
    leftAlone.clear();
    endDrain();
    for (Kept stack : stacks.values()) {
      rest(stack);
      Await.until(
          PATIENCE,
          "what was replaced of " + stack.id + " is gone",
          () -> lost(stack),
          List::isEmpty);
      // What was removed by rule was removed by the stack's own work.
      rest(stack);
    }
  }

  private void rest(Kept stack) throws Exception {
    for (int tries = 0; ; tries++) {
      JsonObject seen =
          Await.until(
              PATIENCE,
              "stack " + stack.id + " rests",
              () -> look(stack),
              told -> !told.getString("status").endsWith("IN_PROGRESS"));
      String status = seen.getString("status");
      if (status.endsWith("_COMPLETE") && stack.deleted == status.equals("DELETE_COMPLETE")) {
        return;
      }
      assertThat(tries).as("retries of %s: %s", stack.id, seen).isLessThan(MOST_RETRIES);
      HttpResponse<String> answer =
          stack.deleted
              ? asOwner.delete("/stacks/" + stack.id)
              : owner.post("/stacks/" + stack.id + "/actions", "{\"action\": \"retry\"}", "en");
      // Another may have begun with it, as a drain does.
      assertThat(answer.statusCode()).as(answer.body()).isIn(ACCEPTED, 409);
    }
  }

  /** Deletes all that stands. */
  void deleteAll() throws Exception {
    for (Kept stack : standing()) {
      Person.read(owner.delete("/stacks/" + stack.id), ACCEPTED);
      stack.deleted = true;
    }
    settle();
  }

  JsonObject look(Kept stack) throws Exception {
    return Person.read(asOwner.get("/stacks/" + stack.id), 200).asJsonObject();
  }

  List<Part> parts(Kept stack) throws Exception {
    return owner.list("/stacks/" + stack.id + "/resources?limit=500").stream()
        .map(told -> Part.of(stack.id, told))
        .toList();
  }

  List<JsonObject> story(Kept stack) throws Exception {
    List<JsonObject> all = new ArrayList<>();
    long last = 0;
    while (true) {
      List<JsonObject> page =
          owner.list("/stacks/%s/events?limit=500&after=%d".formatted(stack.id, last));
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      last = page.get(page.size() - 1).getJsonNumber("sequence").longValue();
    }
  }
}
