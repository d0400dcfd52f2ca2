package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Coordinates;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.widget.Hue;
import io.isthmus.ui.widget.Mark;
import io.isthmus.ui.widget.SiteMap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The map's dots: one for each point on the globe at which a cloud has regions. */
public final class CloudSites {

  private record Point(CloudView cloud, Coordinates at) {}

  private CloudSites() {}

  /**
   * Regions of one cloud at one point are one dot. A cloud that does not say where it is has no
   * dot; the table beside the map names it.
   *
   * @param counts what is there, by region
   * @param label words for a dot's tooltip; empty for none
   */
  public static List<SiteMap.Site> of(
      List<CloudView> clouds, Map<Place, Long> counts, Labels label, Exclusions exclusions) {
    return of(clouds, counts, label, exclusions, cloud -> Optional.empty());
  }

  /**
   * The same, of dots that lead somewhere.
   *
   * @param way where a cloud's dots lead
   */
  public static List<SiteMap.Site> of(
      List<CloudView> clouds,
      Map<Place, Long> counts,
      Labels label,
      Exclusions exclusions,
      Function<CloudView, Optional<SiteMap.Way>> way) {
    Map<Point, List<String>> points = new LinkedHashMap<>();
    for (CloudView cloud : clouds) {
      for (String region : regions(cloud, counts)) {
        coordinates(cloud, region)
            .ifPresent(
                at ->
                    points
                        .computeIfAbsent(new Point(cloud, at), p -> new ArrayList<>())
                        .add(region));
      }
    }
    Map<CloudId, Long> dots =
        points.keySet().stream()
            .collect(Collectors.groupingBy(point -> point.cloud().id(), Collectors.counting()));
    List<SiteMap.Site> sites = new ArrayList<>();
    points.forEach(
        (point, regions) -> {
          CloudView cloud = point.cloud();
          long count =
              regions.stream()
                  .mapToLong(region -> counts.getOrDefault(Place.inRegion(cloud.id(), region), 0L))
                  .sum();
          sites.add(
              new SiteMap.Site(
                  cloud.id() + "/" + String.join("+", regions),
                  dots.get(cloud.id()) == 1
                      ? cloud.id().text()
                      : cloud.id() + " " + String.join(", ", regions),
                  point.at().latitude(),
                  point.at().longitude(),
                  new Hue(cloud.hue()),
                  // How a cloud is says nothing to whom it does not let in.
                  cloud.accessible() ? Marks.of(cloud.health().state()) : Mark.UNKNOWN,
                  count,
                  label.of(cloud, regions, count),
                  exclusions.isExcluded(cloud, regions),
                  way.apply(cloud)));
        });
    return sites;
  }

  /** Words for a dot. */
  @FunctionalInterface
  public interface Labels {
    String of(CloudView cloud, List<String> regions, long count);
  }

  /** Whether a plan lets nothing go there. */
  @FunctionalInterface
  public interface Exclusions {
    boolean isExcluded(CloudView cloud, List<String> regions);
  }

  /** Those known from the inventory, from the facts, and from what is there; each once. */
  static List<String> regions(CloudView cloud, Map<Place, Long> counts) {
    List<String> regions = new ArrayList<>();
    cloud.inventory().map(CloudInventory::regions).orElse(List.of()).stream()
        .map(RegionInventory::region)
        .forEach(regions::add);
    regions.addAll(cloud.facts().regions().keySet());
    counts.keySet().stream()
        .filter(place -> place.cloud().equals(cloud.id()))
        .map(Place::region)
        .forEach(regions::add);
    if (regions.isEmpty()) {
      regions.add("");
    }
    return regions.stream().distinct().sorted().toList();
  }

  private static Optional<Coordinates> coordinates(CloudView cloud, String region) {
    return cloud.facts().of(region).coordinates().or(() -> cloud.facts().base().coordinates());
  }

  /** The map's own words. */
  public static SiteMap.Texts texts(Component reader) {
    Map<Mark, String> marks = new EnumMap<>(Mark.class);
    for (Mark mark : Mark.values()) {
      marks.put(mark, reader.getTranslation("mark." + mark.name()));
    }
    return new SiteMap.Texts(
        reader.getTranslation("map.name"),
        reader.getTranslation("picture.zoom-in"),
        reader.getTranslation("picture.zoom-out"),
        reader.getTranslation("map.whole-world"),
        marks,
        reader.getTranslation("map.excluded"));
  }
}
