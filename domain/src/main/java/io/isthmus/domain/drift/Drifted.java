package io.isthmus.domain.drift;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * A property that is not as it was given.
 *
 * @param since when it was first found so
 */
public record Drifted(PropertyDrift drift, Instant since) {

  JsonObject write() {
    return Json.createObjectBuilder(drift.write()).add("since", since.toString()).build();
  }

  static Drifted read(JsonObject json) {
    return new Drifted(PropertyDrift.read(json), Instant.parse(json.getString("since")));
  }
}
