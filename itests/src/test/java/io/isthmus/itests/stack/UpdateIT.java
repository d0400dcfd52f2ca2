package io.isthmus.itests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import io.isthmus.itests.drift.TenantsOwn;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A stack becomes another, as its preview said, fails and goes back, or is ended. */
@Tag("container")
@Isolated("makes weather and counts what is in the clouds")
class UpdateIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String UNCHANGED = "unchanged";

  /** Kinds of rows that say whether something was left behind; default groups come and stay. */
  private static final List<String> ROWS = List.of("servers", "ports", "volumes", "networks");

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        count: {type: number, default: 2}
        greeting: {type: string, default: hello}
        colour: {type: string, default: blue}
        door: {type: number, default: 80}
        size: {type: string, default: m1.small}
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.83.1.0/24}}
        doors:
          type: OS::Neutron::SecurityGroup
          properties:
            rules: [{protocol: tcp, port_range_min: {get_param: door}, port_range_max: {get_param: door}}]
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
                user_data: {get_param: greeting}
        db:
          type: OS::Nova::Server
          properties:
            flavor: {get_param: size}
            image: debian-12
            networks: [{subnet: {get_resource: subnet}}]
            metadata: {colour: {get_param: colour}}
        disk: {type: OS::Cinder::Volume, properties: {size: 1}}
        mount:
          type: OS::Cinder::VolumeAttachment
          properties: {volume_id: {get_resource: disk}, instance_uuid: {get_resource: db}}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: [{name: there, clouds: {any_of: [gra]}}]
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private Map<String, Integer> before;
  private StackUnderTest stack;

  @BeforeEach
  void make() throws Exception {
    clouds.clearWeather();
    system.awaitClouds(alice);
    before = rows();
    stack = StackUnderTest.of(alice, alice.plan("becoming", TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();
  }

  @AfterEach
  void leaveNothing() throws Exception {
    clouds.clearWeather();
    if (stack != null) {
      stack.delete();
      Await.until(PATIENCE, "nothing is left in the clouds", this::rows, before::equals);
    }
  }

  @Test
  void becomesWhatItsPreviewsSaid() throws Exception {
    JsonObject nothing = preview("{}");
    assertThat(kinds(nothing).values()).as("nothing is asked for").containsOnly(UNCHANGED);
    assertThat(difference(nothing)).isEqualByComparingTo(BigDecimal.ZERO);

    JsonObject inPlace = preview("{\"parameters\": {\"colour\": \"green\", \"door\": 8080}}");
    Map<String, String> kinds = kinds(inPlace);
    assertThat(List.of(kinds.get("web/0"), kinds.get("web/1"), kinds.get("db"), kinds.get("doors")))
        .containsOnly("updated");
    assertThat(List.of(kinds.get("net"), kinds.get("subnet"), kinds.get("disk")))
        .containsOnly(UNCHANGED);
    assertThat(causes(inPlace, "db")).containsExactly("metadata");
    assertThat(causes(inPlace, "doors")).containsExactly("rules");
    assertThat(difference(inPlace)).isEqualByComparingTo(BigDecimal.ZERO);
    Map<String, String> ids = ids();
    update(inPlace, true);
    awaitStatus("UPDATE_COMPLETE");

    assertThat(ids()).as("all is what it was, changed in place").isEqualTo(ids);
    TenantsOwn own = own();
    for (String server : List.of("web/0", "web/1", "db")) {
      assertThat(server(own, ids.get(server)).getJsonObject("metadata").getString("colour"))
          .isEqualTo("green");
    }
    assertThat(doors(own, ids.get("doors"))).contains(8080).doesNotContain(80);

    JsonObject anew = preview("{\"parameters\": {\"greeting\": \"good day\", \"count\": 3}}");
    kinds = kinds(anew);
    assertThat(List.of(kinds.get("web/0"), kinds.get("web/1"))).containsOnly("replaced");
    assertThat(kinds.get("web/2")).isEqualTo("added");
    assertThat(List.of(kinds.get("db"), kinds.get("disk"), kinds.get("mount")))
        .containsOnly(UNCHANGED);
    assertThat(causes(anew, "web/0")).containsExactly("user_data");
    assertThat(change(anew, "web/0").getString("interruption")).isNotBlank();
    assertThat(difference(anew)).as("one server more").isPositive();
    update(anew, true);
    awaitStatus("UPDATE_COMPLETE");

    Map<String, String> next = ids();
    assertThat(next.keySet()).contains("web/2");
    for (String kept : List.of("net", "subnet", "doors", "db", "disk")) {
      assertThat(next.get(kept)).as(kept).isEqualTo(ids.get(kept));
    }
    assertThat(servers(own))
        .contains(next.get("web/0"), next.get("web/1"), next.get("web/2"), next.get("db"))
        .doesNotContain(ids.get("web/0"), ids.get("web/1"));
    assertThat(rows().get("servers")).isEqualTo(before.get("servers") + 4);
    assertThat(rows().get("ports")).isEqualTo(before.get("ports") + 4);
    assertThat(rows().get("volumes")).isEqualTo(before.get("volumes") + 1);

    JsonObject fewer = preview("{\"parameters\": {\"count\": 1}}");
    kinds = kinds(fewer);
    assertThat(List.of(kinds.get("web/1"), kinds.get("web/2"))).containsOnly("removed");
    assertThat(kinds.get("web/0")).isEqualTo(UNCHANGED);
    assertThat(difference(fewer)).isNegative();
    update(fewer, true);
    awaitStatus("UPDATE_COMPLETE");

    assertThat(ids().keySet()).contains("web/0").doesNotContain("web/1", "web/2");
    assertThat(servers(own))
        .contains(next.get("web/0"))
        .doesNotContain(next.get("web/1"), next.get("web/2"));
    assertThat(rows().get("servers")).isEqualTo(before.get("servers") + 2);
    assertThat(rows().get("ports")).isEqualTo(before.get("ports") + 2);
  }

  @Test
  void goesBackToWhatItWasWhenACloudRefusesAndThatIsAskedFor() throws Exception {
    Map<String, String> ids = ids();
    TenantsOwn own = own();
    JsonObject flavor = server(own, ids.get("db")).getJsonObject("flavor");
    JsonObject plan =
        preview(
            "{\"parameters\": {\"size\": \"m1.medium\", \"colour\": \"red\", \"count\": 3,"
                + " \"greeting\": \"good day\"}}");
    assertThat(causes(plan, "db")).contains("flavor", "metadata");
    clouds.weather(
        "gra",
        "[{\"service\": \"compute\", \"method\": \"POST\", \"path\": \"/servers/[^/]+/action$\","
            + " \"error_rate\": 1, \"error_status\": 400}]");

    update(plan, false);
    awaitStatus("ROLLBACK_COMPLETE");
    clouds.clearWeather();

    assertThat(ids()).isEqualTo(ids);
    assertThat(servers(own)).contains(ids.get("web/0"), ids.get("web/1"), ids.get("db"));
    for (String server : List.of("web/0", "web/1", "db")) {
      assertThat(server(own, ids.get(server)).getJsonObject("metadata").getString("colour"))
          .as(server)
          .isEqualTo("blue");
    }
    assertThat(server(own, ids.get("db")).getJsonObject("flavor")).isEqualTo(flavor);
    assertThat(rows().get("servers")).isEqualTo(before.get("servers") + 3);
    assertThat(rows().get("ports")).isEqualTo(before.get("ports") + 3);
    assertThat(stack.events())
        .extracting(event -> event.getString("text"))
        .anyMatch(text -> text.contains("db could not be updated"))
        .anyMatch(text -> text.contains("goes back to what it was"));
    assertThat(kinds(preview("{}")).values()).containsOnly(UNCHANGED);
  }

  @Test
  void standsWhereItFailedSaysWhatIsStillToComeAndIsTakenUp() throws Exception {
    Map<String, String> ids = ids();
    JsonObject plan = preview("{\"parameters\": {\"size\": \"m1.medium\"}}");
    clouds.weather(
        "gra",
        "[{\"service\": \"compute\", \"method\": \"POST\", \"path\": \"/servers/[^/]+/action$\","
            + " \"error_rate\": 1, \"error_status\": 400}]");
    update(plan, true);
    awaitStatus("UPDATE_FAILED");
    clouds.clearWeather();

    assertThat(kinds(preview("{}")).get("db")).as("not there yet").isEqualTo("updated");
    act("{\"action\": \"retry\"}", 202);
    awaitStatus("UPDATE_COMPLETE");
    assertThat(ids()).isEqualTo(ids);
    assertThat(kinds(preview("{}")).values()).containsOnly(UNCHANGED);
  }

  @Test
  void isEndedOnTheWayAndGoesBackWhenAsked() throws Exception {
    Map<String, String> ids = ids();
    JsonObject plan = preview("{\"parameters\": {\"greeting\": \"good day\"}}");
    // No new server comes before the weather is over, however fast or slow all else is, and no
    // call waits for its deadline.
    clouds.weather(
        "gra",
        "[{\"service\": \"compute\", \"method\": \"POST\", \"path\": \"/servers$\","
            + " \"error_rate\": 1, \"error_status\": 503}]");
    update(plan, true);
    assertThat(alice.post(path("/update-previews"), "{}", "en").statusCode())
        .as("while it is at work")
        .isEqualTo(409);
    act("{\"action\": \"cancel-update\"}", 202);
    awaitStatus("UPDATE_FAILED");
    assertThat(kinds(preview("{}")).get("web/0")).as("still to come").isEqualTo("replaced");
    clouds.clearWeather();

    act("{\"action\": \"rollback\"}", 202);
    awaitStatus("ROLLBACK_COMPLETE");
    assertThat(ids()).isEqualTo(ids);
    Await.until(
        PATIENCE,
        "what was begun is gone",
        () -> rows().get("servers"),
        seen -> seen == before.get("servers") + 3);
    act("{\"action\": \"cancel-update\"}", 409);
  }

  @Test
  void isNobodyElsesAndHoldsForWhatWasSeenAlone() throws Exception {
    JsonObject plan = preview("{\"parameters\": {\"colour\": \"green\"}}");
    String accept = updateRequest(plan, true);
    assertThat(bob.post(path("/update-previews"), "{}", "en").statusCode()).isEqualTo(404);
    for (String action :
        List.of(
            accept,
            "{\"action\": \"cancel-update\"}",
            "{\"action\": \"rollback\"}",
            "{\"action\": \"retry\"}")) {
      assertThat(bob.post(path("/actions"), action, "en").statusCode()).as(action).isEqualTo(404);
    }
    assertThat(bob.get("/plans/" + plan.getString("id")).statusCode()).isEqualTo(404);

    JsonObject body = Person.read(alice.get("/plans/" + plan.getString("id")), 200).asJsonObject();
    assertThat(kinds(body)).isEqualTo(kinds(plan));
    HttpResponse<String> old =
        alice.post(
            path("/actions"),
            Json.createObjectBuilder()
                .add("action", "update")
                .add("plan", plan.getString("id"))
                .build(),
            Map.of("If-Match", "\"1\""));
    assertThat(Person.read(old, 412).asJsonObject().getString("code")).isEqualTo("stale-version");
    assertThat(stack.look().getString("status")).isEqualTo("CREATE_COMPLETE");

    JsonObject other = preview("{\"parameters\": {\"colour\": \"red\"}}");
    update(other, true);
    awaitStatus("UPDATE_COMPLETE");
    HttpResponse<String> stale = alice.post(path("/actions"), accept, "en");
    assertThat(Person.read(stale, 409).asJsonObject().getString("code")).isEqualTo("stale-plan");
  }

  private String path(String what) {
    return "/stacks/" + stack.id() + what;
  }

  private JsonObject preview(String body) throws Exception {
    return Person.read(alice.post(path("/update-previews"), body, "en"), 201).asJsonObject();
  }

  private static String updateRequest(JsonObject plan, boolean staysOnFailure) {
    return Json.createObjectBuilder()
        .add("action", "update")
        .add("plan", plan.getString("id"))
        .add("disable_rollback", staysOnFailure)
        .build()
        .toString();
  }

  private void update(JsonObject plan, boolean staysOnFailure) throws Exception {
    act(updateRequest(plan, staysOnFailure), 202);
  }

  private void act(String body, int status) throws Exception {
    Person.read(alice.post(path("/actions"), body, "en"), status);
  }

  private void awaitStatus(String status) throws Exception {
    JsonObject rests =
        Await.until(
            PATIENCE,
            "the stack rests",
            stack::look,
            seen -> !seen.getString("status").endsWith("IN_PROGRESS"));
    assertThat(rests.getString("status")).as(rests.toString()).isEqualTo(status);
  }

  private static List<JsonObject> changes(JsonObject plan) {
    return plan.getJsonObject("update").getJsonArray("changes").getValuesAs(JsonObject.class);
  }

  private static Map<String, String> kinds(JsonObject plan) {
    return changes(plan).stream()
        .collect(
            Collectors.toMap(
                change -> change.getString("resource"), change -> change.getString("kind")));
  }

  private static JsonObject change(JsonObject plan, String resource) {
    return changes(plan).stream()
        .filter(change -> change.getString("resource").equals(resource))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> causes(JsonObject plan, String resource) {
    return change(plan, resource).getJsonArray("causes").getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .toList();
  }

  /** In the one currency of the one cloud, by the hour. */
  private static BigDecimal difference(JsonObject plan) {
    JsonObject difference = plan.getJsonObject("update").getJsonObject("cost_difference");
    assertThat(difference.getBoolean("whole")).as(difference.toString()).isTrue();
    JsonObject hourly = difference.getJsonObject("hourly");
    return hourly.containsKey("EUR")
        ? hourly.getJsonNumber("EUR").bigDecimalValue()
        : BigDecimal.ZERO;
  }

  /** Ids in their cloud, by resource; of what is there. */
  private Map<String, String> ids() throws Exception {
    Map<String, String> ids = new TreeMap<>();
    for (JsonObject part : stack.resources()) {
      ids.put(part.getString("resource"), part.getString("physical_id"));
    }
    return ids;
  }

  private TenantsOwn own() throws Exception {
    String region =
        stack.resources().stream()
            .filter(part -> part.getString("resource").equals("db"))
            .map(part -> part.getString("region"))
            .findFirst()
            .orElseThrow();
    return TenantsOwn.of(system, "gra", "acme/demo", region);
  }

  private static JsonObject server(TenantsOwn own, String id) throws Exception {
    return own.ask("GET", "compute", "/servers/" + id, null).getJsonObject("server");
  }

  private static Set<String> servers(TenantsOwn own) throws Exception {
    return own
        .ask("GET", "compute", "/servers?limit=1000", null)
        .getJsonArray("servers")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(server -> server.getString("id"))
        .collect(Collectors.toSet());
  }

  /** The ports that a security group lets in. */
  private static List<Integer> doors(TenantsOwn own, String id) throws Exception {
    return own
        .ask("GET", "network", "/security-groups/" + id, null)
        .getJsonObject("security_group")
        .getJsonArray("security_group_rules")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(rule -> !rule.isNull("port_range_min"))
        .map(rule -> rule.getInt("port_range_min"))
        .toList();
  }

  private Map<String, Integer> rows() throws Exception {
    Map<String, Integer> rows = new TreeMap<>();
    for (String kind : ROWS) {
      rows.put(kind, clouds.count(kind));
    }
    return rows;
  }
}
