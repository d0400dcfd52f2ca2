package io.isthmus.openstack.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.type.ResourceTypes;
import io.isthmus.openstack.compute.KeyPairDriver;
import io.isthmus.openstack.compute.ServerDriver;
import io.isthmus.openstack.compute.ServerGroupDriver;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.loadbalancer.HealthMonitorDriver;
import io.isthmus.openstack.loadbalancer.ListenerDriver;
import io.isthmus.openstack.loadbalancer.LoadBalancerDriver;
import io.isthmus.openstack.loadbalancer.PoolDriver;
import io.isthmus.openstack.loadbalancer.PoolMemberDriver;
import io.isthmus.openstack.network.FloatingIpAssociationDriver;
import io.isthmus.openstack.network.FloatingIpDriver;
import io.isthmus.openstack.network.NetDriver;
import io.isthmus.openstack.network.PortDriver;
import io.isthmus.openstack.network.RouterDriver;
import io.isthmus.openstack.network.RouterInterfaceDriver;
import io.isthmus.openstack.network.SecurityGroupDriver;
import io.isthmus.openstack.network.SecurityGroupRuleDriver;
import io.isthmus.openstack.network.SubnetDriver;
import io.isthmus.openstack.network.SubnetNetworks;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import io.isthmus.openstack.volume.VolumeAttachmentDriver;
import io.isthmus.openstack.volume.VolumeDriver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every property that a type says to change in place is changed by its driver: for each there is a
 * case that shows which call is made for it, and that none is made when nothing differs.
 */
class UpdatablePropertiesTest {
  private static final String A = "11111111-2222-3333-4444-55555555555a";
  private static final String B = "11111111-2222-3333-4444-55555555555b";
  private static final String NEUTRON = "/network/v2.0";
  private static final String OCTAVIA = "/load-balancer/v2";
  private static final String SERVER = "/compute/v2.1/servers/x";
  private static final String VOLUME = "/volume/v3/" + ScriptedCloud.PROJECT + "/volumes/x";

  /** Properties that only say how others are changed. */
  private static final Set<String> POLICIES =
      Set.of("flavor_update_policy", "image_update_policy", "user_data_update_policy");

  /**
   * @param before the property's value before, as JSON with single quotes
   * @param after its new value
   * @param there fields that tell the value before
   * @param call method and path that must be asked
   * @param sent what its body must hold
   */
  private record Case(
      String type,
      String property,
      String before,
      String after,
      String there,
      String call,
      String sent) {}

  private static final List<Case> CASES = new ArrayList<>();

  private static void neutron(
      String type,
      String path,
      String property,
      String before,
      String after,
      String there,
      String sent) {
    boolean tags = property.equals("tags");
    CASES.add(
        new Case(
            type,
            property,
            before,
            after,
            there,
            "PUT " + NEUTRON + "/" + path + "/x" + (tags ? "/tags" : ""),
            sent));
  }

  private static void octavia(
      String type,
      String path,
      String property,
      String before,
      String after,
      String there,
      String sent) {
    CASES.add(
        new Case(type, property, before, after, there, "PUT " + OCTAVIA + "/lbaas/" + path, sent));
  }

  private static void server(
      String property, String before, String after, String there, String call, String sent) {
    CASES.add(new Case("OS::Nova::Server", property, before, after, there, call, sent));
  }

  private static void volume(
      String property, String before, String after, String there, String call, String sent) {
    CASES.add(new Case("OS::Cinder::Volume", property, before, after, there, call, sent));
  }

  private static void named(String type, String path) {
    neutron(type, path, "name", "'a'", "'b'", "'name': 'a'", "'name':'b'");
  }

  private static void switched(String type, String path, String property) {
    String field = "'" + property + "': true";
    neutron(type, path, property, "true", "false", field, "'" + property + "':false");
  }

  private static void tagged(String type, String path) {
    neutron(
        type, path, "tags", "['a']", "['b']", "'tags': ['a', 'theirs']", "'tags':['theirs','b']");
  }

  static {
    String net = "OS::Neutron::Net";
    named(net, "networks");
    switched(net, "networks", "admin_state_up");
    switched(net, "networks", "port_security_enabled");
    neutron(net, "networks", "dns_domain", "'a.'", "'b.'", "'dns_domain': 'a.'", "'b.'");
    tagged(net, "networks");

    String subnet = "OS::Neutron::Subnet";
    named(subnet, "subnets");
    switched(subnet, "subnets", "enable_dhcp");
    neutron(
        subnet,
        "subnets",
        "dns_nameservers",
        "['192.0.2.1', '192.0.2.2']",
        "['192.0.2.2', '192.0.2.1']",
        "'dns_nameservers': ['192.0.2.1', '192.0.2.2']",
        "'dns_nameservers':['192.0.2.2','192.0.2.1']");
    neutron(
        subnet,
        "subnets",
        "gateway_ip",
        "'10.0.0.1'",
        "''",
        "'gateway_ip': '10.0.0.1'",
        "'gateway_ip':null");
    neutron(
        subnet,
        "subnets",
        "allocation_pools",
        "[{'start': '10.0.0.2', 'end': '10.0.0.9'}]",
        "[{'start': '10.0.0.2', 'end': '10.0.0.8'}]",
        "'allocation_pools': [{'start': '10.0.0.2', 'end': '10.0.0.9'}]",
        "'end':'10.0.0.8'");
    neutron(
        subnet,
        "subnets",
        "host_routes",
        "[{'destination': '10.1.0.0/16', 'nexthop': '10.0.0.2'}]",
        "[]",
        "'host_routes': [{'destination': '10.1.0.0/16', 'nexthop': '10.0.0.2'}]",
        "'host_routes':[]");
    tagged(subnet, "subnets");

    String router = "OS::Neutron::Router";
    named(router, "routers");
    switched(router, "routers", "admin_state_up");
    neutron(
        router,
        "routers",
        "external_gateway_info",
        "{'network': '" + A + "'}",
        "{'network': '" + B + "'}",
        "'external_gateway_info': {'network_id': '" + A + "', 'enable_snat': true}",
        "'network_id':'" + B + "'");
    tagged(router, "routers");

    String port = "OS::Neutron::Port";
    named(port, "ports");
    switched(port, "ports", "admin_state_up");
    neutron(
        port,
        "ports",
        "port_security_enabled",
        "true",
        "false",
        "'port_security_enabled': true, 'security_groups': ['" + A + "']",
        "'security_groups':[]");
    neutron(
        port,
        "ports",
        "fixed_ips",
        "[{'subnet': '" + A + "', 'ip_address': '10.0.0.5'}]",
        "[{'subnet': '" + A + "', 'ip_address': '10.0.0.6'}]",
        "'fixed_ips': [{'subnet_id': '" + A + "', 'ip_address': '10.0.0.5'}]",
        "10.0.0.6");
    neutron(
        port,
        "ports",
        "security_groups",
        "['" + A + "', '" + B + "']",
        "['" + B + "']",
        "'security_groups': ['" + B + "', '" + A + "']",
        "'security_groups':['" + B + "']");
    neutron(port, "ports", "dns_name", "'a'", "'b'", "'dns_name': 'a'", "'dns_name':'b'");
    neutron(
        port,
        "ports",
        "allowed_address_pairs",
        "[{'ip_address': '10.0.0.7'}]",
        "[{'ip_address': '10.0.0.8'}]",
        "'allowed_address_pairs': [{'ip_address': '10.0.0.7', 'mac_address': 'fa:16:3e:0:0:1'}]",
        "10.0.0.8");
    tagged(port, "ports");

    String floating = "OS::Neutron::FloatingIP";
    neutron(
        floating,
        "floatingips",
        "port_id",
        "'" + A + "'",
        "'" + B + "'",
        "'port_id': '" + A + "'",
        "'port_id':'" + B + "'");
    neutron(
        floating,
        "floatingips",
        "fixed_ip_address",
        "'10.0.0.5'",
        "'10.0.0.6'",
        "'fixed_ip_address': '10.0.0.5'",
        "'fixed_ip_address':'10.0.0.6'");

    String group = "OS::Neutron::SecurityGroup";
    named(group, "security-groups");
    neutron(group, "security-groups", "description", "'a'", "'b'", "", "'description':'b [isthmus");
    CASES.add(
        new Case(
            group,
            "rules",
            "[{'protocol': 'tcp'}]",
            "[{'protocol': 'udp'}]",
            "'security_group_rules': [{'id': 'r', 'direction': 'ingress', 'ethertype': 'IPv4',"
                + " 'protocol': 'tcp'}]",
            "POST " + NEUTRON + "/security-group-rules",
            "'protocol':'udp'"));

    String association = "OS::Neutron::FloatingIPAssociation";
    neutron(association, "floatingips", "port_id", "'" + A + "'", "'" + B + "'", "", B);
    neutron(
        association, "floatingips", "fixed_ip_address", "'10.0.0.5'", "'10.0.0.6'", "", "10.0.0.6");
    neutron(association, "floatingips", "floatingip_id", "'x'", "'y'", "", "'port_id':null");

    String flavorIs = "'flavor': {'id': '" + A + "'}";
    server("name", "'a'", "'b'", "'name': 'a'", "PUT " + SERVER, "'name':'b'");
    server(
        "metadata",
        "{'k': 'a'}",
        "{'k': 'b'}",
        "'metadata': {'k': 'a', MARK}",
        "POST " + SERVER + "/metadata",
        "{'metadata':{'k':'b'}}");
    server(
        "tags",
        "['a']",
        "['b']",
        "'tags': ['a', 'theirs']",
        "PUT " + SERVER + "/tags",
        "['theirs','b']");
    server(
        "flavor",
        "'" + A + "'",
        "'" + B + "'",
        flavorIs,
        "POST " + SERVER + "/action",
        "{'resize':{'flavorRef':'" + B + "'}}");
    server(
        "image",
        "'" + A + "'",
        "'" + B + "'",
        "'image': {'id': '" + A + "'}",
        "POST " + SERVER + "/action",
        "{'rebuild':{'imageRef':'" + B + "'}}");
    server(
        "networks",
        "[{'port': '" + A + "'}]",
        "[{'port': '" + B + "'}]",
        "",
        "POST " + SERVER + "/os-interface",
        B);
    server(
        "user_data",
        "'a'",
        "'b'",
        "'image': {'id': '" + A + "'}",
        "POST " + SERVER + "/action",
        "'user_data':'Yg=='");
    server("admin_pass", "'a'", "'b'", "", "POST " + SERVER + "/action", "changePassword");

    volume("name", "'a'", "'b'", "'name': 'a'", "PUT " + VOLUME, "'name':'b'");
    volume("description", "'a'", "'b'", "'description': 'a'", "PUT " + VOLUME, "'description':'b'");
    volume(
        "metadata",
        "{'k': 'a'}",
        "{}",
        "'metadata': {'k': 'a', MARK}",
        "DELETE " + VOLUME + "/metadata/k",
        "");
    volume("size", "1", "2", "'size': 1", "POST " + VOLUME + "/action", "'new_size':2");
    volume(
        "volume_type",
        "'a'",
        "'b'",
        "'volume_type': 'a'",
        "POST " + VOLUME + "/action",
        "'new_type':'b'");

    String attachment = "OS::Cinder::VolumeAttachment";
    String ending = "/compute/v2.1/servers/s-1/os-volume_attachments/x";
    CASES.add(new Case(attachment, "instance_uuid", "'s-1'", "'s-2'", "", "DELETE " + ending, ""));
    CASES.add(new Case(attachment, "volume_id", "'x'", "'y'", "", "DELETE " + ending, ""));

    Map<String, String> balanced = new LinkedHashMap<>();
    balanced.put("OS::Octavia::LoadBalancer", "loadbalancers/x");
    balanced.put("OS::Octavia::Listener", "listeners/x");
    balanced.put("OS::Octavia::Pool", "pools/x");
    balanced.forEach(
        (type, path) -> {
          octavia(type, path, "name", "'a'", "'b'", "'name': 'a'", "'name':'b'");
          octavia(
              type, path, "description", "'a'", "'b'", "'description': 'a'", "'description':'b'");
        });
    balanced.put("OS::Octavia::PoolMember", "pools/p/members/x");
    balanced.put("OS::Octavia::HealthMonitor", "healthmonitors/x");
    balanced.forEach(
        (type, path) ->
            octavia(
                type,
                path,
                "admin_state_up",
                "true",
                "false",
                "'admin_state_up': true",
                "'admin_state_up':false"));
    String listener = "OS::Octavia::Listener";
    octavia(
        listener,
        "listeners/x",
        "default_pool",
        "'" + A + "'",
        "'" + B + "'",
        "'default_pool_id': '" + A + "'",
        "'default_pool_id':'" + B + "'");
    octavia(
        listener,
        "listeners/x",
        "connection_limit",
        "5",
        "6",
        "'connection_limit': 5",
        "'connection_limit':6");
    octavia(
        listener,
        "listeners/x",
        "default_tls_container_ref",
        "'a'",
        "'b'",
        "'default_tls_container_ref': 'a'",
        "'default_tls_container_ref':'b'");
    octavia(
        listener,
        "listeners/x",
        "sni_container_refs",
        "['a', 'c']",
        "['b']",
        "'sni_container_refs': ['c', 'a']",
        "'sni_container_refs':['b']");
    octavia(
        listener,
        "listeners/x",
        "allowed_cidrs",
        "['10.0.0.0/8']",
        "['10.1.0.0/16']",
        "'allowed_cidrs': ['10.0.0.0/8']",
        "'allowed_cidrs':['10.1.0.0/16']");
    octavia(
        listener,
        "listeners/x",
        "tls_versions",
        "['TLSv1.2', 'TLSv1.3']",
        "['TLSv1.3']",
        "'tls_versions': ['TLSv1.3', 'TLSv1.2']",
        "'tls_versions':['TLSv1.3']");
    octavia(
        "OS::Octavia::Pool",
        "pools/x",
        "lb_algorithm",
        "'ROUND_ROBIN'",
        "'SOURCE_IP'",
        "'lb_algorithm': 'ROUND_ROBIN'",
        "'lb_algorithm':'SOURCE_IP'");
    octavia(
        "OS::Octavia::PoolMember",
        "pools/p/members/x",
        "weight",
        "1",
        "2",
        "'weight': 1",
        "'weight':2");
    octavia(
        "OS::Octavia::PoolMember",
        "pools/p/members/x",
        "tags",
        "['a']",
        "['b']",
        "'tags': ['a', MARK]",
        "'b']");
    String monitor = "OS::Octavia::HealthMonitor";
    for (String number : List.of("delay", "timeout", "max_retries")) {
      octavia(
          monitor,
          "healthmonitors/x",
          number,
          "3",
          "4",
          "'" + number + "': 3",
          "'" + number + "':4");
    }
    octavia(
        monitor,
        "healthmonitors/x",
        "http_method",
        "'GET'",
        "'HEAD'",
        "'http_method': 'GET'",
        "'http_method':'HEAD'");
    octavia(
        monitor,
        "healthmonitors/x",
        "url_path",
        "'/a'",
        "'/b'",
        "'url_path': '/a'",
        "'url_path':'/b'");
    octavia(
        monitor,
        "healthmonitors/x",
        "expected_codes",
        "'200'",
        "'204'",
        "'expected_codes': '200'",
        "'expected_codes':'204'");
  }

  private static Map<String, ResourceDriver> drivers() {
    Clouds clouds = ScriptedCloud.clouds(ScriptedCloud.config());
    Map<String, ResourceDriver> drivers = new LinkedHashMap<>();
    Stream.of(
            new NetDriver(clouds),
            new SubnetDriver(clouds, new SubnetNetworks()),
            new RouterDriver(clouds),
            new RouterInterfaceDriver(clouds),
            new PortDriver(clouds),
            new FloatingIpDriver(clouds),
            new FloatingIpAssociationDriver(clouds),
            new SecurityGroupDriver(clouds),
            new SecurityGroupRuleDriver(clouds),
            new KeyPairDriver(clouds),
            new ServerGroupDriver(clouds),
            new ServerDriver(clouds, new SubnetNetworks()),
            new VolumeDriver(clouds),
            new VolumeAttachmentDriver(clouds),
            new LoadBalancerDriver(clouds),
            new ListenerDriver(clouds),
            new PoolDriver(clouds),
            new PoolMemberDriver(clouds),
            new HealthMonitorDriver(clouds))
        .forEach(driver -> driver.types().forEach(type -> drivers.put(type, driver)));
    return drivers;
  }

  @Test
  void thereIsACaseForEveryPropertyThatChangesInPlace() {
    Set<String> updatable = new TreeSet<>();
    Map<String, ResourceDriver> drivers = drivers();
    ResourceTypes.all()
        .forEach(
            (name, type) -> {
              // What no service holds has no driver here.
              if (!type.serviceType().isEmpty()) {
                assertThat(drivers).containsKey(name);
                type.properties().values().stream()
                    .filter(PropertySchema::updatable)
                    .filter(property -> !POLICIES.contains(property.name()))
                    .forEach(property -> updatable.add(name + " " + property.name()));
              }
            });
    Set<String> shown = new TreeSet<>();
    CASES.forEach(one -> shown.add(one.type() + " " + one.property()));
    assertThat(shown).isEqualTo(updatable);
  }

  @TestFactory
  Stream<DynamicTest> asksForWhatDiffersAndForNothingElse() {
    return CASES.stream()
        .map(one -> DynamicTest.dynamicTest(one.type() + " " + one.property(), () -> check(one)));
  }

  private static void check(Case one) {
    try (ScriptedCloud cloud = new ScriptedCloud()) {
      cloud.balancing();
      script(cloud, one);
      ResourceDriver driver = drivers().get(one.type());
      DesiredPart before = part(one, one.before());
      Outcome same = driver.update(cloud.target(), before, before.properties(), soon());
      assertThat(same)
          .isInstanceOfSatisfying(Outcome.Taken.class, taken -> assertThat(taken.ready()).isTrue());
      assertThat(changes(cloud)).as("nothing differs").isEmpty();

      Outcome outcome =
          driver.update(cloud.target(), part(one, one.after()), before.properties(), soon());
      assertThat(outcome).isInstanceOf(Outcome.Taken.class);
      assertThat(changes(cloud))
          .anySatisfy(
              request -> {
                assertThat(request.method() + " " + request.path()).isEqualTo(one.call());
                assertThat(request.body().replace('"', '\'')).contains(one.sent());
              });
    }
  }

  private static List<ScriptedCloud.Request> changes(ScriptedCloud cloud) {
    return cloud.requests().stream()
        .filter(request -> !request.method().equals("GET"))
        .filter(request -> !request.path().endsWith("/auth/tokens"))
        .toList();
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(60);
  }

  private static DesiredPart part(Case one, String value) {
    Map<String, String> properties = new LinkedHashMap<>();
    switch (one.type()) {
      case "OS::Nova::Server" -> {
        properties.put("flavor", "'" + A + "'");
        properties.put("user_data_format", "'RAW'");
        properties.put("user_data_update_policy", "'REBUILD'");
      }
      case "OS::Neutron::FloatingIPAssociation" -> {
        properties.put("floatingip_id", "'x'");
        properties.put("port_id", "'" + A + "'");
      }
      case "OS::Cinder::VolumeAttachment" -> {
        properties.put("instance_uuid", "'s-1'");
        properties.put("volume_id", "'x'");
      }
      case "OS::Neutron::FloatingIP" -> {
        properties.put("floating_network", "'" + A + "'");
        properties.put("port_id", "'" + A + "'");
      }
      case "OS::Octavia::Listener", "OS::Octavia::Pool" ->
          properties.put("loadbalancer", "'" + A + "'");
      case "OS::Octavia::LoadBalancer" -> properties.put("vip_subnet", "'" + A + "'");
      case "OS::Octavia::HealthMonitor" -> properties.put("pool", "'" + A + "'");
      default -> properties.put("network", "'" + A + "'");
    }
    properties.put(one.property(), value);
    List<String> written = new ArrayList<>();
    properties.forEach((name, text) -> written.add("'" + name + "': " + text));
    String id = one.type().equals("OS::Octavia::PoolMember") ? "p/x" : "x";
    return Parts.recorded(Parts.of("r", one.type(), "{" + String.join(", ", written) + "}"), id);
  }

  /** The key under which services tell one. */
  private static String key(String type) {
    return switch (type) {
      case "OS::Neutron::Net" -> "network";
      case "OS::Neutron::SecurityGroup" -> "security_group";
      case "OS::Neutron::FloatingIPAssociation" -> "floatingip";
      case "OS::Cinder::VolumeAttachment" -> "volume";
      case "OS::Octavia::PoolMember" -> "member";
      default -> type.substring(type.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
    };
  }

  private static void script(ScriptedCloud cloud, Case one) {
    DesiredPart part = part(one, one.before());
    String text = Marks.text(part.mark());
    String metadata = Marks.metadata(part.mark()).toString().replace('"', '\'');
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", "'x'");
    if (one.type().startsWith("OS::Octavia")) {
      fields.put("tags", "['" + text + "']");
      fields.put("provisioning_status", "'ACTIVE'");
    } else if (one.type().startsWith("OS::Neutron")) {
      String words = one.property().equals("description") ? "a " : "";
      fields.put("description", "'" + words + text + "'");
      fields.put("port_id", "'" + A + "'");
      fields.put("cidr", "'10.0.0.0/24'");
      if (one.type().endsWith("Association")) {
        fields.put("fixed_ip_address", "'10.0.0.5'");
      }
    } else {
      fields.put("metadata", metadata);
      fields.put("status", "'ACTIVE'");
      fields.put("flavor", "{'id': '" + A + "'}");
      fields.put("attachments", "[{'server_id': 's-1'}]");
    }
    List<String> written = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          // An id of the case's is one of something within.
          if (name.equals("id") || !one.there().contains("'" + name + "':")) {
            written.add("'" + name + "': " + value);
          }
        });
    String inner =
        one.type().startsWith("OS::Octavia")
            ? "'" + text + "'"
            : metadata.substring(1, metadata.length() - 1);
    if (!one.there().isEmpty()) {
      written.add(one.there().replace("MARK", inner));
    }
    String object = "{" + String.join(", ", written) + "}";
    Reply reply = Reply.json(200, "{'" + key(one.type()) + "': " + object + "}");
    for (String path :
        List.of(
            NEUTRON + "/networks/x",
            NEUTRON + "/subnets/x",
            NEUTRON + "/routers/x",
            NEUTRON + "/ports/x",
            NEUTRON + "/floatingips/x",
            NEUTRON + "/floatingips/y",
            NEUTRON + "/security-groups/x",
            SERVER,
            VOLUME,
            OCTAVIA + "/lbaas/loadbalancers/x",
            OCTAVIA + "/lbaas/listeners/x",
            OCTAVIA + "/lbaas/pools/x",
            OCTAVIA + "/lbaas/pools/p/members/x",
            OCTAVIA + "/lbaas/healthmonitors/x")) {
      cloud.on("GET", path, reply);
      cloud.on("PUT", path, reply);
    }
    Reply nothing = Reply.json(200, "{}");
    for (String path :
        List.of(
            SERVER + "/metadata",
            SERVER + "/action",
            SERVER + "/os-interface",
            VOLUME + "/metadata",
            VOLUME + "/action",
            NEUTRON + "/security-group-rules")) {
      cloud.on("POST", path, nothing);
    }
    for (String path :
        List.of(
            SERVER + "/tags",
            NEUTRON + "/networks/x/tags",
            NEUTRON + "/subnets/x/tags",
            NEUTRON + "/routers/x/tags",
            NEUTRON + "/ports/x/tags")) {
      cloud.on("PUT", path, nothing);
    }
    cloud.on("DELETE", VOLUME + "/metadata/k", nothing);
    cloud.on("DELETE", SERVER + "/os-interface/" + A, nothing);
    cloud.on("DELETE", NEUTRON + "/security-group-rules/r", nothing);
    cloud.on("DELETE", "/compute/v2.1/servers/s-1/os-volume_attachments/x", nothing);
    cloud.on("GET", NEUTRON + "/floatingips", Reply.json(200, "{'floatingips': [" + object + "]}"));
    cloud.on("GET", NEUTRON + "/ports", Reply.json(200, "{'ports': [{'id': '" + A + "'}]}"));
    cloud.on("GET", SERVER + "/os-instance-actions", Reply.json(200, "{'instanceActions': []}"));
    cloud.on(
        "GET",
        VOLUME.replace("/volumes/x", "/types"),
        Reply.json(200, "{'volume_types': [{'id': '1', 'name': 'a'}, {'id': '2', 'name': 'b'}]}"));
    cloud.on(
        "GET", "/compute/v2.1/", Reply.json(200, "{'version': {'id': 'v2.1', 'version': '2.90'}}"));
  }
}
