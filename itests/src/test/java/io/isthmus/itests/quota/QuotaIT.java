package io.isthmus.itests.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What the federation itself lets a project have, over clouds. */
@Tag("container")
@Isolated("changes quotas")
class QuotaIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String DEMO = "/quotas/tenants/acme/projects/demo/";
  private static final String ALL = DEMO + "all";

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.9.%d.0/24}}
        web:
          type: OS::Nova::Server
          properties: {flavor: m1.small, image: debian-12, networks: [{subnet: {get_resource: subnet}}]}
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person admin = new Person(system, "admin");
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
    leaveNothing();
  }

  @AfterEach
  void leaveNothing() throws Exception {
    for (JsonObject quota : admin.list("/quotas/tenants/acme")) {
      remove(admin, DEMO + quota.getString("extent"), "*");
    }
    for (JsonObject request : alice.list("/quotas/requests?state=open")) {
      answer(alice, "/quotas/requests/" + request.getString("id") + "/withdrawal", "{}");
    }
  }

  @Test
  void ofPlansForTheLastServerInDifferentCloudsOneIsAccepted() throws Exception {
    allow(ALL, "{\"instances\": 1000}");
    long there = used("all");
    allow(ALL, "{\"instances\": " + (there + 1) + "}");
    List<JsonObject> plans = new ArrayList<>();
    List<String> clouds = List.of("gra", "bhs", "syd", "gra");
    for (int i = 0; i < clouds.size(); i++) {
      plans.add(plan(i, clouds.get(i)));
    }

    List<HttpResponse<String>> answers = alice.acceptAtOnce(plans);

    List<HttpResponse<String>> accepted =
        answers.stream().filter(answer -> answer.statusCode() == 202).toList();
    assertThat(accepted).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.statusCode() != 202))
        .hasSize(3)
        .allSatisfy(
            answer -> {
              JsonObject problem = Person.read(answer, 409).asJsonObject();
              assertThat(problem.getString("code")).isEqualTo("stale-plan");
              assertThat(answer.body())
                  .contains(
                      "The project’s quota (servers): 1 needed, 0 of " + (there + 1) + " left.");
            });
    assertThat(used("all")).isEqualTo(there + 1);
    assertThat(
            Person.read(
                    alice.post(
                        "/plans",
                        Person.planRequest("more", TEMPLATE.formatted(9), policy("syd"), Map.of())),
                    409)
                .toString())
        .contains("The project’s quota");

    StackUnderTest stack = new StackUnderTest(alice, id(accepted.get(0)));
    stack.awaitComplete();
    assertThat(used("all")).isEqualTo(there + 1);
    stack.delete();
    Await.until(PATIENCE, "there is room again", () -> used("all"), seen -> seen == there);
  }

  @Test
  void aQuotaOfSomeCloudsLeavesTheOthersFree() throws Exception {
    allow(DEMO + "jurisdiction:EU", "{\"instances\": 0}");

    HttpResponse<String> inFrance =
        alice.post(
            "/plans", Person.planRequest("fr", TEMPLATE.formatted(1), policy("gra"), Map.of()));
    assertThat(Person.read(inFrance, 409).asJsonObject().getString("code"))
        .isEqualTo("no-candidate");
    assertThat(inFrance.body()).contains("The project’s quota in");
    assertThat(plan(2, "bhs").getString("id")).isNotEmpty();
  }

  @Test
  void isSetByAdministratorsInTheVersionThatTheyHaveSeen() throws Exception {
    String limits = "{\"instances\": 5, \"ram_mib\": -1}";
    assertThat(put(admin, ALL, limits, "").statusCode()).isEqualTo(428);
    HttpResponse<String> set = put(admin, ALL, limits, "\"0\"");
    assertThat(Person.read(set, 200).asJsonObject().getInt("version")).isPositive();
    String tag = set.headers().firstValue("ETag").orElseThrow();
    assertThat(put(admin, ALL, limits, "\"0\"").statusCode()).isEqualTo(412);
    assertThat(put(admin, ALL, "{\"instances\": 6}", tag).statusCode()).isEqualTo(200);

    assertThat(put(admin, ALL, "{\"elephants\": 6}", "*").body())
        .contains("limits.elephants")
        .contains("instances, vcpus");
    assertThat(put(admin, ALL, "{\"instances\": -2}", "*").body()).contains("limits.instances");
    assertThat(put(admin, DEMO + "moon", limits, "*").statusCode()).isEqualTo(400);
    assertThat(put(admin, DEMO + "cloud:mars", limits, "*").statusCode()).isEqualTo(404);
    assertThat(put(admin, "/quotas/tenants/acme/projects/none/all", limits, "*").statusCode())
        .isEqualTo(404);
    assertThat(remove(admin, ALL, tag).statusCode()).isEqualTo(412);
    assertThat(remove(admin, ALL, "*").statusCode()).isEqualTo(204);
    assertThat(remove(admin, ALL, "*").statusCode()).isEqualTo(404);
    assertThat(alice.look("/quotas").asJsonArray()).isEmpty();
  }

  @Test
  void nobodySetsTheirOwnQuotaOrSeesAnotherTenants() throws Exception {
    allow(ALL, "{\"instances\": 5}");

    assertThat(put(alice, ALL, "{\"instances\": 500}", "*").statusCode()).isEqualTo(403);
    assertThat(remove(alice, ALL, "*").statusCode()).isEqualTo(403);
    assertThat(put(bob, ALL, "{\"instances\": 0}", "*").statusCode()).isIn(403, 404);
    assertThat(remove(bob, ALL, "*").statusCode()).isIn(403, 404);
    assertThat(bob.get(ALL).statusCode()).isEqualTo(404);
    assertThat(bob.get("/quotas/tenants/acme").statusCode()).isEqualTo(404);
    assertThat(bob.get("/quotas?project=acme/demo").statusCode()).isEqualTo(404);
    assertThat(bob.get("/quotas/holdings?project=acme/demo").statusCode()).isEqualTo(404);
    assertThat(bob.list("/quotas/tenants"))
        .noneMatch(quota -> quota.getString("tenant").equals("acme"));
    assertThat(alice.list("/quotas/tenants"))
        .anyMatch(quota -> quota.getString("tenant").equals("acme"));
    assertThat(alice.look(ALL).asJsonObject().getJsonObject("limits").getInt("instances"))
        .isEqualTo(5);
  }

  @Test
  void aRequestForMoreIsApprovedOnceAndSetsTheQuota() throws Exception {
    allow(ALL, "{\"instances\": 5, \"vcpus\": 9}");
    JsonObject asked = Person.read(ask(alice, 8), 201).asJsonObject();
    assertThat(asked.getString("state")).isEqualTo("open");
    assertThat(ask(alice, 9).statusCode()).isEqualTo(409);
    String request = "/quotas/requests/" + asked.getString("id");
    assertThat(told(admin, "audience=federation&kind=quota-asked", asked)).isTrue();
    assertThat(told(alice, "kind=quota-asked", asked)).as("only administrators").isFalse();

    assertThat(bob.get(request).statusCode()).isEqualTo(404);
    assertThat(bob.list("/quotas/requests"))
        .noneMatch(seen -> seen.getString("id").equals(asked.getString("id")));
    assertThat(alice.get("/quotas/requests?audience=federation").statusCode()).isEqualTo(403);
    assertThat(answer(alice, request + "/approval", "{}").statusCode()).isEqualTo(403);
    assertThat(admin.list("/quotas/requests?audience=federation&state=open"))
        .anyMatch(open -> open.getString("id").equals(asked.getString("id")));
    JsonObject approved =
        Person.read(answer(admin, request + "/approval", "{\"answer\": \"gladly\"}"), 200)
            .asJsonObject();

    assertThat(approved.getString("state")).isEqualTo("approved");
    assertThat(told(alice, "kind=quota-approved", asked)).isTrue();
    assertThat(told(bob, "", asked)).as("of another tenant").isFalse();
    assertThat(approved.getString("answer")).isEqualTo("gladly");
    JsonObject limits = alice.look(ALL).asJsonObject().getJsonObject("limits");
    assertThat(limits.getInt("instances")).isEqualTo(8);
    assertThat(limits.getInt("vcpus")).isEqualTo(9);
    assertThat(answer(admin, request + "/denial", "{\"answer\": \"no\"}").body())
        .contains("admin")
        .contains("approved");
  }

  @Test
  void aRequestIsDeniedWithAnAnswerOrWithdrawn() throws Exception {
    allow(ALL, "{\"instances\": 5}");
    String denied =
        "/quotas/requests/" + Person.read(ask(alice, 8), 201).asJsonObject().getString("id");
    assertThat(answer(admin, denied + "/denial", "{}").statusCode()).isEqualTo(400);
    Person.read(answer(admin, denied + "/denial", "{\"answer\": \"too dear\"}"), 200);
    assertThat(alice.look(denied).asJsonObject().getString("answer")).isEqualTo("too dear");
    String withdrawn =
        "/quotas/requests/" + Person.read(ask(alice, 8), 201).asJsonObject().getString("id");
    assertThat(answer(bob, withdrawn + "/withdrawal", "{}").statusCode()).isEqualTo(404);
    Person.read(answer(alice, withdrawn + "/withdrawal", "{}"), 200);

    assertThat(alice.look(ALL).asJsonObject().getJsonObject("limits").getInt("instances"))
        .isEqualTo(5);
    assertThat(ask(alice, 5).body()).contains("limits.instances").contains("5 are allowed already");
  }

  private static boolean told(Person who, String filter, JsonObject request) throws Exception {
    return who.list("/notices?" + filter).stream()
        .anyMatch(notice -> request.getString("id").equals(notice.getString("quota_request", "")));
  }

  @Test
  void loadBalancersAreReadAndLimitedLikeEverythingElse() throws Exception {
    allow(ALL, "{\"load_balancers\": 3}");

    assertThat(admin.list("/quotas/tenants/acme"))
        .anySatisfy(
            quota -> {
              assertThat(quota.getJsonObject("limits").getInt("load_balancers")).isEqualTo(3);
              assertThat(quota.getJsonObject("used").containsKey("load_balancers")).isTrue();
            });
    assertThat(alice.get("/clouds/gra?project=acme/demo").body()).contains("\"load_balancers\"");
  }

  private HttpResponse<String> ask(Person who, int servers) throws Exception {
    return answer(
        who,
        "/quotas/requests",
        "{\"extent\": \"all\", \"reason\": \"the fair\", \"limits\": {\"instances\": "
            + servers
            + "}}");
  }

  private HttpResponse<String> answer(Person who, String path, String body) throws Exception {
    return who.post(path, body, "en");
  }

  private JsonObject plan(int number, String cloud) throws Exception {
    return alice.plan("last-" + number, TEMPLATE.formatted(number), policy(cloud), Map.of());
  }

  private static String policy(String cloud) {
    return """
        placement_policy_version: 2026-11-23
        rules:
          - {name: there, clouds: {any_of: [%s]}}
        """
        .formatted(cloud);
  }

  private static String id(HttpResponse<String> accepted) {
    return RunningSystem.json(accepted).getString("id");
  }

  private long used(String extent) throws Exception {
    return alice.list("/quotas").stream()
        .filter(allowance -> allowance.getString("extent").equals(extent))
        .findFirst()
        .orElseThrow()
        .getJsonObject("limits")
        .getJsonObject("instances")
        .getJsonNumber("used")
        .longValue();
  }

  private void allow(String path, String limits) throws Exception {
    Person.read(put(admin, path, limits, "*"), 200);
  }

  private HttpResponse<String> put(Person who, String path, String limits, String ifMatch)
      throws Exception {
    HttpRequest.Builder request =
        who.request(path, "en")
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"limits\": " + limits + "}"));
    if (!ifMatch.isEmpty()) {
      request.header("If-Match", ifMatch);
    }
    return system.send(request);
  }

  private HttpResponse<String> remove(Person who, String path, String ifMatch) throws Exception {
    return system.send(who.request(path, "en").header("If-Match", ifMatch).DELETE());
  }
}
