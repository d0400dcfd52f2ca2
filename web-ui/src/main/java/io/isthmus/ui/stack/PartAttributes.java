package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.json.Json;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Facts;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/** Heat's attributes of a part, and what is written on it: its metadata first. */
class PartAttributes extends Div {

  private static final long serialVersionUID = 1L;

  /** What the cloud answers as a whole, which holds the rest once more. */
  private static final String WHOLE = "show";

  PartAttributes(JsonObject attributes) {
    addClassName("stack");
    metadata(attributes)
        .ifPresent(metadata -> add(new H3(getTranslation("part.metadata")), facts(metadata)));
    if (!attributes.isEmpty()) {
      add(new H3(getTranslation("part.attributes")), facts(attributes));
    }
  }

  /** Where services tell it: by itself, or within the whole. */
  private static Optional<JsonObject> metadata(JsonObject attributes) {
    for (String name : new String[] {"metadata", "metadata_values"}) {
      if (attributes.get(name) instanceof JsonObject found && !found.isEmpty()) {
        return Optional.of(found);
      }
    }
    return attributes.get(WHOLE) instanceof JsonObject whole
            && whole.get("metadata") instanceof JsonObject found
            && !found.isEmpty()
        ? Optional.of(found)
        : Optional.empty();
  }

  private static Facts facts(JsonObject values) {
    Facts facts = new Facts();
    values.forEach((name, value) -> facts.fact(name, value(value)));
    return facts;
  }

  private static Component value(JsonValue value) {
    if (value instanceof JsonStructure structure) {
      return isEmpty(structure)
          ? new Span("–")
          : new NativeDetails(preview(structure), new Pre(Json.pretty(structure)));
    }
    String text = value instanceof JsonString string ? string.getString() : value.toString();
    return text.isEmpty() || value == JsonValue.NULL ? new Span("–") : new Copyable(text);
  }

  private static boolean isEmpty(JsonStructure structure) {
    return structure instanceof JsonArray array
        ? array.isEmpty()
        : structure instanceof Map<?, ?> map && map.isEmpty();
  }

  /** Its names, or how many it has. */
  private static String preview(JsonStructure structure) {
    return structure instanceof JsonObject object
        ? String.join(", ", object.keySet().stream().limit(4).toList())
            + (object.size() > 4 ? ", …" : "")
        : "[" + ((JsonArray) structure).size() + "]";
  }
}
