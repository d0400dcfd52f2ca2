package io.isthmus.domain.template;

import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetResource;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.MapExpression;
import io.isthmus.domain.template.type.ResourceTypes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Servers may name a key pair that their project keeps. Then all goes on as if the template held
 * that key pair as a resource and the servers referred to it: so it is made wherever one of them
 * is, under a name that is the stack's alone, and goes with the stack.
 *
 * @param template with those key pairs among its resources; the same when none is named
 * @param named path of each such resource to the name under which the project keeps it
 */
record KeptKeyPairs(HotTemplate template, Map<String, String> named) {

  static final String TYPE = "OS::Nova::KeyPair";

  /**
   * @param graph before its properties are checked
   */
  static KeptKeyPairs of(HotGraph graph) {
    HotTemplate template = graph.template();
    Map<String, String> keys = template.source().keyPairs();
    Map<String, ResourceDefinition> changed = new LinkedHashMap<>(template.definitions());
    Map<String, String> paths = new LinkedHashMap<>();
    Map<String, ResourceDefinition> added = new LinkedHashMap<>();
    for (ResourceDefinition definition : template.definitions().values()) {
      for (PropertySchema schema : definition.madeType().properties().values()) {
        Expression value = definition.madeProperties().entries().get(schema.name());
        Optional<String> name =
            value != null && schema.refersTo().contains(TYPE)
                ? name(value, graph).filter(keys::containsKey)
                : Optional.empty();
        if (name.isPresent()) {
          String path = paths.computeIfAbsent(name.get(), n -> path(n, template, added));
          added.computeIfAbsent(
              path, p -> keyPair(p, name.get(), keys.get(name.get()), definition.where()));
          changed.computeIfPresent(
              definition.name(),
              (same, server) -> server.with(schema.name(), new GetResource(path, value.where())));
        }
      }
    }
    Map<String, String> named = new LinkedHashMap<>();
    paths.forEach((name, path) -> named.put(path, name));
    changed.putAll(added);
    return new KeptKeyPairs(
        named.isEmpty() ? template : template.settled(changed, template.outputEntries()), named);
  }

  /** What is hidden stays so: its value would become part of a resource's name. */
  private static Optional<String> name(Expression value, HotGraph graph) {
    return graph.mentionsHidden(value)
        ? Optional.empty()
        : graph.known(value).flatMap(Values::asText);
  }

  /** The template's own resources have their names first. */
  private static String path(
      String name, HotTemplate template, Map<String, ResourceDefinition> added) {
    String path = "keypair-" + name;
    while (template.definitions().containsKey(path) || added.containsKey(path)) {
      path += "_";
    }
    return path;
  }

  private static ResourceDefinition keyPair(String path, String name, String key, Where where) {
    Map<String, Expression> properties = new LinkedHashMap<>();
    properties.put("name", new Literal(Values.text(name), where));
    properties.put("public_key", new Literal(Values.text(key), where));
    return new ResourceDefinition(
        path,
        ResourceTypes.find(TYPE).orElseThrow(),
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
