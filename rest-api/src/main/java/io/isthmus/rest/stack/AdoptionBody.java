package io.isthmus.rest.stack;

import io.isthmus.domain.stack.Adoption;
import io.isthmus.domain.stack.AdoptionDocument;
import java.util.List;

/**
 * What adopting a document would take over.
 *
 * @param name the new stack's
 * @param resources what is taken over
 * @param left what the document tells of and stays as it is
 */
public record AdoptionBody(String name, List<Found> resources, List<Found> left) {

  /** One resource in one place. */
  public record Found(
      String resource, String type, String cloud, String region, String resourceId) {

    static Found of(AdoptionDocument.Resource one) {
      return new Found(
          one.id().resource(),
          one.type(),
          one.id().cloud().text(),
          one.id().region(),
          one.physicalId());
    }
  }

  static AdoptionBody of(Adoption adoption) {
    return new AdoptionBody(
        adoption.name(),
        adoption.resources().stream().map(Found::of).toList(),
        adoption.left().stream().map(Found::of).toList());
  }
}
