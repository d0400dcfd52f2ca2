package io.isthmus.domain.template;

import io.isthmus.domain.language.Nearest;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Conditions;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.HotFunction;
import io.isthmus.domain.template.function.HotFunctions;
import io.isthmus.domain.template.function.ListExpression;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.MapExpression;
import io.isthmus.domain.yaml.YamlNode;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes expressions of YAML: a map with one key that names a function is a call of it. */
final class ExpressionReader {

  private static final List<String> PREFIXES = List.of("get_", "str_", "list_", "map_", "Fn::");

  private final HotFunction.Setting setting;
  private final Set<String> functions;

  ExpressionReader(HotFunction.Setting setting) {
    this.setting = setting;
    this.functions = setting.version().functions();
  }

  /** What is wrong becomes null, after the findings were told. */
  Expression read(YamlNode node, String pointer) {
    Where where = Where.of(pointer, node);
    if (node instanceof YamlNode.Scalar scalar) {
      return new Literal(Values.of(scalar), where);
    }
    if (node instanceof YamlNode.Sequence sequence) {
      List<Expression> items = new ArrayList<>();
      for (YamlNode item : sequence.items()) {
        items.add(read(item, pointer + "." + items.size()));
      }
      return new ListExpression(items, where);
    }
    YamlNode.Mapping mapping = (YamlNode.Mapping) node;
    if (mapping.entries().size() == 1) {
      YamlNode.Entry only = mapping.entries().values().iterator().next();
      Where at = Where.of(pointer, only);
      if (functions.contains(only.key())) {
        return call(only, at).orElse(new Literal(JsonValue.NULL, where));
      }
      if (isFunctionMisspelt(only.key(), at)) {
        return new Literal(JsonValue.NULL, where);
      }
    }
    return map(mapping, pointer);
  }

  /** The condition of a resource or an output, in versions that have conditions. */
  Optional<Expression> condition(YamlNode.Mapping owner, String pointer) {
    return setting.version().hasConditions()
        ? Shape.given(owner, "condition")
            .flatMap(node -> Conditions.read(read(node, pointer + ".condition"), setting))
        : Optional.empty();
  }

  /** A map of which it is known that it is no call. */
  MapExpression map(YamlNode.Mapping mapping, String pointer) {
    Map<String, Expression> entries = new LinkedHashMap<>();
    Map<String, Where> keys = new LinkedHashMap<>();
    for (YamlNode.Entry entry : mapping.entries().values()) {
      String below = pointer + "." + entry.key();
      entries.put(entry.key(), read(entry.value(), below));
      keys.put(entry.key(), Where.of(below, entry));
    }
    return new MapExpression(entries, keys, Where.of(pointer, mapping));
  }

  private Optional<Expression> call(YamlNode.Entry entry, Where where) {
    Optional<HotFunction> function = HotFunctions.find(entry.key());
    if (function.isEmpty()) {
      setting
          .findings()
          .add(
              where,
              Phrase.of("template.function-not-supported", entry.key()),
              Phrase.of("template.supported-functions", String.join(", ", HotFunctions.names())));
      return Optional.empty();
    }
    return function.get().parse(read(entry.value(), where.pointer()), where, setting);
  }

  /**
   * A key that is meant as a function, as far as one can tell: plain maps have such keys seldom.
   */
  private boolean isFunctionMisspelt(String key, Where where) {
    boolean looksLikeOne = PREFIXES.stream().anyMatch(key::startsWith) || key.equals("Ref");
    if (!looksLikeOne) {
      return false;
    }
    if (TemplateVersion.allFunctions().contains(key)) {
      setting
          .findings()
          .add(
              where,
              Phrase.of("template.function-of-other-version", key, setting.version().date()),
              Phrase.of("template.supported-functions", String.join(", ", HotFunctions.names())));
      return true;
    }
    if (key.startsWith("Fn::") || Nearest.to(key, functions).isPresent()) {
      setting
          .findings()
          .addUnknown(where, Phrase.of("template.no-such-function", key), key, functions);
      return true;
    }
    return false;
  }
}
