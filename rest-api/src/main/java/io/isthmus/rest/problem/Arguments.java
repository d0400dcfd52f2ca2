package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads texts of a request as values. */
public final class Arguments {

  /** What {@link io.isthmus.rest.page.Tags} adds to a version. */
  private static final Pattern CONTENT = Pattern.compile("-[0-9a-f]*$");

  private Arguments() {}

  /**
   * Reads a field or query parameter.
   *
   * @throws FederationFault REQUEST_INVALID, naming the field and the value
   */
  public static <T> T parse(String field, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      Phrase phrase = Phrase.of("fault.bad-argument", field, text);
      throw FederationFault.invalid(field, phrase);
    }
  }

  /**
   * Reads a field or query parameter that is one of a few words.
   *
   * @param words all that it may be
   * @throws FederationFault REQUEST_INVALID, naming the field, the value and the words
   */
  public static <T> T oneOf(
      String field, String text, Function<String, T> parser, Stream<String> words) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      Phrase remedy =
          Phrase.of("fault.bad-argument-remedy", words.sorted().collect(Collectors.joining(", ")));
      throw FederationFault.invalid(field, Phrase.of("fault.bad-argument", field, text), remedy);
    }
  }

  /**
   * Reads an id in a path. One that is none is not found, like any other that does not exist.
   *
   * @throws FederationFault NOT_FOUND
   */
  public static <T> T id(String kind, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound(kind, text);
    }
  }

  /** Reads {@code true} or {@code false}, and nothing else. */
  public static Boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return Boolean.valueOf(text);
  }

  /**
   * Reads an {@code If-Match} that has to be there: a change without one could undo another
   * person's.
   *
   * @return empty when any version will do
   * @throws FederationFault PRECONDITION_REQUIRED when it is missing, REQUEST_INVALID
   */
  public static OptionalLong requiredVersion(String ifMatch) {
    if (ifMatch == null) {
      throw new FederationFault(
          FaultCode.PRECONDITION_REQUIRED, Phrase.of("fault.if-match-needed"));
    }
    return version(ifMatch);
  }

  /**
   * Reads the version in {@code If-Match}; what follows it in an ETag tells contents apart, which
   * is no matter here.
   *
   * @return empty when any version will do
   * @throws FederationFault REQUEST_INVALID for what is not one of our ETags
   */
  public static OptionalLong version(String ifMatch) {
    if (ifMatch == null || ifMatch.equals("*")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(parse(HttpHeaders.IF_MATCH, ifMatch, Arguments::versionIn));
  }

  private static long versionIn(String tag) {
    return Long.parseLong(CONTENT.matcher(tag.replace("\"", "")).replaceFirst(""));
  }
}
