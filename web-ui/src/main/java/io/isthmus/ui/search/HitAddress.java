package io.isthmus.ui.search;

import com.vaadin.flow.router.QueryParameters;
import io.isthmus.domain.search.Hit;

/**
 * The page of something that was found.
 *
 * @param path without parameters
 */
record HitAddress(String path, QueryParameters query) {

  static HitAddress of(Hit hit) {
    String stack = "stacks/" + hit.stack();
    return hit.part()
        .map(
            part ->
                new HitAddress(
                    stack + "/resources", QueryParameters.of("resource", part.toString())))
        .orElseGet(() -> new HitAddress(stack, QueryParameters.empty()));
  }

  /** As a link has it. */
  String href() {
    String parameters = query.getQueryString();
    return "/" + path + (parameters.isEmpty() ? "" : "?" + parameters);
  }
}
