package io.isthmus.domain.template;

import java.util.List;
import java.util.Map;

/**
 * A type of resource: what HOT may say of it. The other half of the contract, how it is made in a
 * cloud, is {@code io.isthmus.domain.stack.ResourceDriver}.
 *
 * @see "Heat, OpenStack Resource Types"
 */
public interface ResourceType {

  /** Such as {@code OS::Nova::Server}. */
  String name();

  Footing footing();

  /** Official type of the service that holds it, such as {@code compute}; empty when COMPUTED. */
  String serviceType();

  /** By name, in the order in which they are shown. */
  Map<String, PropertySchema> properties();

  /** Attribute name to one English sentence about it. */
  Map<String, String> attributes();

  /** Checks that no schema can express, such as "either this or that property". */
  default List<io.isthmus.domain.fault.Violation> validate(ResourceNode node) {
    return List.of();
  }
}
