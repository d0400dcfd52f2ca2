package io.isthmus.domain.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a property of a resource type may be, as Heat's resource documentation says.
 *
 * @param name as in HOT
 * @param type of the value
 * @param required whether it must be given
 * @param updatable whether Heat updates it in place; otherwise a change replaces the resource
 * @param constraints the same as those of parameters
 * @param members of a MAP, by key, under {@code *} for all other keys, and of a LIST under the key
 *     {@code *}; empty when anything goes
 * @param refersTo the resource types it may name by {@code get_resource}; both then are in the same
 *     region
 * @param near whether a resource must be in the same region too when the value is an attribute of
 *     it, as with an address, which means something in its own network only
 * @param catalog what its text names in a cloud's catalog
 * @param description one English sentence, for completion and help
 */
public record PropertySchema(
    String name,
    Type type,
    boolean required,
    boolean updatable,
    List<ValueConstraint> constraints,
    Map<String, PropertySchema> members,
    List<String> refersTo,
    boolean near,
    Optional<CatalogKind> catalog,
    String description) {

  /** What one key of a MAP, or under {@code *} an item of a LIST, may be. */
  public Optional<PropertySchema> member(String key) {
    return Optional.ofNullable(members.getOrDefault(key, members.get("*")));
  }

  /** HOT's property types. */
  public enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    LIST,
    MAP,
    ANY
  }

  public PropertySchema {
    constraints = List.copyOf(constraints);
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    refersTo = List.copyOf(refersTo);
  }
}
