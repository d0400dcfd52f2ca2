package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.PhraseJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the loss of a cloud would do, as it is stored. */
public final class LossJson {

  private LossJson() {}

  public static JsonObject write(LossPlan plan) {
    return Json.createObjectBuilder()
        .add("resources", write(plan.resources()))
        .add("cost", cost(plan.cost()))
        .build();
  }

  public static LossPlan read(JsonObject json) {
    return new LossPlan(read(json.getJsonArray("resources")), toCost(json.getJsonObject("cost")));
  }

  public static JsonArray write(List<LostResource> resources) {
    return PlacementJson.list(resources, LossJson::one);
  }

  public static List<LostResource> read(JsonArray json) {
    return PlacementJson.all(json, LossJson::toOne);
  }

  private static JsonObject one(LostResource lost) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("resource", lost.resource())
            .add("type", lost.type())
            .add("from", PlacementJson.list(lost.from(), PlacementJson::place))
            .add("to", PlacementJson.list(lost.to(), PlacementJson::place))
            .add("outcome", lost.outcome().text())
            .add("why", PlacementJson.list(lost.why(), PhraseJson::write))
            .add("elsewhere", PlacementJson.list(lost.elsewhere(), PlacementJson::exclusion));
    lost.after().ifPresent(after -> json.add("after", after.toString()));
    return json.build();
  }

  private static LostResource toOne(JsonObject json) {
    return new LostResource(
        json.getString("resource"),
        json.getString("type"),
        places(json, "from"),
        places(json, "to"),
        LostResource.Outcome.parse(json.getString("outcome")),
        PlacementJson.all(json.getJsonArray("why"), PhraseJson::read),
        PlacementJson.all(json.getJsonArray("elsewhere"), PlacementJson::toExclusion),
        Optional.ofNullable(json.getString("after", null)).map(Duration::parse));
  }

  private static List<Place> places(JsonObject json, String key) {
    return PlacementJson.all(json.getJsonArray(key), PlacementJson::toPlace);
  }

  static JsonObject cost(CostDifference cost) {
    JsonObjectBuilder hourly = Json.createObjectBuilder();
    cost.hourly().forEach(hourly::add);
    return Json.createObjectBuilder()
        .add("hourly", hourly)
        .add("clouds", PlacementJson.list(cost.clouds(), LossJson::inCloud))
        .add("whole", cost.whole())
        .build();
  }

  static CostDifference toCost(JsonObject json) {
    SortedMap<String, BigDecimal> hourly = new TreeMap<>();
    JsonObject sums = json.getJsonObject("hourly");
    sums.keySet()
        .forEach(currency -> hourly.put(currency, sums.getJsonNumber(currency).bigDecimalValue()));
    return new CostDifference(
        hourly,
        PlacementJson.all(json.getJsonArray("clouds"), LossJson::toInCloud),
        json.getBoolean("whole"));
  }

  private static JsonObject inCloud(CostDifference.InCloud cost) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("cloud", cost.cloud().text())
            .add("hourly", cost.hourly())
            .add("whole", cost.whole());
    cost.currency().ifPresent(currency -> json.add("currency", currency));
    return json.build();
  }

  private static CostDifference.InCloud toInCloud(JsonObject json) {
    return new CostDifference.InCloud(
        new CloudId(json.getString("cloud")),
        Optional.ofNullable(json.getString("currency", null)),
        json.getJsonNumber("hourly").bigDecimalValue(),
        json.getBoolean("whole"));
  }
}
