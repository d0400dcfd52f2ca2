package io.isthmus.ui.catalog;

import io.isthmus.domain.cloud.CatalogEntry;
import io.isthmus.domain.cloud.CatalogNames;
import io.isthmus.domain.image.ProjectImage;
import io.isthmus.domain.keypair.KeyPair;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.template.KnownName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The names that a parameter with a custom constraint of HOT can be given. */
public final class KnownNames implements Function<String, List<KnownName>> {

  private final CatalogNames catalog;
  private final List<KeyPair> keyPairs;
  private final List<ProjectImage> images;
  private final CatalogWords words;

  /**
   * @param keyPairs that the project keeps
   * @param images that the project keeps
   * @param messages gives the portal's words for a key with arguments
   */
  public KnownNames(
      CatalogNames catalog,
      List<KeyPair> keyPairs,
      List<ProjectImage> images,
      BiFunction<String, Object[], String> messages,
      Formats formats) {
    this.catalog = catalog;
    this.keyPairs = List.copyOf(keyPairs);
    this.images = List.copyOf(images);
    this.words = new CatalogWords(messages, formats);
  }

  /**
   * In the order that people count.
   *
   * @param constraint such as {@code nova.flavor}; nothing is known of what neither a look at a
   *     cloud nor the project tells
   */
  @Override
  public List<KnownName> apply(String constraint) {
    return switch (constraint) {
      case "nova.flavor" -> known(catalog.flavors(), words::flavor);
      case "glance.image" -> images();
      case "neutron.network", "nova.network" -> known(catalog.networks(), words::network);
      case "cinder.vtype" -> known(catalog.volumeTypes(), type -> "");
      case "nova.keypair" -> keyPairs.stream().map(KnownNames::known).toList();
      default -> List.of();
    };
  }

  /** The project's own first: a name that both know is the project's. */
  private List<KnownName> images() {
    List<KnownName> known = new ArrayList<>();
    Set<String> own = new HashSet<>();
    for (ProjectImage image : images) {
      if (image.state() == ProjectImage.State.READY) {
        own.add(image.name());
        known.add(new KnownName(image.name(), image.format().text(), image.description()));
      }
    }
    known(catalog.images(), words::image).stream()
        .filter(name -> !own.contains(name.name()))
        .forEach(known::add);
    return known;
  }

  private static KnownName known(KeyPair pair) {
    return new KnownName(pair.name(), pair.key().type(), pair.key().comment());
  }

  private <T> List<KnownName> known(List<CatalogEntry<T>> entries, Function<T, String> what) {
    return entries.stream()
        .map(
            entry ->
                new KnownName(
                    entry.name(), words.of(entry, what), CatalogWords.names(entry.clouds())))
        .sorted(Comparator.comparing(KnownName::name, NaturalOrder.OF_NAMES))
        .toList();
  }
}
