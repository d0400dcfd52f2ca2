package io.isthmus.domain.sample;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.TemplateSource;

/**
 * Something to begin with.
 *
 * @param name short and stable: the folder under {@code samples/}
 * @param title a few words
 * @param description one or two sentences about what it shows
 * @param policy text of its placement policy
 */
public record Sample(
    String name, Phrase title, Phrase description, TemplateSource template, String policy) {}
