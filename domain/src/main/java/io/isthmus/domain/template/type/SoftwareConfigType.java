package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.any;
import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.listOfMaps;
import static io.isthmus.domain.template.type.Property.map;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Values;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * A script or another text for servers, as it is.
 *
 * @see "openstack/heat heat/engine/resources/openstack/heat/software_config.py"
 */
final class SoftwareConfigType extends ConfigType {

  private static final String[] TYPES = {
    "String", "Number", "CommaDelimitedList", "Json", "Boolean"
  };

  SoftwareConfigType() {
    super("OS::Heat::SoftwareConfig");
    properties(
        group(),
        text(CONFIG, "The script or configuration."),
        map("options", "Options for a tool that performs it; kept for reference only."),
        listOfMaps(
            "inputs",
            "What a deployment would give it; kept for reference only.",
            text("name", "Name of the input.").required(),
            text("description", "What it is."),
            text("type", "Type of its value.").oneOf(TYPES),
            any("default", "Its value when none is given."),
            bool("replace_on_change", "Whether a change replaces the deployment.")),
        listOfMaps(
            "outputs",
            "What a deployment would tell of it; kept for reference only.",
            text("name", "Name of the output.").required(),
            text("description", "What it is."),
            text("type", "Type of its value.").oneOf(TYPES),
            bool("error_output", "Whether a value means failure.")));
  }

  @Override
  public String config(JsonObject properties) {
    return Values.python(properties.getOrDefault(CONFIG, JsonValue.NULL));
  }
}
