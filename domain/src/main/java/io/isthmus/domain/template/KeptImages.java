package io.isthmus.domain.template;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetResource;
import io.isthmus.domain.template.function.ListExpression;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.MapExpression;
import io.isthmus.domain.template.type.KeptImageType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Servers and volumes may name an image that their project keeps. Then all goes on as if the
 * template held it as a resource and they referred to it: so a copy of it is wanted in each region
 * in which one of them is, and nowhere else. A name that both the project and a cloud know is the
 * project's.
 *
 * @param template with those images among its resources; the same when none is named
 * @param named path of each such resource to the name under which the project keeps it
 */
record KeptImages(HotTemplate template, Map<String, String> named) {

  /**
   * @param graph before its properties are checked
   */
  static KeptImages of(HotGraph graph) {
    Map<String, KeptImage> images = graph.template().source().images();
    return images.isEmpty()
        ? new KeptImages(graph.template(), Map.of())
        : new Rewriting(graph, images).done();
  }

  private static final class Rewriting {

    private final HotGraph graph;
    private final HotTemplate template;
    private final Map<String, KeptImage> images;
    private final Map<String, String> paths = new LinkedHashMap<>();
    private final Map<String, ResourceDefinition> added = new LinkedHashMap<>();

    Rewriting(HotGraph graph, Map<String, KeptImage> images) {
      this.graph = graph;
      this.template = graph.template();
      this.images = images;
    }

    KeptImages done() {
      Map<String, ResourceDefinition> changed = new LinkedHashMap<>(template.definitions());
      for (ResourceDefinition definition : template.definitions().values()) {
        for (PropertySchema schema : definition.madeType().properties().values()) {
          Expression value = definition.madeProperties().entries().get(schema.name());
          Expression rewritten = value == null ? null : rewritten(value, schema, definition);
          if (rewritten != value) {
            changed.computeIfPresent(
                definition.name(), (same, user) -> user.with(schema.name(), rewritten));
          }
        }
      }
      Map<String, String> named = new LinkedHashMap<>();
      paths.forEach((name, path) -> named.put(path, name));
      changed.putAll(added);
      return new KeptImages(
          named.isEmpty() ? template : template.settled(changed, template.outputEntries()), named);
    }

    /** The very same when it names none. */
    private Expression rewritten(
        Expression value, PropertySchema schema, ResourceDefinition definition) {
      if (schema.catalog().filter(CatalogKind.IMAGE::equals).isPresent()) {
        return name(value)
            .filter(images::containsKey)
            .<Expression>map(name -> new GetResource(path(name, definition), value.where()))
            .orElse(value);
      }
      if (value instanceof ListExpression list && schema.member("*").isPresent()) {
        List<Expression> items = new ArrayList<>();
        list.items()
            .forEach(item -> items.add(rewritten(item, schema.members().get("*"), definition)));
        return items.equals(list.items()) ? value : new ListExpression(items, list.where());
      }
      if (value instanceof MapExpression map) {
        Map<String, Expression> entries = new LinkedHashMap<>();
        map.entries()
            .forEach(
                (key, entry) ->
                    entries.put(
                        key,
                        schema
                            .member(key)
                            .map(member -> rewritten(entry, member, definition))
                            .orElse(entry)));
        return entries.equals(map.entries())
            ? value
            : new MapExpression(entries, map.keys(), map.where());
      }
      return value;
    }

    /** What is hidden stays so: its value would become part of a resource's name. */
    private Optional<String> name(Expression value) {
      return graph.mentionsHidden(value)
          ? Optional.empty()
          : graph.known(value).flatMap(Values::asText);
    }

    private String path(String name, ResourceDefinition first) {
      String path = paths.computeIfAbsent(name, this::freePath);
      added.computeIfAbsent(path, p -> resource(p, name, images.get(name), first.where()));
      return path;
    }

    /** The template's own resources have their names first. */
    private String freePath(String name) {
      String path = "image-" + name;
      while (template.definitions().containsKey(path) || added.containsKey(path)) {
        path += "_";
      }
      return path;
    }

    private static ResourceDefinition resource(
        String path, String name, KeptImage image, Where where) {
      Map<String, Expression> properties = new LinkedHashMap<>();
      properties.put("name", new Literal(Values.text(name), where));
      properties.put("id", new Literal(Values.text(image.id()), where));
      properties.put("size", new Literal(Json.createValue(image.size()), where));
      properties.put("sha512", new Literal(Values.text(image.sha512()), where));
      return new ResourceDefinition(
          path,
          KeptImageType.TYPE,
          new MapExpression(properties, Map.of(), where),
          new MapExpression(Map.of(), Map.of(), where),
          Map.of(),
          DeletionPolicy.DELETE,
          where,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }
}
