package io.isthmus.itests.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A tenant cannot learn that another tenant exists. */
@Tag("container")
@BesideOthers
class TenantsApartIT {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
      """;
  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: []
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private StackUnderTest stack;

  @BeforeEach
  void aliceHasAStack() throws Exception {
    system.awaitClouds(alice);
    stack = StackUnderTest.of(alice, alice.plan("secret-thing", TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();
  }

  @AfterEach
  void aliceDeletesIt() throws Exception {
    stack.delete();
  }

  @Test
  void anothersStackAndPlanAreLikeMissingOnes() throws Exception {
    String plan = alice.plan("secret-plan", TEMPLATE, POLICY, Map.of()).getString("id");

    for (String path : List.of("", "/resources", "/events", "/outputs", "/template")) {
      assertLikeMissing(id -> bob.get("/stacks/" + id + path), stack.id());
    }
    assertLikeMissing(id -> bob.delete("/stacks/" + id), stack.id());
    assertLikeMissing(id -> bob.get("/plans/" + id), plan);
    assertLikeMissing(id -> bob.post("/stacks", stackOf(id)), plan);
    assertThat(stack.look().getString("status")).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void theFederationsNoticesAreForItsAdministrators() throws Exception {
    String path = "/notices?audience=federation";
    Person admin = new Person(system, "admin");

    assertThat(bob.get(path).statusCode()).isEqualTo(403);
    assertThat(admin.get(path).statusCode()).isEqualTo(200);
    assertThat(admin.get("/notices?audience=everybody").statusCode()).isEqualTo(400);
  }

  @Test
  void anothersProjectIsLikeAMissingOne() throws Exception {
    for (String path :
        List.of(
            "/stacks",
            "/plans",
            "/clouds",
            "/flavors",
            "/images",
            "/templates",
            "/policies",
            "/events",
            "/audit")) {
      HttpResponse<String> anothers = bob.get(path + "?project=acme/demo");
      HttpResponse<String> missing = bob.get(path + "?project=nobody/demo");

      assertThat(anothers.statusCode()).as(anothers.body()).isEqualTo(404);
      assertThat(told(anothers).replace("acme", "nobody")).isEqualTo(told(missing));
    }
  }

  @Test
  void anothersRulesAreLikeThoseOfAMissingTenant() throws Exception {
    HttpResponse<String> anothers = bob.get("/standing-policies/tenants/acme");

    assertThat(anothers.statusCode()).as(anothers.body()).isEqualTo(404);
    assertThat(told(anothers).replace("acme", "nobody"))
        .isEqualTo(told(bob.get("/standing-policies/tenants/nobody")));
    assertThat(alice.get("/standing-policies/tenants/acme").statusCode()).isEqualTo(200);
  }

  @Test
  void listsHoldNothingOfOthers() throws Exception {
    assertThat(bob.get("/stacks?limit=500").body()).doesNotContain("secret-thing", stack.id());
    assertThat(bob.get("/plans").body()).doesNotContain("secret-thing");
    assertThat(bob.get("/projects").body()).contains("globex/demo").doesNotContain("acme");
    assertThat(bob.get("/clouds").body()).doesNotContain("acme");
  }

  @Test
  void theAuditLogTellsNobodyOfOthers() throws Exception {
    Person admin = new Person(system, "admin");
    // Bob names Alice's project and her stack; her people are not told of him.
    assertThat(bob.get("/stacks?project=acme/demo").statusCode()).isEqualTo(404);
    HttpResponse<String> refused = bob.get("/stacks/" + stack.id());
    assertThat(refused.statusCode()).isEqualTo(404);
    String request = refused.headers().firstValue("X-Request-Id").orElseThrow();
    JsonObject record =
        Await.until(
                Duration.ofSeconds(20),
                "Bob's request is in the log",
                () -> admin.list("/audit?request_id=" + request),
                found -> !found.isEmpty())
            .get(0);

    assertThat(record.containsKey("project")).isFalse();
    assertThat(alice.get("/audit?project=acme/demo&actor=bob").body()).isEqualTo("[]");
    assertThat(bob.get("/audit?project=globex/demo&limit=500").body()).doesNotContain("acme");
    assertThat(alice.get("/audit/" + record.getInt("position")).statusCode()).isEqualTo(404);
    assertThat(bob.get("/audit").statusCode()).isEqualTo(403);
    assertThat(bob.get("/audit/export").statusCode()).isEqualTo(403);
  }

  @Test
  void onlyAdministratorsChangeTheFederation() throws Exception {
    JsonObject entry = Json.createObjectBuilder().add("clouds_yaml", "clouds: {}").build();

    assertThat(alice.post("/clouds", entry).statusCode()).isEqualTo(403);
    assertThat(alice.post("/clouds/tests", entry).statusCode()).isEqualTo(403);
    assertThat(alice.delete("/clouds/gra").statusCode()).isEqualTo(403);
    assertThat(alice.get("/equivalences").statusCode()).isEqualTo(403);
  }

  private static JsonObject stackOf(String plan) {
    return Json.createObjectBuilder().add("name", "taken-over").add("plan", plan).build();
  }

  private interface Call {
    HttpResponse<String> with(String id) throws Exception;
  }

  private static void assertLikeMissing(Call call, String anothers) throws Exception {
    String missing = UUID.randomUUID().toString();
    HttpResponse<String> answer = call.with(anothers);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    assertThat(told(answer).replace(anothers, missing)).isEqualTo(told(call.with(missing)));
  }

  /** What an answer says, but for the name of its request, which is another each time. */
  private static String told(HttpResponse<String> answer) {
    return answer.body().replaceAll("req-[0-9a-f-]{36}", "req");
  }
}
