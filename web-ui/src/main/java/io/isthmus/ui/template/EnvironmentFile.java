package io.isthmus.ui.template;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.ParameterDefinition;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An environment with which a stack's template can be used again: the values of all parameters but
 * hidden ones, which are named, and what type names stand for.
 */
public final class EnvironmentFile {

  private EnvironmentFile() {}

  /**
   * YAML.
   *
   * @param shown every parameter's value, hidden ones masked
   * @return empty when there is nothing to tell
   */
  public static String text(TemplateSource template, JsonObject shown) {
    List<String> hidden = hidden(template, shown);
    StringBuilder text = new StringBuilder();
    if (!hidden.isEmpty()) {
      text.append("# hidden: ").append(String.join(", ", hidden)).append('\n');
    }
    Map<String, JsonValue> values = new TreeMap<>(shown);
    values.keySet().removeAll(hidden);
    section(text, "parameters", values);
    Map<String, JsonValue> types = new TreeMap<>();
    template.registry().forEach((name, target) -> types.put(name, Json.createValue(target)));
    section(text, "resource_registry", types);
    return text.toString();
  }

  private static List<String> hidden(TemplateSource template, JsonObject shown) {
    try {
      return new HotParser()
          .parse(template).parameters().stream()
              .filter(ParameterDefinition::hidden)
              .map(ParameterDefinition::name)
              .filter(shown::containsKey)
              .toList();
    } catch (FederationFault fault) {
      // A later version may refuse what an earlier one took: then nothing is known to be open.
      return List.copyOf(shown.keySet());
    }
  }

  /** Keys and values as JSON, which is YAML too. */
  private static void section(StringBuilder text, String name, Map<String, JsonValue> entries) {
    if (entries.isEmpty()) {
      return;
    }
    text.append(name)
        .append(":\n")
        .append(
            entries.entrySet().stream()
                .map(entry -> "  " + key(entry.getKey()) + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining()));
  }

  private static String key(String name) {
    return name.matches("[A-Za-z_][A-Za-z_0-9-]*") ? name : Json.createValue(name).toString();
  }
}
