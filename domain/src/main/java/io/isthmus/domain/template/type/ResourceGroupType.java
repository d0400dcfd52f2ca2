package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.map;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceType;
import java.util.Set;

/**
 * Several resources that are alike; each is a node of the graph and is placed on its own.
 *
 * @see "openstack/heat heat/engine/resources/openstack/heat/resource_group.py"
 */
public final class ResourceGroupType extends SchemaType {

  public static final String NAME = "OS::Heat::ResourceGroup";

  /** What is replaced by a member's number when {@code index_var} does not say otherwise. */
  public static final String INDEX_VAR = "%index%";

  ResourceGroupType() {
    super(NAME, Footing.COMPUTED, "");
    properties(
        integer("count", "How many there shall be; 1 when not given.").updatable().atLeast(0),
        text("index_var", "What stands for a member's number in its properties.").length(3, null),
        map(
                "resource_def",
                "What the members are.",
                text("type", "Their type.").required(),
                map("properties", "Their properties."),
                map("metadata", "Their metadata."))
            .required()
            .updatable());
    attribute("refs", "The members' IDs, as a list.");
    attribute("refs_map", "The members' IDs by member.");
    attribute("attributes", "An attribute of each member, by member.");
  }

  public static boolean is(ResourceType type) {
    return type.name().equals(NAME);
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of("removal_policies", "removal_policies_mode");
  }

  @Override
  public Set<String> unsupportedAttributes() {
    return Set.of("show", "removed_rsrc_list");
  }
}
