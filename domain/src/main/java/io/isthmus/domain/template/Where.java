package io.isthmus.domain.template;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a template.
 *
 * @param pointer such as {@code resources.web.properties.flavor}; in a nested template's file
 *     {@code web.yaml#resources.web.properties.flavor}
 * @param line 1-based
 * @param column 1-based
 */
public record Where(String pointer, int line, int column) {

  private static final Pattern IN_FILE =
      Pattern.compile("(.+?)#(?:resources|outputs|conditions|parameters)\\..*", Pattern.DOTALL);

  static Where of(String pointer, YamlNode node) {
    return new Where(pointer, node.line(), node.column());
  }

  static Where of(String pointer, YamlNode.Entry entry) {
    return new Where(pointer, entry.line(), entry.column());
  }

  /** What pointers into a nested template's file begin with. */
  static String base(Optional<String> file) {
    return file.map(name -> name + "#").orElse("");
  }

  public Violation says(Phrase message) {
    return new Violation(pointer, line, column, inFile(message), Optional.empty());
  }

  public Violation says(Phrase message, Phrase remedy) {
    return new Violation(pointer, line, column, inFile(message), Optional.of(remedy));
  }

  /** The line is that of the file, so that people must be told which. */
  private Phrase inFile(Phrase message) {
    Matcher nested = IN_FILE.matcher(pointer);
    return nested.matches() ? Phrase.of("template.in-file", nested.group(1), message) : message;
  }
}
