package io.isthmus.domain.cloud;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseJson;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** An inventory as it is stored. What a newer version adds, an older one leaves out. */
final class InventoryJson {
  private InventoryJson() {}

  /**
   * An inventory in writing.
   *
   * @param digest the same for all that differ in nothing but when they were taken; part of the
   *     text
   */
  record Written(String text, String digest) {}

  static Written write(CloudInventory inventory) {
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("regions", list(inventory.regions(), InventoryJson::region));
    inventory
        .credentialExpires()
        .ifPresent(expires -> json.add("credentialExpires", expires.toString()));
    inventory.account().ifPresent(account -> json.add("account", account));
    JsonObject timeless = json.build();
    String digest = digest(timeless.toString());
    return new Written(
        Json.createObjectBuilder(timeless)
            .add("takenAt", inventory.takenAt().toString())
            .add("digest", digest)
            .build()
            .toString(),
        digest);
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static CloudInventory read(String text) {
    JsonObject json = Json.createReader(new StringReader(text)).readObject();
    return new CloudInventory(
        Instant.parse(json.getString("takenAt")),
        objects(json, "regions", InventoryJson::readRegion),
        Optional.ofNullable(json.getString("credentialExpires", null)).map(Instant::parse),
        Optional.ofNullable(json.getString("account", null)));
  }

  private static JsonObject region(RegionInventory region) {
    return Json.createObjectBuilder()
        .add("region", region.region())
        .add("zones", Json.createArrayBuilder(region.zones()))
        .add("volumeZones", Json.createArrayBuilder(region.volumeZones()))
        .add("flavors", list(region.flavors(), InventoryJson::flavor))
        .add("images", list(region.images(), InventoryJson::image))
        .add("networks", list(region.networks(), InventoryJson::network))
        .add("volumeTypes", Json.createArrayBuilder(region.volumeTypes()))
        .add("services", list(new TreeMap<>(region.services()).values(), InventoryJson::service))
        .add(
            "networkExtensions", Json.createArrayBuilder(new TreeSet<>(region.networkExtensions())))
        .add("limits", limits(region.limits()))
        .add("capacity", limits(region.capacity()))
        .build();
  }

  private static JsonObjectBuilder limits(Map<LimitKind, Limit> limits) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    new TreeMap<>(limits)
        .forEach(
            (kind, limit) ->
                json.add(
                    kind.name(), Json.createArrayBuilder().add(limit.maximum()).add(limit.used())));
    return json;
  }

  private static RegionInventory readRegion(JsonObject json) {
    Map<String, Service> services = new LinkedHashMap<>();
    for (Service service : objects(json, "services", InventoryJson::readService)) {
      services.put(service.type(), service);
    }
    return new RegionInventory(
        json.getString("region"),
        texts(json, "zones"),
        texts(json, "volumeZones"),
        objects(json, "flavors", InventoryJson::readFlavor),
        objects(json, "images", InventoryJson::readImage),
        objects(json, "networks", InventoryJson::readNetwork),
        texts(json, "volumeTypes"),
        services,
        Set.copyOf(texts(json, "networkExtensions")),
        readLimits(json.getJsonObject("limits")),
        // Looks from before capacity was read have none.
        json.containsKey("capacity") ? readLimits(json.getJsonObject("capacity")) : Map.of());
  }

  private static Map<LimitKind, Limit> readLimits(JsonObject json) {
    Map<LimitKind, Limit> limits = new EnumMap<>(LimitKind.class);
    for (LimitKind kind : LimitKind.values()) {
      if (json.containsKey(kind.name())) {
        List<jakarta.json.JsonNumber> pair =
            json.getJsonArray(kind.name()).getValuesAs(jakarta.json.JsonNumber.class);
        limits.put(kind, new Limit(pair.get(0).longValue(), pair.get(1).longValue()));
      }
    }
    return limits;
  }

  private static JsonObject flavor(Flavor flavor) {
    JsonObjectBuilder specs = Json.createObjectBuilder();
    new TreeMap<>(flavor.extraSpecs()).forEach(specs::add);
    return Json.createObjectBuilder()
        .add("id", flavor.id())
        .add("name", flavor.name())
        .add("vcpus", flavor.vcpus())
        .add("ramMiB", flavor.ramMiB())
        .add("diskGiB", flavor.diskGiB())
        .add("extraSpecs", specs)
        .build();
  }

  private static Flavor readFlavor(JsonObject json) {
    Map<String, String> specs = new LinkedHashMap<>();
    json.getJsonObject("extraSpecs")
        .forEach((key, value) -> specs.put(key, ((JsonString) value).getString()));
    return new Flavor(
        json.getString("id"),
        json.getString("name"),
        json.getInt("vcpus"),
        json.getJsonNumber("ramMiB").longValue(),
        json.getJsonNumber("diskGiB").longValue(),
        Map.copyOf(specs));
  }

  private static JsonObject image(Image image) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", image.id())
            .add("name", image.name())
            .add("minDiskGiB", image.minDiskGiB())
            .add("minRamMiB", image.minRamMiB());
    image.osDistro().ifPresent(distro -> json.add("osDistro", distro));
    image.osVersion().ifPresent(version -> json.add("osVersion", version));
    return json.build();
  }

  private static Image readImage(JsonObject json) {
    return new Image(
        json.getString("id"),
        json.getString("name"),
        optional(json, "osDistro"),
        optional(json, "osVersion"),
        json.getJsonNumber("minDiskGiB").longValue(),
        json.getJsonNumber("minRamMiB").longValue());
  }

  private static JsonObject network(Network network) {
    return Json.createObjectBuilder()
        .add("id", network.id())
        .add("name", network.name())
        .add("external", network.external())
        .build();
  }

  private static Network readNetwork(JsonObject json) {
    return new Network(json.getString("id"), json.getString("name"), json.getBoolean("external"));
  }

  private static JsonObject service(Service service) {
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("type", service.type()).add("endpoint", service.endpoint());
    service.version().ifPresent(version -> json.add("version", version));
    service.problem().ifPresent(problem -> json.add("problem", PhraseJson.write(problem)));
    return json.build();
  }

  private static Service readService(JsonObject json) {
    return new Service(
        json.getString("type"),
        json.getString("endpoint"),
        optional(json, "version"),
        Optional.ofNullable(json.get("problem")).map(InventoryJson::readProblem));
  }

  /** Looks from before problems were phrases hold English words. */
  private static Phrase readProblem(JsonValue problem) {
    return problem instanceof JsonString words
        ? Phrase.verbatim(words.getString())
        : PhraseJson.read(problem.asJsonObject());
  }

  private static <T> JsonArrayBuilder list(
      Collection<T> values, Function<? super T, ? extends JsonValue> write) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    values.forEach(value -> array.add(write.apply(value)));
    return array;
  }

  private static <T> List<T> objects(JsonObject json, String key, Function<JsonObject, T> read) {
    return json.getJsonArray(key).stream().map(JsonValue::asJsonObject).map(read).toList();
  }

  private static List<String> texts(JsonObject json, String key) {
    return json.getJsonArray(key).getValuesAs(JsonString::getString);
  }

  private static Optional<String> optional(JsonObject json, String key) {
    return Optional.ofNullable(json.getString(key, null));
  }
}
