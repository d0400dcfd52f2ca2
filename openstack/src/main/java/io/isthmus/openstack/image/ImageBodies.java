package io.isthmus.openstack.image;

import io.isthmus.domain.image.CloudImage;
import io.isthmus.domain.image.CloudImage.Phase;
import io.isthmus.domain.image.ImageDigests;
import io.isthmus.domain.image.ImageSpec;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.openstack.resource.Bodies;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What Glance writes of an image, and what it is told.
 *
 * @see "glance/domain/__init__.py Image.valid_state_targets;
 *     glance/async_/flows/api_image_import.py"
 */
final class ImageBodies {
  /**
   * The property by which a registration is found again. What people make of a server or volume has
   * the properties of the image that it came from, but not its tags: what has no tag that says the
   * same is not ours.
   */
  static final String MARK = "isthmus_copy";

  private static final int LONGEST = 255;
  private static final int MOST_PROPERTIES = 256;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");
  private static final String OWN_NAMESPACE = "os_glance_";
  private static final Set<String> NO_PROPERTIES =
      Set.of(
          "id",
          "name",
          "status",
          "size",
          "virtual_size",
          "checksum",
          "os_hash_algo",
          "os_hash_value",
          "os_hidden",
          "disk_format",
          "container_format",
          "min_disk",
          "min_ram",
          "visibility",
          "protected",
          "owner",
          "tags",
          "created_at",
          "updated_at",
          "self",
          "file",
          "schema",
          "locations",
          "direct_url",
          "stores");

  private ImageBodies() {}

  /** Whether Glance's object has what each image has. */
  static boolean isWhole(JsonObject image) {
    return image.get("id") instanceof JsonString && image.get("status") instanceof JsonString;
  }

  static CloudImage image(JsonObject image) {
    String id = image.getString("id");
    Phase phase = phase(image);
    return new CloudImage(
        id,
        shortened(Bodies.text(image, "name").orElse(id)),
        phase,
        shortened(image.getString("status")),
        size(image),
        digests(image),
        phase == Phase.FAILED ? Optional.of(trouble(image)) : Optional.empty(),
        properties(image));
  }

  private static Phase phase(JsonObject image) {
    return switch (image.getString("status")) {
      case "queued" -> {
        // An import that failed leaves the image as it was registered, but for this property; one
        // that has not begun to run is known by its task.
        if (isImporting(image)) {
          yield Phase.SAVING;
        }
        yield failedStores(image).isPresent() ? Phase.FAILED : Phase.QUEUED;
      }
      case "saving", "uploading", "importing" -> Phase.SAVING;
      case "active" -> Phase.ACTIVE;
      case "killed" -> Phase.FAILED;
      default -> Phase.UNUSABLE;
    };
  }

  /** Whether an import was taken and has not come to its end. */
  static boolean isImporting(JsonObject image) {
    return Bodies.text(image, "os_glance_import_task").isPresent()
        || Bodies.text(image, "os_glance_importing_to_stores").isPresent();
  }

  static Optional<String> failedStores(JsonObject image) {
    return Bodies.text(image, "os_glance_failed_import");
  }

  private static Phrase trouble(JsonObject image) {
    return failedStores(image)
        .map(stores -> Phrase.of("driver.image.import-failed", shortened(stores)))
        .orElseGet(() -> Phrase.of("driver.image.killed"));
  }

  private static OptionalLong size(JsonObject image) {
    return image.get("size") instanceof JsonNumber number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  static ImageDigests digests(JsonObject image) {
    String algorithm = Bodies.text(image, "os_hash_algo").orElse("").toLowerCase(Locale.ROOT);
    return new ImageDigests(
        hex(image, "checksum", 32),
        algorithm.equals("sha256") ? hex(image, "os_hash_value", 64) : Optional.empty(),
        algorithm.equals("sha512") ? hex(image, "os_hash_value", 128) : Optional.empty());
  }

  private static Optional<String> hex(JsonObject image, String name, int length) {
    return Bodies.text(image, name)
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(text -> text.length() == length && HEX.matcher(text).matches());
  }

  /** Of an image that is a copy of ours. */
  static Optional<String> mark(JsonObject image) {
    return Bodies.text(image, MARK)
        .filter(
            mark ->
                image.get("tags") instanceof JsonArray tags
                    && tags.stream()
                        .anyMatch(
                            tag -> tag instanceof JsonString it && it.getString().equals(mark)));
  }

  private static Map<String, String> properties(JsonObject image) {
    Map<String, String> properties = new TreeMap<>();
    image.forEach(
        (name, value) -> {
          if (value instanceof JsonString text
              && !NO_PROPERTIES.contains(name)
              && !name.equals(MARK)
              && name.length() <= LONGEST
              && properties.size() < MOST_PROPERTIES) {
            properties.put(name, shortened(text.getString()));
          }
        });
    mark(image).ifPresent(mark -> properties.put(MARK, mark));
    // The same bytes can be registered as something else.
    Bodies.text(image, "disk_format").ifPresent(format -> properties.put("disk_format", format));
    for (String least : List.of("min_disk", "min_ram")) {
      if (image.get(least) instanceof JsonNumber number) {
        properties.put(least, Long.toString(number.longValue()));
      }
    }
    return properties;
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
  }

  /** What {@code POST /v2/images} takes. */
  static JsonObject registration(ImageSpec image, String mark) {
    JsonObjectBuilder body = Json.createObjectBuilder();
    image.properties().entrySet().stream()
        .filter(
            property ->
                !NO_PROPERTIES.contains(property.getKey())
                    // Glance refuses all that begins with what is its own.
                    && !property.getKey().startsWith(OWN_NAMESPACE))
        .forEach(property -> body.add(property.getKey(), property.getValue()));
    return body.add("name", image.name())
        .add("disk_format", image.diskFormat())
        .add("container_format", image.containerFormat())
        .add("min_disk", image.minDiskGiB())
        .add("min_ram", image.minRamMiB())
        .add("visibility", "private")
        .add(MARK, mark)
        .add("tags", Json.createArrayBuilder().add(mark))
        .build();
  }

  /** What {@code POST /v2/images/{id}/import} takes for content that is staged. */
  static JsonObject importStaged() {
    return Bodies.under("method", Json.createObjectBuilder().add("name", "glance-direct").build());
  }

  /** What {@code POST /v2/images/{id}/import} takes for content that Glance downloads. */
  static JsonObject importFrom(String address) {
    return Bodies.under(
        "method",
        Json.createObjectBuilder().add("name", "web-download").add("uri", address).build());
  }
}
