package io.isthmus.itests.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.Shop;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a person gets wrong is told as a problem: where, what, and what to do, in both languages.
 */
@Tag("container")
@BesideOthers
class BadInputIT {

  private static final String HEAD = "heat_template_version: 2018-08-31\n";
  private static final String NET = HEAD + "resources:\n  net: {type: OS::Neutron::Net}\n";
  private static final String EMPTY_POLICY = "placement_policy_version: 2026-11-23\nrules: []\n";

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person admin = new Person(system, "admin");

  /** Lines of the template are parted by |. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "malformed YAML; resources: [a; 1; ",
        "unknown type; resources:|  a: {type: OS::Nova::Serve}; 3; OS::Nova::Server",
        "unknown function; resources:|  a: {type: OS::Neutron::Net, properties: {name: {get_parm: x}}}; 3; get_param",
        "unknown property; resources:|  a: {type: OS::Neutron::Net, properties: {nam: x}}; 3; name",
        "unknown reference; outputs:|  o: {value: {get_resource: nothing}}; 3; ",
        "circle; resources:|  a: {type: OS::Neutron::Net, depends_on: a}; 3; circle",
      })
  void aBadTemplateIsToldAtItsLine(String name, String text, int line, String remedy)
      throws Exception {
    JsonObject error =
        firstError(planOf(HEAD + text.replace('|', '\n'), EMPTY_POLICY), 422, "template-invalid");

    assertThat(error.getInt("line", 0)).as(error.toString()).isGreaterThanOrEqualTo(line);
    assertThat(error.getString("detail")).isNotBlank();
    if (remedy != null) {
      assertThat(error.getString("remedy")).contains(remedy);
    }
  }

  @Test
  void anAliasBombIsRefused() throws Exception {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "x"));
    }
    assertThat(planOf(HEAD + bomb, EMPTY_POLICY).statusCode()).isIn(413, 422);
  }

  @Test
  void aTemplateThatIsTooDeepOrTooLargeIsRefused() throws Exception {
    HttpResponse<String> deep =
        planOf(HEAD + "outputs: " + "[".repeat(5000) + "]".repeat(5000), EMPTY_POLICY);
    HttpResponse<String> large = planOf(NET + "# " + "x".repeat(600 * 1024) + "\n", EMPTY_POLICY);

    assertProblem(deep, deep.statusCode());
    assertThat(deep.statusCode()).isIn(413, 422);
    assertProblem(large, large.statusCode());
    assertThat(large.statusCode()).isIn(413, 422);
    assertThat(large.body()).contains("512");
  }

  @Test
  void aParameterThatBreaksItsConstraintIsNamed() throws Exception {
    JsonValue tooMany = Json.createValue(1000);
    HttpResponse<String> answer =
        alice.post(
            "/plans",
            Person.planRequest(
                "bad", Shop.template(), Shop.files(), Shop.policy(), Map.of("web_count", tooMany)));

    JsonObject error = firstError(answer, 422, "parameter-invalid");
    assertThat(error.getString("pointer")).contains("web_count");
    assertThat(error.toString()).contains("20");
  }

  @Test
  void aTypoInThePolicyIsToldAtItsLineWithWhatWasMeant() throws Exception {
    HttpResponse<String> answer =
        planOf(NET, "placement_policy_version: 2026-11-23\nrules:\n  - {name: r, residensy: {}}\n");

    JsonObject error = firstError(answer, 422, "policy-invalid");
    assertThat(error.getInt("line")).isEqualTo(3);
    assertThat(error.toString()).contains("residensy", "residency");
  }

  @Test
  void aPolicyThatCannotBeMetTellsForEachCloudWhichRulesExcludedIt() throws Exception {
    system.awaitClouds(alice);
    HttpResponse<String> answer =
        alice.post(
            "/plans",
            Person.planRequest(
                "bad",
                Shop.template(),
                Shop.files(),
                Files.readString(Path.of("../samples/sovereign/policy.yaml")),
                Map.of()));

    JsonObject problem = assertProblem(answer, 409);
    assertThat(problem.getString("code")).isEqualTo("no-candidate");
    assertThat(problem.getJsonArray("rejections").toString()).contains("gra", "bhs", "syd", "rule");
  }

  @Test
  void aTakenNameIsTold() throws Exception {
    system.awaitClouds(alice);
    StackUnderTest stack =
        StackUnderTest.of(alice, alice.plan("taken", NET, EMPTY_POLICY, Map.of()));
    JsonObject again = alice.plan("taken", NET, EMPTY_POLICY, Map.of());

    JsonObject problem = assertProblem(alice.post("/stacks", Person.stackRequest(again)), 409);

    assertThat(problem.getString("code")).isEqualTo("name-taken");
    assertThat(problem.getString("detail")).contains("taken");
    stack.awaitComplete();
    stack.delete();
  }

  @Test
  void aConnectionThatFailsSaysAtWhichStepAndWhy() throws Exception {
    assertThat(tested("http://127.0.0.1:9/v3", "nobody", "wrong"))
        .contains("FAILED", "the connection was refused");
    String known =
        Files.readString(system.cloudsFile())
            .lines()
            .filter(line -> line.contains("auth_url"))
            .findFirst()
            .orElseThrow()
            .replaceFirst(".*auth_url: *", "")
            .replaceAll("[\"',}].*", "")
            .strip();
    assertThat(tested(known, "acme-demo", "wrong")).contains("FAILED").doesNotContain("\"wrong\"");
  }

  private String tested(String authUrl, String user, String password) throws Exception {
    String entry =
        """
        clouds:
          new:
            auth: {auth_url: "%s", username: %s, password: %s, project_name: acme-demo, user_domain_name: Default, project_domain_name: Default}
        """
            .formatted(authUrl, user, password);
    HttpResponse<String> answer =
        admin.post("/clouds/tests", Json.createObjectBuilder().add("clouds_yaml", entry).build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void bodiesThatAreNoRequestsAreToldAsSuch() throws Exception {
    for (String body : List.of("", "{", "[]", "{\"template\": 7}", "{}")) {
      HttpResponse<String> answer = alice.post("/plans", body, "en");
      assertThat(answer.statusCode()).as(body + " → " + answer.body()).isIn(400, 422);
      assertProblem(answer, answer.statusCode());
    }
    HttpResponse<String> noText =
        alice.post("/plans", "{\"template\": \"x\", \"files\": {\"Web.yaml\": null}}", "en");
    assertProblem(noText, 400);
    assertThat(noText.body()).contains("files.Web.yaml");
    assertProblem(alice.get("/stacks?limit=0"), 400);
    assertProblem(alice.get("/stacks?limit=many"), 400);
    assertProblem(alice.get("/stacks?cursor=nonsense"), 400);
    assertProblem(alice.get("/stacks?status=NICE"), 400);
    assertProblem(alice.get("/no-such-thing"), 404);
  }

  @Test
  void whatDoesNotFitTheAddressKeepsTheStatusThatHttpHasForIt() throws Exception {
    HttpResponse<String> method = alice.delete("/projects");
    assertThat(assertProblem(method, 405).getString("detail")).contains("DELETE", "GET");
    assertThat(method.headers().firstValue("Allow").orElse("")).contains("GET");
    JsonObject mediaType =
        assertProblem(
            system.send(
                alice
                    .request("/plans", "en")
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))),
            415);
    assertThat(mediaType.getString("detail")).contains("text/plain", "application/json");
    JsonObject accept = assertProblem(alice.get("/projects", Map.of("Accept", "image/png")), 406);
    assertThat(accept.getString("detail")).contains("image/png", "application/json");
  }

  @Test
  void problemsSpeakTheLanguageOfTheirReader() throws Exception {
    String request = Person.planRequest("bad", HEAD, EMPTY_POLICY, Map.of()).toString();
    String broken = request.replace("2018-08-31", "2019-01-01");

    JsonObject english = assertProblem(alice.post("/plans", broken, "en"), 422);
    JsonObject french = assertProblem(alice.post("/plans", broken, "fr-FR"), 422);

    assertThat(french.getString("title")).isNotEqualTo(english.getString("title"));
    assertThat(french.getString("detail")).isNotEqualTo(english.getString("detail"));
    assertThat(french.getString("code")).isEqualTo(english.getString("code"));
  }

  @Test
  void aNulInAQueryIsRefusedByTheParametersName() throws Exception {
    for (String query : List.of("/stacks?name=a%00b", "/plans?name=%00", "/audit?name=x%00")) {
      JsonObject error = firstError(alice.get(query), 400, "request-invalid");
      assertThat(error.toString()).as(query).contains("NUL").contains("name");
    }
  }

  @Test
  void everyCallNeedsASignIn() throws Exception {
    for (String path :
        List.of(
            "/caller",
            "/projects",
            "/samples",
            "/plans",
            "/plans/1",
            "/stacks",
            "/stacks/1",
            "/stacks/1/resources",
            "/stacks/1/events",
            "/stacks/1/outputs",
            "/stacks/1/template",
            "/clouds",
            "/clouds/gra",
            "/equivalences")) {
      assertNotSignedIn(system.get(system.api(path)));
    }
    for (String path : List.of("/plans", "/stacks", "/clouds", "/clouds/tests")) {
      assertNotSignedIn(
          system.send(
              HttpRequest.newBuilder(system.api(path))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))));
    }
    assertNotSignedIn(system.send(HttpRequest.newBuilder(system.api("/stacks/1")).DELETE()));
  }

  private HttpResponse<String> planOf(String template, String policy) throws Exception {
    return alice.post("/plans", Person.planRequest("bad", template, policy, Map.of()));
  }

  private static JsonObject firstError(HttpResponse<String> answer, int status, String code) {
    JsonObject problem = assertProblem(answer, status);
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getJsonArray("errors")).as(answer.body()).isNotEmpty();
    return problem.getJsonArray("errors").getJsonObject(0);
  }

  private static void assertNotSignedIn(HttpResponse<String> answer) {
    assertThat(assertProblem(answer, 401).getString("code"))
        .as(answer.uri().toString())
        .isEqualTo("not-signed-in");
  }

  private static JsonObject assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .as(answer.uri() + ": " + answer.body())
        .startsWith("application/problem+json");
    JsonObject problem = Person.read(answer, status).asJsonObject();
    assertThat(problem).containsKeys("type", "title", "status", "detail", "instance", "code");
    assertThat(problem.getInt("status")).isEqualTo(status);
    return problem;
  }
}
