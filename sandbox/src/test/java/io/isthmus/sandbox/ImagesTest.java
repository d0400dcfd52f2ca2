package io.isthmus.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.isthmus.sandbox.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How content comes into the simulated Glance. */
class ImagesTest {
  private static final String FEDERATION =
      """
      name: test
      operators: [{ id: north, name: North, seat: FR }]
      clouds:
        - name: one
          operator: north
          country: FR
          coordinates: [48.85, 2.35]
          regions: [{ name: ONE, zones: [{ name: a, vcpus: 4, ram_mb: 4096, disk_gb: 10 }] }]
          flavors: [{ id: "1", name: tiny, vcpus: 1, ram: 512, disk: 1 }]
          images: [{ name: debian, os_distro: debian, os_version: "12" }]
          volume_types: [standard]
          external_network: { name: public, cidrs: [203.0.113.0/29] }
          projects: [{ name: acme-demo, tenant: acme/demo, user: acme, password: secret }]
          timing: { image_import: 100ms }
        - name: two
          operator: north
          country: FR
          coordinates: [48.85, 2.35]
          regions: [{ name: TWO, zones: [{ name: a, vcpus: 4, ram_mb: 4096, disk_gb: 10 }] }]
          flavors: [{ id: "1", name: tiny, vcpus: 1, ram: 512, disk: 1 }]
          volume_types: [standard]
          external_network: { name: public, cidrs: [203.0.113.0/29] }
          projects: [{ name: acme-demo, tenant: acme/demo, user: acme, password: secret }]
          image_imports: [web-download]
          image_conversion: true
          timing: { image_import: 100ms }
      """;
  private static final byte[] CONTENT =
      "an image of some bytes\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Sandbox sandbox;
  private int port;
  private String token = "";

  @BeforeEach
  void start() throws Exception {
    port = FreePorts.base();
    Files.writeString(folder.resolve("federation.yaml"), FEDERATION);
    sandbox =
        Sandbox.start(
            Options.parse(
                "--base-port", String.valueOf(port),
                "--federation", folder.resolve("federation.yaml").toString(),
                "--state", folder.resolve("state").toString()));
    token = signIn();
  }

  private String signIn() throws Exception {
    HttpResponse<String> signed =
        send(
            "POST",
            "/identity/v3/auth/tokens",
            """
            {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "acme",
             "domain": {"name": "Default"}, "password": "secret"}}},
             "scope": {"project": {"name": "acme-demo", "domain": {"id": "default"}}}}}
            """);
    return signed.headers().firstValue("X-Subject-Token").orElseThrow();
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return send(method, "http://127.0.0.1:" + port + path, publisher, "application/json");
  }

  private HttpResponse<String> send(
      String method, String url, BodyPublisher body, String contentType) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url))
            .method(method, body)
            .header("X-Auth-Token", token)
            .header("Content-Type", contentType)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> put(String id, String where, BodyPublisher content)
      throws Exception {
    return send("PUT", url(id) + where, content, "application/octet-stream");
  }

  private String url(String id) {
    return "http://127.0.0.1:" + port + "/image/v2/images/" + id;
  }

  private String register() throws Exception {
    HttpResponse<String> made =
        send(
            "POST",
            "/image/v2/images",
            "{\"name\":\"web\",\"disk_format\":\"raw\",\"container_format\":\"bare\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.headers().firstValue("OpenStack-image-import-methods"))
        .contains("glance-direct,web-download");
    return Json.MAPPER.readTree(made.body()).get("id").asText();
  }

  private JsonNode show(String id) throws Exception {
    return Json.MAPPER.readTree(send("GET", "/image/v2/images/" + id, null).body());
  }

  private JsonNode await(String id, String status) throws Exception {
    long until = System.nanoTime() + 20_000_000_000L;
    JsonNode image = show(id);
    while (!image.get("status").asText().equals(status) && System.nanoTime() < until) {
      Thread.sleep(20);
      image = show(id);
    }
    assertThat(image.get("status").asText()).isEqualTo(status);
    return image;
  }

  private static String digest(String algorithm, byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  private void control(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        send(
            method,
            "http://127.0.0.1:" + (port + 90) + "/_sandbox/clouds/one" + path,
            BodyPublishers.ofString(body),
            "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
  }

  private void weather(String rule) throws Exception {
    control("PUT", "/weather", "{\"rules\": [" + rule + "]}");
  }

  private void isWhole(JsonNode image) throws Exception {
    assertThat(image.get("size").asLong()).isEqualTo(CONTENT.length);
    assertThat(image.get("checksum").asText()).isEqualTo(digest("MD5", CONTENT));
    assertThat(image.get("os_hash_algo").asText()).isEqualTo("sha512");
    assertThat(image.get("os_hash_value").asText()).isEqualTo(digest("SHA-512", CONTENT));
    assertThat(image.get("virtual_size").isNull()).isTrue();
  }

  @Test
  void anUploadIsActiveAtOnceIsFoundByItsDigestsAndComesBack() throws Exception {
    String id = register();
    assertThat(put(id, "/file", BodyPublishers.ofByteArray(CONTENT)).statusCode()).isEqualTo(204);
    isWhole(show(id));
    for (String filter :
        new String[] {
          "os_hash_value=" + digest("SHA-512", CONTENT), "checksum=" + digest("MD5", CONTENT)
        }) {
      JsonNode found =
          Json.MAPPER.readTree(
              send("GET", "/image/v2/images?status=active&" + filter, null).body());
      assertThat(found.get("images")).hasSize(1);
    }
    assertThat(send("GET", "/image/v2/images/" + id + "/file", null).body())
        .isEqualTo(new String(CONTENT, StandardCharsets.UTF_8));
    HttpResponse<String> again = put(id, "/file", BodyPublishers.ofByteArray(CONTENT));
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body())
        .contains("Image status transition from active to saving is not allowed");
  }

  @Test
  void aLargeImageLeavesItsDigestsAndNothingElse() throws Exception {
    String id = register();
    long size = 100L * 1024 * 1024;
    BodyPublisher zeros =
        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> zeros(size)), size);
    assertThat(put(id, "/file", zeros).statusCode()).isEqualTo(204);
    assertThat(show(id).get("size").asLong()).isEqualTo(size);
    assertThat(show(id).get("checksum").asText()).isEqualTo("2f282b84e7e608d5852449ed940bfc51");
    try (Stream<Path> files = Files.list(folder.resolve("state/images"))) {
      assertThat(files).noneMatch(file -> file.toString().contains(id));
    }
    assertThat(send("GET", "/image/v2/images/" + id + "/file", null).statusCode()).isEqualTo(404);
  }

  private static InputStream zeros(long size) {
    return new InputStream() {
      private long left = size;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        if (left <= 0) {
          return -1;
        }
        int got = (int) Math.min(left, length);
        left -= got;
        java.util.Arrays.fill(buffer, offset, offset + got, (byte) 0);
        return got;
      }
    };
  }

  @Test
  void stagedContentIsImportedInItsTime() throws Exception {
    String id = register();
    String direct = "{\"method\":{\"name\":\"glance-direct\"}}";
    HttpResponse<String> early = send("POST", "/image/v2/images/" + id + "/import", direct);
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.body()).contains("needs to be staged before");

    assertThat(put(id, "/stage", BodyPublishers.ofByteArray(CONTENT)).statusCode()).isEqualTo(204);
    assertThat(show(id).get("status").asText()).isEqualTo("uploading");
    assertThat(send("POST", "/image/v2/images/" + id + "/import", direct).statusCode())
        .isEqualTo(202);
    assertThat(show(id).get("status").asText()).isEqualTo("importing");
    assertThat(show(id).get("os_glance_importing_to_stores").asText()).isEqualTo("file");
    isWhole(await(id, "active"));
    assertThat(show(id).has("os_glance_import_task")).isFalse();
  }

  @Test
  void downloadsByItselfAndTellsWhatCameBetween() throws Exception {
    HttpServer source =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    source.createContext(
        "/there",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    source.start();
    try {
      String base = "http://127.0.0.1:" + source.getAddress().getPort();
      String id = register();
      assertThat(fetch(id, "file:///etc/passwd").statusCode()).isEqualTo(400);
      assertThat(fetch(id, "http://192.0.2.1/there").statusCode()).isEqualTo(400);
      assertThat(fetch(id, base + "/there").statusCode()).isEqualTo(202);
      isWhole(await(id, "active"));

      String other = register();
      assertThat(fetch(other, base + "/missing").statusCode()).isEqualTo(202);
      JsonNode failed = await(other, "queued");
      assertThat(failed.get("os_glance_failed_import").asText()).isEqualTo("file");
      assertThat(send("GET", "/image/v2/images/" + other + "/tasks", null).body())
          .contains("\"status\":\"failure\"", "HTTP Error 404");
    } finally {
      source.stop(0);
    }
  }

  @Test
  void aCloudImportsByItsMethodsAndMayMakeSomethingElseOfIt() throws Exception {
    HttpServer source =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    source.createContext(
        "/there",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    source.start();
    port++;
    try {
      token = signIn();
      assertThat(send("GET", "/image/v2/info/import", null).body()).contains("[\"web-download\"]");
      String id =
          Json.MAPPER
              .readTree(
                  send(
                          "POST",
                          "/image/v2/images",
                          "{\"name\":\"web\",\"disk_format\":\"raw\",\"container_format\":\"bare\"}")
                      .body())
              .get("id")
              .asText();
      HttpResponse<String> direct =
          send(
              "POST",
              "/image/v2/images/" + id + "/import",
              "{\"method\":{\"name\":\"glance-direct\"}}");
      assertThat(direct.statusCode()).isEqualTo(400);
      assertThat(
              fetch(id, "http://127.0.0.1:" + source.getAddress().getPort() + "/there")
                  .statusCode())
          .isEqualTo(202);
      assertThat(await(id, "active").get("os_hash_value").asText())
          .isNotEqualTo(digest("SHA-512", CONTENT));
    } finally {
      port--;
      source.stop(0);
    }
  }

  private HttpResponse<String> fetch(String id, String uri) throws Exception {
    return send(
        "POST",
        "/image/v2/images/" + id + "/import",
        "{\"method\":{\"name\":\"web-download\",\"uri\":\"" + uri + "\"}}");
  }

  @Test
  void anUploadThatBreaksOffLeavesTheImageQueued() throws Exception {
    String id = register();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("PUT /image/v2/images/"
                  + id
                  + "/file HTTP/1.1\r\nHost: x\r\nX-Auth-Token: "
                  + token
                  + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 100000\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(CONTENT);
      out.flush();
      await(id, "saving");
    }
    await(id, "queued");
    assertThat(put(id, "/file", BodyPublishers.ofByteArray(CONTENT)).statusCode()).isEqualTo(204);
    isWhole(show(id));
  }

  @ParameterizedTest
  @CsvSource({"corrupted,23000", "truncated,11500"})
  void badWeatherChangesContentUnnoticed(String how, long size) throws Exception {
    weather("{\"service\":\"image\",\"content\":\"" + how + "\",\"method\":\"PUT\",\"times\":1}");
    String id = register();
    assertThat(put(id, "/file", BodyPublishers.ofByteArray(CONTENT)).statusCode()).isEqualTo(204);
    JsonNode image = show(id);
    assertThat(image.get("size").asLong()).isEqualTo(size);
    assertThat(image.get("os_hash_value").asText()).isNotEqualTo(digest("SHA-512", CONTENT));
  }

  @Test
  void badWeatherBreaksAnUploadOrLosesItsAnswer() throws Exception {
    String id = register();
    weather("{\"service\":\"image\",\"content\":\"broken\",\"method\":\"PUT\",\"times\":1}");
    assertThatThrownBy(() -> put(id, "/file", BodyPublishers.ofByteArray(CONTENT)))
        .isInstanceOf(IOException.class);
    await(id, "queued");

    weather("{\"service\":\"image\",\"lose_rate\":1,\"method\":\"PUT\",\"times\":1}");
    assertThatThrownBy(() -> put(id, "/file", BodyPublishers.ofByteArray(CONTENT)))
        .isInstanceOf(IOException.class);
    isWhole(await(id, "active"));
  }

  @Test
  void anImageThatIsDeletedMeanwhileIsGone() throws Exception {
    String id = register();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("PUT /image/v2/images/"
                  + id
                  + "/file HTTP/1.1\r\nHost: x\r\nX-Auth-Token: "
                  + token
                  + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 2\r\n\r\na")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      await(id, "saving");
      send("DELETE", "/image/v2/images/" + id, null);
      out.write('b');
      out.flush();
      byte[] answer = new byte[12];
      assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 410");
    }
  }

  @Test
  void refusesBeyondItsQuotas() throws Exception {
    String first = register();
    String second = register();
    control("PATCH", "/regions/ONE/quotas/acme-demo", "{\"image_size_total\": 1}");
    long size = 2L * 1024 * 1024;
    BodyPublisher two =
        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> zeros(size)), size);
    assertThat(put(first, "/file", two).statusCode())
        .as("only what is there counts")
        .isEqualTo(204);
    HttpResponse<String> refused = put(second, "/file", BodyPublishers.ofByteArray(CONTENT));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body())
        .contains("image_size_total is over limit of 1 due to current usage 2 and delta 0");
    assertThat(show(second).get("status").asText()).isEqualTo("queued");

    control("PATCH", "/regions/ONE/quotas/acme-demo", "{\"image_count_total\": 2}");
    assertThat(send("POST", "/image/v2/images", "{\"name\":\"third\"}").statusCode())
        .isEqualTo(413);
  }
}
