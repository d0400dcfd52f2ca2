package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;
import jakarta.json.JsonObject;

/**
 * A configuration for servers. It is a text that Isthmus makes and no cloud holds, so {@code
 * get_resource} yields the text itself: where Heat looks a configuration up by its id, as in {@code
 * user_data}, the outcome is the same.
 */
public abstract class ConfigType extends SchemaType {

  /** The one attribute. */
  public static final String CONFIG = "config";

  ConfigType(String name) {
    super(name, Footing.COMPUTED, "");
    attribute(CONFIG, "The text of the configuration.");
  }

  static Property group() {
    return text("group", "What the configuration is for; kept for reference only.");
  }

  /**
   * The text. Never throws, whatever the properties are.
   *
   * @param properties with all functions applied
   */
  public abstract String config(JsonObject properties);
}
