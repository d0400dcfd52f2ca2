package io.isthmus.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.isthmus.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a cloud by rule, over real HTTP. */
class SyntheticTest {
  private static final String FEDERATION =
      """
      operators: [{ id: o, name: O, seat: FR }]
      clouds:
        - name: one
          operator: o
          country: FR
          coordinates: [1, 2]
          regions:
            - name: R
              zones: [{ name: a, vcpus: 4, ram_mb: 8192, disk_gb: 100 }]
          flavors: [{ id: "1", name: small, vcpus: 2, ram: 512, disk: 1 }]
          images: [{ name: debian, os_distro: debian, os_version: "12" }]
          volume_types: [standard]
          projects:
            - { name: demo, tenant: acme/demo, user: demo, password: secret, synthetic: { servers: 25, ports: 20, volumes: 30 } }
            - { name: other, tenant: acme/other, user: other, password: secret }
          quota: { instances: -1, cores: -1, port: -1, volumes: -1, gigabytes: -1 }
          without_extensions: [filter-validation]
          timing: { volume_create: 20ms }
      """;

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  private Sandbox sandbox;
  private String token;
  private String project;

  @BeforeEach
  void start() throws Exception {
    port = FreePorts.base();
    Files.writeString(folder.resolve("federation.yaml"), FEDERATION);
    launch();
    signIn("demo");
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
  }

  @Test
  void listsAllPageByPageOnceEach() throws Exception {
    assertThat(pages(servers() + "?limit=7", "servers")).hasSize(25).doesNotHaveDuplicates();
    assertThat(pages(ports() + "?limit=7&project_id=" + project, "ports")).hasSize(20);
    assertThat(pages(volumes() + "/detail?limit=7", "volumes")).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void putsThemBehindWhatPeopleHaveMade() throws Exception {
    String made =
        send("POST", volumes(), "{\"volume\":{\"name\":\"mine\",\"size\":2}}")
            .at("/volume/id")
            .asText();

    List<String> all = pages(volumes() + "/detail?limit=4", "volumes");

    assertThat(all).hasSize(31).startsWith(made);
  }

  @Test
  void looksThroughThemWhereAFilterIsGiven() throws Exception {
    String name = send("GET", servers(), null).at("/servers/8/name").asText();
    JsonNode found = send("GET", servers() + "?name=" + name, null).path("servers");
    assertThat(found).hasSize(1);
    assertThat(found.at("/0/flavor/original_name").asText()).isEqualTo("small");
    String server = found.at("/0/id").asText();

    JsonNode port = send("GET", ports() + "?device_id=" + server, null).path("ports");
    assertThat(port.at("/0/fixed_ips/0/ip_address").asText())
        .isEqualTo(found.at("/0/addresses/by-rule/0/addr").asText())
        .isNotEmpty();
    assertThat(show(server).at("/server/name").asText()).isEqualTo(name);
    assertThat(
            send("GET", network() + "/networks/" + port.at("/0/network_id").asText(), null)
                .at("/network/name")
                .asText())
        .isEqualTo("by-rule");
  }

  @Test
  void hidesThemFromOtherProjects() throws Exception {
    String server = send("GET", servers(), null).at("/servers/0/id").asText();
    signIn("other");

    assertThat(pages(servers() + "?limit=7", "servers")).isEmpty();
    assertThat(pages(ports() + "?limit=7", "ports")).isEmpty();
    assertThat(pages(ports() + "?limit=7&name=x", "ports")).isEmpty();
    assertThat(pages(volumes() + "/detail?limit=7", "volumes")).isEmpty();
    assertThat(show(server).at("/itemNotFound/code").asInt()).isEqualTo(404);
  }

  @Test
  void tellsWhatWasChangedOnly() throws Exception {
    String since = Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.SECONDS).toString();
    String changed = servers() + "?limit=3&changes-since=" + since;
    assertThat(pages(changed, "servers")).isEmpty();

    JsonNode counts =
        change(
            "{\"label\": \"run1\","
                + " \"servers\": {\"create\": 2, \"update\": 5, \"delete\": 1},"
                + " \"ports\": {\"update\": 4}, \"volumes\": {\"create\": 3, \"delete\": 2}}");

    assertThat(counts.toString()).isEqualTo("{\"servers\":26,\"ports\":20,\"volumes\":31}");
    assertThat(pages(changed, "servers")).hasSize(8).doesNotHaveDuplicates();
    JsonNode told = send("GET", servers() + "?changes-since=" + since, null).path("servers");
    List<String> states = told.findValuesAsText("status");
    assertThat(states).filteredOn("DELETED"::equals).hasSize(1);
    assertThat(told.findValuesAsText("name"))
        .filteredOn(name -> name.startsWith("run1-"))
        .hasSize(7);
    assertThat(pages(servers() + "?limit=7", "servers")).hasSize(26);
    assertThat(
            pages(ports() + "?limit=3&project_id=" + project + "&changed_since=" + since, "ports"))
        .as("the deleted server's too")
        .hasSize(5);
    assertThat(pages(volumes() + "/detail?limit=2&created_at=gte:" + since, "volumes")).hasSize(3);
  }

  @Test
  void tellsFewFieldsAndThoseAskedForByIdAsANeutronDoes() throws Exception {
    String brief = ports() + "?limit=7&project_id=" + project + "&fields=id&fields=revision_number";
    JsonNode page = send("GET", brief, null);
    assertThat(page.path("ports")).hasSize(7);
    assertThat(page.at("/ports/0").toString())
        .isEqualTo("{\"id\":\"" + page.at("/ports/0/id").asText() + "\",\"revision_number\":0}");
    assertThat(pages(brief, "ports")).hasSize(20).doesNotHaveDuplicates();

    change("{\"ports\": {\"update\": 1}}");
    String changed = page.at("/ports/0/id").asText();
    assertThat(send("GET", brief, null).at("/ports/0/revision_number").asInt()).isEqualTo(1);
    JsonNode two =
        send(
            "GET",
            ports()
                + "?limit=50&project_id="
                + project
                + "&fields=id&fields=fixed_ips&id="
                + changed
                + "&id="
                + page.at("/ports/3/id").asText()
                + "&id=00000000-0000-4000-8000-000000000000",
            null);
    assertThat(two.path("ports")).hasSize(2);
    assertThat(two.at("/ports/0/id").asText()).isEqualTo(changed);
    assertThat(two.at("/ports/0/fixed_ips/0/ip_address").asText()).startsWith("10.");
    assertThat(two.at("/ports/0").has("name")).isFalse();
    signIn("other");
    assertThat(send("GET", ports() + "?id=" + changed, null).path("ports")).isEmpty();
  }

  @Test
  void countsThem() throws Exception {
    change("{\"ports\": {\"delete\": 3}}");
    assertThat(
            send("GET", network() + "/quotas/" + project + "/details.json", null)
                .at("/quota/port/used")
                .asInt())
        .isEqualTo(17);
    assertThat(send("GET", volumes() + "/summary", null).at("/volume-summary/total_count").asInt())
        .isEqualTo(30);
    JsonNode limits = send("GET", compute() + "/limits", null).at("/limits/absolute");
    assertThat(limits.path("totalInstancesUsed").asInt()).isEqualTo(25);
    assertThat(limits.path("totalCoresUsed").asInt()).isEqualTo(50);
  }

  @Test
  void remembersWhatChangedOverARestart() throws Exception {
    change("{\"servers\": {\"create\": 2, \"delete\": 1}}");
    List<String> before = pages(servers() + "?limit=100", "servers");
    sandbox.close();
    launch();
    signIn("demo");

    assertThat(pages(servers() + "?limit=100", "servers")).isEqualTo(before).hasSize(26);
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    assertThat(change("{\"routers\": {\"create\": 2}}").path("error").asText())
        .contains("servers, ports or volumes");
    assertThat(change("{\"servers\": {\"create\": -2}}").path("error").asText())
        .contains("servers.create");
    assertThat(change("{\"label\": \"a b\"}").path("error").asText()).contains("label");
    assertThat(send("GET", control("other"), null).path("error").asText()).contains("synthetic");
  }

  private JsonNode change(String body) throws Exception {
    return send("POST", control("demo"), body);
  }

  private String control(String name) {
    return "http://127.0.0.1:" + (port + 90) + "/_sandbox/clouds/one/regions/R/synthetic/" + name;
  }

  private JsonNode show(String server) throws Exception {
    return send("GET", compute() + "/servers/" + server, null);
  }

  private String compute() {
    return root() + "/compute/v2.1";
  }

  private String servers() {
    return compute() + "/servers/detail";
  }

  private String network() {
    return root() + "/network/v2.0";
  }

  private String ports() {
    return network() + "/ports";
  }

  private String volumes() {
    return root() + "/volume/v3/" + project + "/volumes";
  }

  private String root() {
    return "http://127.0.0.1:" + port;
  }

  /** The ids of a list, by its links. */
  private List<String> pages(String first, String collection) throws Exception {
    List<String> ids = new ArrayList<>();
    String next = first;
    while (next != null) {
      JsonNode page = send("GET", next, null);
      assertThat(page.path(collection).isArray()).as("%s", page).isTrue();
      page.path(collection).forEach(one -> ids.add(one.path("id").asText()));
      next = null;
      for (JsonNode link : page.path(collection + "_links")) {
        if (link.path("rel").asText().equals("next")) {
          next = link.path("href").asText();
        }
      }
      assertThat(ids).hasSizeLessThan(1000);
    }
    return ids;
  }

  private void launch() throws IOException {
    sandbox =
        Sandbox.start(
            Options.parse(
                "--base-port", String.valueOf(port),
                "--federation", folder.resolve("federation.yaml").toString(),
                "--state", folder.resolve("state").toString()));
  }

  private void signIn(String name) throws Exception {
    String body =
        "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\""
            + name
            + "\",\"domain\":{\"name\":\"Default\"},\"password\":\"secret\"}}},\"scope\":{\"project\":{\"name\":\""
            + name
            + "\",\"domain\":{\"id\":\"default\"}}}}}";
    token = null;
    HttpResponse<String> answer = exchange("POST", root() + "/identity/v3/auth/tokens", body);
    token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
    project = Json.MAPPER.readTree(answer.body()).at("/token/project/id").asText();
  }

  private JsonNode send(String method, String url, String body) throws Exception {
    return Json.MAPPER.readTree(exchange(method, url, body).body());
  }

  private HttpResponse<String> exchange(String method, String url, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("OpenStack-API-Version", "compute 2.73, volume 3.60")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("X-Auth-Token", token);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
