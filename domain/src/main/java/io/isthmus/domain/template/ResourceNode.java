package io.isthmus.domain.template;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** One resource of a graph: a resource of the template, a group, or a group's member. */
public interface ResourceNode {

  /** {@code db}, or {@code web/0} for a member of the group {@code web}. */
  String path();

  ResourceType type();

  /** The group's path when this is a member. */
  Optional<String> group();

  /** HOT's {@code metadata} section, resolved as far as parameters reach. */
  JsonObject metadata();

  DeletionPolicy deletionPolicy();

  /** Every reference, direct ones only, in template order. */
  List<ResourceReference> references();

  /**
   * The properties with all functions applied and defaults not filled in. A value that depends on
   * something not known yet is left out, and with it whatever contains it as text.
   */
  JsonObject knownProperties();

  /**
   * The properties with all functions applied.
   *
   * @throws io.isthmus.domain.fault.FederationFault TEMPLATE_INVALID when something that is needed
   *     is not known, naming it
   */
  JsonObject properties(References references);

  /** Line of the resource in the template, 1-based. */
  int line();
}
