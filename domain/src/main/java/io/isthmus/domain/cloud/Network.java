package io.isthmus.domain.cloud;

/**
 * A network that exists in a region and that the project can use.
 *
 * @param external whether routers may take it as gateway and floating IPs come from it
 */
public record Network(String id, String name, boolean external) {}
