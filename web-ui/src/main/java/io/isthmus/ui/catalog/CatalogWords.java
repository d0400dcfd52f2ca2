package io.isthmus.ui.catalog;

import io.isthmus.domain.cloud.CatalogEntry;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.placement.Substitute;
import io.isthmus.ui.element.Formats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is behind a name, in the reader's words. */
final class CatalogWords {

  private final BiFunction<String, Object[], String> messages;
  private final Formats formats;

  /**
   * @param messages gives the portal's words for a key with arguments
   */
  CatalogWords(BiFunction<String, Object[], String> messages, Formats formats) {
    this.messages = messages;
    this.formats = formats;
  }

  String flavor(Flavor flavor) {
    return flavor.diskGiB() == 0
        ? words("catalog.flavor-of-image-disk", flavor.vcpus(), formats.mib(flavor.ramMiB()))
        : words(
            "catalog.flavor",
            flavor.vcpus(),
            formats.mib(flavor.ramMiB()),
            formats.gib(flavor.diskGiB()));
  }

  /** System and version, and what it needs. */
  String image(Image image) {
    List<String> words = new ArrayList<>();
    words.add(
        image.osDistro().isEmpty()
            ? words("catalog.image-untold")
            : Stream.of(image.osDistro(), image.osVersion())
                .flatMap(each -> each.stream())
                .collect(Collectors.joining(" ")));
    if (image.minDiskGiB() > 0) {
      words.add(words("catalog.image-disk", formats.gib(image.minDiskGiB())));
    }
    if (image.minRamMiB() > 0) {
      words.add(words("catalog.image-ram", formats.mib(image.minRamMiB())));
    }
    return String.join(", ", words);
  }

  String network(Network network) {
    return words(network.external() ? "catalog.network-external" : "catalog.network-inner");
  }

  /** What clouds have under the name; where they differ, each with the clouds that have it so. */
  <T> String of(CatalogEntry<T> entry, Function<T, String> one) {
    Map<String, TreeSet<CloudId>> clouds = new LinkedHashMap<>();
    entry
        .found()
        .forEach(
            found ->
                clouds
                    .computeIfAbsent(one.apply(found.thing()), words -> new TreeSet<>())
                    .add(found.cloud()));
    return clouds.size() == 1
        ? clouds.keySet().iterator().next()
        : clouds.entrySet().stream()
            .map(
                each ->
                    words("catalog.differing", each.getKey(), names(List.copyOf(each.getValue()))))
            .collect(Collectors.joining("; "));
  }

  /** “c2-4 in bhs, sc.small in syd”; with its region where not the whole cloud has it so. */
  String taken(List<Substitute> substitutes) {
    return substitutes.stream()
        .map(
            each ->
                words(
                    "catalog.taken-in",
                    each.name(),
                    each.everywhere()
                        ? each.cloud().text()
                        : each.cloud() + " / " + String.join(", ", each.regions())))
        .collect(Collectors.joining(", "));
  }

  static String names(List<CloudId> clouds) {
    return clouds.stream().map(CloudId::text).collect(Collectors.joining(", "));
  }

  private String words(String key, Object... arguments) {
    return messages.apply(key, arguments);
  }
}
