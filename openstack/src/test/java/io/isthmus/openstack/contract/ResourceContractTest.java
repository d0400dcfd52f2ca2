package io.isthmus.openstack.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Sighting;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What each driver of a resource must do, each verb twice; runs against a cloud that is named by
 * system properties, and leaves nothing in it.
 */
@EnabledIfSystemProperty(named = CloudUnderTest.AUTH_URL, matches = ".+")
class ResourceContractTest extends ResourceContract {

  @Test
  void makesAnApplicationRecoversItByItsMarkAndRemovesIt() {
    String external =
        region.networks().stream().filter(Network::external).findFirst().orElseThrow().name();
    String net =
        make("net", "OS::Neutron::Net", "{'name': 'contract', 'tags': ['tier=web', 'blue']}");
    String subnet =
        make(
            "subnet",
            "OS::Neutron::Subnet",
            "{'network': '"
                + net
                + "', 'cidr': '10.231.7.0/24', 'dns_nameservers': ['192.0.2.1'],"
                + " 'tags': ['blue']}");
    String router =
        make(
            "router",
            "OS::Neutron::Router",
            "{'external_gateway_info': {'network': '" + external + "'}, 'tags': ['blue']}");
    make(
        "interface",
        "OS::Neutron::RouterInterface",
        "{'router': '" + router + "', 'subnet': '" + subnet + "'}");
    String group =
        make(
            "group",
            "OS::Neutron::SecurityGroup",
            "{'description': 'for the web', 'rules': [{'protocol': 'tcp', 'port_range_min': 80,"
                + " 'port_range_max': 80}, {'remote_mode': 'remote_group_id'},"
                + " {'direction': 'egress', 'protocol': 'tcp', 'remote_ip_prefix': '0.0.0.0/0'}]}");
    make(
        "rule",
        "OS::Neutron::SecurityGroupRule",
        "{'security_group': '" + group + "', 'protocol': 'icmp'}");
    String port =
        make(
            "port",
            "OS::Neutron::Port",
            "{'network': '"
                + net
                + "', 'security_groups': ['"
                + group
                + "'], 'tags': ['blue'],"
                + " 'fixed_ips': [{'subnet': '"
                + subnet
                + "', 'ip_address': '10.231.7.20'}]}");
    String address =
        make("address", "OS::Neutron::FloatingIP", "{'floating_network': '" + external + "'}");
    make(
        "association",
        "OS::Neutron::FloatingIPAssociation",
        "{'floatingip_id': '" + address + "', 'port_id': '" + port + "'}");
    String key = make("key", "OS::Nova::KeyPair", "{'name': 'contract-key'}");
    String apart = make("apart", "OS::Nova::ServerGroup", "{'name': 'contract-apart'}");
    String volume = make("volume", "OS::Cinder::Volume", "{'size': 1}");
    String flavor = region.flavors().get(0).id();
    String image = region.images().get(0).id();
    String server =
        make(
            "web/0",
            "OS::Nova::Server",
            "{'flavor': '"
                + flavor
                + "', 'image': '"
                + image
                + "', 'key_name': '"
                + key
                + "',"
                + " 'security_groups': ['"
                + group
                + "'], 'scheduler_hints': {'group': '"
                + apart
                + "'}, 'user_data': '#cloud-config',"
                + " 'metadata': {'tier': 'web', 'number': 1},"
                + " 'networks': [{'port': '"
                + port
                + "'}, {'network': '"
                + net
                + "'}]}");
    make(
        "attachment",
        "OS::Cinder::VolumeAttachment",
        "{'instance_uuid': '" + server + "', 'volume_id': '" + volume + "'}");

    Sighting.Present seen = seen("OS::Nova::Server");
    assertThat(shown("OS::Nova::ServerGroup").getJsonArray("members"))
        .extracting(member -> ((JsonString) member).getString())
        .containsExactly(server);
    JsonObject networks = seen.attributes().getJsonObject("networks");
    assertThat(networks.getJsonArray("contract"))
        .as("two fixed addresses and the floating one")
        .hasSize(3)
        .isEqualTo(networks.getJsonArray(net));
    assertThat(seen.attributes().getString("first_address")).startsWith("10.231.7.");
    assertThat(seen.attributes().getJsonObject("addresses").getJsonArray(net))
        .extracting(entry -> entry.asJsonObject().getString("port"))
        .contains(port);
    assertThat(seen.attributes().getJsonObject("addresses").getJsonArray(net))
        .allSatisfy(
            entry ->
                assertThat(
                        entry
                            .asJsonObject()
                            .getJsonArray("subnets")
                            .getJsonObject(0)
                            .getString("cidr"))
                    .isEqualTo("10.231.7.0/24"));
    for (String tagged :
        List.of("OS::Neutron::Subnet", "OS::Neutron::Router", "OS::Neutron::Port")) {
      assertThat(shown(tagged).getJsonArray("tags")).as(tagged).hasSize(1);
    }
    assertThat(shown("OS::Neutron::Net").getJsonArray("tags")).hasSize(2);
    assertThat(shown("OS::Neutron::SecurityGroup").getJsonArray("security_group_rules"))
        .as("three of the group, one of its own, none of Neutron's")
        .hasSize(4);
    assertThat(
            look(
                part("other", "OS::Cinder::VolumeAttachment", Optional.empty(), elsewhere(volume))))
        .as("the same volume in another server")
        .isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void balancesWhereTheCloudOffersIt() {
    assumeTrue(region.offers("load-balancer"), "the cloud offers no load balancers");
    String net = make("net", "OS::Neutron::Net", "{}");
    String subnet =
        make(
            "subnet", "OS::Neutron::Subnet", "{'network': '" + net + "', 'cidr': '10.231.8.0/24'}");
    String balancer =
        make(
            "balancer",
            "OS::Octavia::LoadBalancer",
            "{'vip_subnet': '" + subnet + "', 'description': 'for the web'}");
    String listener =
        make(
            "listener",
            "OS::Octavia::Listener",
            "{'loadbalancer': '"
                + balancer
                + "', 'protocol': 'HTTP', 'protocol_port': 80, 'connection_limit': 500}");
    String pool =
        make(
            "pool",
            "OS::Octavia::Pool",
            "{'listener': '"
                + listener
                + "', 'protocol': 'HTTP', 'lb_algorithm': 'ROUND_ROBIN',"
                + " 'session_persistence': {'type': 'SOURCE_IP'}}");
    make(
        "monitor",
        "OS::Octavia::HealthMonitor",
        "{'pool': '"
            + pool
            + "', 'type': 'HTTP', 'delay': 5, 'timeout': 3, 'max_retries': 3,"
            + " 'url_path': '/health'}");
    for (int i = 0; i < 2; i++) {
      make(
          "web/" + i + "/member",
          "OS::Octavia::PoolMember",
          "{'pool': '"
              + pool
              + "', 'address': '10.231.8.1"
              + i
              + "', 'protocol_port': 8080, 'subnet': '"
              + subnet
              + "'}");
    }

    JsonObject seen = seen("OS::Octavia::LoadBalancer").attributes();
    assertThat(seen.getString("vip_address")).startsWith("10.231.8.");
    assertThat(seen.getString("vip_port_id")).isNotEmpty();
    assertThat(seen.getJsonArray("pools")).hasSize(1);
    assertThat(shown("OS::Octavia::Pool").getJsonArray("members")).hasSize(2);
    assertThat(seen("OS::Octavia::PoolMember").physicalId()).startsWith(pool + "/");
    assertThat(seen("OS::Octavia::PoolMember").attributes().getString("pool_id")).isEqualTo(pool);
  }

  private static JsonObject elsewhere(String volume) {
    return Json.createObjectBuilder()
        .add("instance_uuid", UUID.randomUUID().toString())
        .add("volume_id", volume)
        .build();
  }

  @Test
  void leavesAloneWhatDoesNotCarryTheMark() {
    String id = make("net", "OS::Neutron::Net", "{}");
    DesiredPart other =
        part("other", "OS::Neutron::Net", Optional.of(id), JsonObject.EMPTY_JSON_OBJECT);
    assertThat(drivers.get(other.type()).delete(target, other, soon()))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(drivers.get(other.type()).deleteDouble(target, other, id, soon()))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(look(made.peek())).isInstanceOf(Sighting.Present.class);
  }
}
