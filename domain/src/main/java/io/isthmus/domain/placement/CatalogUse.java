package io.isthmus.domain.placement;

import io.isthmus.domain.template.CatalogKind;

/**
 * A text in a template that names something in a cloud's catalog.
 *
 * @param property path of the property, such as {@code external_gateway_info.network}
 * @param text as the template says it
 */
public record CatalogUse(CatalogKind kind, String property, String text) {

  /** Whether the network that is meant leads outside. */
  public boolean isExternalNetwork() {
    return kind == CatalogKind.NETWORK
        && (property.startsWith("external_gateway_info")
            || property.startsWith("floating_network"));
  }
}
