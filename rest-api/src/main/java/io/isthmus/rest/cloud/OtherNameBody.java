package io.isthmus.rest.cloud;

import io.isthmus.domain.cloud.CatalogEntry;
import java.util.List;

/** Another name of the same in one cloud. */
public record OtherNameBody(String cloud, String name) {

  static List<OtherNameBody> of(CatalogEntry<?> entry) {
    return entry.otherNames().stream()
        .map(other -> new OtherNameBody(other.cloud().text(), other.name()))
        .toList();
  }
}
