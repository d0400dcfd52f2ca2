package io.isthmus.openstack.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OctaviaDriversTest {
  private static final String LBAAS = "/load-balancer/v2/lbaas";
  private static final String POOL = "11111111-2222-4333-8444-555555555555";
  private static final String SUBNET = "21111111-2222-4333-8444-555555555555";
  private static final String MEMBERS = LBAAS + "/pools/" + POOL + "/members";

  private final ScriptedCloud cloud = new ScriptedCloud().balancing();
  private final Clouds clouds = ScriptedCloud.clouds(ScriptedCloud.config());
  private final DesiredPart balancer =
      Parts.of("balancer", "OS::Octavia::LoadBalancer", "{'vip_subnet': '" + SUBNET + "'}");
  private final DesiredPart member = member("web/0/member");

  private static DesiredPart member(String resource) {
    return Parts.of(
        resource,
        "OS::Octavia::PoolMember",
        "{'pool': '" + POOL + "', 'address': '10.0.0.9', 'protocol_port': 80}");
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(60);
  }

  private static String marked(String id, DesiredPart part, String status) {
    return "{'id': '"
        + id
        + "', 'provisioning_status': '"
        + status
        + "', 'created_at': '2026-11-26T07:00:00', 'tags': ['"
        + Marks.tag(Parts.STACK)
        + "', '"
        + Marks.text(part.mark())
        + "']}";
  }

  private static Reply list(String collection, String... items) {
    return Reply.json(200, "{'" + collection + "': [" + String.join(",", items) + "]}");
  }

  @Test
  void theMarkIsATagOfTheCallThatMakesItAndFindsItAgain() {
    cloud.on("GET", LBAAS + "/loadbalancers", list("loadbalancers"));
    cloud.on(
        "POST",
        LBAAS + "/loadbalancers",
        Reply.json(201, "{'loadbalancer': " + marked("lb-1", balancer, "PENDING_CREATE") + "}"));
    LoadBalancerDriver driver = new LoadBalancerDriver(clouds);

    Outcome made = driver.create(cloud.target(), balancer, soon());

    assertThat(made).isInstanceOf(Outcome.Taken.class);
    assertThat(((Outcome.Taken) made).ready()).isFalse();
    JsonObject sent =
        cloud
            .requests("POST", LBAAS + "/loadbalancers")
            .get(0)
            .json()
            .getJsonObject("loadbalancer");
    assertThat(sent.getString("vip_subnet_id")).isEqualTo(SUBNET);
    assertThat(sent.getString("name")).isEqualTo("shop-balancer");
    assertThat(sent.getJsonArray("tags")).hasSize(2);
    assertThat(cloud.requests("GET", LBAAS + "/loadbalancers").get(0).query())
        .contains("tags=" + Marks.tag(Parts.STACK));

    cloud.on(
        "GET",
        LBAAS + "/loadbalancers",
        list("loadbalancers", marked("lb-1", balancer, "PENDING_UPDATE")));
    Outcome again = driver.create(cloud.target(), balancer, soon());

    assertThat(((Outcome.Taken) again).physicalId()).isEqualTo("lb-1");
    assertThat(((Outcome.Taken) again).ready()).as("also while a part of it changes").isTrue();
    assertThat(cloud.requests("POST", LBAAS + "/loadbalancers")).hasSize(1);
  }

  @Test
  void aBalancerThatChangesIsAConflictToBeTriedAgain() {
    cloud.on("GET", MEMBERS, list("members"));
    cloud.on(
        "POST",
        MEMBERS,
        Reply.json(
            409,
            "{'faultcode': 'Client', 'faultstring': 'Load Balancer lb-1 is immutable and cannot be"
                + " updated.', 'debuginfo': null}"));

    Outcome outcome = new PoolMemberDriver(clouds).create(cloud.target(), member, soon());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.fault().code()).isEqualTo(FaultCode.CONFLICT);
              assertThat(refused.fault().getMessage()).contains("lb-1 is immutable");
            });
  }

  @Test
  void manyMembersOfAPoolAreSeenByOneListAndAMemberIsKnownByPoolAndId() {
    DesiredPart second = member("web/1/member");
    DesiredPart absent = member("web/2/member");
    cloud.on(
        "GET",
        MEMBERS,
        list("members", marked("m-1", member, "ACTIVE"), marked("m-2", second, "ERROR")));
    PoolMemberDriver driver = new PoolMemberDriver(clouds);

    Map<?, Sighting> seen =
        driver.observe(cloud.target(), member.type(), List.of(member, second, absent));

    assertThat((Sighting.Present) seen.get(member.id()))
        .satisfies(
            present -> {
              assertThat(present.physicalId()).isEqualTo(POOL + "/m-1");
              assertThat(present.phase()).isEqualTo(Sighting.Phase.READY);
              assertThat(present.attributes().getString("pool_id")).isEqualTo(POOL);
            });
    assertThat(((Sighting.Present) seen.get(second.id())).phase()).isEqualTo(Sighting.Phase.FAILED);
    assertThat(seen.get(absent.id())).isInstanceOf(Sighting.Absent.class);
    assertThat(cloud.requests("GET", MEMBERS)).hasSize(1);
  }

  @Test
  void aMemberIsDeletedInItsPoolAndGoneWithIt() {
    cloud.on("GET", MEMBERS, list("members", marked("m-1", member, "ACTIVE")));
    cloud.on("DELETE", MEMBERS + "/m-1", Reply.json(204, ""));
    PoolMemberDriver driver = new PoolMemberDriver(clouds);
    DesiredPart recorded = Parts.recorded(member, POOL + "/m-1");

    assertThat(driver.delete(cloud.target(), recorded, soon())).isEqualTo(new Outcome.Gone(false));
    assertThat(cloud.requests("DELETE", MEMBERS + "/m-1")).hasSize(1);

    cloud.on("GET", MEMBERS, Reply.json(404, "{'faultstring': 'Pool not found.'}"));
    cloud.on("GET", MEMBERS + "/m-1", Reply.json(404, "{'faultstring': 'Pool not found.'}"));
    assertThat(driver.observe(cloud.target(), member.type(), List.of(recorded)).get(member.id()))
        .isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void whoMayComeAndWhereABalancerIsAndTagsOfAMemberAreSentAlong() {
    DesiredPart zoned =
        Parts.of(
            "balancer",
            "OS::Octavia::LoadBalancer",
            "{'vip_subnet': '" + SUBNET + "', 'availability_zone': 'az1'}");
    cloud.on("GET", LBAAS + "/loadbalancers", list("loadbalancers"));
    cloud.on(
        "POST",
        LBAAS + "/loadbalancers",
        Reply.json(201, "{'loadbalancer': " + marked(POOL, zoned, "PENDING_CREATE") + "}"));
    DesiredPart listener =
        Parts.of(
            "listener",
            "OS::Octavia::Listener",
            "{'loadbalancer': '"
                + POOL
                + "', 'protocol': 'HTTP', 'protocol_port': 80, 'allowed_cidrs': ['192.0.2.0/24']}");
    cloud.on("GET", LBAAS + "/listeners", list("listeners"));
    cloud.on(
        "POST",
        LBAAS + "/listeners",
        Reply.json(201, "{'listener': " + marked("l-1", listener, "PENDING_CREATE") + "}"));
    DesiredPart tagged =
        Parts.of(
            "web/0/member",
            "OS::Octavia::PoolMember",
            "{'pool': '"
                + POOL
                + "', 'address': '10.0.0.9', 'protocol_port': 80, 'tags': ['blue']}");
    cloud.on("GET", MEMBERS, list("members"));
    cloud.on(
        "POST",
        MEMBERS,
        Reply.json(201, "{'member': " + marked("m-1", tagged, "PENDING_CREATE") + "}"));

    new LoadBalancerDriver(clouds).create(cloud.target(), zoned, soon());
    new ListenerDriver(clouds).create(cloud.target(), listener, soon());
    new PoolMemberDriver(clouds).create(cloud.target(), tagged, soon());

    assertThat(sent("loadbalancers", "loadbalancer").getString("availability_zone"))
        .isEqualTo("az1");
    assertThat(sent("listeners", "listener").getJsonArray("allowed_cidrs").getString(0))
        .isEqualTo("192.0.2.0/24");
    assertThat(sent("pools/" + POOL + "/members", "member").getJsonArray("tags").toString())
        .contains("blue", Marks.tag(Parts.STACK), Marks.text(tagged.mark()));
  }

  private JsonObject sent(String collection, String singular) {
    return cloud.requests("POST", LBAAS + "/" + collection).get(0).json().getJsonObject(singular);
  }
}
