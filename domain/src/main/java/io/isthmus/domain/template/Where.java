package io.isthmus.domain.template;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.util.Optional;

/**
 * A place in a template.
 *
 * @param pointer such as {@code resources.web.properties.flavor}
 * @param line 1-based
 * @param column 1-based
 */
public record Where(String pointer, int line, int column) {

  static Where of(String pointer, YamlNode node) {
    return new Where(pointer, node.line(), node.column());
  }

  static Where of(String pointer, YamlNode.Entry entry) {
    return new Where(pointer, entry.line(), entry.column());
  }

  public Violation says(Phrase message) {
    return new Violation(pointer, line, column, message, Optional.empty());
  }

  public Violation says(Phrase message, Phrase remedy) {
    return new Violation(pointer, line, column, message, Optional.of(remedy));
  }
}
