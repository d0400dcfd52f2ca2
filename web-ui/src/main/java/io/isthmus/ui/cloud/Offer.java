package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.RegionInventory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Something that a cloud offers.
 *
 * @param regions where it is the same, by name
 */
record Offer<T>(T what, List<String> regions) {

  Offer {
    regions = List.copyOf(regions);
  }

  /** What several regions offer alike is one offer. */
  static <T> List<Offer<T>> of(
      List<RegionInventory> regions, Function<RegionInventory, Collection<T>> offered) {
    Map<T, TreeSet<String>> found = new LinkedHashMap<>();
    for (RegionInventory region : regions) {
      offered
          .apply(region)
          .forEach(what -> found.computeIfAbsent(what, w -> new TreeSet<>()).add(region.region()));
    }
    return found.entrySet().stream()
        .map(entry -> new Offer<>(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }
}
