package io.isthmus.openstack.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Sighting;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What drivers must do to what stands already; runs against a cloud that is named by system
 * properties, and leaves nothing in it. Each update is asked for until it is done and then once
 * more, which must ask the cloud for nothing.
 */
@EnabledIfSystemProperty(named = CloudUnderTest.AUTH_URL, matches = ".+")
class UpdateContractTest extends ResourceContract {

  private static final String RULES =
      "{'rules': [{'protocol': 'tcp', 'port_range_min': %s, 'port_range_max': %s}]}";

  @Test
  void changesAServerInPlace() {
    String net = make("net", "OS::Neutron::Net", "{}");
    make("subnet", "OS::Neutron::Subnet", "{'network': '" + net + "', 'cidr': '10.231.9.0/24'}");
    String other = make("other", "OS::Neutron::Net", "{}");
    make("second", "OS::Neutron::Subnet", "{'network': '" + other + "', 'cidr': '10.231.10.0/24'}");
    List<Flavor> flavors =
        region.flavors().stream().sorted(Comparator.comparing(Flavor::ramMiB)).toList();
    String small = flavors.get(0).id();
    String image = region.images().get(0).id();
    String server =
        "{'name': 'NAME', 'flavor': 'FLAVOR', 'image': '"
            + image
            + "', 'metadata': META, 'networks': [NETWORKS]}";
    String first =
        server
            .replace("NAME", "contract-one")
            .replace("FLAVOR", small)
            .replace("META", "{'tier': 'web', 'old': 'yes'}")
            .replace("NETWORKS", "{'network': '" + net + "'}");
    make("web/0", "OS::Nova::Server", first);
    String address = seen("OS::Nova::Server").attributes().getString("first_address");

    String named =
        server
            .replace("NAME", "contract-two")
            .replace("META", "{'tier': 'db'}")
            .replace("NETWORKS", "{'network': '" + net + "'}, {'network': '" + other + "'}");
    update("web/0", named.replace("FLAVOR", small));
    JsonObject shown = shown("OS::Nova::Server");
    assertThat(shown.getString("name")).isEqualTo("contract-two");
    assertThat(shown.getJsonObject("metadata").getString("tier")).isEqualTo("db");
    assertThat(shown.getJsonObject("metadata")).doesNotContainKey("old");
    JsonObject networks = seen("OS::Nova::Server").attributes().getJsonObject("networks");
    assertThat(networks.getJsonArray(net).getString(0)).isEqualTo(address);
    assertThat(networks.getJsonArray(other)).hasSize(1);

    Flavor large =
        flavors.stream()
            .filter(flavor -> flavor.diskGiB() >= flavors.get(0).diskGiB())
            .filter(flavor -> !flavor.id().equals(small))
            .findFirst()
            .orElseThrow();
    update(
        "web/0", named.replace("FLAVOR", large.id()).replace(", {'network': '" + other + "'}", ""));
    shown = shown("OS::Nova::Server");
    assertThat(shown.getString("status")).isEqualTo("ACTIVE");
    assertThat(shown.getJsonObject("flavor").getString("original_name")).isEqualTo(large.name());
    assertThat(seen("OS::Nova::Server").attributes().getJsonObject("networks"))
        .doesNotContainKey(other);
  }

  @Test
  void extendsAVolumeAndNamesItAnew() {
    make("volume", "OS::Cinder::Volume", "{'size': 1, 'metadata': {'old': 'yes'}}");
    update(
        "volume",
        "{'size': 2, 'name': 'contract-volume', 'description': 'larger', 'metadata': {'a': 1}}");
    JsonObject volume = shown("OS::Cinder::Volume");
    assertThat(volume.getInt("size")).isEqualTo(2);
    assertThat(volume.getString("name")).isEqualTo("contract-volume");
    assertThat(volume.getString("description")).isEqualTo("larger");
    assertThat(volume.getJsonObject("metadata"))
        .containsEntry("a", Json.createValue("1"))
        .doesNotContainKey("old");
    assertThat(once("volume", "{'size': 1}"))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.CLOUD_REJECTED));
  }

  @Test
  void extendsAVolumeInAServerAndTakesItToAnother() {
    String net = make("net", "OS::Neutron::Net", "{}");
    make("subnet", "OS::Neutron::Subnet", "{'network': '" + net + "', 'cidr': '10.231.13.0/24'}");
    String volume = make("volume", "OS::Cinder::Volume", "{'size': 1}");
    String server =
        "{'flavor': '"
            + region.flavors().get(0).id()
            + "', 'image': '"
            + region.images().get(0).id()
            + "', 'networks': [{'network': '"
            + net
            + "'}]}";
    String one = make("one", "OS::Nova::Server", server);
    String two = make("two", "OS::Nova::Server", server);
    String attachment = "{'instance_uuid': 'SERVER', 'volume_id': '" + volume + "'}";
    make("attachment", "OS::Cinder::VolumeAttachment", attachment.replace("SERVER", one));
    update("volume", "{'size': 2}");
    assertThat(shown("OS::Cinder::Volume").getInt("size")).isEqualTo(2);
    assertThat(shown("OS::Cinder::Volume").getString("status")).isEqualTo("in-use");
    update("attachment", attachment.replace("SERVER", two));
    assertThat(
            shown("OS::Cinder::Volume")
                .getJsonArray("attachments")
                .getJsonObject(0)
                .getString("server_id"))
        .isEqualTo(two);
  }

  @Test
  void changesRulesPortsAndSubnets() {
    String net = make("net", "OS::Neutron::Net", "{'tags': ['blue']}");
    make(
        "subnet",
        "OS::Neutron::Subnet",
        "{'network': '" + net + "', 'cidr': '10.231.11.0/24', 'dns_nameservers': ['192.0.2.1']}");
    String group = make("group", "OS::Neutron::SecurityGroup", RULES.formatted(80, 80));
    make("port", "OS::Neutron::Port", "{'network': '" + net + "'}");
    make("router", "OS::Neutron::Router", "{}");

    update("group", RULES.formatted(443, 443).replace("{'rules'", "{'name': 'web', 'rules'"));
    JsonObject shown = shown("OS::Neutron::SecurityGroup");
    assertThat(shown.getString("name")).isEqualTo("web");
    assertThat(shown.getJsonArray("security_group_rules"))
        .as("the new one, and Neutron's two for going out")
        .hasSize(3)
        .extracting(rule -> rule.asJsonObject().get("port_range_min").toString())
        .contains("443")
        .doesNotContain("80");
    update(
        "port",
        "{'network': '"
            + net
            + "', 'name': 'contract-port', 'security_groups': ['"
            + group
            + "'], 'allowed_address_pairs': [{'ip_address': '10.231.11.200'}]}");
    shown = shown("OS::Neutron::Port");
    assertThat(shown.getJsonArray("security_groups")).containsExactly(Json.createValue(group));
    assertThat(shown.getJsonArray("allowed_address_pairs")).hasSize(1);
    update("port", "{'network': '" + net + "', 'port_security_enabled': false}");
    assertThat(shown("OS::Neutron::Port").getJsonArray("security_groups")).isEmpty();
    update("net", "{'name': 'contract-net', 'tags': ['green']}");
    assertThat(shown("OS::Neutron::Net").getJsonArray("tags"))
        .containsExactly(Json.createValue("green"));
    update(
        "subnet",
        "{'network': '"
            + net
            + "', 'cidr': '10.231.11.0/24', 'dns_nameservers': ['192.0.2.2', '192.0.2.1'],"
            + " 'allocation_pools': [{'start': '10.231.11.100', 'end': '10.231.11.200'}]}");
    update("subnet", "{'network': '" + net + "', 'cidr': '10.231.11.0/24'}");
    assertThat(shown("OS::Neutron::Subnet").getJsonArray("allocation_pools"))
        .hasToString("[{\"start\":\"10.231.11.2\",\"end\":\"10.231.11.254\"}]");
    update(
        "subnet",
        "{'network': '" + net + "', 'cidr': '10.231.11.0/24', 'gateway_ip': '10.231.11.254'}");
    assertThat(shown("OS::Neutron::Subnet").getString("gateway_ip")).isEqualTo("10.231.11.254");
    assertThat(shown("OS::Neutron::Subnet").getJsonArray("allocation_pools"))
        .hasToString("[{\"start\":\"10.231.11.1\",\"end\":\"10.231.11.253\"}]");
    String external =
        region.networks().stream().filter(Network::external).findFirst().orElseThrow().name();
    update("router", "{'external_gateway_info': {'network': '" + external + "'}}");
    assertThat(shown("OS::Neutron::Router").getJsonObject("external_gateway_info")).isNotEmpty();
    update("router", "{}");
    assertThat(shown("OS::Neutron::Router").isNull("external_gateway_info")).isTrue();
  }

  @Test
  void changesALoadBalancerWhereTheCloudOffersIt() {
    assumeTrue(region.offers("load-balancer"), "the cloud offers no load balancers");
    String net = make("net", "OS::Neutron::Net", "{}");
    String subnet =
        make(
            "subnet",
            "OS::Neutron::Subnet",
            "{'network': '" + net + "', 'cidr': '10.231.12.0/24'}");
    String balancer =
        make("balancer", "OS::Octavia::LoadBalancer", "{'vip_subnet': '" + subnet + "'}");
    String pool =
        make(
            "pool",
            "OS::Octavia::Pool",
            "{'loadbalancer': '"
                + balancer
                + "', 'protocol': 'HTTP', 'lb_algorithm': 'ROUND_ROBIN'}");
    String member =
        "{'pool': '" + pool + "', 'address': '10.231.12.10', 'protocol_port': 80, 'weight': W}";
    make("member", "OS::Octavia::PoolMember", member.replace("W", "1"));
    update("balancer", "{'vip_subnet': '" + subnet + "', 'description': 'changed'}");
    update(
        "pool",
        "{'loadbalancer': '"
            + balancer
            + "', 'protocol': 'HTTP', 'lb_algorithm': 'LEAST_CONNECTIONS'}");
    update("member", member.replace("W", "7"));
    assertThat(shown("OS::Octavia::LoadBalancer").getString("description")).isEqualTo("changed");
    assertThat(shown("OS::Octavia::Pool").getString("lb_algorithm")).isEqualTo("LEAST_CONNECTIONS");
    assertThat(shown("OS::Octavia::PoolMember").getInt("weight")).isEqualTo(7);
  }

  @Test
  void doesNotUpdateWhatDoesNotCarryTheMark() {
    String id = make("net", "OS::Neutron::Net", "{}");
    DesiredPart other = part("other", "OS::Neutron::Net", Optional.of(id), json("{'name': 'x'}"));
    assertThat(
            drivers.get(other.type()).update(target, other, JsonObject.EMPTY_JSON_OBJECT, soon()))
        .isInstanceOf(Outcome.Refused.class);
  }

  private DesiredPart standing(String resource) {
    return made.stream()
        .filter(part -> part.mark().resource().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  private Outcome once(String resource, String properties) {
    DesiredPart old = standing(resource);
    DesiredPart part = part(resource, old.type(), old.physicalId(), json(properties));
    return drivers.get(old.type()).update(target, part, old.properties(), soon());
  }

  /** As the engine does: each time when the part is seen ready, until it is done. */
  private void update(String resource, String properties) {
    DesiredPart old = standing(resource);
    DesiredPart part = part(resource, old.type(), old.physicalId(), json(properties));
    Instant until = Instant.now().plus(PATIENCE);
    Outcome outcome = once(resource, properties);
    while (!(outcome instanceof Outcome.Taken taken && taken.ready())
        && Instant.now().isBefore(until)) {
      if (outcome instanceof Outcome.Refused refused) {
        assertThat(refused.fault().code()).as(refused.toString()).isEqualTo(FaultCode.CONFLICT);
      }
      pause();
      // A relation that changes its ends is not there in between.
      awaitSighting(
          part,
          seen ->
              seen instanceof Sighting.Absent
                  || seen instanceof Sighting.Present present
                      && present.phase() != Sighting.Phase.BUILDING);
      outcome = once(resource, properties);
    }
    assertThat(outcome).as("update of " + resource).isInstanceOf(Outcome.Taken.class);
    // In the same place, since what requires others must be removed before them.
    List<DesiredPart> all = new ArrayList<>(made);
    all.set(all.indexOf(old), part);
    made.clear();
    made.addAll(all);
    assertThat(once(resource, properties))
        .as("again " + resource)
        .isInstanceOfSatisfying(Outcome.Taken.class, taken -> assertThat(taken.ready()).isTrue());
  }
}
