package io.isthmus.openstack.mirror;

import io.isthmus.domain.json.Json;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.http.Answer;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.ByteArrayInputStream;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A page of a list that is gone through without making objects of it: only ids and revisions are
 * wanted.
 *
 * @param links what the answer has beside the list, by which it goes on
 */
record Skimmed(JsonObject links) {
  /** No revision was told. */
  static final long NONE = -2;

  /** Is told of each thing on the page. */
  interface Row {
    /**
     * @param revision {@link #NONE} where there is none
     */
    void is(String id, long revision);
  }

  /** Goes through an answer. */
  static Skimmed of(CloudSession session, Call call, String collection, Answer answer, Row row) {
    boolean found = false;
    JsonArray links = JsonArray.EMPTY_JSON_ARRAY;
    try (JsonParser parser = Json.createParser(new ByteArrayInputStream(answer.body()))) {
      if (parser.next() == Event.START_OBJECT) {
        for (Event event = parser.next(); event == Event.KEY_NAME; event = parser.next()) {
          String key = parser.getString();
          Event value = parser.next();
          if (value == Event.START_ARRAY && key.equals(collection)) {
            rows(parser, row);
            found = true;
          } else if (value == Event.START_ARRAY && key.equals(collection + "_links")) {
            links = parser.getArray();
          } else {
            skip(parser, value);
          }
        }
      }
    } catch (JsonException | NoSuchElementException | IllegalStateException unreadable) {
      found = false;
    }
    if (!found) {
      throw session.garbled(call, answer, "expected a list \"" + collection + "\"");
    }
    return new Skimmed(Json.createObjectBuilder().add(collection + "_links", links).build());
  }

  private static void rows(JsonParser parser, Row row) {
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      if (event != Event.START_OBJECT) {
        throw new IllegalStateException("expected an object");
      }
      Optional<String> id = Optional.empty();
      long revision = NONE;
      for (Event name = parser.next(); name == Event.KEY_NAME; name = parser.next()) {
        String key = parser.getString();
        Event value = parser.next();
        if (value == Event.VALUE_STRING && key.equals("id")) {
          id = Optional.of(parser.getString());
        } else if (value == Event.VALUE_NUMBER && key.equals("revision_number")) {
          revision = parser.getLong();
        } else {
          skip(parser, value);
        }
      }
      if (id.isPresent() && !id.get().isEmpty()) {
        row.is(id.get(), revision);
      }
    }
  }

  private static void skip(JsonParser parser, Event value) {
    if (value == Event.START_OBJECT) {
      parser.skipObject();
    } else if (value == Event.START_ARRAY) {
      parser.skipArray();
    }
  }

  /** The marker that the next page begins at; empty when this one is the last. */
  Optional<String> next(String collection) {
    return CloudSession.next(links, collection);
  }

  /** Whether a page may be followed by another: cheaper than to go through it. */
  static boolean mayGoOn(byte[] body) {
    byte[] next = {'"', 'n', 'e', 'x', 't', '"'};
    for (int at = body.length - next.length; at >= 0; at--) {
      int same = 0;
      while (same < next.length && body[at + same] == next[same]) {
        same++;
      }
      if (same == next.length) {
        return true;
      }
    }
    return false;
  }
}
