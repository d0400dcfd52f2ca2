package io.isthmus.domain.cloud;

import io.isthmus.domain.cloud.CatalogEntry.Found;
import io.isthmus.domain.cloud.CatalogEntry.OtherName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The names that one project's templates may say, from the last looks at the clouds that it has an
 * access to. A name is one that a cloud gives to what it has, or one that an administrator declared
 * to mean something there; what a cloud itself calls so comes first, as it does in a plan.
 */
public final class CatalogNames {

  private static final Comparator<OtherName> BY_CLOUD =
      Comparator.comparing(OtherName::cloud).thenComparing(OtherName::name);

  private final FederationSnapshot federation;

  public CatalogNames(FederationSnapshot federation) {
    this.federation = federation;
  }

  /** Flavors, by name. */
  public List<CatalogEntry<Flavor>> flavors() {
    return entries(Equivalence.Kind.FLAVOR, RegionInventory::flavors, Flavor::name, Flavor::id);
  }

  /** Images, by name. */
  public List<CatalogEntry<Image>> images() {
    return entries(Equivalence.Kind.IMAGE, RegionInventory::images, Image::name, Image::id);
  }

  /** Networks that are there already, by name. */
  public List<CatalogEntry<Network>> networks() {
    return entries(Equivalence.Kind.NETWORK, RegionInventory::networks, Network::name, Network::id);
  }

  /** Volume types, by name. */
  public List<CatalogEntry<String>> volumeTypes() {
    return entries(
        Equivalence.Kind.VOLUME_TYPE,
        RegionInventory::volumeTypes,
        Function.identity(),
        Function.identity());
  }

  private <T> List<CatalogEntry<T>> entries(
      Equivalence.Kind kind,
      Function<RegionInventory, List<T>> things,
      Function<T, String> name,
      Function<T, String> id) {
    Map<String, Gathered<T>> gathered = new TreeMap<>();
    for (CloudView cloud : federation.clouds()) {
      List<Equivalence> words = words(kind, cloud.id());
      for (RegionInventory region : regions(cloud)) {
        List<T> offered = things.apply(region);
        offered.stream()
            // Glance lets an image be without a name; no template can name it then.
            .filter(thing -> !name.apply(thing).isBlank())
            .forEach(thing -> of(name.apply(thing), gathered).add(cloud, region, thing));
        for (Equivalence word : words) {
          offered.stream()
              .filter(thing -> isNamed(thing, word.localName(), name, id))
              .filter(thing -> !name.apply(thing).equals(word.name()))
              .forEach(thing -> gather(word, cloud, region, thing, name, gathered));
        }
      }
    }
    return gathered.entrySet().stream()
        .filter(entry -> !entry.getValue().found.isEmpty())
        .map(entry -> entry.getValue().entry(entry.getKey()))
        .toList();
  }

  private static <T> void gather(
      Equivalence word,
      CloudView cloud,
      RegionInventory region,
      T thing,
      Function<T, String> name,
      Map<String, Gathered<T>> into) {
    Gathered<T> meant = of(word.name(), into);
    if (meant.isIn(cloud, region, word.name(), name)) {
      return;
    }
    meant.add(cloud, region, thing);
    String local = name.apply(thing);
    if (!local.isBlank()) {
      meant.otherNames.add(new OtherName(cloud.id(), local));
      of(local, into).otherNames.add(new OtherName(cloud.id(), word.name()));
    }
  }

  private List<Equivalence> words(Equivalence.Kind kind, CloudId cloud) {
    return federation.equivalences().stream()
        .filter(word -> word.kind() == kind && word.cloud().equals(cloud))
        .toList();
  }

  private static List<RegionInventory> regions(CloudView cloud) {
    return cloud.accessible()
        ? cloud.inventory().map(CloudInventory::regions).orElse(List.of())
        : List.of();
  }

  private static <T> boolean isNamed(
      T thing, String text, Function<T, String> name, Function<T, String> id) {
    return id.apply(thing).equals(text) || name.apply(thing).equals(text);
  }

  private static <T> Gathered<T> of(String name, Map<String, Gathered<T>> gathered) {
    return gathered.computeIfAbsent(name, any -> new Gathered<>());
  }

  /** What has been found under one name so far. */
  private static final class Gathered<T> {
    private final Map<CloudId, Map<T, TreeSet<String>>> found = new TreeMap<>();
    private final TreeSet<OtherName> otherNames = new TreeSet<>(BY_CLOUD);

    void add(CloudView cloud, RegionInventory region, T thing) {
      found
          .computeIfAbsent(cloud.id(), any -> new LinkedHashMap<>())
          .computeIfAbsent(thing, any -> new TreeSet<>())
          .add(region.region());
    }

    /** Whether the region itself calls something so. */
    boolean isIn(CloudView cloud, RegionInventory region, String called, Function<T, String> name) {
      return found.getOrDefault(cloud.id(), Map.of()).entrySet().stream()
          .anyMatch(
              each ->
                  name.apply(each.getKey()).equals(called)
                      && each.getValue().contains(region.region()));
    }

    CatalogEntry<T> entry(String name) {
      List<Found<T>> all = new ArrayList<>();
      found.forEach(
          (cloud, things) ->
              things.forEach(
                  (thing, regions) -> all.add(new Found<>(cloud, List.copyOf(regions), thing))));
      return new CatalogEntry<>(name, all, List.copyOf(otherNames));
    }
  }
}
