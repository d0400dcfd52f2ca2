package io.isthmus.domain.template.type;

import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.ResourceType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What all types share: names and tables. */
abstract class SchemaType implements ResourceType {

  private final String name;
  private final Footing footing;
  private final String serviceType;
  private final Map<String, PropertySchema> properties = new LinkedHashMap<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();

  SchemaType(String name, Footing footing, String serviceType) {
    this.name = name;
    this.footing = footing;
    this.serviceType = serviceType;
  }

  final void properties(Property... given) {
    for (Property property : given) {
      PropertySchema schema = property.schema();
      properties.put(schema.name(), schema);
    }
  }

  final void attribute(String attribute, String description) {
    attributes.put(attribute, description);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Footing footing() {
    return footing;
  }

  @Override
  public final String serviceType() {
    return serviceType;
  }

  @Override
  public final Map<String, PropertySchema> properties() {
    return Collections.unmodifiableMap(properties);
  }

  @Override
  public final Map<String, String> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  @Override
  public Set<String> unsupportedAttributes() {
    return Set.of("show");
  }

  @Override
  public final String toString() {
    return name;
  }
}
