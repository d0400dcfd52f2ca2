package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseJson;
import io.isthmus.domain.network.Segment;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A placement as it is stored. Reasons stay phrases, so that each reader gets them in the own
 * language.
 */
public final class PlacementJson {

  private PlacementJson() {}

  public static JsonObject write(Placement placement) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("decisions", list(placement.decisions(), PlacementJson::decision));
    if (placement instanceof Placement.Placed placed) {
      return json.add("parts", list(placed.parts(), PlacementJson::part))
          .add("segments", list(placed.wiring().segments(), PlacementJson::segment))
          .add("remarks", list(placed.wiring().remarks(), PhraseJson::write))
          .add("cost", list(placed.cost().clouds(), PlacementJson::cost))
          .build();
    }
    Placement.Unplaced unplaced = (Placement.Unplaced) placement;
    return json.add("unplaced", list(unplaced.unplaced(), PlacementJson::decision))
        .add("reasons", list(unplaced.reasons(), PhraseJson::write))
        .build();
  }

  public static Placement read(JsonObject json) {
    List<Decision> decisions = all(json.getJsonArray("decisions"), PlacementJson::toDecision);
    if (json.containsKey("unplaced")) {
      return new Placement.Unplaced(
          all(json.getJsonArray("unplaced"), PlacementJson::toDecision),
          all(json.getJsonArray("reasons"), PhraseJson::read),
          decisions);
    }
    return new Placement.Placed(
        all(json.getJsonArray("parts"), PlacementJson::toPart),
        new Wiring(
            all(json.getJsonArray("segments"), PlacementJson::toSegment),
            all(json.getJsonArray("remarks"), PhraseJson::read)),
        decisions,
        // Plans of before told none.
        new Estimate(
            json.containsKey("cost")
                ? all(json.getJsonArray("cost"), PlacementJson::toCost)
                : List.of()));
  }

  static JsonObject cost(Estimate.CloudCost cost) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("cloud", cost.cloud().text())
            .add("hourly", cost.hourly())
            .add("unknown", list(cost.unknown(), Measure::write))
            .add("unmeasured", Json.createArrayBuilder(cost.unmeasured()));
    cost.currency().ifPresent(currency -> json.add("currency", currency));
    return json.build();
  }

  static Estimate.CloudCost toCost(JsonObject json) {
    return new Estimate.CloudCost(
        new CloudId(json.getString("cloud")),
        text(json, "currency"),
        json.getJsonNumber("hourly").bigDecimalValue(),
        all(json.getJsonArray("unknown"), Measure::read),
        json.getJsonArray("unmeasured").getValuesAs(JsonString::getString));
  }

  private static JsonObject part(PlannedPart part) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", id(part.id()))
            .add("type", part.type())
            .add("resolutions", list(part.resolutions(), PlacementJson::resolution))
            .add("requires", list(part.requires().stream().sorted().toList(), PlacementJson::id))
            .add("counts", LimitKind.write(part.counts()));
    part.availabilityZone().ifPresent(zone -> json.add("availability_zone", zone));
    part.measure().ifPresent(measure -> json.add("measure", measure.write()));
    part.failover().ifPresent(failover -> json.add("failover", failover(failover)));
    return json.build();
  }

  private static PlannedPart toPart(JsonObject json) {
    return new PlannedPart(
        toId(json.getJsonObject("id")),
        json.getString("type"),
        text(json, "availability_zone"),
        all(json.getJsonArray("resolutions"), PlacementJson::toResolution),
        new HashSet<>(all(json.getJsonArray("requires"), PlacementJson::toId)),
        // Plans of before told none.
        json.containsKey("counts") ? LimitKind.read(json.getJsonObject("counts")) : Map.of(),
        Optional.ofNullable(json.getJsonObject("measure")).map(Measure::read),
        Optional.ofNullable(json.getJsonObject("failover")).map(PlacementJson::toFailover));
  }

  private static JsonObject failover(Failover failover) {
    JsonArrayBuilder probes = Json.createArrayBuilder();
    failover.probes().forEach(probe -> probes.add(probe.toString()));
    return Json.createObjectBuilder()
        .add("mode", failover.mode().name())
        .add("after", failover.after().toString())
        .add("tries", failover.tries())
        .add("probes", probes)
        .add("on_return", failover.onReturn().name())
        .build();
  }

  private static Failover toFailover(JsonObject json) {
    return new Failover(
        Failover.Mode.valueOf(json.getString("mode")),
        Duration.parse(json.getString("after")),
        json.getInt("tries"),
        json.getJsonArray("probes").getValuesAs(JsonString::getString).stream()
            .map(Probe::parse)
            .toList(),
        // Plans of before told none.
        Failover.OnReturn.valueOf(json.getString("on_return", Failover.OnReturn.ASK.name())));
  }

  static JsonObject id(PartId id) {
    return Json.createObjectBuilder()
        .add("resource", id.resource())
        .add("cloud", id.cloud().text())
        .add("region", id.region())
        .build();
  }

  static PartId toId(JsonObject json) {
    return new PartId(
        json.getString("resource"), new CloudId(json.getString("cloud")), json.getString("region"));
  }

  private static JsonObject resolution(Resolution resolution) {
    return Json.createObjectBuilder()
        .add("property", resolution.property())
        .add("value", resolution.value())
        .add("why", PhraseJson.write(resolution.why()))
        .build();
  }

  private static Resolution toResolution(JsonObject json) {
    return new Resolution(
        json.getString("property"), json.get("value"), PhraseJson.read(json.getJsonObject("why")));
  }

  private static JsonObject segment(Segment segment) {
    return Json.createObjectBuilder()
        .add("subnet", segment.subnet())
        .add("region", place(segment.region()))
        .add("cidr", segment.cidr())
        .build();
  }

  private static Segment toSegment(JsonObject json) {
    return new Segment(
        json.getString("subnet"), toPlace(json.getJsonObject("region")), json.getString("cidr"));
  }

  private static JsonObject decision(Decision decision) {
    return Json.createObjectBuilder()
        .add("resource", decision.resource())
        .add("chosen", list(decision.chosen(), PlacementJson::place))
        .add("why", list(decision.why(), PhraseJson::write))
        .add("not_chosen", list(decision.notChosen(), PlacementJson::exclusion))
        .build();
  }

  private static Decision toDecision(JsonObject json) {
    return new Decision(
        json.getString("resource"),
        all(json.getJsonArray("chosen"), PlacementJson::toPlace),
        all(json.getJsonArray("why"), PhraseJson::read),
        all(json.getJsonArray("not_chosen"), PlacementJson::toExclusion));
  }

  static JsonObject exclusion(Exclusion exclusion) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("cloud", exclusion.cloud().text())
            .add("refusals", list(exclusion.refusals(), PlacementJson::refusal));
    exclusion.region().ifPresent(region -> json.add("region", region));
    exclusion.availabilityZone().ifPresent(zone -> json.add("availability_zone", zone));
    exclusion.outweighed().ifPresent(why -> json.add("outweighed", PhraseJson.write(why)));
    return json.build();
  }

  static Exclusion toExclusion(JsonObject json) {
    return new Exclusion(
        new CloudId(json.getString("cloud")),
        text(json, "region"),
        text(json, "availability_zone"),
        all(json.getJsonArray("refusals"), PlacementJson::toRefusal),
        Optional.ofNullable(json.getJsonObject("outweighed")).map(PhraseJson::read));
  }

  private static JsonObject refusal(RuleRefusal refusal) {
    return Json.createObjectBuilder()
        .add("rule", refusal.rule())
        .add("kind", refusal.hindrance().name())
        .add("reason", PhraseJson.write(refusal.reason()))
        .build();
  }

  private static RuleRefusal toRefusal(JsonObject json) {
    String rule = json.getString("rule");
    return new RuleRefusal(
        rule,
        json.containsKey("kind")
            ? Hindrance.valueOf(json.getString("kind"))
            : Hindrance.ofFilter(rule),
        PhraseJson.read(json.getJsonObject("reason")));
  }

  static JsonObject place(Place place) {
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("cloud", place.cloud().text()).add("region", place.region());
    place.availabilityZone().ifPresent(zone -> json.add("availability_zone", zone));
    return json.build();
  }

  static Place toPlace(JsonObject json) {
    return new Place(
        new CloudId(json.getString("cloud")),
        json.getString("region"),
        text(json, "availability_zone"));
  }

  private static Optional<String> text(JsonObject json, String key) {
    return Optional.ofNullable(json.getString(key, null));
  }

  static <T> JsonArray list(List<T> items, Function<T, JsonObject> write) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    items.forEach(item -> array.add(write.apply(item)));
    return array.build();
  }

  static <T> List<T> all(JsonArray array, Function<JsonObject, T> read) {
    return array.stream().map(JsonValue::asJsonObject).map(read).toList();
  }

  /**
   * For programs: each resource without a place, with each place and every rule that excluded it;
   * reasons in English.
   */
  static JsonArray rejections(Placement.Unplaced unplaced) {
    return list(
        unplaced.unplaced(),
        decision ->
            Json.createObjectBuilder()
                .add("resource", decision.resource())
                .add("places", list(decision.notChosen(), PlacementJson::rejection))
                .build());
  }

  private static JsonObject rejection(Exclusion exclusion) {
    JsonObjectBuilder json = Json.createObjectBuilder().add("cloud", exclusion.cloud().text());
    exclusion.region().ifPresent(region -> json.add("region", region));
    exclusion.availabilityZone().ifPresent(zone -> json.add("availability_zone", zone));
    return json.add(
            "rules",
            list(
                exclusion.refusals(),
                refusal ->
                    Json.createObjectBuilder()
                        .add("rule", refusal.rule())
                        .add("reason", refusal.reason().toString())
                        .build()))
        .add("outweighed", exclusion.outweighed().map(Phrase::toString).orElse(""))
        .build();
  }
}
