package io.isthmus.itests.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Somebody is told what becomes of a stack. */
@Tag("container")
@Isolated("is told of every stack of the project")
class WebhooksIT {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.8.9.0/24}}
        web:
          type: OS::Nova::Server
          properties:
            flavor: m1.small
            image: debian-12
            networks: [{subnet: {get_resource: subnet}}]
      """;

  private static final String POLICY = "placement_policy_version: 2026-11-23\nrules: []\n";

  private record Received(String id, String time, String signature, String body) {}

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private volatile int status = 204;

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
    leaveNothing();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          received.add(
              new Received(
                  exchange.getRequestHeaders().getFirst("webhook-id"),
                  exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                  exchange.getRequestHeaders().getFirst("webhook-signature"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void end() throws Exception {
    leaveNothing();
    receiver.stop(0);
  }

  private void leaveNothing() throws Exception {
    for (Person person : List.of(alice, bob)) {
      for (JsonObject webhook : person.list("/webhooks")) {
        person.delete("/webhooks/" + webhook.getString("id"));
      }
    }
  }

  private JsonObject add() throws Exception {
    HttpResponse<String> answer =
        alice.post(
            "/webhooks",
            Json.createObjectBuilder()
                .add(
                    "address",
                    "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?token=s3cret")
                .add("kinds", Json.createArrayBuilder().add("stack.status"))
                .build());
    return Person.read(answer, 201).asJsonObject();
  }

  private static void await(BooleanSupplier isThere) throws Exception {
    Await.until(Duration.ofSeconds(20), "it is there", isThere::getAsBoolean, there -> there);
  }

  private static String sign(String secret, Received one) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
    String signed = one.id() + "." + one.time() + "." + one.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonObject event(Received one) {
    return Json.createReader(new StringReader(one.body())).readObject();
  }

  @Test
  void isToldInOrderSignedAndAgainWhenItWasNotTaken() throws Exception {
    JsonObject webhook = add();
    String id = webhook.getString("id");
    assertThat(webhook.getString("address")).endsWith("/hook?…");
    assertThat(alice.look("/webhooks/" + id).toString()).doesNotContain("secret\"", "s3cret");

    status = 503;
    StackUnderTest stack = StackUnderTest.of(alice, alice.plan("told", TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();
    await(() -> !received.isEmpty());
    status = 204;
    await(
        () ->
            received.stream()
                .anyMatch(one -> one.body().contains("\"status\":\"CREATE_COMPLETE\"")));
    stack.delete();

    assertThat(received.get(1).id()).isEqualTo(received.get(0).id());
    assertThat(received.get(1).body()).isEqualTo(received.get(0).body());
    assertThat(event(received.get(0)).getJsonObject("data").getString("status"))
        .isEqualTo("CREATE_IN_PROGRESS");
    for (Received one : received) {
      assertThat(one.signature()).isEqualTo(sign(webhook.getString("secret"), one));
      assertThat(event(one).getString("id")).isEqualTo(one.id());
    }
    List<JsonObject> deliveries = alice.list("/webhooks/" + id + "/deliveries");
    assertThat(deliveries)
        .anySatisfy(one -> assertThat(one.getString("state")).isEqualTo("delivered"));

    int before = received.size();
    Person.read(alice.post("/webhooks/" + id + "/tests", Json.createObjectBuilder().build()), 202);
    await(() -> received.size() > before);

    for (String path : List.of("", "/deliveries")) {
      assertThat(bob.get("/webhooks/" + id + path).statusCode()).isEqualTo(404);
    }
    assertThat(bob.delete("/webhooks/" + id).statusCode()).isEqualTo(404);
    assertThat(bob.list("/webhooks")).isEmpty();
    assertThat(alice.get("/webhooks?project=federation").statusCode()).isEqualTo(403);
  }

  @Test
  void anAnswerWithASecretIsRepeatedForItsKey() throws Exception {
    Map<String, String> once =
        Map.of("Idempotency-Key", "hook-" + Long.toString(System.nanoTime(), 36));
    JsonObject body =
        Json.createObjectBuilder()
            .add("address", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/")
            .build();

    HttpResponse<String> first = alice.post("/webhooks", body, once);
    HttpResponse<String> second = alice.post("/webhooks", body, once);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body()).contains("whsec_");
    assertThat(alice.list("/webhooks")).hasSize(1);
  }
}
