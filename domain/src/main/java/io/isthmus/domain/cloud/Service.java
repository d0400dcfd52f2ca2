package io.isthmus.domain.cloud;

import io.isthmus.domain.language.Phrase;
import java.util.Optional;

/**
 * A service of a region's catalog.
 *
 * @param type official service type, such as {@code compute} or {@code block-storage}
 * @param endpoint base URL
 * @param version newest version or microversion that it offers, as it writes it
 * @param problem why it does not answer; empty when it does
 */
public record Service(
    String type, String endpoint, Optional<String> version, Optional<Phrase> problem) {}
