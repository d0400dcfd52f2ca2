package io.isthmus.domain.stack;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All that two sets of properties hold, so that what came of either can be taken away. */
final class Merged {

  /** So many changes in vain after one another are remembered one by one. */
  private static final int MOST = 10;

  private Merged() {}

  /** The members of both, and of what is an object in both; else the later one's. */
  static JsonObject of(JsonObject earlier, JsonObject later) {
    JsonObjectBuilder merged = Json.createObjectBuilder(earlier);
    later.forEach((name, value) -> merged.add(name, of(earlier.get(name), value)));
    return merged.build();
  }

  /**
   * The members of both as {@link #of}, and beside them what each was, so that what was to be in
   * between is not forgotten; see {@link ResourceDriver#tried}.
   */
  static JsonObject tried(JsonObject earlier, JsonObject later) {
    List<JsonObject> known = ResourceDriver.tried(earlier);
    Set<JsonObject> all = new LinkedHashSet<>(known.subList(1, known.size()));
    all.add(known.get(0));
    JsonArrayBuilder kept = Json.createArrayBuilder();
    all.stream().skip(Math.max(0, all.size() - MOST)).forEach(kept::add);
    return Json.createObjectBuilder(of(known.get(0), later))
        .add(ResourceDriver.EARLIER, kept)
        .build();
  }

  private static JsonValue of(JsonValue earlier, JsonValue later) {
    return earlier instanceof JsonObject one && later instanceof JsonObject other
        ? of(one, other)
        : later;
  }
}
