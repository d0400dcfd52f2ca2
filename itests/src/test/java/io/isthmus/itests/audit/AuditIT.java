package io.isthmus.itests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.audit.AuditVerifier;
import io.isthmus.itests.Await;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests and what the engine does for them are in the log, and nothing secret is. */
@Tag("container")
@BesideOthers
class AuditIT {

  private static final Duration SEALED_WITHIN = Duration.ofSeconds(20);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        word: { type: string, hidden: true, constraints: [{ length: { min: 8 } }] }
      resources:
        net: { type: OS::Neutron::Net, properties: { name: { get_param: word } } }
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: [{ name: in gra, clouds: { any_of: [gra] } }]
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person admin = new Person(system, "admin");

  @Test
  void tellsWhoDidWhatWhereAndHowItEndedAndNoSecret() throws Exception {
    system.awaitClouds(alice);
    String secret = "sesame" + UUID.randomUUID().toString().replace("-", "");
    String name = "audited-" + secret.substring(6, 14);
    StackUnderTest stack =
        StackUnderTest.of(
            alice, alice.plan(name, TEMPLATE, POLICY, Map.of("word", Json.createValue(secret))));
    stack.awaitComplete();
    refusedWith(secret);
    stack.delete();

    List<JsonObject> records = awaitAll(stack);
    assertThat(records)
        .anySatisfy(record -> assertRecord(record, "alice", "create", "stack", "success"))
        .anySatisfy(record -> assertRecord(record, "alice", "delete", "stack", "success"));
    String request = of(records, "create", "stack").getString("request_id");
    JsonObject made = of(records, "create", "OS::Neutron::Net");
    assertThat(made.getString("face")).isEqualTo("engine");
    assertThat(made.getString("cloud")).isEqualTo("gra");
    assertThat(made.getString("project")).isEqualTo("acme/demo");
    assertThat(made.getString("request_id")).isEqualTo(request);

    String export = admin.get("/audit/export").body();
    assertThat(export).contains(stack.id()).doesNotContain(secret);
    assertThat(new AuditVerifier(Optional.empty()).verify(export.lines().iterator()))
        .isInstanceOf(AuditVerifier.Intact.class);
  }

  private static void assertRecord(
      JsonObject record, String actor, String action, String type, String outcome) {
    assertThat(record.getString("actor", "")).isEqualTo(actor);
    assertThat(record.getString("action")).isEqualTo(action);
    assertThat(record.getString("target_type")).isEqualTo(type);
    assertThat(record.getString("outcome")).isEqualTo(outcome);
  }

  /** In a parameter that is too short, in what is no JSON, in a query and as a token. */
  private void refusedWith(String secret) throws Exception {
    Map<String, jakarta.json.JsonValue> bad =
        Map.of("word", Json.createValue(secret), "none", Json.createValue(secret));
    assertThat(alice.post("/plans", Person.planRequest("x", TEMPLATE, POLICY, bad)).statusCode())
        .isEqualTo(422);
    assertThat(
            alice
                .post(
                    "/plans",
                    Person.planRequest(
                        "x",
                        TEMPLATE.replace("min: 8", "max: 8"),
                        POLICY,
                        Map.of("word", Json.createValue(secret))))
                .statusCode())
        .isEqualTo(422);
    assertThat(alice.post("/plans", "{\"template\": " + secret, "en").statusCode()).isEqualTo(400);
    assertThat(alice.get("/nowhere?password=" + secret).statusCode()).isEqualTo(404);
    HttpResponse<String> stranger =
        system.send(
            HttpRequest.newBuilder(system.api("/stacks"))
                .header("Authorization", "Bearer " + secret)
                .GET());
    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(
            awaited(
                "/audit?outcome=failure&limit=1&request_id="
                    + stranger.headers().firstValue("X-Request-Id").orElseThrow(),
                found -> !found.isEmpty()))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.containsKey("actor")).isFalse();
              assertThat(record.getString("reason_code")).isEqualTo("not-signed-in");
            });
  }

  /** Until what was done last is there. */
  private List<JsonObject> awaitAll(StackUnderTest stack) throws Exception {
    return awaited(
        "/audit?limit=500&target_id=" + stack.id(),
        found ->
            found.stream()
                .anyMatch(
                    record ->
                        record.getString("target_type").equals("OS::Neutron::Net")
                            && record.getString("action").equals("delete")
                            && record.getString("outcome").equals("success")));
  }

  private List<JsonObject> awaited(String path, Predicate<List<JsonObject>> there)
      throws Exception {
    return Await.until(SEALED_WITHIN, "it is in the log", () -> admin.list(path), there);
  }

  private static JsonObject of(List<JsonObject> records, String action, String type) {
    return records.stream()
        .filter(record -> record.getString("action").equals(action))
        .filter(record -> record.getString("target_type").equals(type))
        .filter(record -> record.getString("outcome").equals("success"))
        .findFirst()
        .orElseThrow();
  }
}
