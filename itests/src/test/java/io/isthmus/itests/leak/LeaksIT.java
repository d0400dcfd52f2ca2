package io.isthmus.itests.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import io.isthmus.itests.drift.TenantsOwn;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What carries our mark and is not known is found, and look-alikes are left alone. */
@Tag("container")
@Isolated("plants leaks and deletes what is found")
class LeaksIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        data: {type: OS::Cinder::Volume, properties: {size: 1}}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: [{name: there, clouds: {any_of: [bhs]}}]
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person admin = new Person(system, "admin");
  private final Set<String> leaked = new HashSet<>();
  private final List<String[]> planted = new ArrayList<>();
  private final List<String[]> interfaces = new ArrayList<>();
  private TenantsOwn own;
  private StackUnderTest stack;

  /** All that was planted, the last first, however far the test came. */
  @AfterEach
  void tidyUp() throws Exception {
    try {
      for (String[] one : interfaces) {
        own.status("PUT", "network", one[0] + "/remove_router_interface", one[1]);
      }
      for (int i = planted.size() - 1; i >= 0; i--) {
        String[] at = planted.get(i);
        Await.until(
            PATIENCE,
            at[1] + " is gone",
            () -> own.status("DELETE", at[0], at[1], null),
            status -> status == 404);
      }
    } finally {
      if (stack != null) {
        stack.delete();
      }
    }
  }

  /** Asks for a check, once nobody else has one under way. */
  private JsonObject check() throws Exception {
    HttpResponse<String> begun =
        Await.until(
            PATIENCE,
            "a check begins",
            () -> admin.post("/leak-checks", Json.createObjectBuilder().build()),
            answer -> answer.statusCode() == 202);
    return awaitEnd(Person.read(begun, 202).asJsonObject().getString("id"));
  }

  private JsonObject awaitEnd(String id) throws Exception {
    return Await.until(
        PATIENCE,
        "the check ends",
        () -> admin.look("/leak-checks/" + id).asJsonObject(),
        seen -> !seen.getString("result").equals("open"));
  }

  private static List<JsonObject> findings(JsonObject check) {
    return check.getJsonArray("findings").getValuesAs(JsonObject.class);
  }

  private String plant(String service, String path, String key, String body) throws Exception {
    String id =
        own.ask("POST", service, path, "{'" + key + "': " + body + "}")
            .getJsonObject(key)
            .getString("id");
    planted.add(new String[] {service, path + "/" + id});
    return id;
  }

  @Test
  void plantedLeaksAreFoundAndDeletedAndLookAlikesAreNot() throws Exception {
    system.awaitClouds(alice);
    assertThat(alice.post("/leak-checks", Json.createObjectBuilder().build()).statusCode())
        .isEqualTo(403);
    stack = StackUnderTest.of(alice, alice.plan("leaking", TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();
    JsonObject net =
        stack.resources().stream()
            .filter(resource -> resource.getString("resource").equals("net"))
            .findFirst()
            .orElseThrow();
    String region = net.getString("region");
    own = TenantsOwn.of(system, "bhs", "acme/demo", region);
    Set<String> lookAlikes = new HashSet<>();
    String mark = "[isthmus:" + stack.id() + ":7:gone]";
    plantAll(mark);

    lookAlikes.add(plant("network", "/networks", "network", "{'name': 'x'}"));
    lookAlikes.add(plant("network", "/security-groups", "security_group", "{'name': 'x'}"));
    lookAlikes.add(plant("volumev3", "/volumes", "volume", "{'name': 'x', 'size': 1}"));
    String foreign =
        plant(
            "network",
            "/networks",
            "network",
            "{'name': 'x', 'description': '[isthmus:" + UUID.randomUUID() + ":1:net]'}");

    JsonObject check = check();

    Map<String, JsonObject> told = new java.util.HashMap<>();
    findings(check).forEach(finding -> told.put(finding.getString("physical_id"), finding));
    assertThat(told.keySet()).containsAll(leaked).doesNotContainAnyElementsOf(lookAlikes);
    assertThat(leaked)
        .allSatisfy(id -> assertThat(told.get(id).getString("kind")).isEqualTo("leaked"));
    assertThat(told.get(foreign).getString("kind")).isEqualTo("unknown");
    assertThat(findings(check))
        .as("what the stack has")
        .noneMatch(one -> one.getString("physical_id").equals(net.getString("physical_id")));

    String repairs = "/leak-checks/" + check.getString("id") + "/repairs";
    assertThat(admin.post(repairs, chosen(List.of(told.get(foreign)))).statusCode())
        .as("what is not ours is never deleted")
        .isEqualTo(400);
    Person.read(admin.post(repairs, chosen(leaked.stream().map(told::get).toList())), 202);
    JsonObject repaired = awaitEnd(check.getString("id"));
    assertThat(findings(repaired))
        .filteredOn(finding -> leaked.contains(finding.getString("physical_id")))
        .allSatisfy(
            finding ->
                assertThat(finding.getString("repair"))
                    .as(finding.toString())
                    .isEqualTo("removed"));
    for (String id : lookAlikes) {
      String[] at = planted.stream().filter(one -> one[1].endsWith(id)).findFirst().orElseThrow();
      assertThat(own.ask("GET", at[0], at[1], null)).isNotEmpty();
    }
  }

  /**
   * One of each type that carries its mark by itself. Names of key pairs and server groups tell no
   * stack and are removed by the engine as doubles; members of a balancer go with it.
   */
  private void plantAll(String mark) throws Exception {
    String described = "{'name': 'x', 'description': '" + mark + "'";
    String net = leak("network", "/networks", "network", described + "}");
    String subnet =
        leak(
            "network",
            "/subnets",
            "subnet",
            described + ", 'network_id': '" + net + "', 'ip_version': 4, 'cidr': '10.99.0.0/24'}");
    leak("network", "/ports", "port", described + ", 'network_id': '" + net + "'}");
    String router = leak("network", "/routers", "router", described + "}");
    String way = "{'subnet_id': '" + subnet + "'}";
    own.ask("PUT", "network", "/routers/" + router + "/add_router_interface", way);
    interfaces.add(new String[] {"/routers/" + router, way});
    String group = leak("network", "/security-groups", "security_group", described + "}");
    leak(
        "network",
        "/security-group-rules",
        "security_group_rule",
        "{'description': '"
            + mark
            + "', 'security_group_id': '"
            + group
            + "', 'direction': 'ingress', 'protocol': 'tcp', 'port_range_min': 81,"
            + " 'port_range_max': 81}");
    String outside =
        first(own.ask("GET", "network", "/networks?router:external=true", null), "networks");
    leak(
        "network",
        "/floatingips",
        "floatingip",
        "{'description': '" + mark + "', 'floating_network_id': '" + outside + "'}");
    String metadata =
        "'metadata': {'isthmus:stack': '"
            + stack.id()
            + "', 'isthmus:resource': 'gone', 'isthmus:generation': '7'}}";
    leak("volumev3", "/volumes", "volume", "{'name': 'x', 'size': 1, " + metadata);
    String flavor = first(own.ask("GET", "compute", "/flavors", null), "flavors");
    String image =
        own
            .ask("GET", "image", "/v2/images?status=active", null)
            .getJsonArray("images")
            .getValuesAs(JsonObject.class)
            .stream()
            .filter(one -> one.getString("name").startsWith("Debian"))
            .findFirst()
            .orElseThrow()
            .getString("id");
    leak(
        "compute",
        "/servers",
        "server",
        "{'name': 'x', 'flavorRef': '"
            + flavor
            + "', 'imageRef': '"
            + image
            + "', 'networks': [{'uuid': '"
            + net
            + "'}], "
            + metadata);
    leak(
        "load-balancer",
        "/v2.0/lbaas/loadbalancers",
        "loadbalancer",
        "{'name': 'x', 'vip_subnet_id': '" + subnet + "', 'tags': ['" + mark + "']}");
  }

  private static String first(JsonObject answer, String key) {
    return answer.getJsonArray(key).getJsonObject(0).getString("id");
  }

  private String leak(String service, String path, String key, String body) throws Exception {
    String id = plant(service, path, key, body);
    leaked.add(id);
    return id;
  }

  private static JsonObject chosen(List<JsonObject> findings) {
    JsonArrayBuilder ids = Json.createArrayBuilder();
    findings.forEach(finding -> ids.add(finding.getString("id")));
    return Json.createObjectBuilder().add("findings", ids).build();
  }
}
