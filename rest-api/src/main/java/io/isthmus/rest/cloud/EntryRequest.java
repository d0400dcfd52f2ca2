package io.isthmus.rest.cloud;

import jakarta.validation.constraints.NotBlank;
import java.util.Optional;
import java.util.Set;

/**
 * A cloud to try or to add.
 *
 * @param cloudsYaml a {@code clouds.yaml}, or one entry of it, as text
 * @param facts YAML from the entry's name to facts, when they do not stand in the entry
 * @param entries names of the entries that are meant; all when left out
 */
public record EntryRequest(@NotBlank String cloudsYaml, String facts, Set<String> entries) {

  Optional<String> factsText() {
    return Optional.ofNullable(facts);
  }

  /** Empty for all. */
  Set<String> chosen() {
    return entries == null ? Set.of() : entries;
  }
}
