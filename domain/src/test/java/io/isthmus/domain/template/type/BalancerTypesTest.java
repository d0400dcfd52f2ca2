package io.isthmus.domain.template.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.placement.HotDrafts;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceReference;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BalancerTypesTest {
  private static final String BALANCED =
      """
      heat_template_version: wallaby
      resources:
        net: { type: OS::Neutron::Net }
        subnet:
          type: OS::Neutron::Subnet
          properties: { network: { get_resource: net }, cidr: 10.0.0.0/24 }
        server:
          type: OS::Nova::Server
          properties: { flavor: f, image: i, networks: [{ network: { get_resource: net } }] }
        balancer:
          type: OS::Octavia::LoadBalancer
          properties: { vip_subnet: { get_resource: subnet } }
        listener:
          type: OS::Octavia::Listener
          properties: { loadbalancer: { get_resource: balancer }, protocol: HTTP, protocol_port: 80 }
        pool:
          type: OS::Octavia::Pool
          properties: { listener: { get_resource: listener }, protocol: HTTP, lb_algorithm: ROUND_ROBIN }
        monitor:
          type: OS::Octavia::HealthMonitor
          properties: { pool: { get_resource: pool }, type: TCP, delay: 5, timeout: 3, max_retries: 3 }
        member:
          type: OS::Octavia::PoolMember
          properties:
            pool: { get_resource: pool }
            address: { get_attr: [server, first_address] }
            protocol_port: 80
      """;

  private static ResourceGraph graph(String template) {
    return new HotDrafts()
        .read(
            ProjectId.parse("acme/demo"),
            "shop",
            TemplateSource.of(template),
            "",
            JsonValue.EMPTY_JSON_OBJECT)
        .graph();
  }

  private static List<String> mistakes(String from, String to) {
    assertThat(BALANCED).contains(from);
    FederationFault fault =
        catchThrowableOfType(() -> graph(BALANCED.replace(from, to)), FederationFault.class);
    return fault.violations().stream().map(Violation::message).map(Object::toString).toList();
  }

  @Test
  void aMemberIsWhereTheServerIsWhoseAddressItHas() {
    assertThat(graph(BALANCED).find("member").orElseThrow().references())
        .contains(
            new ResourceReference(
                Optional.of("address"), "server", Optional.of("first_address"), true),
            new ResourceReference(Optional.of("pool"), "pool", Optional.empty(), true));
  }

  @Test
  void refusesWhatHeatRefuses() {
    assertThat(
            mistakes("loadbalancer: { get_resource: balancer }, protocol: HTTP", "protocol: HTTP"))
        .containsExactly("One of these is needed: loadbalancer, default_pool.");
    assertThat(mistakes("listener: { get_resource: listener }, protocol", "protocol"))
        .containsExactly("One of these is needed: listener, loadbalancer.");
    assertThat(
            mistakes(
                "balancer }, protocol: HTTP, protocol_port: 80",
                "balancer }, protocol: TERMINATED_HTTPS, protocol_port: 443"))
        .containsExactly(
            "“default_tls_container_ref” is needed when “protocol” is TERMINATED_HTTPS.");
    assertThat(
            mistakes(
                "lb_algorithm: ROUND_ROBIN",
                "lb_algorithm: ROUND_ROBIN, session_persistence: { type: APP_COOKIE }"))
        .containsExactly("“cookie_name” is needed when “type” is APP_COOKIE.");
    assertThat(
            mistakes(
                "lb_algorithm: ROUND_ROBIN",
                "lb_algorithm: ROUND_ROBIN, session_persistence: { type: SOURCE_IP, cookie_name: c }"))
        .containsExactly("“cookie_name” cannot be given when “type” is SOURCE_IP.");
    assertThat(mistakes("max_retries: 3", "max_retries: 11")).hasSize(1);
    assertThat(mistakes("protocol_port: 80 }", "protocol_port: 70000 }")).hasSize(1);
    assertThat(mistakes("{ get_resource: pool }, type: TCP", "{ get_resource: net }, type: TCP"))
        .hasSize(1);
  }

  @Test
  void takesWhatOctaviaCanKeepApartFromTheRest() {
    String template =
        BALANCED
            .replace(
                "vip_subnet: { get_resource: subnet }",
                "vip_subnet: { get_resource: subnet }, availability_zone: az1")
            .replace(
                "balancer }, protocol: HTTP, protocol_port: 80",
                "balancer }, protocol: HTTP, protocol_port: 80, allowed_cidrs: [192.0.2.0/24]")
            .replaceAll("( +)protocol_port: 80\n", "$1protocol_port: 80\n$1tags: [blue]\n");

    assertThat(graph(template).find("listener").orElseThrow().knownProperties().toString())
        .contains("192.0.2.0/24");
    assertThat(graph(template).find("member").orElseThrow().knownProperties().toString())
        .contains("blue");
    assertThat(graph(template).find("balancer").orElseThrow().knownProperties().toString())
        .contains("az1");
    assertThat(
            mistakes(
                "balancer }, protocol: HTTP, protocol_port: 80",
                "balancer }, protocol: HTTP, protocol_port: 80, allowed_cidrs: [everybody]"))
        .hasSize(1)
        .first()
        .asString()
        .contains("everybody");
    assertThat(
            mistakes("lb_algorithm: ROUND_ROBIN", "lb_algorithm: ROUND_ROBIN, tls_enabled: true"))
        .hasSize(1)
        .first()
        .asString()
        .contains("tls_enabled");
  }
}
