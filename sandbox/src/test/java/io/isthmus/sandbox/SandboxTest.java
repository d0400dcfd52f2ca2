package io.isthmus.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.isthmus.sandbox.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox over real HTTP: one small cloud in which nothing takes long. */
class SandboxTest {
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
          flavors:
            - { id: "1", name: small, vcpus: 1, ram: 512, disk: 1 }
            - { id: "2", name: large, vcpus: 2, ram: 1024, disk: 1 }
            - { id: "3", name: huge, vcpus: 4, ram: 6144, disk: 1 }
          images: [{ name: debian, os_distro: debian, os_version: "12" }]
          volume_types: [standard, fast]
          external_network: { name: public, cidrs: [203.0.113.0/29] }
          projects:
            - { name: acme-demo, tenant: acme/demo, user: acme, password: secret }
            - { name: globex-demo, tenant: globex/demo, user: globex, password: secret }
          quota: { instances: 6, cores: 5, server_groups: 3 }
          without_extensions: [filter-validation]
          timing: { server_build: 100ms, server_delete: 50ms, volume_create: 20ms, volume_delete: 20ms }
      """;

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  private Sandbox sandbox;
  private String token;

  @BeforeEach
  void start() throws Exception {
    port = FreePorts.base();
    Files.writeString(folder.resolve("federation.yaml"), FEDERATION);
    launch();
    token = signIn("acme", "acme-demo");
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
  }

  @Test
  void buildsAServerOnAPortMadeBeforeAndFreesThePortAgain() throws Exception {
    String portId = makePort();
    String server = makeServer("web", "{\"port\":\"" + portId + "\"}");
    awaitStatus(server, "ACTIVE");
    assertThat(network("GET", "/ports/" + portId, null).json().at("/port/device_id").asText())
        .isEqualTo(server);
    Answer again =
        compute("POST", "/servers", serverBody("other", "{\"port\":\"" + portId + "\"}"));
    assertThat(again.status).isEqualTo(409);
    assertThat(again.json().at("/conflictingRequest/message").asText()).contains("still in use");

    assertThat(compute("DELETE", "/servers/" + server, null).status).isEqualTo(204);
    awaitGone(server);
    assertThat(network("GET", "/ports/" + portId, null).json().at("/port/device_id").asText())
        .isEmpty();
  }

  @Test
  void staysInBuildAsLongAsItsDelay() throws Exception {
    String slow =
        serverBody("slow", null)
            .replace("\"name\"", "\"metadata\":{\"lab:spawn_delay\":\"900\"},\"name\"");

    String server = compute("POST", "/servers", slow).json().at("/server/id").asText();

    assertThat(show(server).path("status").asText()).isEqualTo("BUILD");
    assertThat(show(server).path("OS-EXT-STS:vm_state").asText()).isEqualTo("building");
  }

  @Test
  void refusesBeyondTheQuotaAndTellsWhichIsFull() throws Exception {
    for (int i = 0; i < 5; i++) {
      makeServer("s" + i, null);
    }

    Answer answer = compute("POST", "/servers", serverBody("more", null));

    assertThat(answer.status).isEqualTo(403);
    assertThat(answer.json().at("/forbidden/message").asText())
        .isEqualTo("Quota exceeded for cores: Requested 1, but already used 5 of 5 cores");
  }

  @Test
  void putsNoMoreServersOfAGroupOnAHostThanItsRuleAllows() throws Exception {
    String pair =
        makeGroup(
            "{\"name\":\"g\",\"policy\":\"anti-affinity\",\"rules\":{\"max_server_per_host\":2}}");
    String one = makeGroup("{\"name\":\"one\",\"policy\":\"affinity\"}");
    Map<String, Integer> perHost = new HashMap<>();
    for (int i = 0; i < 2; i++) {
      awaitStatus(makeServerIn(pair), "ACTIVE");
    }
    String first = makeServerIn(one);
    awaitStatus(first, "ACTIVE");
    String second = makeServerIn(one);
    awaitStatus(second, "ACTIVE");

    assertThat(show(second).path("hostId")).isEqualTo(show(first).path("hostId"));
    JsonNode group = compute("GET", "/os-server-groups/" + pair, null).json().path("server_group");
    assertThat(group.at("/rules/max_server_per_host").asInt()).isEqualTo(2);
    for (JsonNode member : group.path("members")) {
      perHost.merge(show(member.asText()).path("hostId").asText(), 1, Integer::sum);
    }
    assertThat(perHost.values()).allMatch(count -> count <= 2);
  }

  @Test
  void refusesAServerGroupThatNovaRefuses() throws Exception {
    assertThat(group("{\"name\":\"g\",\"policy\":\"apart\"}").status).isEqualTo(400);
    assertThat(group("{\"name\":\"g\",\"policies\":[\"affinity\"]}").status).isEqualTo(400);
    assertThat(group("{\"policy\":\"affinity\"}").status).isEqualTo(400);
    Answer rules =
        group("{\"name\":\"g\",\"policy\":\"affinity\",\"rules\":{\"max_server_per_host\":2}}");
    assertThat(rules.body).contains("Only anti-affinity policy supports rules");
    for (int i = 0; i < 3; i++) {
      makeGroup("{\"name\":\"g\",\"policy\":\"soft-affinity\"}");
    }
    Answer beyond = group("{\"name\":\"g\",\"policy\":\"affinity\"}");
    assertThat(beyond.status).isEqualTo(403);
    assertThat(beyond.body).contains("Quota exceeded, too many server groups");
    assertThat(
            compute("GET", "/os-server-groups?limit=2&offset=2", null).json().path("server_groups"))
        .hasSize(1);
    assertThat(
            compute("GET", "/limits", null)
                .json()
                .at("/limits/absolute/totalServerGroupsUsed")
                .asInt())
        .isEqualTo(3);
  }

  @Test
  void endsInErrorWhenNoZoneHasRoom() throws Exception {
    String last = null;
    for (int i = 0; i < 5; i++) {
      last = makeServer("s" + i, null);
    }

    awaitStatus(last, "ERROR");

    assertThat(show(last).at("/fault/message").asText()).startsWith("No valid host was found");
  }

  @Test
  void neverGivesAnAddressTwiceAndSaysWhenThereAreNoMore() throws Exception {
    String net = makeNetwork("10.9.0.0/29");
    for (int i = 0; i < 5; i++) {
      assertThat(network("POST", "/ports", "{\"port\":{\"network_id\":\"" + net + "\"}}").status)
          .isEqualTo(201);
    }

    Answer full = network("POST", "/ports", "{\"port\":{\"network_id\":\"" + net + "\"}}");

    assertThat(full.status).isEqualTo(409);
    assertThat(full.json().at("/NeutronError/type").asText())
        .isEqualTo("IpAddressGenerationFailure");
    assertThat(
            network("GET", "/ports?fields=fixed_ips&network_id=" + net, null)
                .json()
                .findValuesAsText("ip_address"))
        .hasSize(5)
        .doesNotHaveDuplicates();
  }

  @Test
  void pagesThroughPortsWithoutMissingOne() throws Exception {
    String net = makeNetwork("10.9.0.0/24");
    for (int i = 0; i < 5; i++) {
      network("POST", "/ports", "{\"port\":{\"network_id\":\"" + net + "\"}}");
    }
    int seen = 0;
    String next = network() + "/ports?limit=2&network_id=" + net;
    while (next != null) {
      JsonNode page = send("GET", next, null).json();
      seen += page.path("ports").size();
      next = null;
      for (JsonNode link : page.path("ports_links")) {
        if (link.path("rel").asText().equals("next")) {
          next = link.path("href").asText();
        }
      }
    }
    assertThat(seen).isEqualTo(5);
  }

  private Answer act(String server, String action) throws Exception {
    return compute("POST", "/servers/" + server + "/action", "{" + action + "}");
  }

  @Test
  void resizesAServerWhichThenWaitsForAWord() throws Exception {
    String server = makeServer("web", null);
    awaitStatus(server, "ACTIVE");

    assertThat(act(server, "\"resize\":{\"flavorRef\":\"2\"}").status).isEqualTo(202);
    awaitStatus(server, "VERIFY_RESIZE");
    assertThat(show(server).at("/flavor/original_name").asText()).isEqualTo("large");

    assertThat(act(server, "\"confirmResize\":null").status).isEqualTo(204);
    assertThat(act(server, "\"confirmResize\":null").status).as("already").isIn(400, 409);
    awaitStatus(server, "ACTIVE");
    assertThat(act(server, "\"confirmResize\":null").status).isEqualTo(409);
    JsonNode actions =
        compute("GET", "/servers/" + server + "/os-instance-actions", null)
            .json()
            .path("instanceActions");
    assertThat(actions.findValuesAsText("action")).containsExactly("confirmResize", "resize");
    assertThat(actions.at("/1/message").isNull()).isTrue();
  }

  @Test
  void doesOneThingToAServerAtATime() throws Exception {
    String server = makeServer("web", null);
    awaitStatus(server, "ACTIVE");
    String metadata = "/servers/" + server + "/metadata";
    String slow = "{\"metadata\":{\"lab:spawn_delay\":\"900\"}}";
    assertThat(compute("POST", metadata, slow).status).isEqualTo(200);

    act(server, "\"resize\":{\"flavorRef\":\"2\"}");

    assertThat(show(server).path("status").asText()).isEqualTo("RESIZE");
    assertThat(act(server, "\"resize\":{\"flavorRef\":\"2\"}").status).isEqualTo(409);
    assertThat(act(server, "\"confirmResize\":null").status).isEqualTo(409);
    assertThat(act(server, "\"os-stop\":null").status).isEqualTo(409);
    assertThat(compute("POST", metadata, slow).status).isEqualTo(409);
  }

  @Test
  void takesAResizeBackAndLeavesAServerShutOffThatWas() throws Exception {
    String server = makeServer("web", null);
    awaitStatus(server, "ACTIVE");
    act(server, "\"os-stop\":null");
    awaitStatus(server, "SHUTOFF");

    act(server, "\"resize\":{\"flavorRef\":\"2\"}");
    awaitStatus(server, "VERIFY_RESIZE");
    assertThat(act(server, "\"revertResize\":null").status).isEqualTo(202);
    awaitStatus(server, "SHUTOFF");
    assertThat(show(server).at("/flavor/original_name").asText()).isEqualTo("small");
  }

  @Test
  void givesUpAResizeForWhichNoHostHasRoom() throws Exception {
    String server = makeServer("web", null);
    awaitStatus(server, "ACTIVE");

    // The quota lets it through; the zone has four cores, of which one is taken.
    assertThat(act(server, "\"resize\":{\"flavorRef\":\"3\"}").status).isEqualTo(202);
    awaitStatus(server, "ACTIVE");

    assertThat(show(server).at("/flavor/original_name").asText()).isEqualTo("small");
    JsonNode actions = compute("GET", "/servers/" + server + "/os-instance-actions", null).json();
    assertThat(actions.at("/instanceActions/0/message").asText()).isEqualTo("Error");
  }

  @Test
  void countsWhatAResizeTakesMore() throws Exception {
    String server = makeServer("web", null);
    makeServer("other", null);
    awaitStatus(server, "ACTIVE");

    Answer answer = act(server, "\"resize\":{\"flavorRef\":\"3\"}");
    assertThat(answer.status).isEqualTo(202);
    awaitStatus(server, "ACTIVE");
    for (int i = 0; i < 3; i++) {
      makeServer("s" + i, null);
    }
    answer = act(server, "\"resize\":{\"flavorRef\":\"2\"}");
    assertThat(answer.status).isEqualTo(403);
    assertThat(answer.json().at("/forbidden/message").asText())
        .isEqualTo("Quota exceeded for cores: Requested 1, but already used 5 of 5 cores");
    assertThat(act(server, "\"resize\":{\"flavorRef\":\"1\"}").json().toString())
        .contains("must change flavor");
  }

  @Test
  void rebuildsAServerAndKeepsWhatItIsConnectedTo() throws Exception {
    String port = makePort();
    String server = makeServer("web", "{\"port\":\"" + port + "\"}");
    awaitStatus(server, "ACTIVE");
    String image = show(server).at("/image/id").asText();

    String body = "\"rebuild\":{\"imageRef\":\"" + image + "\",\"metadata\":{\"k\":\"v\"}}";
    assertThat(act(server, body).status).isEqualTo(202);
    assertThat(show(server).path("metadata").toString()).isEqualTo("{\"k\":\"v\"}");
    awaitStatus(server, "ACTIVE");
    assertThat(network("GET", "/ports/" + port, null).json().at("/port/device_id").asText())
        .isEqualTo(server);
    assertThat(act(server, "\"rebuild\":{\"imageRef\":\"no\"}").status).isEqualTo(400);
  }

  @Test
  void extendsAndRetypesVolumesInTheirTime() throws Exception {
    String volumes = root() + "/volume/v3/" + project() + "/volumes";
    String body = "{\"volume\":{\"size\":2}}";
    String id = send("POST", volumes, body).json().at("/volume/id").asText();
    String one = volumes + "/" + id;
    awaitVolume(one, "available");

    String extend = "{\"os-extend\":{\"new_size\":5}}";
    assertThat(send("POST", one + "/action", extend).status).isEqualTo(202);
    awaitVolume(one, "available");
    assertThat(send("GET", one, null).json().at("/volume/size").asInt()).isEqualTo(5);
    assertThat(send("POST", one + "/action", extend).json().toString())
        .contains("must be greater than current size");
    String retype = "{\"os-retype\":{\"new_type\":\"fast\",\"migration_policy\":\"never\"}}";
    assertThat(send("POST", one + "/action", retype).status).isEqualTo(202);
    awaitVolume(one, "available");
    assertThat(send("GET", one, null).json().at("/volume/volume_type").asText()).isEqualTo("fast");

    String server = makeServer("web", null);
    awaitStatus(server, "ACTIVE");
    compute(
        "POST",
        "/servers/" + server + "/os-volume_attachments",
        "{\"volumeAttachment\":{\"volumeId\":\"" + id + "\"}}");
    awaitVolume(one, "in-use");
    String more = "{\"os-extend\":{\"new_size\":6}}";
    assertThat(send("POST", one + "/action", more).status).as("before 3.42").isEqualTo(400);
    assertThat(send("POST", one + "/action", more, volume("3.42")).status).isEqualTo(202);
    awaitVolume(one, "in-use");
    assertThat(send("GET", one, null).json().at("/volume/size").asInt()).isEqualTo(6);
  }

  private void awaitVolume(String url, String status) throws Exception {
    Instant until = Instant.now().plusSeconds(20);
    String seen = "";
    while (!seen.equals(status) && Instant.now().isBefore(until)) {
      Thread.sleep(20);
      seen = send("GET", url, null).json().at("/volume/status").asText();
    }
    assertThat(seen).isEqualTo(status);
  }

  @Test
  void keepsAPortsFilterWhileItHasGroups() throws Exception {
    String port = "/ports/" + makePort();
    Answer refused = network("PUT", port, "{\"port\":{\"port_security_enabled\":false}}");
    assertThat(refused.status).isEqualTo(409);
    assertThat(
            network(
                    "PUT",
                    port,
                    "{\"port\":{\"port_security_enabled\":false,\"security_groups\":[]}}")
                .status)
        .isEqualTo(200);
    assertThat(network("PUT", port, "{\"port\":{\"mac_address\":\"fa:16:3e:00:00:01\"}}").status)
        .isEqualTo(403);
  }

  @Test
  void showsADeletedServerToThoseWhoAskWhatChanged() throws Exception {
    Instant before = Instant.now().minusSeconds(2);
    String server = makeServer("web", null);
    compute("DELETE", "/servers/" + server, null);
    awaitGone(server);

    JsonNode changed =
        compute(
                "GET",
                "/servers/detail?changes-since=" + before.toString().substring(0, 19) + "Z",
                null)
            .json();

    assertThat(changed.at("/servers/0/status").asText()).isEqualTo("DELETED");
    assertThat(compute("GET", "/servers/detail", null).json().path("servers")).isEmpty();
  }

  @Test
  void keepsAChangedServersPlaceWhenItIsDeletedBetweenTwoPages() throws Exception {
    String before = seconds(Instant.now().minusSeconds(2));
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(0, makeServer("s" + i, null));
    }
    String list = "/servers/detail?limit=1&changes-since=" + before;
    List<String> seen = new ArrayList<>();
    seen.add(compute("GET", list, null).json().at("/servers/0/id").asText());
    compute("DELETE", "/servers/" + made.get(0), null);
    awaitGone(made.get(0));
    JsonNode page = compute("GET", list + "&marker=" + made.get(0), null).json();
    seen.add(page.at("/servers/0/id").asText());
    seen.add(
        compute("GET", list + "&marker=" + made.get(1), null).json().at("/servers/0/id").asText());

    assertThat(seen).isEqualTo(made);
  }

  @Test
  void tellsOnlyWhatChangedInNeutronSinceATime() throws Exception {
    String port = makePort();
    String later = seconds(Instant.now().plusSeconds(60));
    String sooner = seconds(Instant.now().minusSeconds(60));

    assertThat(network("GET", "/ports?changed_since=" + later, null).json().path("ports"))
        .isEmpty();
    JsonNode changed =
        network("GET", "/ports?fields=id&fields=updated_at&changed_since=" + sooner, null)
            .json()
            .path("ports");
    assertThat(changed.findValuesAsText("id")).containsExactly(port);
    assertThat(changed.get(0)).hasSize(2);
    assertThat(network("GET", "/ports?changed_since=yesterday", null).status).isEqualTo(400);
    assertThat(network("GET", "/extensions/standard-attr-timestamp", null).status).isEqualTo(200);
  }

  @Test
  void countsInItsQuotasWhatAProjectUses() throws Exception {
    makePort();
    String project = network("GET", "/ports", null).json().at("/ports/0/project_id").asText();

    JsonNode quota = network("GET", "/quotas/" + project + "/details.json", null).json();

    assertThat(quota.at("/quota/port/used").asInt()).isEqualTo(1);
    assertThat(quota.at("/quota/network/used").asInt()).isEqualTo(1);
    assertThat(quota.at("/quota/floatingip/used").asInt()).isZero();
  }

  @Test
  void changesTheTimeAndTheRevisionOfAPortThatIsPluggedIn() throws Exception {
    String port = makePort();
    int before = network("GET", "/ports/" + port, null).json().at("/port/revision_number").asInt();

    awaitStatus(makeServer("web", "{\"port\":\"" + port + "\"}"), "ACTIVE");

    assertThat(network("GET", "/ports/" + port, null).json().at("/port/revision_number").asInt())
        .isGreaterThan(before);
  }

  @Test
  void comparesTheTimesOfVolumesAndCountsThem() throws Exception {
    String project = project();
    String volumes = root() + "/volume/v3/" + project + "/volumes";
    send("POST", volumes, "{\"volume\":{\"name\":\"v\",\"size\":2}}");
    String sooner = seconds(Instant.now().minusSeconds(60));
    String later = seconds(Instant.now().plusSeconds(60));

    assertThat(volumes(volumes + "/detail?created_at=gte:" + sooner)).isEqualTo(1);
    assertThat(volumes(volumes + "/detail?created_at=gte:" + sooner + ",gt:" + later)).isZero();
    assertThat(volumes(volumes + "/detail?updated_at=gte:" + later)).isZero();
    assertThat(
            send("GET", volumes + "/detail?updated_at=about:" + later, null, volume("3.60")).status)
        .isEqualTo(400);
    JsonNode summary =
        send("GET", volumes + "/summary", null, volume("3.12")).json().path("volume-summary");
    assertThat(summary.toString()).isEqualTo("{\"total_size\":2,\"total_count\":1}");
    assertThat(send("GET", volumes + "/summary", null, volume("3.11")).status).isEqualTo(404);
    assertThat(
            send("GET", volumes + "?with_count=true&limit=1", null, volume("3.45"))
                .json()
                .path("count")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void datesItsAnswers() throws Exception {
    for (Answer answer :
        List.of(
            compute("GET", "/servers", null),
            network("GET", "/ports", null),
            send("GET", root() + "/volume/v3/" + project() + "/volumes", null))) {
      assertThat(DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.header("Date"), Instant::from))
          .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(30));
    }
  }

  private int volumes(String url) throws Exception {
    return send("GET", url, null, volume("3.60")).json().path("volumes").size();
  }

  private static String[] volume(String version) {
    return new String[] {"OpenStack-API-Version", "volume " + version};
  }

  private String project() throws Exception {
    return send("GET", keystone() + "/auth/projects", null).json().at("/projects/0/id").asText();
  }

  private static String seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Test
  void hidesWhatBelongsToAnotherProject() throws Exception {
    String net = makeNetwork("10.9.0.0/24");
    String server = makeServer("web", null);
    token = signIn("globex", "globex-demo");

    assertThat(network("GET", "/networks/" + net, null).status).isEqualTo(404);
    assertThat(compute("GET", "/servers/" + server, null).status).isEqualTo(404);
    assertThat(compute("GET", "/servers", null).json().path("servers")).isEmpty();
  }

  @Test
  void remembersEverythingOverARestart() throws Exception {
    String server = makeServer("web", null);
    String net = makeNetwork("10.9.0.0/24");

    sandbox.close();
    launch();

    assertThat(network("GET", "/networks/" + net, null).status).isEqualTo(200);
    awaitStatus(server, "ACTIVE");
  }

  @Test
  void losesAnAnswerAfterItsEffect() throws Exception {
    weather(
        "{\"rules\":[{\"service\":\"network\",\"method\":\"POST\",\"lose_rate\":1,\"times\":1}]}");

    assertThatIOException()
        .isThrownBy(() -> network("POST", "/networks", "{\"network\":{\"name\":\"lost\"}}"));

    assertThat(network("GET", "/networks?name=lost", null).json().path("networks")).hasSize(1);
  }

  @Test
  void tellsWhatItKeepsWhateverTheWeather() throws Exception {
    String net = makeNetwork("10.77.0.0/24");
    weather("{\"rules\":[{\"outage\":\"refuse\"}]}");

    JsonNode kept = send("GET", control() + "/clouds/one/rows/networks", null).json();
    send("DELETE", control() + "/weather", null);

    assertThat(kept.findValuesAsText("id")).contains(net);
    assertThat(send("GET", control() + "/clouds/one/rows/elephants", null).json())
        .allSatisfy(region -> assertThat(region).isEmpty());
  }

  @Test
  void refusesConnectionsDuringAnOutageAndComesBack() throws Exception {
    weather("{\"rules\":[{\"outage\":\"refuse\"}]}");
    assertThatIOException().isThrownBy(() -> compute("GET", "/servers", null));

    assertThat(send("DELETE", control() + "/clouds/one/weather", null).status).isEqualTo(204);

    assertThat(compute("GET", "/servers", null).status).isEqualTo(200);
  }

  @Test
  void tellsWhenToComeBackBeyondTheRateLimit() throws Exception {
    weather("{\"rules\":[{\"service\":\"compute\",\"per_second\":1,\"retry_after\":4}]}");
    compute("GET", "/servers", null);

    Answer limited = compute("GET", "/servers", null);

    assertThat(limited.status).isEqualTo(429);
    assertThat(limited.header("Retry-After")).isEqualTo("4");
  }

  @Test
  void answersInHtmlOrGarbageInTheServicesPlace() throws Exception {
    weather("{\"rules\":[{\"answer\":\"html\",\"error_status\":502}]}");
    Answer page = compute("GET", "/servers", null);
    assertThat(page.status).isEqualTo(502);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body).startsWith("<!DOCTYPE html>").contains("502 Bad Gateway");

    weather("{\"rules\":[{\"answer\":\"garbage\",\"method\":\"POST\"}]}");
    Answer garbage = network("POST", "/networks", "{\"network\":{\"name\":\"no\"}}");
    assertThat(garbage.status).isEqualTo(200);
    assertThatIOException().isThrownBy(() -> Json.MAPPER.readTree(garbage.body));
    assertThat(network("GET", "/networks?name=no", null).json().path("networks")).isEmpty();
  }

  @Test
  void hasNoRoomWhileItsCapacityIsExhausted() throws Exception {
    weather("{\"rules\":[{\"exhausted\":\"capacity\"}]}");
    String server = makeServer("web", null);
    awaitStatus(server, "ERROR");
    assertThat(show(server).at("/fault/message").asText()).startsWith("No valid host was found");

    weather("{\"rules\":[]}");

    awaitStatus(makeServer("web2", null), "ACTIVE");
  }

  @Test
  void hasNothingLeftWhileItsQuotaIsExhausted() throws Exception {
    weather("{\"rules\":[{\"exhausted\":\"quota\",\"service\":\"compute\"}]}");

    Answer refused = compute("POST", "/servers", serverBody("web", null));

    assertThat(refused.status).isEqualTo(403);
    assertThat(refused.json().at("/forbidden/message").asText()).startsWith("Quota exceeded for");
    assertThat(network("POST", "/networks", "{\"network\":{\"name\":\"n\"}}").status)
        .isEqualTo(201);
  }

  @Test
  void showsACertificateWhoseTimeIsOverAndTheGoodOneAgain() throws Exception {
    sandbox.close();
    Files.writeString(
        folder.resolve("federation.yaml"),
        FEDERATION.replace("country: FR", "country: FR\n    tls: true"));
    launch();
    String versions = "https://127.0.0.1:" + port + "/identity/v3";
    assertThat(statusOf(trusting().send(get(versions), BodyHandlers.ofString()))).isEqualTo(200);

    weather("{\"rules\":[{\"certificate\":\"expired\"}]}");
    assertThatThrownBy(() -> trusting().send(get(versions), BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class)
        .rootCause()
        .isInstanceOf(CertificateExpiredException.class);

    send("DELETE", control() + "/weather", null);
    assertThat(statusOf(trusting().send(get(versions), BodyHandlers.ofString()))).isEqualTo(200);
  }

  @Test
  void opensAPortAgainThatWasClosedWhileManyKnocked() throws Exception {
    URI versions = URI.create("http://127.0.0.1:" + port + "/identity/v3");
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> knocking =
        Stream.generate(() -> new Thread(() -> knock(versions, over))).limit(4).toList();
    knocking.forEach(Thread::start);
    try {
      for (int time = 0; time < 20; time++) {
        weather("{\"rules\":[{\"outage\":\"refuse\"}]}");
        assertThat(send("DELETE", control() + "/weather", null).status).isLessThan(300);
        assertThat(send("GET", versions.toString(), null).status).isEqualTo(200);
      }
    } finally {
      over.set(true);
      for (Thread each : knocking) {
        each.join();
      }
    }
  }

  /** One connection after the other, whatever becomes of it. */
  private static void knock(URI address, AtomicBoolean over) {
    while (!over.get()) {
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        socket.getOutputStream().write('G');
      } catch (IOException closed) {
        Thread.onSpinWait();
      }
    }
  }

  private static int statusOf(HttpResponse<String> answer) {
    return answer.statusCode();
  }

  private static HttpRequest get(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
  }

  /** One that trusts the authority which the clouds.yaml names. */
  private HttpClient trusting() throws Exception {
    String pem =
        Files.readAllLines(folder.resolve("clouds.yaml")).stream()
            .filter(line -> line.strip().startsWith("cacert:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip().replace("\"", ""))
            .findFirst()
            .orElseThrow();
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(pem))) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  @Test
  void refusesACertificateForACloudThatShowsNone() throws Exception {
    Answer refused =
        send(
            "PUT",
            control() + "/clouds/one/weather",
            "{\"rules\":[{\"certificate\":\"expired\"}]}");

    assertThat(refused.status).isEqualTo(400);
    assertThat(refused.json().path("error").asText()).contains("rules[0]", "one", "tls: true");
  }

  @Test
  void tellsItsWeatherInWordsAndAddsToIt() throws Exception {
    weather("{\"rules\":[{\"service\":\"compute\",\"latency_ms\":20}]}");
    Answer added =
        send("POST", control() + "/clouds/one/weather/rules", "{\"exhausted\":\"quota\"}");
    assertThat(added.json().path("rules")).hasSize(2);

    Answer words = send("GET", control() + "/weather", null, "Accept", "text/plain");
    assertThat(words.body.lines())
        .containsExactly("one        20 ms more of compute", "one        no quota left");

    send("DELETE", control() + "/weather", null);
    assertThat(send("GET", control() + "/weather", null, "Accept", "text/plain").body)
        .isEqualToIgnoringNewLines("one        fine");
    Answer wrong =
        send(
            "POST",
            control() + "/clouds/one/weather/rules",
            "{\"region\":\"X\"}",
            "Accept",
            "text/plain");
    assertThat(wrong.status).isEqualTo(400);
    assertThat(wrong.body).isEqualTo("no region 'X' in cloud one; there are [R]");
  }

  @Test
  void countsWhatEachRequestCaused() throws Exception {
    String request = "req-00000000-0000-4000-8000-000000000001";
    send("DELETE", control() + "/calls", null);
    for (int i = 0; i < 3; i++) {
      send("GET", network() + "/networks", null, "X-Openstack-Request-Id", request);
    }
    send("GET", network() + "/networks", null);

    JsonNode requests = send("GET", control() + "/requests", null).json().path("requests");
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).path("request").asText()).isEqualTo(request);
    assertThat(requests.get(0).path("total").asInt()).isEqualTo(3);
    assertThat(requests.get(0).at("/clouds/one").asInt()).isEqualTo(3);
  }

  @Test
  void namesThePortThatIsTakenAndForWhom() throws Exception {
    sandbox.close();
    try (ServerSocket other = new ServerSocket(port)) {
      assertThatThrownBy(this::launch)
          .hasMessageContaining("port %d, wanted for cloud one,", other.getLocalPort());
    } finally {
      launch();
    }
  }

  @Test
  void findsLoadBalancersByTagPageByPageAndTellsFaultsAsOctaviaDoes() throws Exception {
    String net = makeNetwork("10.9.0.0/24");
    for (String tag : new String[] {"blue", "red", "blue"}) {
      Answer made =
          balancing(
              "POST",
              "/loadbalancers",
              "{\"loadbalancer\":{\"vip_network_id\":\"" + net + "\",\"tags\":[\"" + tag + "\"]}}");
      assertThat(made.status).as(made.body).isEqualTo(201);
    }

    JsonNode first = balancing("GET", "/loadbalancers?tags=blue&limit=1", null).json();
    String next = first.at("/loadbalancers_links/0/href").asText();
    JsonNode second = send("GET", next, null).json();
    Answer refused = balancing("POST", "/listeners", "{\"listener\":{\"protocol\":\"FTP\"}}");

    assertThat(first.path("loadbalancers")).hasSize(1);
    assertThat(second.path("loadbalancers")).hasSize(1);
    assertThat(second.at("/loadbalancers/0/id")).isNotEqualTo(first.at("/loadbalancers/0/id"));
    assertThat(balancing("GET", "/loadbalancers?not-tags=blue", null).json().path("loadbalancers"))
        .hasSize(1);
    assertThat(refused.status).isEqualTo(400);
    assertThat(refused.json().path("faultcode").asText()).isEqualTo("Client");
    assertThat(refused.json().path("faultstring").asText())
        .startsWith("Invalid input for field/attribute protocol. Value: 'FTP'.");
    assertThat(refused.json().path("debuginfo").isNull()).isTrue();
    assertThat(
            send("GET", root() + "/load-balancer/", null)
                .json()
                .at("/versions")
                .findValuesAsText("status"))
        .contains("CURRENT");
  }

  @Test
  void namesTheMistakeInARule() throws Exception {
    Answer answer = send("PUT", control() + "/clouds/one/weather", "{\"rules\":[{\"latency\":3}]}");

    assertThat(answer.status).isEqualTo(400);
    assertThat(answer.json().path("error").asText()).contains("latency");
  }

  @Test
  void countsCallsByRoute() throws Exception {
    send("DELETE", control() + "/calls", null);
    String server = makeServer("web", null);
    show(server);
    show(server);

    JsonNode calls = send("GET", control() + "/clouds/one/calls", null).json();

    assertThat(calls.path("calls").toString())
        .contains("\"method\":\"GET\",\"route\":\"/v2.1/servers/{id}\",\"status\":200,\"count\":2");
  }

  @Test
  void signsInWithAnApplicationCredentialUntilItIsDeleted() throws Exception {
    JsonNode me = send("GET", keystone() + "/auth/projects", null).json();
    assertThat(me.at("/projects/0/name").asText()).isEqualTo("acme-demo");
    String user =
        send("GET", keystone() + "/auth/tokens", null, "X-Subject-Token", token)
            .json()
            .at("/token/user/id")
            .asText();
    String list = keystone() + "/users/" + user + "/application_credentials";
    JsonNode made =
        send("POST", list, "{\"application_credential\":{\"name\":\"ci\"}}")
            .json()
            .path("application_credential");
    String body =
        "{\"auth\":{\"identity\":{\"methods\":[\"application_credential\"],\"application_credential\":{\"id\":\""
            + made.path("id").asText()
            + "\",\"secret\":\""
            + made.path("secret").asText()
            + "\"}}}}";
    assertThat(send("POST", keystone() + "/auth/tokens", body).status).isEqualTo(201);

    send("DELETE", list + "/" + made.path("id").asText(), null);

    assertThat(send("POST", keystone() + "/auth/tokens", body).status).isEqualTo(401);
  }

  @Test
  void refusesARevokedToken() throws Exception {
    send("DELETE", keystone() + "/auth/tokens", null, "X-Subject-Token", token);

    Answer answer = compute("GET", "/servers", null);

    assertThat(answer.status).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("/identity/v3");
  }

  private void launch() throws IOException {
    sandbox =
        Sandbox.start(
            Options.parse(
                "--base-port", String.valueOf(port),
                "--federation", folder.resolve("federation.yaml").toString(),
                "--state", folder.resolve("state").toString(),
                "--clouds-yaml", folder.resolve("clouds.yaml").toString()));
  }

  private String root() {
    return "http://127.0.0.1:" + port;
  }

  private String keystone() {
    return root() + "/identity/v3";
  }

  private String network() {
    return root() + "/network/v2.0";
  }

  private String control() {
    return "http://127.0.0.1:" + (port + 90) + "/_sandbox";
  }

  private String signIn(String user, String project) throws Exception {
    String body =
        "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\""
            + user
            + "\",\"domain\":{\"name\":\"Default\"},\"password\":\"secret\"}}},\"scope\":{\"project\":{\"name\":\""
            + project
            + "\",\"domain\":{\"id\":\"default\"}}}}}";
    return send("POST", keystone() + "/auth/tokens", body).header("X-Subject-Token");
  }

  private void weather(String rules) throws Exception {
    assertThat(send("PUT", control() + "/clouds/one/weather", rules).status).isEqualTo(200);
  }

  private String makeNetwork(String cidr) throws Exception {
    String net =
        network("POST", "/networks", "{\"network\":{\"name\":\"n\"}}")
            .json()
            .at("/network/id")
            .asText();
    network(
        "POST",
        "/subnets",
        "{\"subnet\":{\"network_id\":\"" + net + "\",\"ip_version\":4,\"cidr\":\"" + cidr + "\"}}");
    return net;
  }

  private String makePort() throws Exception {
    String net = makeNetwork("10.9.0.0/24");
    return network("POST", "/ports", "{\"port\":{\"network_id\":\"" + net + "\"}}")
        .json()
        .at("/port/id")
        .asText();
  }

  private String serverBody(String name, String nic) throws Exception {
    String image =
        send("GET", root() + "/image/v2/images", null).json().at("/images/0/id").asText();
    return "{\"server\":{\"name\":\""
        + name
        + "\",\"flavorRef\":\"1\",\"imageRef\":\""
        + image
        + "\",\"networks\":"
        + (nic == null ? "\"none\"" : "[" + nic + "]")
        + "}}";
  }

  private String makeServer(String name, String nic) throws Exception {
    Answer answer = compute("POST", "/servers", serverBody(name, nic));
    assertThat(answer.status).as(answer.body).isEqualTo(202);
    return answer.json().at("/server/id").asText();
  }

  private Answer group(String group) throws Exception {
    return compute("POST", "/os-server-groups", "{\"server_group\":" + group + "}");
  }

  private String makeGroup(String group) throws Exception {
    Answer answer = group(group);
    assertThat(answer.status).as(answer.body).isEqualTo(200);
    return answer.json().at("/server_group/id").asText();
  }

  private String makeServerIn(String group) throws Exception {
    String body = serverBody("member", null);
    String hinted =
        body.substring(0, body.length() - 1)
            + ",\"os:scheduler_hints\":{\"group\":\""
            + group
            + "\"}}";
    return compute("POST", "/servers", hinted).json().at("/server/id").asText();
  }

  private JsonNode show(String server) throws Exception {
    return compute("GET", "/servers/" + server, null).json().path("server");
  }

  private void awaitStatus(String server, String status) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!show(server).path("status").asText().equals(status)) {
      assertThat(Instant.now()).as("%s never became %s", show(server), status).isBefore(end);
      Thread.onSpinWait();
    }
  }

  private void awaitGone(String server) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (compute("GET", "/servers/" + server, null).status != 404) {
      assertThat(Instant.now()).isBefore(end);
      Thread.onSpinWait();
    }
  }

  private Answer compute(String method, String path, String body) throws Exception {
    return send(
        method, root() + "/compute/v2.1" + path, body, "OpenStack-API-Version", "compute 2.90");
  }

  private Answer network(String method, String path, String body) throws Exception {
    return send(method, network() + path, body);
  }

  private Answer balancing(String method, String path, String body) throws Exception {
    return send(method, root() + "/load-balancer/v2/lbaas" + path, body);
  }

  private Answer send(String method, String url, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("X-Auth-Token", token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response);
  }

  private record Answer(int status, String body, HttpResponse<String> response) {
    JsonNode json() throws IOException {
      return Json.MAPPER.readTree(body);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }
  }
}
