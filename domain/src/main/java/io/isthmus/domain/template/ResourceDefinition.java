package io.isthmus.domain.template;

import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.MapExpression;
import io.isthmus.domain.template.function.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of {@code resources} as it was written.
 *
 * @param metadata the section's value, an empty map when there is none
 * @param dependsOn names with their places
 * @param condition whether it shall be at all; empty for always
 * @param members what a group's members are; empty when it is no group
 * @param within path of the group or nested template that it came out of; empty for the template's
 *     own
 */
record ResourceDefinition(
    String name,
    ResourceType type,
    MapExpression properties,
    Expression metadata,
    Map<String, Where> dependsOn,
    DeletionPolicy deletionPolicy,
    Where where,
    Optional<Expression> condition,
    Optional<Members> members,
    Optional<String> within) {

  /**
   * What the members of a group are.
   *
   * @param count how many; empty for one
   * @param indexVar what stands for a member's number in texts
   */
  record Members(
      ResourceType type,
      MapExpression properties,
      Expression metadata,
      Optional<Expression> count,
      String indexVar) {

    Members settled(Scope scope) {
      return new Members(
          type,
          properties.settledMap(scope),
          metadata.settled(scope).orElse(metadata),
          count.flatMap(c -> c.settled(scope)),
          indexVar);
    }
  }

  /**
   * The same once conditions are known.
   *
   * @param left names of resources that shall not be
   */
  ResourceDefinition settled(Scope scope, Set<String> left) {
    Map<String, Where> needed = new LinkedHashMap<>(dependsOn);
    needed.keySet().removeAll(left);
    return new ResourceDefinition(
        name,
        type,
        properties.settledMap(scope),
        metadata.settled(scope).orElse(metadata),
        needed,
        deletionPolicy,
        where,
        Optional.empty(),
        members.map(m -> m.settled(scope)),
        within);
  }

  /**
   * The same as part of another template.
   *
   * @param scope says what stands for references
   * @param out path of what it came out of
   */
  ResourceDefinition moved(String path, Scope scope, Optional<String> out) {
    return new ResourceDefinition(
        path,
        type,
        properties.settledMap(scope),
        metadata.settled(scope).orElse(metadata),
        dependsOn,
        deletionPolicy,
        where,
        Optional.empty(),
        members.map(m -> m.settled(scope)),
        out);
  }

  /** The same with other needs. */
  ResourceDefinition needing(Map<String, Where> needs) {
    return new ResourceDefinition(
        name, type, properties, metadata, needs, deletionPolicy, where, condition, members, within);
  }

  /** The same with another policy. */
  ResourceDefinition keeping(DeletionPolicy policy) {
    return new ResourceDefinition(
        name, type, properties, metadata, dependsOn, policy, where, condition, members, within);
  }

  /** The same with another value of a property of what is made in clouds. */
  ResourceDefinition with(String property, Expression value) {
    Map<String, Expression> changed = new LinkedHashMap<>(madeProperties().entries());
    changed.put(property, value);
    MapExpression made =
        new MapExpression(changed, madeProperties().keys(), madeProperties().where());
    return new ResourceDefinition(
        name,
        type,
        members.isPresent() ? properties : made,
        metadata,
        dependsOn,
        deletionPolicy,
        where,
        condition,
        members.map(m -> new Members(m.type(), made, m.metadata(), m.count(), m.indexVar())),
        within);
  }

  /** The same with metadata of what it came out of; its own, and its members', wins. */
  ResourceDefinition described(Map<String, Expression> inherited) {
    if (inherited.isEmpty()) {
      return this;
    }
    return new ResourceDefinition(
        name,
        type,
        properties,
        under(inherited, metadata),
        dependsOn,
        deletionPolicy,
        where,
        condition,
        members.map(
            m ->
                new Members(
                    m.type(),
                    m.properties(),
                    under(inherited, m.metadata()),
                    m.count(),
                    m.indexVar())),
        within);
  }

  private static Expression under(Map<String, Expression> inherited, Expression own) {
    if (!(own instanceof MapExpression map)) {
      return own;
    }
    Map<String, Expression> all = new LinkedHashMap<>(inherited);
    all.putAll(map.entries());
    return new MapExpression(all, map.keys(), map.where());
  }

  /** The metadata of what is made in clouds. */
  Expression madeMetadata() {
    return members.map(Members::metadata).orElse(metadata);
  }

  /** The type of what is made in clouds: of a group, its members' type. */
  ResourceType madeType() {
    return members.map(Members::type).orElse(type);
  }

  /** The properties of what is made in clouds. */
  MapExpression madeProperties() {
    return members.map(Members::properties).orElse(properties);
  }

  /** The template that it, or each of its members, is. */
  Optional<NestedType> nested() {
    return madeType() instanceof NestedType nested ? Optional.of(nested) : Optional.empty();
  }

  List<Mention> mentions() {
    return members.isPresent()
        ? Mention.in(
            new MapExpression(
                members.get().count().map(c -> Map.of("count", c)).orElse(Map.of()),
                Map.of(),
                properties.where()),
            type)
        : Mention.in(properties, type);
  }

  List<Mention> memberMentions() {
    return members.map(m -> Mention.in(m.properties(), m.type())).orElse(List.of());
  }
}
