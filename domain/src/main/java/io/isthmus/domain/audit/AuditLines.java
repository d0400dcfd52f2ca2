package io.isthmus.domain.audit;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * An export of the log: a line of JSON each. First how it begins, then the records of each segment
 * as CADF events, in their order, and after them the segment's seal.
 */
final class AuditLines {

  private static final String EXPORT = "isthmus_audit_export";
  private static final String SEAL = "isthmus_audit_seal";
  private static final String DROPPED = "isthmus_audit_dropped";
  private static final int VERSION = 1;

  /** What a line says. */
  sealed interface Line {}

  /**
   * How an export begins.
   *
   * @param before the tree over all records before the first one here
   * @param previous hash of the seal before the first one here
   * @param number of that seal; 0 when there is none
   */
  record Beginning(CompactRange before, Hash previous, long number) implements Line {}

  /** A record, as it was hashed. */
  record Event(String text) implements Line {}

  /** A record whose text was dropped by the rule of retention; its hash is in the seal. */
  record Dropped(long position) implements Line {}

  /** A seal with the public key that it names. */
  record Sealed(Seal seal, PublicKey key) implements Line {}

  private AuditLines() {}

  static String write(Beginning beginning) {
    return Json.createObjectBuilder()
        .add(EXPORT, VERSION)
        .add("size", beginning.before().size())
        .add("subtrees", hex(beginning.before().subtrees()))
        .add("previous", beginning.previous().toString())
        .add("number", beginning.number())
        .build()
        .toString();
  }

  static String write(Dropped dropped) {
    return Json.createObjectBuilder().add(DROPPED, dropped.position()).build().toString();
  }

  static String write(Seal seal, String publicKey) {
    return Json.createObjectBuilder()
        .add(
            SEAL,
            Json.createObjectBuilder()
                .add("number", seal.number())
                .add("first", seal.first())
                .add("size", seal.size())
                .add("kept", seal.kept())
                .add("root", seal.root().toString())
                .add("previous", seal.previous().toString())
                .add("at", seal.at().toString())
                .add("key", seal.key())
                .add("public_key", publicKey)
                .add("signature", Base64.getEncoder().encodeToString(seal.signature()))
                .add("leaves", hex(seal.leaves())))
        .build()
        .toString();
  }

  private static JsonArrayBuilder hex(List<Hash> hashes) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    hashes.forEach(hash -> array.add(hash.toString()));
    return array;
  }

  /**
   * @throws IllegalArgumentException when the line is none of an export
   */
  static Line read(String text) {
    JsonObject json;
    try {
      json = Json.createReader(new StringReader(text)).readObject();
      if (json.containsKey(SEAL)) {
        return sealed(json.getJsonObject(SEAL));
      }
      if (json.containsKey(EXPORT)) {
        return new Beginning(
            new CompactRange(number(json, "size"), hashes(json, "subtrees")),
            Hash.parse(json.getString("previous")),
            number(json, "number"));
      }
      return json.containsKey(DROPPED) ? new Dropped(number(json, DROPPED)) : new Event(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a line of an export of the audit log", e);
    }
  }

  /** Whether it is a record, or tells of one, or how the export begins. */
  static boolean isOfAnExport(JsonObject json) {
    return json.containsKey(EXPORT) || json.containsKey(DROPPED) || json.containsKey("typeURI");
  }

  private static Sealed sealed(JsonObject json) {
    return new Sealed(
        new Seal(
            number(json, "number"),
            number(json, "first"),
            number(json, "size"),
            number(json, "kept"),
            Hash.parse(json.getString("root")),
            Hash.parse(json.getString("previous")),
            Instant.parse(json.getString("at")),
            json.getString("key"),
            Base64.getDecoder().decode(json.getString("signature")),
            hashes(json, "leaves")),
        SealingKey.publicKey(json.getString("public_key")));
  }

  private static long number(JsonObject json, String name) {
    return json.getJsonNumber(name).longValueExact();
  }

  private static List<Hash> hashes(JsonObject json, String name) {
    return json.getJsonArray(name).getValuesAs(JsonString.class).stream()
        .map(hash -> Hash.parse(hash.getString()))
        .toList();
  }
}
