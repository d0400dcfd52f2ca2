package io.isthmus.domain.placement;

import java.util.List;

/**
 * Which clouds a rule allows, by id.
 *
 * @param anyOf empty when every cloud not in {@code noneOf}
 */
public record CloudChoice(List<String> anyOf, List<String> noneOf) {

  public static final CloudChoice EVERY = new CloudChoice(List.of(), List.of());

  public CloudChoice {
    anyOf = List.copyOf(anyOf);
    noneOf = List.copyOf(noneOf);
  }
}
