package io.isthmus.domain.yaml;

import io.isthmus.domain.language.Phrase;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SnakeYAML says in English of a text that it cannot read, as a phrase with its remedy.
 *
 * @see "SnakeYAML: org.yaml.snakeyaml.scanner.ScannerImpl, parser.ParserImpl, composer.Composer"
 */
final class Malformed {

  /** A way to be malformed; {@code yaml.KEY} and {@code yaml.KEY-remedy} tell of it. */
  private record Way(Pattern says, String key) {}

  private static final List<Way> WAYS =
      List.of(
          way("mapping values are not allowed.*", "value-here"),
          way("mapping keys are not allowed.*", "key-here"),
          way("sequence entries are not allowed.*", "item-here"),
          way("could not find expected ':'.*", "no-colon"),
          way("expected ',' or '\\]', but got.*", "list-open"),
          way("expected ',' or '\\}', but got.*", "map-open"),
          way("expected <block end>, but found.*", "indentation"),
          way("expected the node content, but found.*", "no-value"),
          way("found character '\\\\?t?\\(TAB\\)'.*", "tab"),
          way("found character '(.+)' that cannot start any token.*", "character"),
          way("found unexpected end of stream.*", "quote-open"),
          way("found unknown escape character (.*)", "escape"),
          way("found undefined alias (.*)", "no-anchor"),
          way(
              "(?:expected '<document start>', but found|.*but found another document).*",
              "second"),
          way("Nesting Depth exceeded max (\\d+).*", "too-deep"),
          way(
              "Number of aliases for non-scalar nodes exceeds the specified max=(\\d+).*",
              "aliases"),
          way(".*special characters are not allowed.*", "control"));

  private Malformed() {}

  private static Way way(String says, String key) {
    return new Way(Pattern.compile(says, Pattern.DOTALL), key);
  }

  /** What is wrong; what SnakeYAML says, verbatim, where we know no words of our own. */
  static Phrase phrase(String problem) {
    return WAYS.stream()
        .map(way -> phrase(way, problem))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> Phrase.of("yaml.malformed", problem));
  }

  /** What to do about it, where that is known. */
  static Optional<Phrase> remedy(String problem) {
    return WAYS.stream()
        .filter(way -> way.says().matcher(problem).matches())
        .findFirst()
        .map(way -> Phrase.of("yaml." + way.key() + "-remedy"));
  }

  private static Optional<Phrase> phrase(Way way, String problem) {
    Matcher said = way.says().matcher(problem);
    if (!said.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        said.groupCount() == 0
            ? Phrase.of("yaml." + way.key())
            : Phrase.of("yaml." + way.key(), said.group(1)));
  }
}
