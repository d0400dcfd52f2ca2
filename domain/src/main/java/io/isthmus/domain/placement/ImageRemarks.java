package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.image.KnownImages;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.KeptImage;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.type.KeptImageType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a plan says of the project's images: where they are copied to, and how much that is. */
final class ImageRemarks {

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final int MOST_PLACES = 20;

  private ImageRemarks() {}

  /**
   * @return for each image of the project where it is to come and where it is already; and for each
   *     name whose content is not here yet that it is the clouds' one that is taken
   */
  static List<Phrase> of(
      List<PlannedPart> parts, ResourceGraph graph, ProjectId project, KnownImages images) {
    Map<String, List<String>> coming = new LinkedHashMap<>();
    Map<String, List<String>> there = new LinkedHashMap<>();
    Map<String, KeptImage> known = new LinkedHashMap<>();
    for (PlannedPart part : parts) {
      if (part.type().equals(KeptImageType.NAME)) {
        ResourceNode node = graph.find(part.id().resource()).orElseThrow();
        String name = node.keptImageName().orElseThrow();
        KeptImage image = node.keptImage().orElseThrow();
        known.put(name, image);
        boolean is = images.isIn(project, image.id(), part.id().cloud(), part.id().region());
        (is ? there : coming)
            .computeIfAbsent(name, none -> new ArrayList<>())
            .add(part.id().place().toString());
      }
    }
    List<Phrase> remarks = new ArrayList<>();
    known.forEach(
        (name, image) -> {
          if (coming.containsKey(name)) {
            remarks.add(
                Phrase.of(
                    "placement.image.to-copy",
                    name,
                    size(image.size()),
                    Phrase.names(coming.get(name), MOST_PLACES)));
          }
          if (there.containsKey(name)) {
            remarks.add(
                Phrase.of(
                    "placement.image.there", name, Phrase.names(there.get(name), MOST_PLACES)));
          }
        });
    remarks.addAll(unfinished(graph, project, images));
    return remarks;
  }

  /** That an image whose content is not here yet cannot be taken. */
  static List<Phrase> unfinished(ResourceGraph graph, ProjectId project, KnownImages images) {
    List<Phrase> remarks = new ArrayList<>();
    Set<String> unfinished = images.unfinished(project);
    for (ResourceNode node : graph.nodes()) {
      CatalogUses.of(node, node.knownProperties()).stream()
          .filter(use -> use.kind() == CatalogKind.IMAGE && unfinished.contains(use.text()))
          .map(use -> Phrase.of("placement.image.unfinished", use.text()))
          .filter(remark -> !remarks.contains(remark))
          .forEach(remarks::add);
    }
    return remarks;
  }

  /** What of a plan does not hold any more because an image is gone or another. */
  static List<Phrase> gone(Plan plan, KnownImages images) {
    if (plan.template().images().isEmpty()) {
      return List.of();
    }
    Collection<KeptImage> now = images.of(plan.project()).values();
    return plan.template().images().entrySet().stream()
        .filter(entry -> !now.contains(entry.getValue()))
        .map(entry -> Phrase.of("placement.image.gone", entry.getKey()))
        .toList();
  }

  /** As an argument of a phrase. */
  static Phrase size(long bytes) {
    return bytes >= GIB
        ? Phrase.of("placement.image.gib", Phrase.number(rounded(bytes, GIB)))
        : Phrase.of("placement.image.mib", Phrase.number(rounded(Math.max(bytes, MIB / 10), MIB)));
  }

  private static BigDecimal rounded(long bytes, long unit) {
    BigDecimal tenths =
        BigDecimal.valueOf(bytes)
            .divide(BigDecimal.valueOf(unit), 1, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return tenths.scale() < 0 ? tenths.setScale(0) : tenths;
  }
}
