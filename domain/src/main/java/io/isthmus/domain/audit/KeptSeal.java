package io.isthmus.domain.audit;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A seal that somebody has kept outside of Isthmus: what the log was then, whatever became of it.
 *
 * @param text what it signs
 * @param leaves hashes of its segment's records, where they were kept too, as an export has them
 */
public record KeptSeal(
    long number,
    long first,
    long size,
    Hash root,
    Instant at,
    String text,
    Optional<List<Hash>> leaves) {

  /** It cannot be compared with anything. */
  public static final class Unreadable extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** By which the seal after it names it. */
  Hash hash() {
    return Hash.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads kept seals: a seal as {@code GET /audit/seals} gives it or a list of them, one value or a
   * value each line; or an export, of which each seal counts. Lines are read one at a time, in
   * order of the seals; the same seal may be there more than once.
   *
   * @return throws {@link Unreadable} where it finds something else
   */
  public static Iterator<KeptSeal> read(Iterator<String> lines) {
    return new Reading(lines);
  }

  private static final class Reading implements Iterator<KeptSeal> {
    private final Iterator<String> lines;
    private Iterator<KeptSeal> ready = List.<KeptSeal>of().iterator();
    private KeptSeal next;
    private KeptSeal last;
    private long line;

    Reading(Iterator<String> lines) {
      this.lines = lines;
    }

    @Override
    public boolean hasNext() {
      while (next == null && (ready.hasNext() || lines.hasNext())) {
        if (!ready.hasNext()) {
          ready = readLine();
          continue;
        }
        KeptSeal read = ready.next();
        if (last != null && read.number < last.number) {
          throw new Unreadable(
              "seal "
                  + read.number
                  + " comes after seal "
                  + last.number
                  + "; the oldest comes first");
        }
        if (last != null && read.number == last.number && !read.text.equals(last.text)) {
          throw new Unreadable("seal " + read.number + " is there twice, and not the same");
        }
        if (last == null || read.number > last.number) {
          next = read;
          last = read;
        }
      }
      return next != null;
    }

    @Override
    public KeptSeal next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      KeptSeal taken = next;
      next = null;
      return taken;
    }

    private Iterator<KeptSeal> readLine() {
      StringBuilder text = new StringBuilder();
      line++;
      text.append(lines.next());
      if (text.toString().isBlank()) {
        return List.<KeptSeal>of().iterator();
      }
      Optional<JsonValue> value = parse(text.toString());
      if (value.isEmpty() && line == 1) {
        // One value over several lines.
        lines.forEachRemaining(more -> text.append('\n').append(more));
        value = parse(text.toString());
      }
      try {
        return seals(value.orElseThrow(() -> new IllegalArgumentException("no JSON"))).iterator();
      } catch (RuntimeException e) {
        throw new Unreadable("line " + line + " is no seal: " + e.getMessage());
      }
    }

    private static Optional<JsonValue> parse(String text) {
      try {
        return Optional.of(Json.createReader(new StringReader(text)).readValue());
      } catch (JsonException e) {
        return Optional.empty();
      }
    }

    private static List<KeptSeal> seals(JsonValue value) {
      List<KeptSeal> seals = new ArrayList<>();
      if (value instanceof JsonArray list) {
        list.forEach(one -> seals.addAll(seals(one)));
        seals.sort(Comparator.comparingLong(KeptSeal::number));
      } else if (value.asJsonObject().containsKey("signed")) {
        seals.add(asOfTheApi(value.asJsonObject()));
      } else if (AuditLines.read(value.toString()) instanceof AuditLines.Sealed sealed) {
        Seal seal = sealed.seal();
        seals.add(
            new KeptSeal(
                seal.number(),
                seal.first(),
                seal.size(),
                seal.root(),
                seal.at(),
                seal.text(),
                Optional.of(seal.leaves())));
      } else if (!AuditLines.isOfAnExport(value.asJsonObject())) {
        throw new IllegalArgumentException("it has neither “signed” nor is it a line of an export");
      }
      return seals;
    }

    private static KeptSeal asOfTheApi(JsonObject json) {
      String text = json.getString("signed");
      KeptSeal seal =
          new KeptSeal(
              json.getJsonNumber("number").longValueExact(),
              json.getJsonNumber("first").longValueExact(),
              json.getJsonNumber("size").longValueExact(),
              Hash.parse(json.getString("root")),
              Instant.parse(json.getString("at")),
              text,
              Optional.empty());
      // What is compared must be what was signed.
      for (String part :
          List.of(
              "number " + seal.number,
              "first " + seal.first,
              "size " + seal.size,
              "root " + seal.root,
              "at " + seal.at)) {
        if (!text.contains("\n" + part + "\n")) {
          throw new IllegalArgumentException(
              "its text does not say “" + part + "” as the seal does; it was altered");
        }
      }
      return seal;
    }
  }
}
