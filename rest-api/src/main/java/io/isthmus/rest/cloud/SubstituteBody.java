package io.isthmus.rest.cloud;

import io.isthmus.domain.placement.Substitute;
import java.util.List;

/**
 * What a plan takes in a cloud that does not have the name.
 *
 * @param regions in which it is taken
 * @param name as that cloud calls it
 */
public record SubstituteBody(String cloud, List<String> regions, String name) {

  static List<SubstituteBody> of(List<Substitute> substitutes) {
    return substitutes.stream()
        .map(each -> new SubstituteBody(each.cloud().text(), each.regions(), each.name()))
        .toList();
  }
}
