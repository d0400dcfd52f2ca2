package io.isthmus.ui.catalog;

import io.isthmus.domain.cloud.CatalogEntry;
import io.isthmus.domain.cloud.CatalogEntry.OtherName;
import io.isthmus.domain.cloud.CatalogNames;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.placement.Substitutes;
import io.isthmus.ui.element.NaturalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of the list of flavors and images.
 *
 * @param name as templates say it
 * @param what it is, in the reader's words
 * @param bare the same for programs, such as {@code vcpus=1 ram_mib=2048 disk_gib=20}
 * @param largest by which flavors are ordered: memory, vCPUs and disk of the largest of the name;
 *     of images all zero
 * @param places that have it
 * @param takenElsewhere what plans take where it is not, in the reader's words
 */
record NamedThing(
    Kind kind,
    String name,
    String what,
    String bare,
    List<Long> largest,
    List<Place> places,
    List<OtherName> otherNames,
    String takenElsewhere) {

  /** In the order of the list. */
  static final Comparator<NamedThing> BY_NAME =
      Comparator.comparing(NamedThing::kind).thenComparing(NamedThing::name, NaturalOrder.OF_NAMES);

  /** By size, and by system. */
  static final Comparator<NamedThing> BY_WHAT =
      Comparator.comparing(NamedThing::kind)
          .thenComparing(row -> row.largest().get(0))
          .thenComparing(row -> row.largest().get(1))
          .thenComparing(row -> row.largest().get(2))
          .thenComparing(NamedThing::what, NaturalOrder.OF_NAMES);

  /** What is listed. */
  enum Kind {
    FLAVOR,
    IMAGE
  }

  NamedThing {
    largest = List.copyOf(largest);
    places = List.copyOf(places);
    otherNames = List.copyOf(otherNames);
  }

  /** All of a project, in their order. */
  static List<NamedThing> all(CatalogNames catalog, Substitutes substitutes, CatalogWords words) {
    List<NamedThing> all = new ArrayList<>();
    catalog.flavors().forEach(entry -> all.add(flavor(entry, substitutes, words)));
    catalog.images().forEach(entry -> all.add(image(entry, substitutes, words)));
    all.sort(BY_NAME);
    return all;
  }

  private static NamedThing flavor(
      CatalogEntry<Flavor> entry, Substitutes substitutes, CatalogWords words) {
    Flavor largest =
        entry.found().stream()
            .map(CatalogEntry.Found::thing)
            .max(
                Comparator.comparing(Flavor::ramMiB)
                    .thenComparing(Flavor::vcpus)
                    .thenComparing(Flavor::diskGiB))
            .orElseThrow();
    return of(
        Kind.FLAVOR,
        entry,
        words.of(entry, words::flavor),
        flavor ->
            "vcpus=%d ram_mib=%d disk_gib=%d"
                .formatted(flavor.vcpus(), flavor.ramMiB(), flavor.diskGiB()),
        List.of(largest.ramMiB(), (long) largest.vcpus(), largest.diskGiB()),
        words.taken(substitutes.flavor(entry.name())));
  }

  private static NamedThing image(
      CatalogEntry<Image> entry, Substitutes substitutes, CatalogWords words) {
    return of(
        Kind.IMAGE,
        entry,
        words.of(entry, words::image),
        image ->
            Stream.of(
                    image.osDistro().map(text -> "os_distro=" + text),
                    image.osVersion().map(text -> "os_version=" + text))
                .flatMap(each -> each.stream())
                .collect(Collectors.joining(" ")),
        List.of(0L, 0L, 0L),
        words.taken(substitutes.image(entry.name())));
  }

  private static <T> NamedThing of(
      Kind kind,
      CatalogEntry<T> entry,
      String what,
      Function<T, String> bare,
      List<Long> largest,
      String takenElsewhere) {
    return new NamedThing(
        kind,
        entry.name(),
        what,
        entry.found().stream()
            .map(found -> bare.apply(found.thing()))
            .distinct()
            .collect(Collectors.joining("; ")),
        largest,
        entry.found().stream()
            .flatMap(
                found ->
                    found.regions().stream().map(region -> Place.inRegion(found.cloud(), region)))
            .distinct()
            .sorted()
            .toList(),
        entry.otherNames(),
        takenElsewhere);
  }

  List<CloudId> clouds() {
    return places.stream().map(Place::cloud).distinct().toList();
  }

  boolean isIn(CloudId cloud) {
    return clouds().contains(cloud);
  }
}
