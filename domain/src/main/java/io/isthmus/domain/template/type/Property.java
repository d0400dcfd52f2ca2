package io.isthmus.domain.template.type;

import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.ValueConstraint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes property schemas down in a readable way. */
final class Property {

  private final String name;
  private final PropertySchema.Type type;
  private final String description;
  private boolean required;
  private boolean updatable;
  private final List<ValueConstraint> constraints = new ArrayList<>();
  private final Map<String, PropertySchema> members = new LinkedHashMap<>();
  private List<String> refersTo = List.of();
  private boolean near;
  private Optional<CatalogKind> catalog = Optional.empty();

  private Property(String name, PropertySchema.Type type, String description) {
    this.name = name;
    this.type = type;
    this.description = description;
  }

  static Property text(String name, String description) {
    return new Property(name, PropertySchema.Type.STRING, description);
  }

  static Property integer(String name, String description) {
    return new Property(name, PropertySchema.Type.INTEGER, description);
  }

  static Property bool(String name, String description) {
    return new Property(name, PropertySchema.Type.BOOLEAN, description);
  }

  static Property any(String name, String description) {
    return new Property(name, PropertySchema.Type.ANY, description);
  }

  /**
   * A map in which anything goes when no members are given; a member {@code *} stands for all
   * others.
   */
  static Property map(String name, String description, Property... members) {
    Property map = new Property(name, PropertySchema.Type.MAP, description);
    for (Property member : members) {
      map.members.put(member.name, member.schema());
    }
    return map;
  }

  /** A list in which anything goes. */
  static Property list(String name, String description) {
    return new Property(name, PropertySchema.Type.LIST, description);
  }

  static Property listOf(String name, String description, Property item) {
    Property list = list(name, description);
    list.members.put("*", item.schema());
    return list;
  }

  static Property listOfTexts(String name, String description) {
    return listOf(name, description, text("*", ""));
  }

  static Property listOfMaps(String name, String description, Property... members) {
    return listOf(name, description, map("*", "", members));
  }

  Property required() {
    required = true;
    return this;
  }

  Property updatable() {
    updatable = true;
    return this;
  }

  Property oneOf(String... values) {
    constraints.add(new ValueConstraint.AllowedValues(List.of(values), Optional.empty()));
    return this;
  }

  Property atLeast(long min) {
    return between(Optional.of(min), Optional.empty());
  }

  Property between(long min, long max) {
    return between(Optional.of(min), Optional.of(max));
  }

  private Property between(Optional<Long> min, Optional<Long> max) {
    constraints.add(
        new ValueConstraint.Range(
            min.map(BigDecimal::valueOf), max.map(BigDecimal::valueOf), Optional.empty()));
    return this;
  }

  Property length(Integer min, Integer max) {
    constraints.add(
        new ValueConstraint.Length(
            Optional.ofNullable(min), Optional.ofNullable(max), Optional.empty()));
    return this;
  }

  /** One of Heat's named constraints, such as {@code net_cidr}. */
  Property custom(String constraint) {
    constraints.add(new ValueConstraint.Custom(constraint, Optional.empty()));
    return this;
  }

  Property refersTo(String... types) {
    refersTo = List.of(types);
    return this;
  }

  /** What it takes an attribute of lies in the same region. */
  Property near() {
    near = true;
    return this;
  }

  Property in(CatalogKind kind) {
    catalog = Optional.of(kind);
    return this;
  }

  PropertySchema schema() {
    return new PropertySchema(
        name,
        type,
        required,
        updatable,
        constraints,
        members,
        refersTo,
        near,
        catalog,
        description);
  }
}
