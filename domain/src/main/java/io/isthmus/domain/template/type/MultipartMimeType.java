package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.listOfMaps;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.Values;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several configurations as one MIME document, which cloud-init takes apart.
 *
 * @see "openstack/heat heat/engine/resources/openstack/heat/multi_part.py"
 */
final class MultipartMimeType extends ConfigType {

  private static final String MULTIPART = "multipart";

  MultipartMimeType() {
    super("OS::Heat::MultipartMime");
    properties(
        group(),
        listOfMaps(
            "parts",
            "What the document consists of, in order.",
            text(CONFIG, "The part's text, or a configuration by get_resource.").required(),
            text("filename", "Name of the part's file."),
            text(
                "subtype",
                "What follows text/ in the part's type, such as cloud-config or x-shellscript; when"
                    + " not given, the file's name up to its dot."),
            text("type", "text, or multipart when config is such a document itself.")
                .oneOf("text", MULTIPART)));
  }

  @Override
  public String config(JsonObject properties) {
    MimeDocument document = new MimeDocument();
    for (JsonObject part : parts(properties)) {
      String config = said(part, CONFIG);
      if (said(part, "type").equals(MULTIPART)) {
        MimeDocument.parts(config).orElse(List.of()).forEach(document::addEntity);
      } else {
        document.add(config, subtype(part), said(part, "filename"));
      }
    }
    return document.text();
  }

  /** As in Heat, the file's name speaks for the type that is not given. */
  private static String subtype(JsonObject part) {
    String subtype = said(part, "subtype");
    String filename = said(part, "filename");
    int dot = filename.lastIndexOf('.');
    return subtype.isEmpty() && !filename.isEmpty()
        ? filename.substring(0, dot > 0 ? dot : filename.length())
        : subtype;
  }

  private static List<JsonObject> parts(JsonObject properties) {
    List<JsonObject> parts = new ArrayList<>();
    if (properties.get("parts") instanceof JsonArray list) {
      list.forEach(
          part -> parts.add(part instanceof JsonObject map ? map : JsonValue.EMPTY_JSON_OBJECT));
    }
    return parts;
  }

  private static String said(JsonObject part, String key) {
    return Values.python(part.getOrDefault(key, JsonValue.NULL));
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    Requirements requirements = new Requirements(node);
    List<JsonObject> parts = parts(node.knownProperties());
    for (int i = 0; i < parts.size(); i++) {
      JsonObject part = parts.get(i);
      String at = "parts." + i + ".";
      String subtype = said(part, "subtype");
      if (!subtype.isEmpty() && !MimeDocument.isToken(subtype)) {
        requirements.add(
            at + "subtype",
            Phrase.of("template.mime-subtype", subtype),
            Phrase.of("template.mime-subtype-remedy"));
      }
      if (said(part, "filename").chars().anyMatch(Character::isISOControl)) {
        requirements.add(at + "filename", Phrase.of("template.mime-filename"));
      }
      Optional<String> config =
          Optional.of(part).filter(p -> p.containsKey(CONFIG)).map(p -> said(p, CONFIG));
      if (said(part, "type").equals(MULTIPART)
          && config.filter(text -> MimeDocument.parts(text).isEmpty()).isPresent()) {
        requirements.add(
            at + CONFIG,
            Phrase.of("template.mime-not-multipart"),
            Phrase.of("template.mime-not-multipart-remedy"));
      }
    }
    return requirements.violations();
  }
}
