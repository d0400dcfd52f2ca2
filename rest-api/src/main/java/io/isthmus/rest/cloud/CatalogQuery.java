package io.isthmus.rest.cloud;

import io.isthmus.domain.cloud.CatalogEntry;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;

/** Which names to list; what is left out does not matter. */
public class CatalogQuery {

  @QueryParam("name")
  private String name;

  @QueryParam("cloud")
  private String cloud;

  /** By its own name or another of the same, and by a cloud that has it. */
  boolean accepts(CatalogEntry<?> entry) {
    return (name == null
            || contains(entry.name())
            || entry.otherNames().stream().anyMatch(other -> contains(other.name())))
        && (cloud == null || entry.clouds().stream().anyMatch(id -> id.text().equals(cloud)));
  }

  private boolean contains(String text) {
    return text.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
  }
}
