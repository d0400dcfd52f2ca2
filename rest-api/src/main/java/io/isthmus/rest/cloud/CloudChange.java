package io.isthmus.rest.cloud;

/**
 * What shall be different; what is left out stays.
 *
 * @param enabled whether new resources may go there
 * @param name what people call it
 * @param facts YAML, as it stands under {@code isthmus:} in an entry; replaces all facts
 */
public record CloudChange(Boolean enabled, String name, String facts) {}
