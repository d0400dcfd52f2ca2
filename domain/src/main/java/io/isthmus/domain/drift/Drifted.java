package io.isthmus.domain.drift;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * A property that is not as it was given.
 *
 * @param since when it was first found so, or found so again after it was put right
 * @param tries how often it was put right in vain
 */
public record Drifted(PropertyDrift drift, Instant since, int tries) {

  /** One that nobody has tried to put right. */
  public Drifted(PropertyDrift drift, Instant since) {
    this(drift, since, 0);
  }

  JsonObject write() {
    return Json.createObjectBuilder(drift.write())
        .add("since", since.toString())
        .add("tries", tries)
        .build();
  }

  static Drifted read(JsonObject json) {
    return new Drifted(
        PropertyDrift.read(json), Instant.parse(json.getString("since")), json.getInt("tries", 0));
  }
}
