package io.isthmus.domain.placement;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.PhraseJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;

/** What stays in a place that is left, as it is stored. */
public final class HeldJson {

  private HeldJson() {}

  public static JsonArray write(List<Leaving.Held> held) {
    return PlacementJson.list(held, HeldJson::one);
  }

  public static List<Leaving.Held> read(JsonArray json) {
    return PlacementJson.all(json, HeldJson::toOne);
  }

  private static JsonObject one(Leaving.Held held) {
    return Json.createObjectBuilder()
        .add("resource", held.resource())
        .add("type", held.type())
        .add("place", PlacementJson.place(held.place()))
        .add("state", held.state())
        .add("why", PlacementJson.list(held.why(), PhraseJson::write))
        .add("elsewhere", PlacementJson.list(held.elsewhere(), PlacementJson::exclusion))
        .build();
  }

  private static Leaving.Held toOne(JsonObject json) {
    return new Leaving.Held(
        json.getString("resource"),
        json.getString("type"),
        PlacementJson.toPlace(json.getJsonObject("place")),
        json.getBoolean("state"),
        PlacementJson.all(json.getJsonArray("why"), PhraseJson::read),
        PlacementJson.all(json.getJsonArray("elsewhere"), PlacementJson::toExclusion));
  }
}
