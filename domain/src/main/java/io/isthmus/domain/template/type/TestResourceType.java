package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;
import java.util.Set;

/**
 * A resource that does nothing but keep a text, to try templates and policies with, and to measure
 * with. It is placed like any other, so that policies hold for it, and asks no service of the
 * cloud.
 *
 * @see "openstack/heat heat/engine/resources/openstack/heat/test_resource.py"
 */
public final class TestResourceType extends SchemaType {

  public static final String NAME = "OS::Heat::TestResource";

  TestResourceType() {
    super(NAME, Footing.PLACED, "");
    properties(
        text("value", "The text to keep; test_string when not given.").updatable(),
        bool("fail", "Whether its creation and its changes fail.").updatable(),
        integer("wait_secs", "Seconds that its creation takes.").updatable().between(0, 86_400));
    attribute("output", "The text that it keeps.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of(
        "update_replace",
        "update_replace_value",
        "action_wait_secs",
        "client_name",
        "entity_name",
        "constraint_prop_secs");
  }
}
