package io.isthmus.domain.placement;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;
import java.util.List;

/** What an update would make of a stack, as it is stored. */
public final class ForeseenJson {

  private ForeseenJson() {}

  public static JsonObject write(List<ResourceChange> changes, CostDifference cost) {
    return Json.createObjectBuilder()
        .add("changes", PlacementJson.list(changes, UpdateJson::change))
        .add("cost", LossJson.cost(cost))
        .build();
  }

  /** What becomes of resources, as {@link #write} wrote it. */
  public static List<ResourceChange> changes(JsonObject json) {
    return PlacementJson.all(json.getJsonArray("changes"), UpdateJson::toChange);
  }

  /** The cost that {@link #write} wrote. */
  public static CostDifference cost(JsonObject json) {
    return LossJson.toCost(json.getJsonObject("cost"));
  }
}
