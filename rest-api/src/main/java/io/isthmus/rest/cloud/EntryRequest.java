package io.isthmus.rest.cloud;

import jakarta.validation.constraints.NotBlank;
import java.util.Optional;

/**
 * A cloud to try or to add.
 *
 * @param cloudsYaml a {@code clouds.yaml}, or one entry of it, as text
 * @param facts YAML from the entry's name to facts, when they do not stand in the entry
 */
public record EntryRequest(@NotBlank String cloudsYaml, String facts) {

  Optional<String> factsText() {
    return Optional.ofNullable(facts);
  }
}
