package io.isthmus.domain.template;

import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.MapExpression;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of {@code resources} as it was written.
 *
 * @param metadata the section's value, an empty map when there is none
 * @param dependsOn names with their places
 * @param members what a group's members are; empty when it is no group
 */
record ResourceDefinition(
    String name,
    ResourceType type,
    MapExpression properties,
    Expression metadata,
    Map<String, Where> dependsOn,
    DeletionPolicy deletionPolicy,
    Where where,
    Optional<Members> members) {

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
      String indexVar) {}

  /** The type of what is made in clouds: of a group, its members' type. */
  ResourceType madeType() {
    return members.map(Members::type).orElse(type);
  }

  /** The properties of what is made in clouds. */
  MapExpression madeProperties() {
    return members.map(Members::properties).orElse(properties);
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
