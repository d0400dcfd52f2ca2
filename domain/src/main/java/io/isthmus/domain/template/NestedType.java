package io.isthmus.domain.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A type that is a template itself: its properties are that template's parameters, its attributes
 * the outputs.
 *
 * @see "openstack/heat heat/engine/resources/template_resource.py"
 */
final class NestedType implements ResourceType {

  /** The output that {@code get_resource} yields, where the template has it. */
  static final String REFERENCE = "OS::stack_id";

  private final String name;
  private final String file;
  private final HotTemplate template;
  private final Map<String, PropertySchema> properties = new LinkedHashMap<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();

  /**
   * @param name as the outer template says it
   * @param file name of the template's file
   */
  NestedType(String name, String file, HotTemplate template) {
    this.name = name;
    this.file = file;
    this.template = template;
    for (ParameterDefinition parameter : template.parameters()) {
      properties.put(parameter.name(), schema(parameter));
    }
    template.outputs().forEach(output -> attributes.put(output.name(), output.description()));
  }

  /** Constraints are checked once values were read as the parameter's type. */
  private static PropertySchema schema(ParameterDefinition parameter) {
    return new PropertySchema(
        parameter.name(),
        parameter.type() == ParameterType.STRING
            ? PropertySchema.Type.STRING
            : PropertySchema.Type.ANY,
        false,
        !parameter.immutable(),
        List.of(),
        Map.of(),
        List.of(),
        false,
        Optional.empty(),
        parameter.description());
  }

  HotTemplate template() {
    return template;
  }

  String file() {
    return file;
  }

  boolean hasReference() {
    return attributes.containsKey(REFERENCE);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Footing footing() {
    return Footing.COMPUTED;
  }

  @Override
  public String serviceType() {
    return "";
  }

  @Override
  public Map<String, PropertySchema> properties() {
    return properties;
  }

  @Override
  public Map<String, String> attributes() {
    return attributes;
  }

  @Override
  public String toString() {
    return name;
  }
}
