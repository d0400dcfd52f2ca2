package io.isthmus.itests.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is in clouds is known here half a minute later, to those whose it is. */
@Tag("container")
@BesideOthers
class MirrorIT {

  /** What is promised, and as much again for a machine that does much else. */
  private static final Duration SHOWN = Duration.ofSeconds(60);

  private static final String NAME = "mirrored-7c1";

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.77.1.0/24}}
        web:
          type: OS::Nova::Server
          properties: {name: %s, flavor: m1.small, image: debian-12, networks: [{subnet: {get_resource: subnet}}]}
      """
          .formatted(NAME);

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: [{name: there, clouds: {any_of: [gra]}}]
      """;

  private static final String SERVERS = "/mirror/resources?kind=server&name=" + NAME;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private final Person admin = new Person(system, "admin");

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
  }

  @Test
  void whatAStackMakesIsListedFoundAndGoneAndNobodyElseSeesIt() throws Exception {
    StackUnderTest stack =
        StackUnderTest.of(alice, alice.plan("mirrored", TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();
    JsonObject server =
        Await.until(
                SHOWN,
                "the server is listed as active",
                () -> alice.list(SERVERS + "&status=active&cloud=gra&stack=ours"),
                found -> !found.isEmpty())
            .get(0);
    assertThat(server.getString("stack")).isEqualTo(stack.id());
    assertThat(server.getString("resource")).isEqualTo("web");
    assertThat(server.getString("kept")).isEqualTo("whole");
    assertThat(server.containsKey("details")).isFalse();
    assertThat(server.getJsonArray("addresses").toString()).contains("10.77.1.");

    JsonObject held =
        alice.list("/quotas/holdings").stream()
            .filter(one -> one.getString("cloud").equals("gra"))
            .filter(one -> one.getString("region").equals(server.getString("region")))
            .findFirst()
            .orElseThrow()
            .getJsonObject("amounts")
            .getJsonObject("instances");
    assertThat(held.getInt("planned")).isPositive();
    assertThat(held.getInt("in_cloud") - held.getInt("outside")).isPositive();
    assertThat(held.getString("read_at")).isNotEmpty();

    String path =
        "/mirror/resources/gra/%s/server/%s"
            .formatted(server.getString("region"), server.getString("id"));
    assertThat(alice.look(path).asJsonObject().getJsonObject("details")).isNotEmpty();
    assertThat(alice.list("/search?q=" + NAME))
        .anyMatch(hit -> hit.getString("kind").equals("in_cloud"));
    String address = server.getJsonArray("addresses").getString(0);
    assertThat(
            alice.list(
                "/mirror/resources?kind=port&address="
                    + URLEncoder.encode(address, StandardCharsets.UTF_8)))
        .isNotEmpty();

    assertThat(bob.list(SERVERS)).isEmpty();
    assertThat(bob.get(path).statusCode()).isEqualTo(404);
    assertThat(bob.get(path + "?project=acme/demo").statusCode()).isEqualTo(404);
    assertThat(bob.list("/search?q=" + NAME)).isEmpty();

    stack.delete();
    Await.until(
        SHOWN, "the server is not listed any more", () -> alice.list(SERVERS), List::isEmpty);
  }

  @Test
  void administratorsSeeAgesAndNoTenantsThings() throws Exception {
    List<JsonObject> ages =
        Await.until(
            SHOWN,
            "every list was read",
            () -> admin.list("/mirror"),
            all -> !all.isEmpty() && all.stream().allMatch(age -> age.containsKey("read_at")));
    assertThat(ages).allMatch(age -> age.containsKey("strays"));
    assertThat(alice.get("/mirror/strays").statusCode()).isEqualTo(403);
    assertThat(admin.list("/mirror/strays")).isNotNull();
    assertThat(admin.get("/mirror/resources?kind=server&project=acme/demo").statusCode())
        .isEqualTo(404);
  }

  @Test
  void whatIsWrongInAQuestionIsToldByItsName() throws Exception {
    assertThat(alice.get("/mirror/resources?kind=elephant").body()).contains("kind", "elephant");
    assertThat(alice.get("/mirror/resources?kind=port&address=oops").body()).contains("address");
    assertThat(alice.get("/mirror/resources?kind=port&cursor=oops").body()).contains("cursor");
    assertThat(alice.get("/mirror/resources?kind=port&sort=size").body()).contains("sort");
  }
}
