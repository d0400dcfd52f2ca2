package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.PhraseJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A planned update as it is stored, beside its placement. */
final class UpdateJson {

  private UpdateJson() {}

  static JsonObject write(PlannedUpdate update) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("stack", update.stack().toString())
            .add("version", update.version())
            .add("digest", update.digest())
            .add("addresses_of", update.addressesOf().toString())
            .add("steps", PlacementJson.list(update.steps(), UpdateJson::step))
            .add("changes", PlacementJson.list(update.changes(), UpdateJson::change))
            .add("before", PlacementJson.list(update.before().clouds(), PlacementJson::cost));
    // As before for what leaves none, so that the version before reads it and prints it alike.
    if (!update.leaving().isNone()) {
      json.add("leaving", leaving(update.leaving()));
    }
    return json.build();
  }

  static PlannedUpdate read(JsonObject json) {
    return new PlannedUpdate(
        UUID.fromString(json.getString("stack")),
        json.getJsonNumber("version").longValueExact(),
        json.getString("digest"),
        PlanId.parse(json.getString("addresses_of")),
        PlacementJson.all(json.getJsonArray("steps"), UpdateJson::toStep),
        PlacementJson.all(json.getJsonArray("changes"), UpdateJson::toChange),
        new Estimate(PlacementJson.all(json.getJsonArray("before"), PlacementJson::toCost)),
        json.containsKey("leaving") ? toLeaving(json.getJsonObject("leaving")) : Leaving.NONE);
  }

  private static JsonObject leaving(Leaving leaving) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("left", PlacementJson.list(leaving.left(), UpdateJson::closed))
            .add("with_state", leaving.withState())
            .add("held", Json.createArrayBuilder(new TreeSet<>(leaving.held())));
    leaving
        .lost()
        .ifPresent(servers -> json.add("lost", Json.createArrayBuilder(new TreeSet<>(servers))));
    leaving
        .alone()
        .ifPresent(servers -> json.add("alone", Json.createArrayBuilder(new TreeSet<>(servers))));
    return json.build();
  }

  private static Leaving toLeaving(JsonObject json) {
    return new Leaving(
        PlacementJson.all(json.getJsonArray("left"), UpdateJson::toClosed),
        json.getBoolean("with_state"),
        Set.copyOf(texts(json, "held")),
        servers(json, "lost"),
        servers(json, "alone"));
  }

  private static Optional<Set<String>> servers(JsonObject json, String key) {
    return json.containsKey(key) ? Optional.of(Set.copyOf(texts(json, key))) : Optional.empty();
  }

  private static JsonObject closed(ClosedArea one) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("cloud", one.area().cloud().text())
            .add("reason", PhraseJson.write(one.reason()));
    one.area().region().ifPresent(region -> json.add("region", region));
    one.area().availabilityZone().ifPresent(zone -> json.add("availability_zone", zone));
    return json.build();
  }

  private static ClosedArea toClosed(JsonObject json) {
    return new ClosedArea(
        new Area(
            new CloudId(json.getString("cloud")),
            Optional.ofNullable(json.getString("region", null)),
            Optional.ofNullable(json.getString("availability_zone", null))),
        PhraseJson.read(json.getJsonObject("reason")));
  }

  private static JsonObject step(PlannedUpdate.Step step) {
    return Json.createObjectBuilder()
        .add("id", PlacementJson.id(step.id()))
        .add("kind", step.kind().name())
        .add("causes", Json.createArrayBuilder(step.causes()))
        .add("new_first", step.newFirst())
        .build();
  }

  private static PlannedUpdate.Step toStep(JsonObject json) {
    return new PlannedUpdate.Step(
        PlacementJson.toId(json.getJsonObject("id")),
        PlannedUpdate.Step.Kind.valueOf(json.getString("kind")),
        texts(json, "causes"),
        json.getBoolean("new_first"));
  }

  static JsonObject change(ResourceChange change) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("resource", change.resource())
            .add("type", change.type())
            .add("kind", change.kind().name())
            .add("from", PlacementJson.list(change.from(), PlacementJson::place))
            .add("to", PlacementJson.list(change.to(), PlacementJson::place))
            .add("causes", Json.createArrayBuilder(change.causes()));
    change.interruption().ifPresent(what -> json.add("interruption", PhraseJson.write(what)));
    return json.build();
  }

  static ResourceChange toChange(JsonObject json) {
    return new ResourceChange(
        json.getString("resource"),
        json.getString("type"),
        ResourceChange.Kind.valueOf(json.getString("kind")),
        places(json, "from"),
        places(json, "to"),
        texts(json, "causes"),
        Optional.ofNullable(json.getJsonObject("interruption")).map(PhraseJson::read));
  }

  private static List<Place> places(JsonObject json, String key) {
    return PlacementJson.all(json.getJsonArray(key), PlacementJson::toPlace);
  }

  private static List<String> texts(JsonObject json, String key) {
    return json.getJsonArray(key).getValuesAs(JsonString::getString);
  }
}
