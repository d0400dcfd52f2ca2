package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A text's digest in hexadecimal digits.
 *
 * @param arguments the algorithm's name and the text
 * @see "openstack/heat heat/engine/hot/functions.py, Digest"
 */
public record Digest(Expression arguments, Where where) implements Expression {

  /** Python's names of the algorithms, and Java's. */
  private static final Map<String, String> ALGORITHMS =
      new TreeMap<>(
          Map.of(
              "md5", "MD5",
              "sha1", "SHA-1",
              "sha224", "SHA-224",
              "sha256", "SHA-256",
              "sha384", "SHA-384",
              "sha512", "SHA-512",
              "sha3_224", "SHA3-224",
              "sha3_256", "SHA3-256",
              "sha3_384", "SHA3-384",
              "sha3_512", "SHA3-512"));

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    Optional<JsonValue> value = arguments.evaluate(scope);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof JsonArray list)
        || list.size() != 2
        || !(list.get(0) instanceof JsonString name)
        || !(list.get(1) instanceof JsonString text)) {
      return problem(Phrase.of("template.digest-arguments"), scope);
    }
    String algorithm = ALGORITHMS.get(name.getString().toLowerCase(Locale.ROOT));
    if (algorithm == null) {
      scope.problem(
          where,
          Phrase.of("template.digest-algorithm", Values.shown(name)),
          Phrase.of("template.known", String.join(", ", ALGORITHMS.keySet())));
      return Optional.empty();
    }
    // As Heat, which knows no other way to make bytes of it.
    if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(text.getString())) {
      return problem(Phrase.of("template.digest-latin"), scope);
    }
    byte[] bytes = text.getString().getBytes(StandardCharsets.ISO_8859_1);
    return Optional.of(Values.text(HexFormat.of().formatHex(digest(algorithm, bytes))));
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has every one of these algorithms", e);
    }
  }

  private Optional<JsonValue> problem(Phrase message, Scope scope) {
    scope.problem(where, message, Phrase.of("template.digest-form"));
    return Optional.empty();
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(new Digest(Arguments.settled(arguments, scope), where));
  }

  @Override
  public List<Expression> parts() {
    return List.of(arguments);
  }

  /** {@code digest: [algorithm, text]}. */
  static final class Function implements HotFunction {

    @Override
    public String name() {
      return "digest";
    }

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      boolean isRight =
          arguments instanceof ListExpression list
              ? list.items().size() == 2
              : !Arguments.isWrittenOut(arguments);
      if (!isRight) {
        setting
            .findings()
            .add(where, Phrase.of("template.digest-arguments"), Phrase.of("template.digest-form"));
        return Optional.empty();
      }
      return Optional.of(new Digest(arguments, where));
    }
  }
}
