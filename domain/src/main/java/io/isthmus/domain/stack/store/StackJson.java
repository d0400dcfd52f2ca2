package io.isthmus.domain.stack.store;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.domain.template.KeptImage;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How values lie in JSON columns. */
final class StackJson {

  private StackJson() {}

  static JsonObject object(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static JsonArray array(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readArray();
    }
  }

  static JsonObject of(Phrase phrase) {
    JsonArrayBuilder arguments = Json.createArrayBuilder(phrase.arguments());
    return Json.createObjectBuilder().add("key", phrase.key()).add("arguments", arguments).build();
  }

  static Phrase phrase(JsonObject json) {
    return new Phrase(
        json.getString("key"),
        json.getJsonArray("arguments").getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList());
  }

  static JsonObject of(StackHealth health) {
    JsonArrayBuilder reasons = Json.createArrayBuilder();
    health.reasons().forEach(reason -> reasons.add(of(reason)));
    return Json.createObjectBuilder()
        .add("state", health.state().name())
        .add("reasons", reasons)
        .build();
  }

  static StackHealth health(String text) {
    JsonObject json = object(text);
    return new StackHealth(
        StackHealth.State.valueOf(json.getString("state")),
        json.getJsonArray("reasons").getValuesAs(JsonObject.class).stream()
            .map(StackJson::phrase)
            .toList());
  }

  static JsonObject of(Trouble trouble) {
    return Json.createObjectBuilder()
        .add("code", trouble.code().name())
        .add("phrase", of(trouble.phrase()))
        .add("details", trouble.details())
        .add("at", trouble.at().toString())
        .build();
  }

  static Trouble trouble(String text) {
    JsonObject json = object(text);
    return new Trouble(
        FaultCode.valueOf(json.getString("code")),
        phrase(json.getJsonObject("phrase")),
        json.getJsonObject("details"),
        Instant.parse(json.getString("at")));
  }

  static JsonArray resolutions(List<Resolution> resolutions) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Resolution resolution : resolutions) {
      array.add(
          Json.createObjectBuilder()
              .add("property", resolution.property())
              .add("value", resolution.value())
              .add("why", of(resolution.why())));
    }
    return array.build();
  }

  static List<Resolution> resolutions(String text) {
    return array(text).getValuesAs(JsonObject.class).stream()
        .map(
            json ->
                new Resolution(
                    json.getString("property"),
                    json.get("value"),
                    phrase(json.getJsonObject("why"))))
        .toList();
  }

  static JsonArray parts(Collection<PartId> ids) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (PartId id : ids) {
      array.add(
          Json.createObjectBuilder()
              .add("resource", id.resource())
              .add("cloud", id.cloud().text())
              .add("region", id.region()));
    }
    return array.build();
  }

  static Set<PartId> parts(String text) {
    Set<PartId> ids = new HashSet<>();
    for (JsonObject json : array(text).getValuesAs(JsonObject.class)) {
      ids.add(
          new PartId(
              json.getString("resource"),
              new CloudId(json.getString("cloud")),
              json.getString("region")));
    }
    return ids;
  }

  static JsonObject images(Map<String, KeptImage> images) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    images.forEach((name, image) -> object.add(name, image.toJson()));
    return object.build();
  }

  static Map<String, KeptImage> images(String json) {
    Map<String, KeptImage> images = new HashMap<>();
    object(json).forEach((name, image) -> images.put(name, KeptImage.of(image.asJsonObject())));
    return images;
  }

  static JsonObject texts(Map<String, String> texts) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    texts.forEach(object::add);
    return object.build();
  }

  static Map<String, String> texts(String json) {
    Map<String, String> texts = new HashMap<>();
    object(json).forEach((name, text) -> texts.put(name, ((JsonString) text).getString()));
    return texts;
  }
}
