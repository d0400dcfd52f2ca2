package io.isthmus.domain.stack.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.stack.PartChange;
import io.isthmus.domain.stack.PartChange.Kind;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

  /** What one resource, {@code x}, may refer to. */
  private static final String AROUND =
      """
        net: {type: OS::Neutron::Net}
        net2: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}}
        subnet2: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net2}, cidr: 10.1.0.0/24}}
        router: {type: OS::Neutron::Router}
        router2: {type: OS::Neutron::Router}
        guard: {type: OS::Neutron::SecurityGroup}
        port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
        port2: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
        disk: {type: OS::Cinder::Volume, properties: {size: 10}}
        disk2: {type: OS::Cinder::Volume, properties: {size: 10}}
        server: {type: OS::Nova::Server, properties: {flavor: m1.small, image: debian-12}}
        server2: {type: OS::Nova::Server, properties: {flavor: m1.small, image: debian-12}}
        address: {type: OS::Neutron::FloatingIP, properties: {floating_network: public}}
        lb: {type: OS::Octavia::LoadBalancer, properties: {vip_subnet: {get_resource: subnet}}}
        lb2: {type: OS::Octavia::LoadBalancer, properties: {vip_subnet: {get_resource: subnet}}}
        listener: {type: OS::Octavia::Listener, properties: {loadbalancer: {get_resource: lb}, protocol: HTTP, protocol_port: 80}}
        pool: {type: OS::Octavia::Pool, properties: {loadbalancer: {get_resource: lb}, protocol: HTTP, lb_algorithm: ROUND_ROBIN}}
        pool2: {type: OS::Octavia::Pool, properties: {loadbalancer: {get_resource: lb2}, protocol: HTTP, lb_algorithm: ROUND_ROBIN}}
      """;

  private static Made with(String type, String properties) {
    String real = properties.replaceAll("~(\\w+)", "{get_resource: $1}");
    return Made.of(AROUND + "  x: {type: '" + type + "', properties: {" + real + "}}\n");
  }

  /**
   * Of each type a change for each of its rules; {@code ~net} refers to a resource, {@code new}
   * says that the new one is made first, {@code old} that the old one goes first.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OS::Nova::Server | flavor: a, image: i | flavor: b, image: i | UPDATED | flavor |",
        "OS::Nova::Server | flavor: a, image: i | flavor: b, image: i, flavor_update_policy: REPLACE | REPLACED | flavor flavor_update_policy | new",
        "OS::Nova::Server | flavor: a, image: i | flavor: a, image: j | UPDATED | image |",
        "OS::Nova::Server | flavor: a, image: i, image_update_policy: REPLACE | flavor: a, image: j, image_update_policy: REPLACE | REPLACED | image | new",
        "OS::Nova::Server | flavor: a, image: i, user_data: v, user_data_format: RAW | flavor: a, image: i, user_data: w, user_data_format: RAW | REPLACED | user_data | new",
        "OS::Nova::Server | flavor: a, image: i, user_data: v, user_data_format: RAW | flavor: a, image: i, user_data: w, user_data_format: RAW, user_data_update_policy: IGNORE | UPDATED | user_data user_data_update_policy |",
        "OS::Nova::Server | flavor: a, image: i | flavor: a, image: i, name: y, metadata: {k: v} | UPDATED | name metadata |",
        "OS::Nova::Server | flavor: a, image: i, key_name: k | flavor: a, image: i, key_name: l | REPLACED | key_name | new",
        "OS::Nova::Server | flavor: a, image: i, networks: [{port: ~port}] | flavor: a, image: i, networks: [{port: ~port2}] | UPDATED | networks |",
        "OS::Nova::Server | flavor: a, image: i, networks: [{port: ~port}] | flavor: a, image: i, networks: [{port: ~port}], config_drive: true | REPLACED | config_drive | old",
        "OS::Nova::Server | flavor: a, image: i, networks: [{port: ~port}] | flavor: a, image: i, networks: [{port: ~port2}], config_drive: true | REPLACED | networks config_drive | new",
        "OS::Nova::Server | flavor: a, image: i, networks: [{network: ~net, fixed_ip: 10.0.0.9}] | flavor: a, image: i, networks: [{network: ~net, fixed_ip: 10.0.0.9}], config_drive: true | REPLACED | config_drive | old",
        "OS::Nova::Server | flavor: a, block_device_mapping_v2: [{volume_id: ~disk, boot_index: 0}] | flavor: a, block_device_mapping_v2: [{volume_id: ~disk, boot_index: 0, device_type: disk}] | REPLACED | block_device_mapping_v2 | old",
        "OS::Nova::KeyPair | name: k, public_key: a | name: k, public_key: b | REPLACED | public_key | old",
        "OS::Nova::KeyPair | name: k, public_key: a | name: l, public_key: a | REPLACED | name | new",
        "OS::Nova::ServerGroup | policies: [affinity] | policies: [anti-affinity] | REPLACED | policies | new",
        "OS::Cinder::Volume | size: 10 | size: 20 | UPDATED | size |",
        "OS::Cinder::Volume | size: 10, volume_type: a | size: 10, volume_type: b | UPDATED | volume_type |",
        "OS::Cinder::Volume | size: 10, image: a | size: 10, image: b | REPLACED | image | new",
        "OS::Cinder::VolumeAttachment | instance_uuid: ~server, volume_id: ~disk | instance_uuid: ~server2, volume_id: ~disk | UPDATED | instance_uuid |",
        "OS::Neutron::Net | name: a | name: b | UPDATED | name |",
        "OS::Neutron::Subnet | network: ~net, cidr: 10.9.0.0/24, gateway_ip: 10.9.0.1 | network: ~net, cidr: 10.9.0.0/24, gateway_ip: 10.9.0.2 | UPDATED | gateway_ip |",
        "OS::Neutron::Subnet | network: ~net, cidr: 10.9.0.0/24 | network: ~net, cidr: 10.9.0.0/23 | REPLACED | cidr | old",
        "OS::Neutron::Subnet | network: ~net, cidr: 10.9.0.0/24 | network: ~net, cidr: 10.8.0.0/24 | REPLACED | cidr | new",
        "OS::Neutron::Subnet | network: ~net, cidr: 10.9.0.0/24 | network: ~net2, cidr: 10.9.0.0/24 | REPLACED | network | new",
        "OS::Neutron::Router | name: a | external_gateway_info: {network: public} | UPDATED | name external_gateway_info |",
        "OS::Neutron::RouterInterface | router: ~router, subnet: ~subnet | router: ~router2, subnet: ~subnet | REPLACED | router | old",
        "OS::Neutron::RouterInterface | router: ~router, subnet: ~subnet | router: ~router, subnet: ~subnet2 | REPLACED | subnet | new",
        "OS::Neutron::RouterInterface | router: ~router, port: ~port | router: ~router2, port: ~port | REPLACED | router | old",
        "OS::Neutron::SecurityGroup | name: a | rules: [{protocol: tcp, port_range_min: 80, port_range_max: 80}], name: a | UPDATED | rules |",
        "OS::Neutron::SecurityGroupRule | security_group: ~guard, protocol: tcp | security_group: ~guard, protocol: udp | REPLACED | protocol | new",
        "OS::Neutron::SecurityGroupRule | security_group: ~guard, protocol: tcp | security_group: ~guard, protocol: tcp, description: d | REPLACED | description | old",
        "OS::Neutron::Port | network: ~net, security_groups: [] | network: ~net, security_groups: [~guard] | UPDATED | security_groups |",
        "OS::Neutron::Port | network: ~net, fixed_ips: [{subnet: ~subnet, ip_address: 10.0.0.5}], mac_address: 'fa:16:3e:00:00:01' | network: ~net, fixed_ips: [{subnet: ~subnet, ip_address: 10.0.0.5}], mac_address: 'fa:16:3e:00:00:02' | REPLACED | mac_address | old",
        "OS::Neutron::Port | network: ~net, mac_address: 'fa:16:3e:00:00:01' | network: ~net, mac_address: 'fa:16:3e:00:00:02' | REPLACED | mac_address | new",
        "OS::Neutron::Port | network: ~net | network: ~net2 | REPLACED | network | new",
        "OS::Neutron::FloatingIP | floating_network: public, port_id: ~port | floating_network: public, port_id: ~port2 | UPDATED | port_id |",
        "OS::Neutron::FloatingIP | floating_network: public, port_id: ~port | floating_network: other, port_id: ~port | REPLACED | floating_network | old",
        "OS::Neutron::FloatingIP | floating_network: public | floating_network: other | REPLACED | floating_network | new",
        "OS::Neutron::FloatingIP | floating_network: public, floating_ip_address: 192.0.2.1 | floating_network: other, floating_ip_address: 192.0.2.1 | REPLACED | floating_network | old",
        "OS::Neutron::FloatingIPAssociation | floatingip_id: ~address, port_id: ~port | floatingip_id: ~address, port_id: ~port2 | UPDATED | port_id |",
        "OS::Octavia::LoadBalancer | vip_subnet: ~subnet, name: a | vip_subnet: ~subnet, name: b | UPDATED | name |",
        "OS::Octavia::LoadBalancer | vip_subnet: ~subnet, vip_address: 10.0.0.7 | vip_subnet: ~subnet, vip_address: 10.0.0.7, provider: ovn | REPLACED | provider | old",
        "OS::Octavia::LoadBalancer | vip_subnet: ~subnet | vip_subnet: ~subnet, provider: ovn | REPLACED | provider | new",
        "OS::Octavia::Listener | loadbalancer: ~lb, protocol: HTTP, protocol_port: 81 | loadbalancer: ~lb, protocol: TCP, protocol_port: 81 | REPLACED | protocol | old",
        "OS::Octavia::Listener | loadbalancer: ~lb, protocol: HTTP, protocol_port: 81 | loadbalancer: ~lb, protocol: HTTP, protocol_port: 82 | REPLACED | protocol_port | new",
        "OS::Octavia::Listener | loadbalancer: ~lb, protocol: HTTP, protocol_port: 81 | loadbalancer: ~lb, protocol: HTTP, protocol_port: 81, connection_limit: 9 | UPDATED | connection_limit |",
        "OS::Octavia::Pool | listener: ~listener, protocol: HTTP, lb_algorithm: ROUND_ROBIN | listener: ~listener, protocol: TCP, lb_algorithm: ROUND_ROBIN | REPLACED | protocol | old",
        "OS::Octavia::Pool | loadbalancer: ~lb, protocol: HTTP, lb_algorithm: ROUND_ROBIN | loadbalancer: ~lb, protocol: TCP, lb_algorithm: ROUND_ROBIN | REPLACED | protocol | new",
        "OS::Octavia::Pool | loadbalancer: ~lb, protocol: HTTP, lb_algorithm: ROUND_ROBIN | loadbalancer: ~lb, protocol: HTTP, lb_algorithm: SOURCE_IP | UPDATED | lb_algorithm |",
        "OS::Octavia::PoolMember | pool: ~pool, address: 10.0.0.5, protocol_port: 80 | pool: ~pool, address: 10.0.0.5, protocol_port: 80, weight: 5 | UPDATED | weight |",
        "OS::Octavia::PoolMember | pool: ~pool, address: 10.0.0.5, protocol_port: 80 | pool: ~pool, address: 10.0.0.6, protocol_port: 80 | REPLACED | address | new",
        "OS::Octavia::PoolMember | pool: ~pool, address: 10.0.0.5, protocol_port: 80 | pool: ~pool, address: 10.0.0.5, protocol_port: 80, monitor_port: 81 | REPLACED | monitor_port | old",
        "OS::Octavia::PoolMember | pool: ~pool, address: 10.0.0.5, protocol_port: 80 | pool: ~pool2, address: 10.0.0.5, protocol_port: 80 | REPLACED | pool | new",
        "OS::Octavia::HealthMonitor | pool: ~pool, type: TCP, delay: 5, timeout: 3, max_retries: 3 | pool: ~pool, type: HTTP, delay: 5, timeout: 3, max_retries: 3 | REPLACED | type | old",
        "OS::Octavia::HealthMonitor | pool: ~pool, type: TCP, delay: 5, timeout: 3, max_retries: 3 | pool: ~pool, type: TCP, delay: 6, timeout: 3, max_retries: 3 | UPDATED | delay |",
      })
  void changesEachTypeAsHeatDoes(
      String type, String before, String after, Kind kind, String causes, String order) {
    Compared compared = with(type, before).to(with(type, after));

    PartChange change = Made.of(compared, "x");
    assertThat(change.kind()).isEqualTo(kind);
    assertThat(change.causes()).containsExactlyInAnyOrder(causes.split(" "));
    if (kind == Kind.REPLACED) {
      assertThat(change.newFirst() ? "new" : "old").isEqualTo(order);
    }
    assertThat(compared.parts())
        .filteredOn(other -> !other.id().resource().equals("x"))
        .allMatch(other -> other.kind() == Kind.UNCHANGED);
    assertThat(compared.impossible()).isEmpty();
  }

  private static final String CHAIN =
      """
        net: {type: OS::Neutron::Net}
        subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: %s}}
        router: {type: OS::Neutron::Router}
        plug: {type: OS::Neutron::RouterInterface, properties: {router: {get_resource: router}, subnet: {get_resource: subnet}}}
        port:
          type: OS::Neutron::Port
          properties: {network: {get_resource: net}, fixed_ips: [{subnet: {get_resource: subnet}, ip_address: 10.0.0.5}]}
        disk: {type: OS::Cinder::Volume, properties: {size: 10}}
        server:
          type: OS::Nova::Server
          properties: {flavor: a, image: i, config_drive: %s, networks: [{port: {get_resource: port}}]}
        mount:
          type: OS::Cinder::VolumeAttachment
          properties: {volume_id: {get_resource: disk}, instance_uuid: {get_resource: server}}
        told:
          type: OS::Nova::Server
          properties:
            {flavor: a, image: i, user_data_format: RAW, user_data: {str_replace: {template: to $a, params: {$a: {get_attr: [server, first_address]}}}}}
      """;

  @Test
  void whatRefersToWhatIsReplacedChangesWithIt() {
    Compared compared =
        Made.of(CHAIN.formatted("10.0.0.0/24", "false"))
            .to(Made.of(CHAIN.formatted("10.0.0.0/24", "true")));

    assertThat(Made.of(compared, "server"))
        .isEqualTo(
            new PartChange(
                Made.of(compared, "server").id(), Kind.REPLACED, List.of("config_drive"), false));
    assertThat(Made.of(compared, "mount").kind()).isEqualTo(Kind.UPDATED);
    assertThat(Made.of(compared, "mount").causes()).containsExactly("instance_uuid");
    assertThat(Made.of(compared, "told").kind()).isEqualTo(Kind.REPLACED);
    assertThat(Made.of(compared, "told").causes()).containsExactly("user_data");
    assertThat(Made.of(compared, "port").kind()).isEqualTo(Kind.UNCHANGED);
  }

  @Test
  void aNewSubnetThatOverlapsTheOldOneTakesItsPlaceOnlyWhenThatIsGone() {
    Compared compared =
        Made.of(CHAIN.formatted("10.0.0.0/24", "false"))
            .to(Made.of(CHAIN.formatted("10.0.0.0/23", "false")));

    assertThat(Made.of(compared, "subnet").newFirst()).isFalse();
    assertThat(Made.of(compared, "plug").kind()).isEqualTo(Kind.REPLACED);
    assertThat(Made.of(compared, "plug").newFirst()).isFalse();
    assertThat(Made.of(compared, "port").kind()).isEqualTo(Kind.UPDATED);
    assertThat(Made.of(compared, "server").kind()).isEqualTo(Kind.UNCHANGED);
  }

  @Test
  void aResizedServerKeepsWhatRefersToIt() {
    String after =
        CHAIN
            .formatted("10.0.0.0/24", "false")
            .replace("{flavor: a, image: i, c", "{flavor: b, image: i, c");
    Compared compared = Made.of(CHAIN.formatted("10.0.0.0/24", "false")).to(Made.of(after));

    assertThat(Made.of(compared, "server").kind()).isEqualTo(Kind.UPDATED);
    assertThat(Made.of(compared, "told").kind()).isEqualTo(Kind.UNCHANGED);
    ResourceChange told = resource(compared, "server");
    assertThat(told.interruption().orElseThrow().key()).isEqualTo("stack.update.resized");
  }

  private static ResourceChange resource(Compared compared, String path) {
    return compared.resources().stream()
        .filter(change -> change.resource().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static final String GROUP =
      """
        net: {type: OS::Neutron::Net}
        secret: {type: OS::Heat::RandomString, properties: {length: %d}}
        web:
          type: OS::Heat::ResourceGroup
          properties:
            count: %d
            resource_def:
              type: OS::Nova::Server
              properties: {flavor: a, image: i, name: web-%%index%%, networks: [{network: {get_resource: net}}]}
        watch:
          type: OS::Nova::Server
          properties:
            flavor: a
            image: i
            user_data_format: RAW
            user_data: {list_join: [' ', {get_attr: [web, first_address]}]}
        db:
          type: OS::Nova::Server
          properties: {flavor: a, image: i, admin_pass: {get_attr: [secret, value]}}
      """;

  @Test
  void scalingAGroupAddsMembersAndChangesWhoListsThem() {
    Compared compared = Made.of(GROUP.formatted(8, 2)).to(Made.of(GROUP.formatted(8, 3)));

    assertThat(Made.of(compared, "web/0").kind()).isEqualTo(Kind.UNCHANGED);
    assertThat(Made.of(compared, "web/2").kind()).isEqualTo(Kind.ADDED);
    assertThat(Made.of(compared, "watch").kind()).isEqualTo(Kind.REPLACED);
    assertThat(Made.of(compared, "db").kind()).isEqualTo(Kind.UNCHANGED);
    assertThat(resource(compared, "web").causes()).containsExactly("count");
    assertThat(resource(compared, "secret").kind()).isEqualTo(ResourceChange.Kind.UNCHANGED);

    Compared back = Made.of(GROUP.formatted(8, 3)).to(Made.of(GROUP.formatted(8, 1)));
    assertThat(Made.of(back, "web/2").kind()).isEqualTo(Kind.REMOVED);
    assertThat(Made.of(back, "web/1").kind()).isEqualTo(Kind.REMOVED);
    assertThat(resource(back, "web/1").interruption().orElseThrow().key())
        .isEqualTo("stack.update.removed-server");
  }

  @Test
  void aTextThatIsDrawnAnewChangesWhatUsesIt() {
    Compared compared = Made.of(GROUP.formatted(8, 2)).to(Made.of(GROUP.formatted(9, 2)));

    assertThat(resource(compared, "secret").kind()).isEqualTo(ResourceChange.Kind.REPLACED);
    assertThat(Made.of(compared, "db").kind()).isEqualTo(Kind.UPDATED);
    assertThat(Made.of(compared, "db").causes()).containsExactly("admin_pass");
  }

  @Test
  void movesToAnotherCloudAsOneGoneAndOneNewAndToAnotherZoneAsANewOne() {
    String one = "  x: {type: OS::Nova::Server, properties: {flavor: a, image: i}}\n";
    Compared cloud = Made.of(one).to(Made.of(one).in("x", "bhs", null));
    assertThat(cloud.parts())
        .extracting(PartChange::kind)
        .containsExactly(Kind.ADDED, Kind.REMOVED);
    assertThat(resource(cloud, "x").kind()).isEqualTo(ResourceChange.Kind.MOVED);
    assertThat(resource(cloud, "x").from().get(0).cloud().text()).isEqualTo("gra");
    assertThat(resource(cloud, "x").to().get(0).cloud().text()).isEqualTo("bhs");
    assertThat(resource(cloud, "x").interruption().orElseThrow().key())
        .isEqualTo("stack.update.moved-server");

    Compared zone = Made.of(one).in("x", "gra", "a").to(Made.of(one).in("x", "gra", "b"));
    assertThat(Made.of(zone, "x").kind()).isEqualTo(Kind.REPLACED);
    assertThat(resource(zone, "x").kind()).isEqualTo(ResourceChange.Kind.MOVED);
  }

  @Test
  void anotherTypeIsAnotherResource() {
    Compared compared =
        Made.of("  x: {type: OS::Neutron::Net}\n")
            .to(Made.of("  x: {type: OS::Neutron::Router}\n"));

    assertThat(Made.of(compared, "x").kind()).isEqualTo(Kind.REPLACED);
    assertThat(Made.of(compared, "x").causes()).containsExactly("type");
  }

  @Test
  void aVolumeDoesNotShrink() {
    Compared compared =
        with("OS::Cinder::Volume", "size: 20").to(with("OS::Cinder::Volume", "size: 10"));

    assertThat(compared.impossible()).hasSize(1);
    assertThat(compared.impossible().get(0).pointer()).isEqualTo("resources.x.properties.size");
    assertThat(compared.impossible().get(0).message().toString()).contains("20", "10");
  }

  @Test
  void whatWasNeverMadeIsMadeAsItShallBeAndWhatFailedIsMadeAnew() {
    Made untouched = with("OS::Cinder::Volume", "size: 20").is("x", StackStatus.INIT);
    assertThat(Made.of(untouched.to(with("OS::Cinder::Volume", "size: 10")), "x").kind())
        .isEqualTo(Kind.UNCHANGED);
    Made failed = with("OS::Cinder::Volume", "size: 20").is("x", StackStatus.CREATE_FAILED);
    assertThat(Made.of(failed.to(with("OS::Cinder::Volume", "size: 10")), "x").kind())
        .isEqualTo(Kind.REPLACED);
    assertThat(Made.of(failed.to(with("OS::Cinder::Volume", "size: 20")), "x").kind())
        .isEqualTo(Kind.UNCHANGED);
  }

  @Test
  void anAttributesOtherPathIsAnotherValue() {
    String one =
        """
          port: {type: OS::Neutron::Port, properties: {network: n}}
          x: {type: OS::Nova::Server, properties: {flavor: a, image: i, metadata: {ip: {get_attr: [port, fixed_ips, %s, ip_address]}}}}
        """;
    assertThat(Made.of(Made.of(one.formatted(0)).to(Made.of(one.formatted(1))), "x").causes())
        .containsExactly("metadata");
    assertThat(Made.of(Made.of(one.formatted(0)).to(Made.of(one.formatted(0))), "x").kind())
        .isEqualTo(Kind.UNCHANGED);
  }

  @Test
  void functionsLookIntoWhatIsKnown() {
    String each =
        """
          port: {type: OS::Neutron::Port, properties: {network: n}}
          x:
            type: OS::Nova::Server
            properties:
              flavor: %s
              image: i
              tags: {repeat: {template: ip-each, for_each: {each: {get_attr: [port, tags_seen]}}}}
        """
            .replace("tags_seen", "security_groups");
    Made before =
        Made.of(each.formatted("a"))
            .tells("port", "security_groups", Json.createArrayBuilder().add("g").build());
    assertThat(Made.of(before.to(Made.of(each.formatted("a"))), "x").kind())
        .isEqualTo(Kind.UNCHANGED);
    assertThat(Made.of(before.to(Made.of(each.formatted("b"))), "x").causes())
        .containsExactly("flavor");
  }

  @Test
  void wordsOfTheTemplateAloneChangeNothingInAnyCloud() {
    String one = "  x: {type: OS::Nova::Server, %s properties: {flavor: a, image: i}}\n";
    Compared compared =
        Made.of(one.formatted("metadata: {tier: web},"))
            .to(Made.of(one.formatted("metadata: {tier: db}, deletion_policy: retain,")));

    assertThat(Made.of(compared, "x").kind()).isEqualTo(Kind.UPDATED);
    assertThat(Made.of(compared, "x").causes()).containsExactly("metadata", "deletion_policy");
    assertThat(resource(compared, "x").interruption()).isEmpty();
  }

  private static final String TIER =
      """
        x: {type: OS::Nova::Server, properties: {flavor: %s, image: i, key_name: %s}}
        disk: {type: OS::Cinder::Volume, properties: {size: 10, image: %s}}
        mount: {type: OS::Cinder::VolumeAttachment, properties: {volume_id: {get_resource: disk}, instance_uuid: {get_resource: x}}}
      """;

  private static StackPart asked(StackPart part, StackStatus status) {
    PartState state = part.state().askingToUpdate(JsonValue.EMPTY_JSON_OBJECT, Made.NOW);
    return part.becoming(part.spec())
        .asked(state.in(status, StackHealth.HEALTHY, Made.NOW), 2, Set.of());
  }

  /** After an update from one to another was not carried out to its end. */
  private static Compared unfinished(
      Made origin, Made wished, UnaryOperator<List<StackPart>> came, Made after) {
    List<StackPart> were = origin.parts();
    return Comparison.of(
        wished.graph,
        Optional.of(
            new Comparison.Origin(
                origin.graph, 1, were.stream().map(StackPart::key).collect(Collectors.toSet()))),
        came.apply(were),
        after.graph,
        after.planned);
  }

  private static UnaryOperator<List<StackPart>> each(
      String resource, UnaryOperator<StackPart> change) {
    return parts ->
        parts.stream()
            .map(part -> part.id().resource().equals(resource) ? change.apply(part) : part)
            .toList();
  }

  @Test
  void whatAnUpdateHasNotComeToIsComparedAsItIs() {
    Made origin = Made.of(TIER.formatted("a", "k", "i"));
    Made wished = Made.of(TIER.formatted("b", "k", "i"));
    UnaryOperator<List<StackPart>> pending = each("x", part -> part.becoming(part.spec()));

    Compared same = unfinished(origin, wished, pending, Made.of(TIER.formatted("b", "k", "i")));
    assertThat(Made.of(same, "x").kind()).isEqualTo(Kind.UPDATED);
    assertThat(Made.of(same, "x").causes()).containsExactly("flavor");
    assertThat(resource(same, "x").kind()).isEqualTo(ResourceChange.Kind.UPDATED);
    assertThat(resource(same, "disk").kind()).isEqualTo(ResourceChange.Kind.UNCHANGED);

    Compared back = unfinished(origin, wished, pending, Made.of(TIER.formatted("a", "k", "i")));
    assertThat(Made.of(back, "x").kind()).as("no cloud was asked").isEqualTo(Kind.UNCHANGED);
    Compared other = unfinished(origin, wished, pending, Made.of(TIER.formatted("a", "l", "i")));
    assertThat(Made.of(other, "x").kind()).isEqualTo(Kind.REPLACED);
    assertThat(Made.of(other, "x").causes()).containsExactly("key_name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPDATE_FAILED", "UPDATE_IN_PROGRESS"})
  void whatACloudHasNotDoneIsNeverUnchanged(String status) {
    Made origin = Made.of(TIER.formatted("a", "k", "i"));
    Made wished = Made.of(TIER.formatted("b", "k", "i"));
    UnaryOperator<List<StackPart>> failed =
        each("x", part -> asked(part, StackStatus.parse(status)));

    for (String flavor : List.of("a", "b", "c")) {
      Compared compared =
          unfinished(origin, wished, failed, Made.of(TIER.formatted(flavor, "k", "i")));
      assertThat(Made.of(compared, "x").kind()).as(flavor).isEqualTo(Kind.UPDATED);
      assertThat(Made.of(compared, "x").causes()).as(flavor).containsExactly("flavor");
    }
    // Whose origin is not known any more.
    Compared unknown =
        Comparison.of(wished.graph, failed.apply(origin.parts()), wished.graph, wished.planned);
    assertThat(Made.of(unknown, "x").kind()).isEqualTo(Kind.UPDATED);
    assertThat(resource(unknown, "x").kind()).isEqualTo(ResourceChange.Kind.UPDATED);
  }

  @Test
  void whatWasToBeMadeAnewOrToGoIsToldUntilItIsDone() {
    Made origin = Made.of(TIER.formatted("a", "k", "i") + "  spare: {type: OS::Neutron::Net}\n");
    Made wished = Made.of(TIER.formatted("a", "l", "i"));
    Made after = Made.of(TIER.formatted("a", "l", "i") + "  more: {type: OS::Neutron::Net}\n");
    UnaryOperator<List<StackPart>> came =
        parts -> {
          List<StackPart> all = new ArrayList<>();
          for (StackPart part : parts) {
            switch (part.id().resource()) {
              case "x" -> {
                all.add(part.with(StackPart.Goal.OUTGOING, part.state()));
                all.add(part.successor(2, Made.NOW));
              }
              case "spare" -> all.add(part.with(StackPart.Goal.OUTGOING, part.state()));
              case "mount" -> all.add(part.becoming(part.spec()));
              default -> all.add(part);
            }
          }
          return all;
        };

    Compared compared = unfinished(origin, wished, came, after);

    assertThat(resource(compared, "x").kind()).isEqualTo(ResourceChange.Kind.REPLACED);
    assertThat(resource(compared, "x").interruption()).isPresent();
    assertThat(resource(compared, "spare").kind()).isEqualTo(ResourceChange.Kind.REMOVED);
    assertThat(resource(compared, "more").kind()).isEqualTo(ResourceChange.Kind.ADDED);
    assertThat(resource(compared, "disk").kind()).isEqualTo(ResourceChange.Kind.UNCHANGED);
    Compared again =
        unfinished(
            origin,
            wished,
            came,
            Made.of(TIER.formatted("a", "l", "i") + "  spare: {type: OS::Neutron::Net}\n"));
    assertThat(resource(again, "spare").kind())
        .as("the one that goes does not come back")
        .isEqualTo(ResourceChange.Kind.REPLACED);
  }

  @Test
  void whatWasNeverMadeIsToldToCome() {
    Made wished = Made.of(TIER.formatted("a", "k", "i"));
    for (StackStatus status : List.of(StackStatus.INIT, StackStatus.CREATE_FAILED)) {
      Compared compared = Made.of(TIER.formatted("a", "k", "i")).is("x", status).to(wished);
      assertThat(resource(compared, "x").kind()).isEqualTo(ResourceChange.Kind.ADDED);
    }
  }

  /** A server that is only changed in place may have it in use. */
  @Test
  void aVolumeNeverGoesBeforeItsSuccessorIsThere() {
    Made origin = Made.of(TIER.formatted("a", "k", "i"));
    Made wished = Made.of(TIER.formatted("b", "k", "j"));
    for (StackStatus status : List.of(StackStatus.UPDATE_FAILED, StackStatus.UPDATED)) {
      Compared compared =
          unfinished(
              origin,
              wished,
              parts ->
                  each("x", part -> part.becoming(part.spec()))
                      .apply(each("disk", part -> asked(part, status)).apply(parts)),
              wished);
      PartChange disk = Made.of(compared, "disk");
      assertThat(disk.kind()).as("%s", status).isEqualTo(Kind.REPLACED);
      assertThat(disk.newFirst()).as("%s", status).isTrue();
      assertThat(Made.of(compared, "x").kind()).isEqualTo(Kind.UPDATED);
      assertThat(Made.of(compared, "mount").kind()).isEqualTo(Kind.UPDATED);
    }
    Compared zone =
        Made.of(TIER.formatted("a", "k", "i"))
            .in("disk", "gra", "a")
            .to(Made.of(TIER.formatted("b", "k", "i")).in("disk", "gra", "b"));
    assertThat(Made.of(zone, "disk").newFirst()).isTrue();
  }

  /**
   * A made-up application: a network for each, servers that may refer to each other's addresses.
   */
  private static String application(Random random) {
    StringBuilder text = new StringBuilder("  net: {type: OS::Neutron::Net}\n");
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      if (random.nextInt(4) > 0) {
        text.append(
            "  port%d: {type: OS::Neutron::Port, properties: {network: {get_resource: net}, tags: [t%d]}}\n"
                .formatted(i, random.nextInt(2)));
        text.append(
            "  server%d: {type: OS::Nova::Server, properties: {flavor: f%d, image: i%d, networks: [{port: {get_resource: port%d}}]}}\n"
                .formatted(i, random.nextInt(2), random.nextInt(2), i));
      }
      if (random.nextInt(3) > 0) {
        text.append(
            "  disk%d: {type: OS::Cinder::Volume, properties: {size: %d, image: i%d}}\n"
                .formatted(i, 1 + random.nextInt(2), random.nextInt(2)));
      }
      text.append(
          "  group%d: {type: OS::Heat::ResourceGroup, properties: {count: %d, resource_def: {type: OS::Neutron::Router, properties: {name: r%d}}}}\n"
              .formatted(i, random.nextInt(3), random.nextInt(2)));
    }
    return text.toString();
  }

  @Property(tries = 200)
  void aStackComparedWithItselfChangesNothing(@ForAll long seed) {
    Made one = Made.of(application(new Random(seed)));
    Made same = Made.of(application(new Random(seed)));

    Compared compared = one.to(same);

    assertThat(compared.parts()).allMatch(change -> change.kind() == Kind.UNCHANGED);
    assertThat(compared.resources())
        .allMatch(change -> change.kind() == ResourceChange.Kind.UNCHANGED);
  }

  @Property(tries = 200)
  void everyPartIsInExactlyOneChange(@ForAll long one, @ForAll long other) {
    Made before = Made.of(application(new Random(one)));
    Made after = Made.of(application(new Random(other)));

    Compared compared = before.to(after);

    List<String> ids = compared.parts().stream().map(change -> change.id().toString()).toList();
    assertThat(ids).doesNotHaveDuplicates();
    List<String> wanted = after.planned.stream().map(part -> part.id().toString()).toList();
    List<String> there = before.planned.stream().map(part -> part.id().toString()).toList();
    assertThat(ids).containsAll(wanted).containsAll(there);
    for (PartChange change : compared.parts()) {
      boolean was = there.contains(change.id().toString());
      boolean shall = wanted.contains(change.id().toString());
      assertThat(change.kind() == Kind.ADDED).as("%s", change).isEqualTo(!was);
      assertThat(change.kind() == Kind.REMOVED).as("%s", change).isEqualTo(!shall);
      boolean caused = change.kind() == Kind.UPDATED || change.kind() == Kind.REPLACED;
      assertThat(change.causes().isEmpty()).as("%s", change).isEqualTo(!caused);
      if (change.kind() == Kind.REPLACED && change.id().resource().startsWith("disk")) {
        assertThat(change.newFirst()).as("%s", change).isTrue();
      }
    }
    assertThat(
            compared.resources().stream()
                .map(ResourceChange::resource)
                .collect(Collectors.toList()))
        .doesNotHaveDuplicates();
  }
}
