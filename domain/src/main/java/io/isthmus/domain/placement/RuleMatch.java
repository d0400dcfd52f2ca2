package io.isthmus.domain.placement;

import io.isthmus.domain.template.ResourceNode;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * Which resources a rule is about. Each part that is given narrows; an empty one lets all through.
 *
 * @param types resource types
 * @param names patterns of a resource's path or of its group's
 * @param metadata keys and texts that the resource's metadata must hold
 * @param groups patterns of group paths, whose members match
 */
public record RuleMatch(
    List<String> types, List<Glob> names, Map<String, String> metadata, List<Glob> groups) {

  /** Everything. */
  public static final RuleMatch ALL = new RuleMatch(List.of(), List.of(), Map.of(), List.of());

  public RuleMatch {
    types = List.copyOf(types);
    names = List.copyOf(names);
    metadata = Map.copyOf(metadata);
    groups = List.copyOf(groups);
  }

  public boolean matches(ResourceNode node) {
    return (types.isEmpty() || types.contains(node.type().name()))
        && (names.isEmpty() || names.stream().anyMatch(name -> name.names(node)))
        && (groups.isEmpty()
            || node.group().isPresent()
                && groups.stream().anyMatch(group -> group.matches(node.group().get())))
        && (metadata.isEmpty() || holdsMetadata(node));
  }

  private boolean holdsMetadata(ResourceNode node) {
    return metadata.entrySet().stream()
        .allMatch(wanted -> wanted.getValue().equals(text(node.metadata().get(wanted.getKey()))));
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : String.valueOf(value);
  }
}
