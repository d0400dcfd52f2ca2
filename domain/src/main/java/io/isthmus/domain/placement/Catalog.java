package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Equivalence;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.language.Nearest;
import io.isthmus.domain.language.Phrase;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds in each region what templates name: by name or id, else by an administrator's equivalence,
 * else by what the named thing is elsewhere in the federation.
 */
public final class Catalog {

  private static final Comparator<Flavor> BY_SIZE =
      Comparator.comparingLong(Flavor::ramMiB)
          .thenComparingInt(Flavor::vcpus)
          .thenComparingLong(Flavor::diskGiB)
          .thenComparing(Flavor::name)
          .thenComparing(Flavor::id);

  /**
   * What was found, or why nothing was.
   *
   * @param found empty when nothing was
   * @param why which was taken and why; or why none was
   */
  public record Match<T>(Optional<T> found, Phrase why) {
    static <T> Match<T> of(T found, Phrase why) {
      return new Match<>(Optional.of(found), why);
    }

    static <T> Match<T> none(Phrase why) {
      return new Match<>(Optional.empty(), why);
    }
  }

  private record Elsewhere<T>(CloudView cloud, T thing) {}

  private record FlavorKey(String text, CloudId cloud, String region, long ram, long disk) {}

  private record NamedKey(String text, CloudId cloud, String region) {}

  private final FederationSnapshot federation;
  private final Map<String, Optional<Elsewhere<Flavor>>> sizes = new HashMap<>();
  private final Map<String, Optional<Elsewhere<Image>>> systems = new HashMap<>();
  private final Map<FlavorKey, Match<Flavor>> flavors = new HashMap<>();
  private final Map<NamedKey, Match<Image>> images = new HashMap<>();

  public Catalog(FederationSnapshot federation) {
    this.federation = federation;
  }

  /**
   * The flavor for this name.
   *
   * @param leastRamMiB memory that the image needs; matters only for a substitute
   * @param leastDiskGiB disk that the image needs; matters only for a substitute
   */
  public Match<Flavor> flavor(
      String text, CloudView cloud, RegionInventory region, long leastRamMiB, long leastDiskGiB) {
    FlavorKey key = new FlavorKey(text, cloud.id(), region.region(), leastRamMiB, leastDiskGiB);
    Match<Flavor> known = flavors.get(key);
    if (known == null) {
      known = findFlavor(text, cloud, region, leastRamMiB, leastDiskGiB);
      flavors.put(key, known);
    }
    return known;
  }

  private Match<Flavor> findFlavor(
      String text, CloudView cloud, RegionInventory region, long leastRamMiB, long leastDiskGiB) {
    Optional<Flavor> named = named(region.flavors(), text, Flavor::id, Flavor::name);
    if (named.isPresent()) {
      return Match.of(named.get(), Phrase.of("placement.flavor.by-name", text));
    }
    Optional<String> local = equivalent(Equivalence.Kind.FLAVOR, text, cloud);
    if (local.isPresent()) {
      return named(region.flavors(), local.get(), Flavor::id, Flavor::name)
          .map(f -> Match.of(f, Phrase.of("placement.flavor.by-equivalence", f.name(), text)))
          .orElseGet(
              () ->
                  Match.none(
                      Phrase.of(
                          "placement.flavor.equivalence-gone",
                          local.get(),
                          text,
                          region.region())));
    }
    Optional<Elsewhere<Flavor>> size = sizes.computeIfAbsent(text, this::largestNamed);
    if (size.isEmpty()) {
      return Match.none(unknown("flavor", text, RegionInventory::flavors, Flavor::name));
    }
    Flavor asked = size.get().thing();
    return region.flavors().stream()
        .filter(flavor -> isOrdinary(flavor) && fits(flavor, asked, leastRamMiB, leastDiskGiB))
        .min(BY_SIZE)
        .map(
            flavor ->
                Match.of(
                    flavor,
                    Phrase.of(
                        "placement.flavor.by-size",
                        flavor.name(),
                        flavor.vcpus(),
                        flavor.ramMiB(),
                        flavor.diskGiB(),
                        text,
                        asked.vcpus(),
                        asked.ramMiB(),
                        asked.diskGiB(),
                        size.get().cloud().name())))
        .orElseGet(
            () ->
                Match.none(
                    Phrase.of(
                        "placement.flavor.none-as-large",
                        region.region(),
                        text,
                        asked.vcpus(),
                        asked.ramMiB(),
                        asked.diskGiB(),
                        size.get().cloud().name())));
  }

  private static boolean fits(Flavor flavor, Flavor asked, long leastRamMiB, long leastDiskGiB) {
    return flavor.vcpus() >= asked.vcpus()
        && flavor.ramMiB() >= Math.max(asked.ramMiB(), leastRamMiB)
        && flavor.diskGiB() >= asked.diskGiB()
        && (flavor.diskGiB() == 0 || flavor.diskGiB() >= leastDiskGiB);
  }

  /** Bare metal, GPUs and the like are never taken unless they are asked for by name. */
  private static boolean isOrdinary(Flavor flavor) {
    return flavor.extraSpecs().keySet().stream()
        .noneMatch(
            key ->
                key.startsWith("resources:CUSTOM_")
                    || key.startsWith("resources:VGPU")
                    || key.startsWith("pci_passthrough:"));
  }

  /** Where clouds give one name to several sizes, the largest, so that nobody gets too little. */
  private Optional<Elsewhere<Flavor>> largestNamed(String text) {
    return everywhere(RegionInventory::flavors)
        .filter(place -> isNamed(place.thing(), text, Flavor::id, Flavor::name))
        .max(
            Comparator.<Elsewhere<Flavor>, Flavor>comparing(Elsewhere::thing, BY_SIZE)
                .thenComparing(place -> place.cloud().id(), Comparator.reverseOrder()));
  }

  /** The image for this name. */
  public Match<Image> image(String text, CloudView cloud, RegionInventory region) {
    NamedKey key = new NamedKey(text, cloud.id(), region.region());
    Match<Image> known = images.get(key);
    if (known == null) {
      known = findImage(text, cloud, region);
      images.put(key, known);
    }
    return known;
  }

  private Match<Image> findImage(String text, CloudView cloud, RegionInventory region) {
    Optional<Image> named = named(region.images(), text, Image::id, Image::name);
    if (named.isPresent()) {
      return Match.of(named.get(), Phrase.of("placement.image.by-name", text));
    }
    Optional<String> local = equivalent(Equivalence.Kind.IMAGE, text, cloud);
    if (local.isPresent()) {
      return named(region.images(), local.get(), Image::id, Image::name)
          .map(i -> Match.of(i, Phrase.of("placement.image.by-equivalence", i.name(), text)))
          .orElseGet(
              () ->
                  Match.none(
                      Phrase.of(
                          "placement.image.equivalence-gone", local.get(), text, region.region())));
    }
    Optional<Elsewhere<Image>> system = systems.computeIfAbsent(text, this::systemNamed);
    if (system.isEmpty()) {
      boolean existsElsewhere =
          everywhere(RegionInventory::images)
              .anyMatch(place -> isNamed(place.thing(), text, Image::id, Image::name));
      return Match.none(
          existsElsewhere
              ? Phrase.of("placement.image.system-not-told", text, region.region())
              : unknown("image", text, RegionInventory::images, Image::name));
    }
    String distro = system.get().thing().osDistro().orElseThrow();
    String version = system.get().thing().osVersion().orElseThrow();
    return region.images().stream()
        .filter(
            image ->
                image.osDistro().equals(Optional.of(distro))
                    && image.osVersion().equals(Optional.of(version)))
        .min(Comparator.comparing(Image::name).thenComparing(Image::id))
        .map(
            image ->
                Match.of(
                    image,
                    Phrase.of(
                        "placement.image.by-system",
                        image.name(),
                        distro,
                        version,
                        text,
                        system.get().cloud().name())))
        .orElseGet(
            () ->
                Match.none(
                    Phrase.of(
                        "placement.image.no-such-system", region.region(), text, distro, version)));
  }

  private Optional<Elsewhere<Image>> systemNamed(String text) {
    return everywhere(RegionInventory::images)
        .filter(place -> isNamed(place.thing(), text, Image::id, Image::name))
        .filter(
            place -> place.thing().osDistro().isPresent() && place.thing().osVersion().isPresent())
        .findFirst();
  }

  /** The existing network for this name. */
  public Match<Network> network(CatalogUse use, CloudView cloud, RegionInventory region) {
    String text = use.text();
    boolean external = use.isExternalNetwork();
    List<Network> networks =
        region.networks().stream().filter(network -> !external || network.external()).toList();
    Optional<Network> named = named(networks, text, Network::id, Network::name);
    if (named.isPresent()) {
      return Match.of(named.get(), Phrase.of("placement.network.by-name", text));
    }
    Optional<String> local = equivalent(Equivalence.Kind.NETWORK, text, cloud);
    if (local.isPresent()) {
      return named(networks, local.get(), Network::id, Network::name)
          .map(n -> Match.of(n, Phrase.of("placement.network.by-equivalence", n.name(), text)))
          .orElseGet(
              () ->
                  Match.none(
                      Phrase.of(
                          "placement.network.equivalence-gone",
                          local.get(),
                          text,
                          region.region())));
    }
    if (external && networks.size() == 1) {
      return Match.of(
          networks.get(0),
          Phrase.of("placement.network.sole", networks.get(0).name(), region.region(), text));
    }
    if (external && networks.isEmpty()) {
      return Match.none(Phrase.of("placement.network.none-external", region.region()));
    }
    return Match.none(
        Phrase.of(
            external ? "placement.network.several" : "placement.network.unknown",
            text,
            region.region(),
            networks.stream()
                .map(Network::name)
                .sorted()
                .limit(5)
                .collect(Collectors.joining(", "))));
  }

  /** The volume type for this name. */
  public Match<String> volumeType(String text, CloudView cloud, RegionInventory region) {
    if (region.volumeTypes().contains(text)) {
      return Match.of(text, Phrase.of("placement.volume-type.by-name", text));
    }
    Optional<String> local = equivalent(Equivalence.Kind.VOLUME_TYPE, text, cloud);
    if (local.isPresent() && region.volumeTypes().contains(local.get())) {
      return Match.of(
          local.get(), Phrase.of("placement.volume-type.by-equivalence", local.get(), text));
    }
    return Match.none(
        Phrase.of(
            "placement.volume-type.unknown",
            text,
            region.region(),
            region.volumeTypes().stream().sorted().limit(5).collect(Collectors.joining(", "))));
  }

  private Optional<String> equivalent(Equivalence.Kind kind, String name, CloudView cloud) {
    return federation.equivalences().stream()
        .filter(
            word ->
                word.kind() == kind && word.name().equals(name) && word.cloud().equals(cloud.id()))
        .map(Equivalence::localName)
        .findFirst();
  }

  private <T> Stream<Elsewhere<T>> everywhere(Function<RegionInventory, List<T>> things) {
    return federation.clouds().stream()
        .sorted(Comparator.comparing(CloudView::id))
        .flatMap(
            cloud ->
                cloud.inventory().stream()
                    .flatMap(inventory -> inventory.regions().stream())
                    .flatMap(region -> things.apply(region).stream())
                    .map(thing -> new Elsewhere<>(cloud, thing)));
  }

  private <T> Phrase unknown(
      String kind,
      String text,
      Function<RegionInventory, List<T>> things,
      Function<T, String> name) {
    Set<String> names = new TreeSet<>();
    everywhere(things).forEach(place -> names.add(name.apply(place.thing())));
    return Nearest.to(text, names)
        .map(near -> Phrase.of("placement." + kind + ".unknown-nearest", text, near))
        .orElseGet(() -> Phrase.of("placement." + kind + ".unknown", text));
  }

  private static <T> boolean isNamed(
      T thing, String text, Function<T, String> id, Function<T, String> name) {
    return id.apply(thing).equals(text) || name.apply(thing).equals(text);
  }

  /** By id first; among several of one name the one with the lowest id, so that it is stable. */
  private static <T> Optional<T> named(
      List<T> things, String text, Function<T, String> id, Function<T, String> name) {
    T found = null;
    for (T thing : things) {
      if (id.apply(thing).equals(text)) {
        return Optional.of(thing);
      }
      if (name.apply(thing).equals(text)
          && (found == null || id.apply(thing).compareTo(id.apply(found)) < 0)) {
        found = thing;
      }
    }
    return Optional.ofNullable(found);
  }
}
