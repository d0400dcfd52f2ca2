package io.isthmus.domain.stack.store;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.PartSpec;
import io.isthmus.domain.stack.StackRevision;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** How what parts and stacks shall be, or were, lies in JSON. */
final class SpecJson {

  private SpecJson() {}

  static JsonObject of(PartSpec spec) {
    JsonObjectBuilder object =
        Json.createObjectBuilder()
            .add("resolutions", StackJson.resolutions(spec.resolutions()))
            .add("requires", StackJson.parts(spec.requires()))
            .add("counts", LimitKind.write(spec.counts()))
            .add("deletion_policy", spec.deletionPolicy().name());
    spec.availabilityZone().ifPresent(zone -> object.add("availability_zone", zone));
    spec.measure().ifPresent(measure -> object.add("measure", measure.write()));
    return object.build();
  }

  static PartSpec spec(JsonObject json) {
    return new PartSpec(
        Optional.ofNullable(json.getString("availability_zone", null)),
        StackJson.resolutions(json.getJsonArray("resolutions").toString()),
        StackJson.parts(json.getJsonArray("requires").toString()),
        LimitKind.read(json.getJsonObject("counts")),
        Optional.ofNullable(json.getJsonObject("measure")).map(Measure::read),
        DeletionPolicy.valueOf(json.getString("deletion_policy")));
  }

  static JsonArray keys(Collection<PartKey> keys) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    keys.forEach(key -> array.add(of(key)));
    return array.build();
  }

  static Set<PartKey> keys(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return new HashSet<>(reader.readArray().getValuesAs((JsonObject json) -> key(json)));
    }
  }

  private static JsonObject of(PartKey key) {
    return Json.createObjectBuilder()
        .add("resource", key.id().resource())
        .add("cloud", key.id().cloud().text())
        .add("region", key.id().region())
        .add("generation", key.generation())
        .build();
  }

  private static PartKey key(JsonObject json) {
    return new PartKey(
        new PartId(
            json.getString("resource"),
            new CloudId(json.getString("cloud")),
            json.getString("region")),
        json.getInt("generation"));
  }

  /** Without its number and plan. */
  static JsonObject of(StackRevision revision) {
    TemplateSource template = revision.template();
    JsonArrayBuilder parts = Json.createArrayBuilder();
    for (StackRevision.Part part : revision.parts()) {
      parts.add(
          Json.createObjectBuilder()
              .add("key", of(part.key()))
              .add("type", part.type())
              .add("spec", of(part.spec()))
              .add("pending", part.pending()));
    }
    return Json.createObjectBuilder()
        .add("template", template.text())
        .add("files", StackJson.texts(template.files()))
        .add("registry", StackJson.texts(template.registry()))
        .add("key_pairs", StackJson.texts(template.keyPairs()))
        .add("images", StackJson.images(template.images()))
        .add("parameters", revision.parameters())
        .add("computed", revision.computed())
        .add("policy", revision.policy())
        .add("parts", parts)
        .build();
  }

  static StackRevision revision(int number, PlanId plan, JsonObject json) {
    return new StackRevision(
        number,
        new TemplateSource(
            json.getString("template"),
            StackJson.texts(json.getJsonObject("files").toString()),
            StackJson.texts(json.getJsonObject("registry").toString()),
            StackJson.texts(json.getJsonObject("key_pairs").toString()),
            StackJson.images(json.getJsonObject("images").toString())),
        json.getJsonObject("parameters"),
        json.getJsonObject("computed"),
        json.getString("policy"),
        plan,
        json.getJsonArray("parts").getValuesAs(JsonObject.class).stream()
            .map(
                part ->
                    new StackRevision.Part(
                        key(part.getJsonObject("key")),
                        part.getString("type"),
                        spec(part.getJsonObject("spec")),
                        part.getBoolean("pending")))
            .toList());
  }
}
