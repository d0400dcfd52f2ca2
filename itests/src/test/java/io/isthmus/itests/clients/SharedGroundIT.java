package io.isthmus.itests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Key pairs, images, quotas, budgets, usage and the mirror on two real clouds, seen through
 * Debian's {@code openstack} client; run by {@code itests/real-clouds}.
 */
@Tag("lab")
class SharedGroundIT {

  private static final Duration SHOWN = Duration.ofSeconds(60);
  private static final String QUOTA = "/quotas/tenants/acme/projects/demo/all";
  private static final String BUDGET = "/budgets/acme/demo";
  private static final String KEY_PAIR = "shared-ground";
  private static final String IMAGE = "shared-ground-image";

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        secret: {type: string, hidden: true}
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.91.1.0/24}}
        web:
          type: OS::Heat::ResourceGroup
          properties:
            count: 2
            resource_def:
              type: OS::Nova::Server
              properties:
                flavor: m1.small
                image: %s
                key_name: %s
                user_data_format: RAW
                user_data: {get_param: secret}
                networks: [{subnet: {get_resource: subnet}}]
      """
          .formatted(IMAGE, KEY_PAIR);

  private static final String APART =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: apart
          match: {types: ["OS::Nova::Server"]}
          spread: [{across: cloud, max_skew: 1, min_domains: 2}]
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person admin = new Person(system, "admin");
  private final Person alice = new Person(system, "alice");
  private final List<String> clouds =
      Arrays.asList(System.getProperty("isthmus.lab.clouds").split(","));

  private OpenStackClient client(String cloud) {
    return new OpenStackClient(system.cloudsFile(), cloud, null);
  }

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
    leaveNothing();
  }

  @AfterEach
  void leaveNothing() throws Exception {
    system.send(admin.request(QUOTA, "en").header("If-Match", "*").DELETE());
    system.send(admin.request(BUDGET, "en").header("If-Match", "*").DELETE());
    alice.delete("/keypairs/" + KEY_PAIR);
    for (JsonObject image : alice.list("/project-images")) {
      alice.delete("/project-images/" + image.getString("id"));
    }
  }

  @Test
  void oneKeyPairAndOneImageAreWhereServersNeedThem() throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(7).nextBytes(content);
    content[0] = 0;
    String key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f a@b";
    Person.read(
        alice.post(
            "/keypairs",
            Json.createObjectBuilder().add("name", KEY_PAIR).add("public_key", key).build()),
        201);
    upload(content);
    for (String cloud : clouds) {
      price(cloud);
    }

    JsonObject plan =
        alice.plan(
            "shared-ground",
            TEMPLATE,
            APART,
            Map.of("secret", Json.createValue("#!/bin/sh\n# a-well-kept-secret\n")));
    assertThat(plan.toString()).doesNotContain("a-well-kept-secret");
    assertThat(
            plan.getJsonObject("cost").getJsonObject("hourly").getJsonNumber("EUR").doubleValue())
        .isEqualTo(0.5);
    refusedByBudgetAndQuota(plan);

    StackUnderTest stack = StackUnderTest.of(alice, plan);
    stack.awaitComplete();
    assertThat(alice.look("/stacks/" + stack.id() + "/resources").toString())
        .doesNotContain("a-well-kept-secret");
    List<JsonObject> servers =
        stack.resources().stream()
            .filter(part -> part.getString("type").equals("OS::Nova::Server"))
            .toList();
    assertThat(servers)
        .extracting(part -> part.getString("cloud"))
        .containsExactlyInAnyOrderElementsOf(clouds);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(content));
    for (JsonObject server : servers) {
      OpenStackClient cloud = client(server.getString("cloud"));
      String id = server.getString("physical_id");
      assertThat(cloud.field("status", "server", "show", id)).isEqualTo("ACTIVE");
      String keyName = cloud.field("key_name", "server", "show", id);
      assertThat(cloud.column("Name", "keypair", "list")).contains(keyName);
      assertThat(cloud.field("image", "server", "show", id)).contains(IMAGE);
      String image = cloud.field("image", "server", "show", id).replaceAll(".*\\((.*)\\)", "$1");
      assertThat(cloud.field("properties", "image", "show", image)).contains(digest);
    }

    vanishes(stack, servers.get(0));
    assertThat(metered(stack)).isPositive();
    stack.delete();
    for (String cloud : clouds) {
      assertThat(client(cloud).column("Name", "keypair", "list"))
          .noneMatch(name -> name.contains(KEY_PAIR));
    }
  }

  private void refusedByBudgetAndQuota(JsonObject plan) throws Exception {
    put(admin, BUDGET, "{\"amount\": 0.01, \"currency\": \"EUR\", \"hard_stop\": true}");
    HttpResponse<String> dear = alice.post("/stacks", Person.stackRequest(plan));
    assertThat(Person.read(dear, 409).asJsonObject().getString("code"))
        .isEqualTo("budget-exceeded");
    system.send(admin.request(BUDGET, "en").header("If-Match", "*").DELETE());

    put(admin, QUOTA, "{\"limits\": {\"instances\": 1}}");
    HttpResponse<String> tooMany = alice.post("/stacks", Person.stackRequest(plan));
    assertThat(Person.read(tooMany, 409).toString()).contains("The project’s quota (servers)");
    system.send(admin.request(QUOTA, "en").header("If-Match", "*").DELETE());
  }

  /** What somebody deletes behind our back is not listed any more, and made anew. */
  private void vanishes(StackUnderTest stack, JsonObject server) throws Exception {
    String id = server.getString("physical_id");
    String path = "/mirror/resources?kind=server&stack=ours&cloud=" + server.getString("cloud");
    Await.until(
        SHOWN,
        "the server is listed",
        () -> alice.list(path),
        found -> found.stream().anyMatch(one -> one.getString("id").equals(id)));
    client(server.getString("cloud")).run("server", "delete", "--wait", id);
    Await.until(
        SHOWN,
        "the server is not listed any more",
        () -> alice.list(path),
        found -> found.stream().noneMatch(one -> one.getString("id").equals(id)));
    Await.until(
        Duration.ofMinutes(3),
        "another is in its place",
        stack::resources,
        parts ->
            parts.stream()
                .filter(part -> part.getString("resource").equals(server.getString("resource")))
                .anyMatch(
                    part ->
                        !part.getString("physical_id", id).equals(id)
                            && part.getString("status").equals("CREATE_COMPLETE")));
  }

  private double metered(StackUnderTest stack) throws Exception {
    return alice
        .look("/usage?project=acme/demo&group_by=stack")
        .asJsonObject()
        .getJsonArray("rows")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(
            row ->
                row.getJsonObject("keys").getJsonObject("stack").getString("id").equals(stack.id()))
        .mapToDouble(row -> row.getJsonObject("costs").getJsonNumber("EUR").doubleValue())
        .sum();
  }

  /** A cloud's own quotas are set by who is let into it as its administrator, and read anew. */
  @Test
  void aCloudsOwnQuotaIsSetThere() throws Exception {
    String cloud = clouds.get(0);
    JsonObject region =
        alice
            .look("/clouds/" + cloud)
            .asJsonObject()
            .getJsonObject("inventory")
            .getJsonArray("regions")
            .getJsonObject(0);
    int vcpus = region.getJsonObject("limits").getJsonObject("vcpus").getInt("maximum");
    String accesses = "/clouds/" + cloud + "/accesses/";
    String quotas = accesses + "acme/demo/quotas/" + region.getString("region");
    Person.read(admin.put(accesses + "operators/lab", asAdministrator(cloud)), 201);
    try {
      assertThat(admin.put(quotas, limit(vcpus + 3)).statusCode()).isEqualTo(204);
      assertThat(client(cloud).field("cores", "quota", "show"))
          .isEqualTo(Integer.toString(vcpus + 3));
    } finally {
      HttpResponse<String> back = admin.put(quotas, limit(vcpus));
      admin.delete(accesses + "operators/lab");
      assertThat(back.statusCode()).as(back.body()).isEqualTo(204);
    }
    assertThat(client(cloud).field("cores", "quota", "show")).isEqualTo(Integer.toString(vcpus));
  }

  private static JsonObject limit(int vcpus) {
    return Json.createObjectBuilder()
        .add("limits", Json.createObjectBuilder().add("vcpus", vcpus))
        .build();
  }

  private static JsonObject asAdministrator(String cloud) throws Exception {
    String all = Files.readString(Path.of(System.getProperty("isthmus.lab.file")));
    Matcher entry =
        Pattern.compile("^  " + cloud + "-admin:\n((?:    .*\n?)+)", Pattern.MULTILINE)
            .matcher(all);
    assertThat(entry.find()).as("an entry " + cloud + "-admin").isTrue();
    return Json.createObjectBuilder()
        .add("clouds_yaml", "clouds:\n  " + cloud + ":\n" + entry.group(1))
        .build();
  }

  private void price(String cloud) throws Exception {
    HttpResponse<String> answer =
        system.send(
            admin
                .request("/prices/" + cloud, "en")
                .header("If-Match", "*")
                .header("Content-Type", "text/csv")
                .PUT(
                    BodyPublishers.ofString(
                        "item,name,price,currency,valid_from\n"
                            + "flavor_hour,m1.small,0.25,EUR,2026-01-01\n")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void put(Person person, String path, String body) throws Exception {
    HttpResponse<String> answer =
        system.send(
            person
                .request(path, "en")
                .header("If-Match", "*")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void upload(byte[] content) throws Exception {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    JsonObject image =
        Person.read(
                alice.post(
                    "/project-images",
                    Json.createObjectBuilder()
                        .add("name", IMAGE)
                        .add("disk_format", "raw")
                        .add("size", content.length)
                        .add("properties", JsonValue.EMPTY_JSON_OBJECT)
                        .add("sha256", digest)
                        .build()),
                201)
            .asJsonObject();
    HttpResponse<String> sent =
        system.send(
            alice
                .request("/project-images/" + image.getString("id") + "/file", "en")
                .header("Tus-Resumable", "1.0.0")
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "0")
                .method("PATCH", BodyPublishers.ofByteArray(content)),
            Duration.ofMinutes(2));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(204);
  }
}
