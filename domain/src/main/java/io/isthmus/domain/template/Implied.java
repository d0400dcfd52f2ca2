package io.isthmus.domain.template;

import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetResource;
import io.isthmus.domain.template.function.ListExpression;
import io.isthmus.domain.template.function.MapExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must be there before a resource although the template does not say so: subnets before the
 * servers and ports of their network, routers before the addresses that lead through them.
 *
 * @see "openstack/heat add_dependencies of the Nova and Neutron resources"
 */
final class Implied {

  private final HotGraph graph;
  private final GraphScope scope;

  Implied(HotGraph graph) {
    this.graph = graph;
    this.scope = new GraphScope(graph, References.NONE, new Findings());
  }

  List<String> of(ResourceDefinition resource) {
    MapExpression properties = resource.madeProperties();
    return switch (resource.madeType().name()) {
      case "OS::Nova::Server" -> subnetsOfServer(properties);
      case "OS::Neutron::Port" -> subnetsOn(identity(properties.entries().get("network")));
      case "OS::Neutron::Router" ->
          subnetsOn(identity(find(properties, "external_gateway_info", "network")));
      case "OS::Neutron::FloatingIP" -> {
        List<String> needs =
            new ArrayList<>(gateways(identity(properties.entries().get("floating_network"))));
        needs.addAll(interfacesFor(properties.entries().get("port_id")));
        yield needs;
      }
      case "OS::Neutron::FloatingIPAssociation" ->
          interfacesFor(properties.entries().get("port_id"));
      default -> List.of();
    };
  }

  private List<String> subnetsOfServer(MapExpression properties) {
    List<String> subnets = new ArrayList<>();
    if (properties.entries().get("networks") instanceof ListExpression networks) {
      for (Expression item : networks.items()) {
        if (item instanceof MapExpression network) {
          Expression named =
              network.entries().getOrDefault("network", network.entries().get("uuid"));
          subnets.addAll(subnetsOn(identity(named)));
        }
      }
    }
    return subnets;
  }

  private List<String> subnetsOn(Optional<String> network) {
    return all("OS::Neutron::Subnet").stream()
        .filter(
            subnet ->
                network.isPresent()
                    && identity(subnet.madeProperties().entries().get("network")).equals(network))
        .map(ResourceDefinition::name)
        .toList();
  }

  private List<String> gateways(Optional<String> external) {
    return all("OS::Neutron::Router").stream()
        .filter(
            router ->
                external.isPresent()
                    && identity(find(router.madeProperties(), "external_gateway_info", "network"))
                        .equals(external))
        .map(ResourceDefinition::name)
        .toList();
  }

  /** An address can be led to a port only once a router joins the port's network to the outside. */
  private List<String> interfacesFor(Expression port) {
    if (port == null) {
      return List.of();
    }
    Optional<String> network = networkOf(port);
    return all("OS::Neutron::RouterInterface").stream()
        .filter(
            joint ->
                network.isEmpty()
                    || networkOfSubnet(joint.madeProperties().entries().get("subnet"))
                        .equals(network))
        .map(ResourceDefinition::name)
        .toList();
  }

  private Optional<String> networkOf(Expression port) {
    return definition(port, "OS::Neutron::Port")
        .flatMap(p -> identity(p.madeProperties().entries().get("network")));
  }

  private Optional<String> networkOfSubnet(Expression subnet) {
    return definition(subnet, "OS::Neutron::Subnet")
        .flatMap(s -> identity(s.madeProperties().entries().get("network")));
  }

  private Optional<ResourceDefinition> definition(Expression value, String type) {
    return value instanceof GetResource get
        ? graph.definition(get.resource()).filter(d -> d.madeType().name().equals(type))
        : Optional.empty();
  }

  private List<ResourceDefinition> all(String type) {
    return graph.template().definitions().values().stream()
        .filter(definition -> definition.madeType().name().equals(type))
        .toList();
  }

  private static Expression find(MapExpression properties, String first, String second) {
    return properties.entries().get(first) instanceof MapExpression map
        ? map.entries().get(second)
        : null;
  }

  /** Equal for values that mean the same thing; empty when what is meant is not known. */
  private Optional<String> identity(Expression value) {
    if (value == null) {
      return Optional.empty();
    }
    return value instanceof GetResource get
        ? Optional.of("resource " + get.resource())
        : value.evaluate(scope).map(known -> "name " + Values.python(known));
  }
}
