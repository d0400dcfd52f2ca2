package io.isthmus.itests.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Keys, versions and pages: the rules that hold for every call of their kind. */
@Tag("container")
@Isolated("makes a policy the default of the project")
class RequestRulesIT {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
      """;
  private static final String POLICY = "placement_policy_version: 2026-11-23\nrules: []\n";
  private static final int ENDED = 0;
  private static final Pattern NEXT = Pattern.compile("<[^>]*/api/v1([^>]*)>; *rel=\"next\"");

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private final Person admin = new Person(system, "admin");

  @BeforeEach
  void cloudsAnswer() throws Exception {
    system.awaitClouds(alice);
  }

  private HttpResponse<String> plan(Person person, String key, String name) throws Exception {
    JsonObject body = Person.planRequest(name, TEMPLATE, POLICY, Map.of());
    return person.post("/plans", body, Map.of("Idempotency-Key", key));
  }

  @Test
  void aRequestThatIsSentAgainWithItsKeyIsAnsweredAgainAndNotDoneAgain() throws Exception {
    String key = UUID.randomUUID().toString();
    HttpResponse<String> first = plan(alice, key, "keyed");
    HttpResponse<String> again = plan(alice, key, "keyed");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Location"))
        .isPresent()
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(again.headers().firstValue("Content-Type"))
        .isEqualTo(first.headers().firstValue("Content-Type"));
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");

    HttpResponse<String> other = plan(alice, key, "other");
    assertThat(Person.read(other, 422).asJsonObject().getString("code"))
        .isEqualTo("idempotency-key-reused");
    assertThat(plan(bob, key, "other").statusCode()).isEqualTo(201);
    assertThat(plan(alice, "not a key", "keyed").statusCode()).isEqualTo(400);
  }

  @Test
  void aStackIsMadeOnceUnderItsKeyAndHasTheSameAddressWhoeverAsksAgain() throws Exception {
    String key = UUID.randomUUID().toString();
    String name = "once-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    JsonObject planned = Person.read(plan(alice, key + "-plan", name), 201).asJsonObject();
    JsonObject wish =
        Json.createObjectBuilder().add("name", name).add("plan", planned.getString("id")).build();
    HttpResponse<String> first = alice.post("/stacks", wish, Map.of("Idempotency-Key", key));
    HttpResponse<String> again = alice.post("/stacks", wish, Map.of("Idempotency-Key", key));
    StackUnderTest stack =
        new StackUnderTest(alice, Person.read(first, 202).asJsonObject().getString("id"));
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    for (String header : new String[] {"Location", "ETag", "Content-Type"}) {
      assertThat(again.headers().firstValue(header))
          .as(header)
          .isPresent()
          .isEqualTo(first.headers().firstValue(header));
    }
    stack.awaitComplete();
    stack.delete();
  }

  @Test
  void aRequestThatFailedMayBeTriedAnewUnderItsKey() throws Exception {
    String key = UUID.randomUUID().toString();
    HttpResponse<String> bad =
        alice.post(
            "/plans", Person.planRequest("x", "a", "b", Map.of()), Map.of("Idempotency-Key", key));
    assertThat(bad.statusCode()).isEqualTo(422);
    assertThat(plan(alice, key, "mended").statusCode()).isEqualTo(201);
  }

  @Test
  void whatTheClientHasAlreadyIsNotSentAgain() throws Exception {
    for (String path : new String[] {"/plans", "/projects", "/clouds", "/stacks"}) {
      HttpResponse<String> seen = alice.get(path);
      String tag = seen.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again = alice.get(path, Map.of("If-None-Match", tag));
      if (again.statusCode() == 200) {
        // It changed in between, as clouds do each time that they are looked at.
        assertThat(again.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
      } else {
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
      }
    }
  }

  @Test
  void aCloudIsChangedOnlyByWhoSaysWhichVersion() throws Exception {
    String tag = admin.get("/clouds/gra").headers().firstValue("ETag").orElseThrow();
    String change = "{\"enabled\": true}";

    assertThat(admin.patch("/clouds/gra", change, Map.of()).statusCode()).isEqualTo(428);
    assertThat(admin.patch("/clouds/gra", change, Map.of("If-Match", "\"9999\"")).statusCode())
        .isEqualTo(412);
    assertThat(admin.patch("/clouds/gra", change, Map.of("If-Match", tag)).statusCode())
        .isEqualTo(200);
    HttpRequest.Builder removal =
        HttpRequest.newBuilder(system.api("/clouds/gra"))
            .header("Authorization", "Bearer " + system.token("admin"))
            .header("If-Match", "\"9999\"")
            .DELETE();
    assertThat(system.send(removal).statusCode()).isEqualTo(412);
  }

  @Test
  void theVersionInAnETagIsWhatAChangeIsOfAndTheRestWhatIsShown() throws Exception {
    String tag = admin.get("/clouds/gra").headers().firstValue("ETag").orElseThrow();
    assertThat(tag).matches("\"\\d+-[0-9a-f]+\"");
    String version = tag.replaceFirst("-.*", "\"");
    assertThat(
            admin
                .patch("/clouds/gra", "{\"enabled\": true}", Map.of("If-Match", version))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aPolicyThatBecomesTheDefaultIsSentAgain() throws Exception {
    String path = "/policies/tagged";
    String body = Json.createObjectBuilder().add("text", POLICY).build().toString();
    assertThat(putAs(alice, path, body).statusCode()).isEqualTo(201);
    try {
      String tag = alice.get(path).headers().firstValue("ETag").orElseThrow();
      assertThat(alice.get(path, Map.of("If-None-Match", tag)).statusCode()).isEqualTo(304);
      assertThat(putAs(alice, path + "/default", "").statusCode()).isEqualTo(204);

      HttpResponse<String> changed = alice.get(path, Map.of("If-None-Match", tag));
      assertThat(Person.read(changed, 200).asJsonObject().getBoolean("is_default")).isTrue();
      assertThat(alice.delete(path + "/default").statusCode()).isEqualTo(204);
      assertThat(
              system.send(alice.request(path, "en").header("If-Match", tag).DELETE()).statusCode())
          .as("the version is the same")
          .isEqualTo(204);
    } finally {
      alice.delete(path + "/default");
      alice.delete(path);
    }
  }

  private HttpResponse<String> putAs(Person person, String path, String body) throws Exception {
    return system.send(
        person
            .request(path, "en")
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void anEquivalenceIsReplacedOnlyByWhoHasSeenIt() throws Exception {
    String one = "/equivalences/flavor/rules-flavor/gra";
    assertThat(declare("m1.small", null).statusCode()).isEqualTo(201);
    try {
      String tag = admin.get(one).headers().firstValue("ETag").orElseThrow();
      assertThat(declare("m1.large", null).statusCode()).isEqualTo(428);
      assertThat(declare("m1.large", "\"other\"").statusCode()).isEqualTo(412);
      HttpResponse<String> replaced = declare("m1.large", tag);
      assertThat(replaced.statusCode()).isEqualTo(200);
      assertThat(declare("m1.tiny", tag).statusCode()).isEqualTo(412);
      assertThat(admin.get(one).headers().firstValue("ETag"))
          .isEqualTo(replaced.headers().firstValue("ETag"));
      assertThat(Person.read(admin.get(one), 200).asJsonObject().getString("local_name"))
          .isEqualTo("m1.large");
      assertThat(
              system.send(admin.request(one, "en").header("If-Match", tag).DELETE()).statusCode())
          .isEqualTo(412);
    } finally {
      assertThat(admin.delete(one).statusCode()).isEqualTo(204);
    }
    assertThat(admin.get(one).statusCode()).isEqualTo(404);
    assertThat(declare("m1.small", "*").statusCode()).isEqualTo(412);
  }

  private HttpResponse<String> declare(String localName, String ifMatch) throws Exception {
    JsonObject body =
        Json.createObjectBuilder()
            .add("kind", "flavor")
            .add("name", "rules-flavor")
            .add("cloud", "gra")
            .add("local_name", localName)
            .build();
    return put("/equivalences", body.toString(), ifMatch);
  }

  @Test
  void aStandingPolicyIsChangedOnlyByWhoSaysWhichVersion() throws Exception {
    String path = "/standing-policies/federation";
    HttpResponse<String> seen = admin.get(path);
    String tag = seen.headers().firstValue("ETag").orElseThrow();
    String same =
        Json.createObjectBuilder()
            .add("text", RunningSystem.json(seen).getString("text", ""))
            .build()
            .toString();
    assertThat(put(path, same, null).statusCode()).isEqualTo(428);
    assertThat(put(path, same, "\"9999\"").statusCode()).isEqualTo(412);
    assertThat(put(path, same, tag).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> put(String path, String body, String ifMatch) throws Exception {
    HttpRequest.Builder request =
        admin
            .request(path, "en")
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body));
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return system.send(request);
  }

  @Test
  void aListIsReadToItsEndByFollowingItsLinks() throws Exception {
    for (int i = 0; i < 3; i++) {
      alice.plan("paged", TEMPLATE, POLICY, Map.of());
    }
    walk("/plans?limit=2&name=paged", 3);
    walk("/clouds?limit=1", 3);
    assertThat(alice.get("/projects?limit=0").statusCode()).isEqualTo(400);
    assertThat(alice.get("/templates?limit=501").statusCode()).isEqualTo(400);
    assertThat(alice.list("/clouds?name=gra")).hasSize(1);
    assertThat(alice.get("/clouds?limit=0").statusCode()).isEqualTo(400);
    assertThat(alice.get("/clouds?cursor=%21").statusCode()).isEqualTo(400);
    assertThat(alice.get("/plans?accepted=maybe").statusCode()).isEqualTo(400);
  }

  /** Many requests, for each of the server's threads may remember; the client speaks HTTP/2. */
  @Test
  void headersThatAreTooLargeAreRefusedAndDisturbNobodyElse() throws Exception {
    for (int i = 0; i < 8; i++) {
      assertThat(statusOfTooLarge()).as("of request %s", i).isIn(ENDED, 400, 431);
    }
    for (int i = 0; i < 32; i++) {
      assertThat(alice.get("/clouds").statusCode()).isEqualTo(200);
    }
  }

  /** With a client of its own, whose connection has come to speak HTTP/2 by a first request. */
  private static int statusOfTooLarge() throws Exception {
    RunningSystem stranger = new RunningSystem();
    URI address = stranger.api("/samples");
    assertThat(stranger.get(address).statusCode()).isEqualTo(401);
    try {
      return stranger
          .send(HttpRequest.newBuilder(address).header("X-Large", "~".repeat(20_000)))
          .statusCode();
    } catch (IOException e) {
      // HTTP/2 leaves it to the server to answer, or to end the exchange or the connection.
      return ENDED;
    }
  }

  @Test
  void everyAnswerNamesItsRequest() throws Exception {
    String mine = "req-" + UUID.randomUUID();
    HttpResponse<String> named = alice.get("/stacks/none", Map.of("X-Openstack-Request-Id", mine));
    assertThat(named.headers().firstValue("X-Openstack-Request-Id")).contains(mine);
    assertThat(Person.read(named, 404).asJsonObject().getString("request_id")).isEqualTo(mine);

    HttpResponse<String> stranger = system.get(system.api("/stacks"));
    String given = stranger.headers().firstValue("X-Openstack-Request-Id").orElseThrow();
    assertThat(given).matches("req-[0-9a-f-]{36}");
    assertThat(Person.read(stranger, 401).asJsonObject().getString("request_id")).isEqualTo(given);
  }

  @Test
  void theTypeOfAProblemLeadsToAPageInTheReadersLanguage() throws Exception {
    String type = Person.read(alice.get("/stacks/none"), 404).asJsonObject().getString("type");
    HttpRequest.Builder page =
        HttpRequest.newBuilder(system.url().resolve(type)).header("Accept-Language", "fr");
    HttpResponse<String> french = system.send(page);
    assertThat(french.statusCode()).isEqualTo(200);
    assertThat(french.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(french.body()).contains("lang=\"fr\"", "not-found", "Que faire");
    assertThat(system.get(system.api("/problems")).body()).contains("no-candidate", "too-many");
    assertThat(system.get(system.api("/problems/none")).statusCode()).isEqualTo(404);
  }

  private void walk(String path, int atLeast) throws Exception {
    Set<String> ids = new HashSet<>();
    String page = path;
    while (page != null) {
      HttpResponse<String> answer = alice.get(page);
      JsonArray items = Person.read(answer, 200).asJsonArray();
      for (JsonObject item : items.getValuesAs(JsonObject.class)) {
        assertThat(ids.add(item.getString("id"))).as("twice: " + item).isTrue();
      }
      Matcher next = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
      page = next.find() ? next.group(1) : null;
    }
    assertThat(ids).hasSizeGreaterThanOrEqualTo(atLeast);
  }
}
