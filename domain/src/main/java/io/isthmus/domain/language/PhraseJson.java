package io.isthmus.domain.language;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;

/** A phrase as it is stored: {@code {"key": "…", "arguments": ["…"]}}. */
public final class PhraseJson {

  private PhraseJson() {}

  public static JsonObject write(Phrase phrase) {
    return Json.createObjectBuilder()
        .add("key", phrase.key())
        .add("arguments", Json.createArrayBuilder(phrase.arguments()))
        .build();
  }

  public static Phrase read(JsonObject json) {
    return new Phrase(
        json.getString("key"), json.getJsonArray("arguments").getValuesAs(JsonString::getString));
  }
}
