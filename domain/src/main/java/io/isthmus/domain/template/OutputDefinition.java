package io.isthmus.domain.template;

/** An output of a template. */
public record OutputDefinition(String name, String description) {}
