package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.any;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;

/**
 * A value that is computed once and named.
 *
 * @see "openstack/heat heat/engine/resources/openstack/heat/value.py"
 */
public final class ValueType extends SchemaType {

  public static final String NAME = "OS::Heat::Value";

  ValueType() {
    super(NAME, Footing.COMPUTED, "");
    properties(
        any("value", "What to compute.").required().updatable(),
        text("type", "What the value is made into.")
            .updatable()
            .oneOf("string", "number", "comma_delimited_list", "json", "boolean"));
    attribute("value", "The value.");
  }
}
