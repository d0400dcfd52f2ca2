package io.isthmus.itests.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.isthmus.itests.Await;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A project's images, uploaded once and copied to where its servers are. */
@Tag("container")
@BesideOthers
class ImagesIT {

  /** More than any other body may have. */
  private static final byte[] CONTENT = content(12 << 20);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.8.7.0/24}}
        web:
          type: OS::Heat::ResourceGroup
          properties:
            count: 2
            resource_def:
              type: OS::Nova::Server
              properties:
                flavor: m1.small
                image: golden
                networks: [{subnet: {get_resource: subnet}}]
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: apart
          match: {types: ["OS::Nova::Server"]}
          clouds: {any_of: [bhs, syd]}
          spread: [{across: cloud, max_skew: 1, min_domains: 2}]
      """;

  private final RunningSystem system = new RunningSystem();
  private final SimulatedClouds clouds = new SimulatedClouds(system);
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    new Random(33).nextBytes(bytes);
    // No format's mark by chance.
    bytes[0] = 0;
    return bytes;
  }

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
    leaveNothing();
  }

  @AfterEach
  void leaveNothing() throws Exception {
    for (Person person : List.of(alice, bob)) {
      for (JsonObject image : person.list("/project-images")) {
        person.delete("/project-images/" + image.getString("id"));
      }
    }
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private static JsonObject added(Person person, String name, String sha256) throws Exception {
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            .add("name", name)
            .add("disk_format", "raw")
            .add("size", CONTENT.length)
            .add("properties", Json.createObjectBuilder().add("os_distro", "debian"))
            .add("sha256", sha256);
    return Person.read(person.post("/project-images", body.build()), 201).asJsonObject();
  }

  private static String file(JsonObject image) {
    return "/project-images/" + image.getString("id") + "/file";
  }

  private long offset(Person person, JsonObject image) throws Exception {
    HttpResponse<String> answer =
        system.send(
            person
                .request(file(image), "en")
                .header("Tus-Resumable", "1.0.0")
                .method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Tus-Resumable")).contains("1.0.0");
    assertThat(answer.headers().firstValueAsLong("Upload-Length")).hasValue(CONTENT.length);
    return answer.headers().firstValueAsLong("Upload-Offset").orElseThrow();
  }

  private HttpResponse<String> piece(Person person, JsonObject image, long offset, InputStream in)
      throws Exception {
    return system.send(
        pieceRequest(person, image, offset).method("PATCH", BodyPublishers.ofInputStream(() -> in)),
        Duration.ofMinutes(2));
  }

  private static HttpRequest.Builder pieceRequest(Person person, JsonObject image, long offset)
      throws Exception {
    return person
        .request(file(image), "en")
        .header("Tus-Resumable", "1.0.0")
        .header("Content-Type", "application/offset+octet-stream")
        .header("Upload-Offset", Long.toString(offset));
  }

  private HttpResponse<String> piece(JsonObject image, int from, int to) throws Exception {
    return piece(
        alice, image, from, new ByteArrayInputStream(Arrays.copyOfRange(CONTENT, from, to)));
  }

  /** Says that all comes, sends a part and goes away. */
  private void breakOff(JsonObject image, int sent) throws Exception {
    try (Socket socket = new Socket(system.url().getHost(), system.url().getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "PATCH /api/v1"
              + file(image)
              + " HTTP/1.1\r\nHost: "
              + system.url().getAuthority()
              + "\r\nAuthorization: Bearer "
              + system.token("alice")
              + "\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream"
              + "\r\nUpload-Offset: 0\r\nContent-Length: "
              + CONTENT.length
              + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(CONTENT, 0, sent);
      out.flush();
      Await.until(
          Duration.ofSeconds(30),
          "most of what was sent is there",
          () -> offset(alice, image),
          offset -> offset > sent / 2);
    } catch (IOException closedByTheServer) {
      assertThat(closedByTheServer).isNotNull();
    }
  }

  private JsonObject uploaded(String name) throws Exception {
    JsonObject image = added(alice, name, sha256(CONTENT));
    assertThat(piece(image, 0, CONTENT.length).statusCode()).isEqualTo(204);
    return alice.look("/project-images/" + image.getString("id")).asJsonObject();
  }

  @Test
  void comesInPiecesAcrossABreakAndIsCheckedAtItsEnd() throws Exception {
    JsonObject image = added(alice, "golden", sha256(CONTENT));
    breakOff(image, 3_000_000);
    // Whoever wrote is gone, at the latest when its turn ends.
    long here =
        Await.until(
            Duration.ofMinutes(1),
            "the upload can go on",
            () -> {
              long offset = offset(alice, image);
              return piece(image, (int) offset, (int) offset + 100_000).statusCode() == 204
                  ? offset
                  : -1L;
            },
            offset -> offset >= 0);
    assertThat(here).isGreaterThan(1_500_000).isLessThanOrEqualTo(3_000_000);
    assertThat(piece(image, 5, 100).statusCode()).isEqualTo(409);
    int rest = (int) offset(alice, image);
    assertThat(piece(image, rest, CONTENT.length).statusCode()).isEqualTo(204);

    JsonObject ready = alice.look("/project-images/" + image.getString("id")).asJsonObject();
    assertThat(ready.getString("state")).isEqualTo("ready");
    assertThat(ready.getString("sha256")).isEqualTo(sha256(CONTENT));
    assertThat(ready.getString("sha512")).hasSize(128);
    assertThat(alice.delete("/project-images/" + image.getString("id")).statusCode())
        .isEqualTo(204);
  }

  @Test
  void otherContentIsRefusedWithBothDigests() throws Exception {
    JsonObject image = added(alice, "golden", "0".repeat(64));

    HttpResponse<String> refused = piece(image, 0, CONTENT.length);

    assertThat(Person.read(refused, 400).toString()).contains("0".repeat(64), sha256(CONTENT));
    assertThat(alice.look("/project-images/" + image.getString("id")).toString())
        .contains("\"state\":\"refused\"", sha256(CONTENT));
  }

  @Test
  void isCopiedToWhereAServerIsVerifiedSharedAndRemoved() throws Exception {
    JsonObject image = uploaded("golden");
    int before = clouds.count("images");
    JsonObject plan = alice.plan("first", TEMPLATE, POLICY, Map.of());
    assertThat(plan.toString()).contains("The project’s image “golden” (12 MiB) is copied to");
    StackUnderTest first = StackUnderTest.of(alice, plan);
    first.awaitComplete();

    Set<String> places =
        first.resources().stream()
            .filter(part -> part.getString("type").equals("OS::Nova::Server"))
            .map(part -> part.getString("cloud") + "/" + part.getString("region"))
            .collect(Collectors.toSet());
    assertThat(places).hasSize(2);
    JsonObject copied = alice.look("/project-images/" + image.getString("id")).asJsonObject();
    List<JsonObject> copies = copied.getJsonArray("copies").getValuesAs(JsonObject.class);
    assertThat(copies)
        .extracting(copy -> copy.getString("cloud") + "/" + copy.getString("region"))
        .containsExactlyInAnyOrderElementsOf(places);
    assertThat(copies)
        .allSatisfy(
            copy -> {
              assertThat(copy.getString("state")).isEqualTo("active");
              assertThat(copy.getBoolean("made")).isTrue();
              assertThat(copy.getInt("sent")).isEqualTo(CONTENT.length);
              assertThat(copy.containsKey("checked_at")).isTrue();
            });
    assertThat(clouds.count("images")).isEqualTo(before + 2);
    assertThat(first.resources())
        .filteredOn(part -> part.getString("type").equals("OS::Glance::Image"))
        .extracting(part -> part.getString("physical_id"))
        .containsExactlyInAnyOrderElementsOf(
            copies.stream().map(copy -> copy.getString("glance_id")).toList());
    assertThat(alice.look("/stacks/" + first.id() + "/template").toString())
        .contains("\"images\":{\"golden\":{");

    JsonObject again = alice.plan("second", TEMPLATE, POLICY, Map.of());
    assertThat(again.toString()).contains("is already in");
    StackUnderTest second = StackUnderTest.of(alice, again);
    second.awaitComplete();
    assertThat(clouds.count("images")).isEqualTo(before + 2);

    assertThat(alice.delete("/project-images/" + image.getString("id")).statusCode())
        .isEqualTo(409);
    first.delete();
    second.delete();
    assertThat(clouds.count("images")).isEqualTo(before + 2);
    assertThat(alice.delete("/project-images/" + image.getString("id")).statusCode())
        .isEqualTo(204);
    Await.until(
        Duration.ofMinutes(1),
        "the copies are gone",
        () -> clouds.count("images"),
        count -> count == before);
  }

  /** gra downloads it itself; bhs does not offer that; and syd makes something else of it. */
  @Test
  void fromAnAddressEachCloudHasItInItsOwnWay() throws Exception {
    HttpServer source =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    source.createContext(
        "/golden.raw",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    source.createContext("/moved", exchange -> moved(exchange, "/golden.raw"));
    source.start();
    try {
      String base = "http://127.0.0.1:" + source.getAddress().getPort();
      JsonObject lost = fromAddress("lost", base + "/lost.raw");
      assertThat(settled(lost).getString("trouble")).contains("/lost.raw answered 404");

      JsonObject image = settled(fromAddress("golden", base + "/moved"));
      assertThat(image.getString("state")).isEqualTo("ready");
      assertThat(image.getInt("size")).isEqualTo(CONTENT.length);
      assertThat(image.getString("sha512")).hasSize(128);
      JsonObject plan =
          alice.plan(
              "address",
              TEMPLATE.replace("count: 2", "count: 3"),
              POLICY
                  .replace("[bhs, syd]", "[gra, bhs, syd]")
                  .replace("min_domains: 2", "min_domains: 3"),
              Map.of());
      StackUnderTest stack = StackUnderTest.of(alice, plan);
      stack.awaitComplete();
      JsonObject copied = alice.look("/project-images/" + image.getString("id")).asJsonObject();
      assertThat(
              copied.getJsonArray("copies").getValuesAs(JsonObject.class).stream()
                  .map(
                      copy ->
                          "%s %s %s"
                              .formatted(
                                  copy.getString("cloud"),
                                  copy.getString("way"),
                                  copy.getString("state"))))
          .containsExactlyInAnyOrder(
              "gra web_download active", "bhs upload active", "syd upload active");
      stack.delete();
    } finally {
      source.stop(0);
    }
  }

  private static void moved(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private JsonObject fromAddress(String name, String address) throws Exception {
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            .add("name", name)
            .add("disk_format", "raw")
            .add("url", address)
            .add("sha256", sha256(CONTENT));
    return Person.read(alice.post("/project-images", body.build()), 201).asJsonObject();
  }

  private JsonObject settled(JsonObject image) throws Exception {
    return Await.until(
        Duration.ofMinutes(1),
        "what stands at its address was read",
        () -> alice.look("/project-images/" + image.getString("id")).asJsonObject(),
        now -> !now.getString("state").equals("reading"));
  }

  @Test
  void anotherTenantsLookMissing() throws Exception {
    JsonObject image = added(alice, "golden", sha256(CONTENT));
    String id = image.getString("id");

    for (String project : List.of("", "?project=acme%2Fdemo")) {
      assertThat(bob.get("/project-images/" + id + project).statusCode()).isEqualTo(404);
      assertThat(bob.delete("/project-images/" + id + project).statusCode()).isEqualTo(404);
      assertThat(bob.patch("/project-images/" + id + project, "{}", Map.of()).statusCode())
          .isEqualTo(404);
    }
    assertThat(piece(bob, image, 0, new ByteArrayInputStream(CONTENT, 0, 9)).statusCode())
        .isEqualTo(404);
    assertThat(bob.list("/project-images")).isEmpty();
    assertThat(offset(alice, image)).isZero();
  }
}
