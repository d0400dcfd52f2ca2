package io.isthmus.domain.stack;

import java.util.List;

/**
 * What taking over would be.
 *
 * @param name the new stack's
 * @param resources what is taken over, in the order of needs
 * @param left what the document tells of and the stack did not want any more: it stays as it is
 */
public record Adoption(
    String name, List<AdoptionDocument.Resource> resources, List<AdoptionDocument.Resource> left) {

  public Adoption {
    resources = List.copyOf(resources);
    left = List.copyOf(left);
  }
}
