package io.isthmus.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.isthmus.sandbox.http.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers are heard at their floating IPs, until they, their service or their cloud are gone. */
class GuestsTest {

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
          flavors: [{ id: "1", name: small, vcpus: 1, ram: 512, disk: 1 }]
          images: [{ name: debian, os_distro: debian, os_version: "12" }]
          external_network: { name: public, cidrs: [127.77.0.0/28] }
          projects: [{ name: acme-demo, tenant: acme/demo, user: acme, password: secret }]
          timing: { server_build: 100ms, server_delete: 50ms, volume_create: 20ms, volume_delete: 20ms }
      """;

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  private int service;
  private Sandbox sandbox;
  private String token;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("federation.yaml"), FEDERATION);
    try (ServerSocket free = new ServerSocket(0)) {
      service = free.getLocalPort();
    }
    for (int tries = 0; sandbox == null; tries++) {
      try (ServerSocket free = new ServerSocket(0)) {
        port = Math.min(free.getLocalPort(), 64000);
      }
      try {
        sandbox =
            Sandbox.start(
                Options.parse(
                    "--base-port", String.valueOf(port),
                    "--federation", folder.resolve("federation.yaml").toString()));
      } catch (Sandbox.PortTaken busy) {
        assertThat(tries).isLessThan(20);
      }
    }
    HttpResponse<String> signedIn =
        ask(
            "POST",
            "/identity/v3/auth/tokens",
            "{'auth':{'identity':{'methods':['password'],'password':{'user':{'name':'acme',"
                + "'domain':{'name':'Default'},'password':'secret'}}},'scope':{'project':"
                + "{'name':'acme-demo','domain':{'id':'default'}}}}}");
    token = signedIn.headers().firstValue("X-Subject-Token").orElseThrow();
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    return send(method, "http://127.0.0.1:" + port + path, body);
  }

  private HttpResponse<String> control(String method, String path, String body) throws Exception {
    return send(method, "http://127.0.0.1:" + (port + 90) + "/_sandbox" + path, body);
  }

  private HttpResponse<String> send(String method, String url, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    if (token != null) {
      request.header("X-Auth-Token", token);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode made(String path, String body) throws Exception {
    HttpResponse<String> answer = ask("POST", path, body);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 299);
    return Json.MAPPER.readTree(answer.body());
  }

  /** A server behind a floating IP: it, where it is heard, its network and its group. */
  private String[] server() throws Exception {
    String net =
        made("/network/v2.0/networks", "{'network':{'name':'n'}}").at("/network/id").asText();
    String subnet =
        made(
                "/network/v2.0/subnets",
                "{'subnet':{'network_id':'" + net + "','ip_version':4,'cidr':'10.9.0.0/24'}}")
            .at("/subnet/id")
            .asText();
    String outside =
        Json.MAPPER
            .readTree(ask("GET", "/network/v2.0/networks?router:external=true", null).body())
            .at("/networks/0/id")
            .asText();
    String router =
        made(
                "/network/v2.0/routers",
                "{'router':{'external_gateway_info':{'network_id':'" + outside + "'}}}")
            .at("/router/id")
            .asText();
    assertThat(
            ask(
                    "PUT",
                    "/network/v2.0/routers/" + router + "/add_router_interface",
                    "{'subnet_id':'" + subnet + "'}")
                .statusCode())
        .isEqualTo(200);
    String group =
        made("/network/v2.0/security-groups", "{'security_group':{'name':'doors'}}")
            .at("/security_group/id")
            .asText();
    made(
        "/network/v2.0/security-group-rules",
        ("{'security_group_rule':{'security_group_id':'%s','direction':'ingress','protocol':'tcp',"
                + "'port_range_min':%d,'port_range_max':%d}}")
            .formatted(group, service, service));
    String[] web = server("web", net, group);
    String address =
        made(
                "/network/v2.0/floatingips",
                "{'floatingip':{'floating_network_id':'"
                    + outside
                    + "','port_id':'"
                    + web[1]
                    + "'}}")
            .at("/floatingip/floating_ip_address")
            .asText();
    assertThat(address).startsWith("127.77.0.");
    return new String[] {web[0], address, net, group};
  }

  /** A server in a network: it, and its port. */
  private String[] server(String name, String net, String group) throws Exception {
    String nic =
        made(
                "/network/v2.0/ports",
                "{'port':{'network_id':'" + net + "','security_groups':['" + group + "']}}")
            .at("/port/id")
            .asText();
    String image =
        Json.MAPPER
            .readTree(ask("GET", "/image/v2/images", null).body())
            .at("/images/0/id")
            .asText();
    String server =
        made(
                "/compute/v2.1/servers",
                "{'server':{'name':'%s','flavorRef':'1','imageRef':'%s','networks':[{'port':'%s'}]}}"
                    .formatted(name, image, nic))
            .at("/server/id")
            .asText();
    return new String[] {server, nic};
  }

  private String heard(String address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, service), 1000);
    } catch (IOException refused) {
      return "nobody";
    }
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://" + address + ":" + service + "/health"))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body().strip();
    } catch (IOException gone) {
      return "nobody";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(Callable<String> what, String wanted) throws Exception {
    Instant end = Instant.now().plusSeconds(20);
    String seen = what.call();
    while (!seen.equals(wanted)) {
      assertThat(Instant.now()).as("%s is not %s", seen, wanted).isBefore(end);
      Thread.sleep(50);
      seen = what.call();
    }
  }

  @Test
  void aServerIsHeardUntilItOrItsServiceOrItsCloudIsGone() throws Exception {
    String[] made = server();
    String server = made[0];
    String address = made[1];
    await(() -> heard(address), "200 web in one");
    JsonNode guests = Json.MAPPER.readTree(control("GET", "/clouds/one/guests", null).body());
    assertThat(guests.at("/guests/0/server").asText()).isEqualTo(server);
    assertThat(guests.at("/guests/0/address").asText()).isEqualTo(address);
    assertThat(guests.at("/guests/0/port").asInt()).isEqualTo(service);

    assertThat(control("PUT", "/clouds/one/guests/" + server, "{'silent': true}").statusCode())
        .isEqualTo(204);
    await(() -> heard(address), "nobody");
    assertThat(ask("GET", "/compute/v2.1/servers/" + server, null).body()).contains("ACTIVE");
    control("PUT", "/clouds/one/guests/" + server, "{'silent': false}");
    await(() -> heard(address), "200 web in one");

    control("PUT", "/clouds/one/weather", "{'rules': [{'outage': 'refuse'}]}");
    for (int look = 0; look < 4; look++) {
      assertThat(heard(address)).as("its cloud's API alone is away").isEqualTo("200 web in one");
      awaitALook();
    }
    control("PUT", "/clouds/one/weather", "{'rules': [{'outage': 'dark'}]}");
    await(() -> heard(address), "nobody");
    control("DELETE", "/clouds/one/weather", null);
    await(() -> heard(address), "200 web in one");

    ask("POST", "/compute/v2.1/servers/" + server + "/action", "{'os-stop': null}");
    await(() -> heard(address), "nobody");
  }

  @Test
  void aFloatingIpIsHeardAtOnceOfTheServerThatItGoesTo() throws Exception {
    String[] made = server();
    String address = made[1];
    await(() -> heard(address), "200 web in one");
    String port = server("other", made[2], made[3])[1];
    String floating =
        Json.MAPPER
            .readTree(ask("GET", "/network/v2.0/floatingips", null).body())
            .at("/floatingips/0/id")
            .asText();
    assertThat(
            ask(
                    "PUT",
                    "/network/v2.0/floatingips/" + floating,
                    "{'floatingip':{'port_id':'" + port + "'}}")
                .statusCode())
        .isEqualTo(200);
    await(() -> heard(address), "200 other in one");
  }

  @Test
  void whatCouldNotBeOpenedIsTriedAgain() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.77.0.2", service));
      // Whichever address it gets, it is taken.
      List<ServerSocket> all = new ArrayList<>(List.of(taken));
      for (int last = 3; last < 15; last++) {
        ServerSocket more = new ServerSocket();
        more.bind(new InetSocketAddress("127.77.0." + last, service));
        all.add(more);
      }
      String[] made = server();
      await(() -> status(made[0]), "ACTIVE");
      awaitALook();
      assertThat(guests()).isEmpty();
      for (ServerSocket one : all) {
        one.close();
      }
      await(() -> heard(made[1]), "200 web in one");
    }
  }

  @Test
  void nobodyIsHeardAtAnAddressOfAProjectsOwnNetwork() throws Exception {
    String[] made = server();
    await(() -> heard(made[1]), "200 web in one");
    String net =
        made("/network/v2.0/networks", "{'network':{'name':'own'}}").at("/network/id").asText();
    made(
        "/network/v2.0/subnets",
        "{'subnet':{'network_id':'" + net + "','ip_version':4,'cidr':'127.77.0.0/28'}}");
    String port = server("own", net, made[3])[1];
    String own =
        Json.MAPPER
            .readTree(ask("GET", "/network/v2.0/ports/" + port, null).body())
            .at("/port/fixed_ips/0/ip_address")
            .asText();
    assertThat(own).startsWith("127.77.0.");
    awaitALook();
    awaitALook();
    assertThat(guests()).hasSize(1);
    assertThat(guests().get(0).path("name").asText()).isEqualTo("web");
  }

  private String status(String server) throws Exception {
    return Json.MAPPER
        .readTree(ask("GET", "/compute/v2.1/servers/" + server, null).body())
        .at("/server/status")
        .asText();
  }

  private JsonNode guests() throws Exception {
    return Json.MAPPER.readTree(control("GET", "/clouds/one/guests", null).body()).path("guests");
  }

  /** Until the clouds have been looked at whole once more. */
  private void awaitALook() throws Exception {
    long before = looks();
    await(() -> String.valueOf(looks() > before + 1), "true");
  }

  private long looks() throws Exception {
    return Json.MAPPER
        .readTree(control("GET", "/clouds/one/guests", null).body())
        .path("looks")
        .asLong();
  }

  @Test
  void aMistakeIsTold() throws Exception {
    assertThat(control("PUT", "/clouds/one/guests/none", "{'silent': true}").statusCode())
        .isEqualTo(404);
    assertThat(control("GET", "/clouds/none/guests", null).statusCode()).isEqualTo(404);
    String server = server()[0];
    assertThat(control("PUT", "/clouds/one/guests/" + server, "{'silent': 'yes'}").body())
        .contains("silent");
    assertThat(
            control(
                    "PUT",
                    "/clouds/one/weather",
                    "{'rules': [{'outage': 'dark', 'service': 'compute'}]}")
                .statusCode())
        .isEqualTo(400);
  }
}
