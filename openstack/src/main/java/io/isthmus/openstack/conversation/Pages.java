package io.isthmus.openstack.conversation;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How services say that a list goes on. */
final class Pages {
  /** More than any cloud has; a list that is longer goes round in a way that is not noticed. */
  static final int MOST = 2000;

  private static final Pattern MARKER = Pattern.compile("[?&]marker=([^&]+)");

  private Pages() {}

  /** The marker that the next page begins behind; empty after the last one. */
  static Optional<String> next(JsonObject body, String collection) {
    return link(body, collection).map(MARKER::matcher).filter(Matcher::find).map(Pages::decoded);
  }

  private static Optional<String> link(JsonObject body, String collection) {
    // Glance has one link, the others a list of them.
    if (body.get("next") instanceof JsonString text) {
      return Optional.of(text.getString());
    }
    if (body.get(collection + "_links") instanceof JsonArray links) {
      for (JsonValue each : links) {
        if (each instanceof JsonObject one
            && one.getString("rel", "").equals("next")
            && one.get("href") instanceof JsonString text) {
          return Optional.of(text.getString());
        }
      }
    }
    return Optional.empty();
  }

  private static String decoded(Matcher marker) {
    return URLDecoder.decode(marker.group(1), StandardCharsets.UTF_8);
  }
}
