package io.isthmus.domain.template;

import io.isthmus.domain.fault.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** Official type of the service that holds it, such as {@code compute}; empty when none does. */
  String serviceType();

  /** By name, in the order in which they are shown. */
  Map<String, PropertySchema> properties();

  /** Attribute name to one English sentence about it. */
  Map<String, String> attributes();

  /**
   * Paths of properties that Heat has and that are not performed here, such as {@code
   * networks.*.tag}; they are refused by name.
   */
  default Set<String> unsupportedProperties() {
    return Set.of();
  }

  /** Attributes that Heat has and that are not known here; they are refused by name. */
  default Set<String> unsupportedAttributes() {
    return Set.of();
  }

  /**
   * Checks that no schema can express, such as "either this or that property". A violation without
   * a line gets the resource's.
   */
  default List<Violation> validate(ResourceNode node) {
    return List.of();
  }
}
