package io.isthmus.domain.template.type;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.ResourceNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects what a type demands of its properties together. */
final class Requirements {

  private final ResourceNode node;
  private final List<Violation> violations = new ArrayList<>();

  Requirements(ResourceNode node) {
    this.node = node;
  }

  /** At least one of the properties under a prefix, such as {@code networks.0.}, is given. */
  Requirements anyOf(String prefix, String... properties) {
    if (Arrays.stream(properties).noneMatch(p -> node.gives(prefix + p))) {
      add(
          prefix + properties[0],
          Phrase.of("template.needs-one-of", String.join(", ", properties)));
    }
    return this;
  }

  /** At most one of the properties is given. */
  Requirements notTogether(String prefix, String... properties) {
    List<String> given = Arrays.stream(properties).filter(p -> node.gives(prefix + p)).toList();
    if (given.size() > 1) {
      add(prefix + given.get(1), Phrase.of("template.not-together", String.join(", ", given)));
    }
    return this;
  }

  /** The first property is given only with the second. */
  Requirements onlyWith(String property, String other) {
    if (node.gives(property) && !node.gives(other)) {
      add(property, Phrase.of("template.only-with", property, other));
    }
    return this;
  }

  Requirements add(String property, Phrase message) {
    violations.add(Violation.at("properties." + property, message));
    return this;
  }

  Requirements add(String property, Phrase message, Phrase remedy) {
    violations.add(Violation.at("properties." + property, message, remedy));
    return this;
  }

  List<Violation> violations() {
    return violations;
  }
}
