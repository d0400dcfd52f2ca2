package io.isthmus.rest.template;

import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.ResourceType;
import io.isthmus.domain.template.ValueConstraint;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A resource type whole, in the form of Heat's own answer.
 *
 * @param attributes name to description
 * @param unsupported paths of properties that Heat has and that are refused here
 * @see "Heat API v1, GET /resource_types/{type_name}"
 */
public record TypeBody(
    String name,
    String service,
    String places,
    Map<String, PropertyBody> properties,
    Map<String, String> attributes,
    List<String> unsupported) {

  static TypeBody of(ResourceType type) {
    return new TypeBody(
        type.name(),
        type.serviceType(),
        type.footing().name().toLowerCase(Locale.ROOT),
        PropertyBody.all(type.properties()),
        type.attributes(),
        type.unsupportedProperties().stream().sorted().toList());
  }

  /**
   * One property.
   *
   * @param type string, integer, number, boolean, list, map or any
   * @param members by key of a map, under * for all other keys and the items of a list; null when
   *     anything goes
   * @param resourceTypes types that it may name by get_resource; null for none
   */
  public record PropertyBody(
      String type,
      boolean required,
      boolean updatable,
      String description,
      List<ConstraintBody> constraints,
      Map<String, PropertyBody> members,
      List<String> resourceTypes) {

    static Map<String, PropertyBody> all(Map<String, PropertySchema> schemas) {
      Map<String, PropertyBody> bodies = new LinkedHashMap<>();
      schemas.forEach((name, schema) -> bodies.put(name, of(schema)));
      return bodies;
    }

    private static PropertyBody of(PropertySchema schema) {
      return new PropertyBody(
          schema.type().name().toLowerCase(Locale.ROOT),
          schema.required(),
          schema.updatable(),
          schema.description(),
          schema.constraints().stream().map(ConstraintBody::of).toList(),
          schema.members().isEmpty() ? null : all(schema.members()),
          schema.refersTo().isEmpty() ? null : schema.refersTo());
    }
  }

  /** One constraint: exactly one of its parts, under HOT's name for it. */
  public record ConstraintBody(
      Bounds length,
      Bounds range,
      Step modulo,
      List<String> allowedValues,
      String allowedPattern,
      String customConstraint) {

    static ConstraintBody of(ValueConstraint constraint) {
      if (constraint instanceof ValueConstraint.Length length) {
        return new ConstraintBody(
            new Bounds(number(length.min()), number(length.max())), null, null, null, null, null);
      }
      if (constraint instanceof ValueConstraint.Range range) {
        return new ConstraintBody(
            null,
            new Bounds(range.min().orElse(null), range.max().orElse(null)),
            null,
            null,
            null,
            null);
      }
      if (constraint instanceof ValueConstraint.Modulo modulo) {
        return new ConstraintBody(
            null, null, new Step(modulo.step(), modulo.offset()), null, null, null);
      }
      if (constraint instanceof ValueConstraint.AllowedValues allowed) {
        return new ConstraintBody(null, null, null, allowed.values(), null, null);
      }
      if (constraint instanceof ValueConstraint.AllowedPattern pattern) {
        return new ConstraintBody(null, null, null, null, pattern.pattern(), null);
      }
      return new ConstraintBody(
          null, null, null, null, null, ((ValueConstraint.Custom) constraint).name());
    }

    private static BigDecimal number(Optional<Integer> value) {
      return value.map(BigDecimal::valueOf).orElse(null);
    }
  }

  /** Both ends inclusive; null for none. */
  public record Bounds(BigDecimal min, BigDecimal max) {}

  /** {@code offset + n·step}. */
  public record Step(BigDecimal step, BigDecimal offset) {}
}
