package io.isthmus.domain.template;

import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetAttr;
import io.isthmus.domain.template.function.GetResource;
import io.isthmus.domain.template.function.If;
import io.isthmus.domain.template.function.ListExpression;
import io.isthmus.domain.template.function.MapExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place in properties at which a resource is mentioned.
 *
 * @param property path within the properties
 * @param expression a {@link GetResource} or {@link GetAttr}
 * @param schema of the property, if the mention is its whole value and not part of a text
 */
record Mention(String property, Expression expression, Optional<PropertySchema> schema) {

  String resource() {
    return expression instanceof GetResource get
        ? get.resource()
        : ((GetAttr) expression).resource();
  }

  Optional<GetAttr> asAttribute() {
    return expression instanceof GetAttr get ? Optional.of(get) : Optional.empty();
  }

  static List<Mention> in(MapExpression properties, ResourceType type) {
    List<Mention> found = new ArrayList<>();
    for (Map.Entry<String, Expression> entry : properties.entries().entrySet()) {
      collect(
          entry.getValue(),
          entry.getKey(),
          Optional.ofNullable(type.properties().get(entry.getKey())),
          found);
    }
    return found;
  }

  /** Everything that is mentioned in a value that has no schema, such as an output's. */
  static List<Mention> in(Expression value) {
    List<Mention> found = new ArrayList<>();
    collect(value, "", Optional.empty(), found);
    return found;
  }

  private static void collect(
      Expression value, String path, Optional<PropertySchema> schema, List<Mention> found) {
    if (value instanceof MapExpression map) {
      map.entries()
          .forEach(
              (key, part) ->
                  collect(
                      part,
                      path.isEmpty() ? key : path + "." + key,
                      schema.flatMap(s -> s.member(key)),
                      found));
    } else if (value instanceof ListExpression list) {
      for (int i = 0; i < list.items().size(); i++) {
        collect(
            list.items().get(i),
            path.isEmpty() ? String.valueOf(i) : path + "." + i,
            schema.flatMap(s -> s.member("*")),
            found);
      }
    } else if (value instanceof If choice) {
      choice.choices().forEach(part -> collect(part, path, schema, found));
    } else {
      if (value instanceof GetResource || value instanceof GetAttr) {
        found.add(new Mention(path, value, schema));
      }
      value.parts().forEach(part -> collectInside(part, path, found));
    }
  }

  /** Inside a function's arguments: part of a text, so that no schema applies. */
  private static void collectInside(Expression value, String path, List<Mention> found) {
    if (value instanceof GetResource || value instanceof GetAttr) {
      found.add(new Mention(path, value, Optional.empty()));
    }
    value.parts().forEach(part -> collectInside(part, path, found));
  }
}
