package io.isthmus.rest.cloud;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Equivalence;
import io.isthmus.rest.problem.Arguments;
import jakarta.validation.constraints.NotBlank;
import java.util.Locale;

/**
 * What a name of templates is called in one cloud.
 *
 * @param kind {@code flavor}, {@code image}, {@code network} or {@code volume_type}
 * @param name as templates say it
 * @param localName as that cloud says it, or its id there
 */
public record EquivalenceBody(
    @NotBlank String kind, @NotBlank String name, @NotBlank String cloud, String localName) {

  static EquivalenceBody of(Equivalence equivalence) {
    return new EquivalenceBody(
        equivalence.kind().name().toLowerCase(Locale.ROOT),
        equivalence.name(),
        equivalence.cloud().text(),
        equivalence.localName());
  }

  Equivalence toEquivalence() {
    return new Equivalence(
        Arguments.parse(
            "kind", kind, text -> Equivalence.Kind.valueOf(text.toUpperCase(Locale.ROOT))),
        name,
        Arguments.parse("cloud", cloud, CloudId::new),
        localName == null ? "" : localName);
  }
}
