package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * An item as it is kept: what may not be kept is gone, and what is too long for any use is cut.
 *
 * @param digest of all of it, whatever the order in which a cloud tells fields
 * @param revision kept also where only names are: without it each reading would have to tell all
 */
record KeptItem(MirrorItem item, byte[] digest, OptionalLong revision) {

  private static final int LONGEST_ID = 255;
  private static final int LONGEST_NAME = 1024;
  private static final int LONGEST_STATUS = 64;
  private static final int MOST_ADDRESSES = 256;

  private static final int LAST_YEAR = 9999;
  private static final int MOST_DIGITS = 1_000;
  private static final int DEEPEST = 32;

  /** A server with 128 entries of metadata at their longest has half of it. */
  private static final int LONGEST_DETAILS = 128 * 1024;

  static KeptItem of(MirrorItem told, Mirrored kept) {
    MirrorItem item = kept == Mirrored.NAMES ? named(told) : bounded(told);
    return new KeptItem(item, digest(item), told.revision());
  }

  /** Whether it can be kept at all: an id longer than any service gives is none. */
  static boolean canBe(MirrorItem told) {
    return !told.id().isEmpty() && told.id().length() <= LONGEST_ID && !hasNul(told.id());
  }

  private static MirrorItem named(MirrorItem told) {
    return new MirrorItem(
        told.id(),
        text(told.name(), LONGEST_NAME),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        told.mark().map(mark -> text(mark, LONGEST_NAME)),
        JsonValue.EMPTY_JSON_OBJECT);
  }

  private static MirrorItem bounded(MirrorItem told) {
    String details = told.details().toString();
    return new MirrorItem(
        told.id(),
        text(told.name(), LONGEST_NAME),
        told.status().map(status -> text(status, LONGEST_STATUS)),
        told.created().filter(KeptItem::isTime),
        told.updated().filter(KeptItem::isTime),
        told.addresses().stream().distinct().limit(MOST_ADDRESSES).toList(),
        told.mark().map(mark -> text(mark, LONGEST_NAME)),
        // PostgreSQL's jsonb holds no zero character.
        details.length() > LONGEST_DETAILS
                || details.contains("\\u0000")
                || !canBe(told.details(), DEEPEST)
            ? Json.createObjectBuilder().add("too_long", true).build()
            : told.details());
  }

  /** Whether PostgreSQL holds it for sure. */
  static boolean isTime(Instant time) {
    int year = time.atOffset(ZoneOffset.UTC).getYear();
    return year >= 1 && year <= LAST_YEAR;
  }

  /** Whether PostgreSQL's jsonb holds it: a number's digits are written out there. */
  private static boolean canBe(JsonValue value, int depth) {
    if (value instanceof JsonNumber number) {
      BigDecimal decimal = number.bigDecimalValue();
      return decimal.precision() <= MOST_DIGITS && Math.abs((long) decimal.scale()) <= MOST_DIGITS;
    }
    Collection<JsonValue> parts =
        value instanceof JsonObject object
            ? object.values()
            : value instanceof JsonArray array ? array : List.of();
    return parts.isEmpty() || depth > 0 && parts.stream().allMatch(one -> canBe(one, depth - 1));
  }

  private static String text(String told, int longest) {
    String whole = hasNul(told) ? told.replace("\0", "") : told;
    return whole.length() > longest ? whole.substring(0, longest) : whole;
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  private static byte[] digest(MirrorItem item) {
    StringBuilder text = new StringBuilder();
    for (Object part :
        List.of(
            item.name(),
            item.status(),
            item.created(),
            item.updated(),
            item.addresses(),
            item.mark())) {
      String written = part.toString();
      text.append(written.length()).append(':').append(written);
    }
    write(item.details(), text);
    try {
      return Arrays.copyOf(
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8)),
          16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** JSON with the names of each object in order. */
  private static void write(JsonValue value, StringBuilder text) {
    if (value instanceof JsonObject object) {
      text.append('{');
      for (Map.Entry<String, JsonValue> entry : new TreeMap<>(object).entrySet()) {
        text.append(Json.createValue(entry.getKey())).append(':');
        write(entry.getValue(), text);
        text.append(',');
      }
      text.append('}');
    } else if (value instanceof JsonArray array) {
      text.append('[');
      for (JsonValue one : array) {
        write(one, text);
        text.append(',');
      }
      text.append(']');
    } else {
      text.append(value);
    }
  }
}
