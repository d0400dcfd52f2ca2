package io.isthmus.itests.keypair;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A project's public keys, known once and placed where its servers are. */
@Tag("container")
@Isolated("counts the key pairs in the clouds")
class KeyPairsIT {

  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG37zo8Bq2SBxnekD9u9fwxLYDWsXS76oAoCX7j/6AZ5";
  private static final String FINGERPRINT = "SHA256:nsbRG6M9nsx9DSfx35fZWQWn6dtFFdjEpCNpm8P7ULc";

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        key: {type: string, constraints: [{custom_constraint: nova.keypair}]}
        password: {type: string, hidden: true}
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.8.1.0/24}}
        web:
          type: OS::Heat::ResourceGroup
          properties:
            count: 2
            resource_def:
              type: OS::Nova::Server
              properties:
                flavor: m1.small
                image: debian-12
                key_name: {get_param: key}
                metadata: {password: {get_param: password}}
                networks: [{subnet: {get_resource: subnet}}]
      outputs:
        password: {value: {get_param: password}}
        login:
          value: {str_replace: {template: "root:PW", params: {PW: {get_param: password}}}}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: apart
          match: {types: ["OS::Nova::Server"]}
          spread: [{across: cloud, max_skew: 1, min_domains: 2}]
      """;

  private final RunningSystem system = new RunningSystem();
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
    leaveNothing();
  }

  @AfterEach
  void leaveNothing() throws Exception {
    for (Person person : List.of(alice, bob)) {
      for (JsonObject pair : person.list("/keypairs")) {
        person.delete("/keypairs/" + pair.getString("name").replace(" ", "%20"));
      }
    }
  }

  private static HttpResponse<String> add(Person person, String name, String key) throws Exception {
    return person.post(
        "/keypairs", Json.createObjectBuilder().add("name", name).add("public_key", key).build());
  }

  @Test
  void isMadeWhereAServerNamesItAndGoesWithTheStack() throws Exception {
    assertThat(add(alice, "laptop", KEY + " alice@laptop").statusCode()).isEqualTo(201);
    int before = clouds.count("keypairs");
    JsonObject plan =
        alice.plan(
            "with-key",
            TEMPLATE,
            POLICY,
            Map.of("key", Json.createValue("laptop"), "password", Json.createValue("s3cret-word")));
    assertThat(plan.toString())
        .contains("The project’s key pair “laptop”: ssh-ed25519, " + FINGERPRINT)
        .doesNotContain("s3cret-word");
    // What was accepted stays what it is.
    assertThat(alice.delete("/keypairs/laptop").statusCode()).isEqualTo(204);
    StackUnderTest stack = StackUnderTest.of(alice, plan);
    stack.awaitComplete();

    List<JsonObject> pairs =
        stack.resources().stream()
            .filter(part -> part.getString("type").equals("OS::Nova::KeyPair"))
            .toList();
    Set<String> places =
        stack.resources().stream()
            .filter(part -> part.getString("type").equals("OS::Nova::Server"))
            .map(part -> part.getString("cloud") + "/" + part.getString("region"))
            .collect(Collectors.toSet());
    assertThat(places).hasSize(2);
    assertThat(pairs)
        .extracting(part -> part.getString("cloud") + "/" + part.getString("region"))
        .containsExactlyInAnyOrderElementsOf(places);
    assertThat(pairs)
        .allSatisfy(
            part -> {
              assertThat(part.getString("resource")).isEqualTo("keypair-laptop");
              assertThat(part.getString("physical_id")).startsWith("laptop-");
            });
    assertThat(clouds.count("keypairs")).isEqualTo(before + 2);
    assertThat(alice.look("/stacks/" + stack.id() + "/template").toString())
        .contains("\"key_pairs\":{\"laptop\":\"" + KEY);

    // Added again as it was, it is known to be used.
    assertThat(add(alice, "laptop", KEY).statusCode()).isEqualTo(201);
    assertThat(alice.look("/keypairs/laptop").asJsonObject().getJsonArray("stacks").getString(0))
        .isEqualTo("with-key");

    String told =
        alice.look("/stacks/" + stack.id() + "/outputs").toString()
            + alice.look("/stacks/" + stack.id())
            + alice.look("/stacks/" + stack.id() + "/events?limit=500")
            + alice.look("/stacks/" + stack.id() + "/resources")
            + alice.look("/plans/" + plan.getString("id"));
    assertThat(told).contains("root:******").doesNotContain("s3cret-word");

    stack.delete();
    assertThat(clouds.count("keypairs")).isEqualTo(before);
    assertThat(alice.look("/keypairs/laptop").asJsonObject().getJsonArray("stacks")).isEmpty();
  }

  @Test
  void isToldAsSshKeygenAndNovaTellIt() throws Exception {
    HttpResponse<String> answer = add(alice, "laptop", "  " + KEY + "  alice@laptop\n");
    JsonObject pair = Person.read(answer, 201).asJsonObject();

    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .endsWith("/keypairs/laptop?project=acme%2Fdemo");
    assertThat(pair.getString("fingerprint")).isEqualTo(FINGERPRINT);
    assertThat(pair.getString("fingerprint_md5"))
        .isEqualTo("b7:23:17:5f:9c:1c:fb:20:cf:ae:91:08:c7:26:bc:03");
    assertThat(pair.getString("public_key")).isEqualTo(KEY + " alice@laptop");
    assertThat(pair.getString("comment")).isEqualTo("alice@laptop");
    assertThat(pair.getInt("bits")).isEqualTo(256);
    assertThat(pair.getString("added_by")).isEqualTo("alice");
    assertThat(alice.look("/keypairs/laptop")).isEqualTo(pair);
    assertThat(alice.list("/keypairs")).containsExactly(pair);
    HttpResponse<String> taken = add(alice, "laptop", KEY);
    assertThat(Person.read(taken, 409).asJsonObject().getString("code")).isEqualTo("name-taken");
  }

  @Test
  void aRequestThatIsSentAgainKeepsItOnce() throws Exception {
    JsonObject body =
        Json.createObjectBuilder().add("name", "a@b.c d").add("public_key", KEY).build();
    Map<String, String> once =
        Map.of("Idempotency-Key", "key-" + Long.toString(System.nanoTime(), 36));

    HttpResponse<String> first = alice.post("/keypairs", body, once);
    HttpResponse<String> second = alice.post("/keypairs", body, once);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(alice.get("/keypairs/a@b.c%20d").statusCode()).isEqualTo(200);
    assertThat(alice.delete("/keypairs/a@b.c%20d").statusCode()).isEqualTo(204);
    assertThat(alice.delete("/keypairs/a@b.c%20d").statusCode()).isEqualTo(404);
  }

  @Test
  void aPrivateKeyIsRefusedAndNeverRepeated() throws Exception {
    HttpResponse<String> refused =
        add(
            alice,
            "laptop",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEs3cret\n-----END OPENSSH"
                + " PRIVATE KEY-----");
    JsonObject problem = Person.read(refused, 400).asJsonObject();

    assertThat(problem.toString())
        .contains("This is a private key", "public")
        .doesNotContain("s3cret");
    HttpResponse<String> french =
        alice.post("/keypairs", "{\"name\": \"é\", \"public_key\": \"" + KEY + "\"}", "fr");
    assertThat(Person.read(french, 400).toString()).contains("ne peut pas être le nom");
    assertThat(alice.post("/keypairs", "{\"name\": \"a\"}", "en").statusCode()).isEqualTo(400);
    assertThat(alice.post("/keypairs", "{\"public_key\": \"s3cret\"", "en").body())
        .doesNotContain("s3cret");
    assertThat(alice.list("/keypairs")).isEmpty();
  }

  @Test
  void anotherTenantsLookMissing() throws Exception {
    add(alice, "laptop", KEY);

    assertThat(bob.get("/keypairs/laptop").statusCode()).isEqualTo(404);
    assertThat(bob.get("/keypairs/laptop?project=acme%2Fdemo").statusCode()).isEqualTo(404);
    assertThat(bob.get("/keypairs?project=acme/demo").statusCode()).isEqualTo(404);
    assertThat(bob.delete("/keypairs/laptop?project=acme%2Fdemo").statusCode()).isEqualTo(404);
    assertThat(
            bob.post(
                    "/keypairs",
                    "{\"project\": \"acme/demo\", \"name\": \"mine\", \"public_key\": \""
                        + KEY
                        + "\"}",
                    "en")
                .statusCode())
        .isEqualTo(404);
    assertThat(bob.list("/keypairs")).isEmpty();
    assertThat(alice.list("/keypairs")).hasSize(1);
  }
}
