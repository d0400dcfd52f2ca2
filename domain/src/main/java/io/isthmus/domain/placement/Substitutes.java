package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.RegionInventory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What plans of a project take in each of its clouds for a name that the cloud itself does not
 * have: what an administrator declared equal, else what the {@link Catalog} finds. A server whose
 * image needs more than the flavor that it names gets a larger one; that is not told here. Not
 * thread-safe.
 */
public final class Substitutes {

  private final FederationSnapshot federation;
  private final Catalog catalog;

  public Substitutes(FederationSnapshot federation) {
    this.federation = federation;
    this.catalog = new Catalog(federation);
  }

  /** For a flavor, by cloud and name; nothing for clouds in which nothing would do. */
  public List<Substitute> flavor(String name) {
    return taken(
        name,
        Flavor::id,
        Flavor::name,
        (cloud, region) -> catalog.flavor(name, cloud, region, 0, 0));
  }

  /** For an image, by cloud and name; nothing for clouds in which nothing would do. */
  public List<Substitute> image(String name) {
    return taken(
        name, Image::id, Image::name, (cloud, region) -> catalog.image(name, cloud, region));
  }

  /** What a plan finds in a region. */
  @FunctionalInterface
  private interface Lookup<T> {
    Catalog.Match<T> in(CloudView cloud, RegionInventory region);
  }

  private <T> List<Substitute> taken(
      String name, Function<T, String> id, Function<T, String> called, Lookup<T> lookup) {
    List<Substitute> taken = new ArrayList<>();
    federation.clouds().stream()
        .filter(CloudView::accessible)
        .sorted(Comparator.comparing(CloudView::id))
        .forEach(
            cloud -> {
              List<RegionInventory> regions =
                  cloud.inventory().map(inventory -> inventory.regions()).orElse(List.of());
              Map<String, TreeSet<String>> inRegions = new TreeMap<>();
              for (RegionInventory region : regions) {
                lookup
                    .in(cloud, region)
                    .found()
                    .filter(thing -> !called.apply(thing).equals(name))
                    .filter(thing -> !id.apply(thing).equals(name))
                    .ifPresent(
                        thing ->
                            inRegions
                                .computeIfAbsent(shown(thing, id, called), none -> new TreeSet<>())
                                .add(region.region()));
              }
              inRegions.forEach(
                  (local, where) ->
                      taken.add(
                          new Substitute(
                              cloud.id(),
                              List.copyOf(where),
                              where.size() == regions.size(),
                              local)));
            });
    return taken;
  }

  /** Glance lets an image be without a name; its id stands for it then. */
  private static <T> String shown(T thing, Function<T, String> id, Function<T, String> called) {
    return called.apply(thing).isBlank() ? id.apply(thing) : called.apply(thing);
  }
}
