package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Service;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.ResourceGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Regions of which nothing is known and in which something stands: of a cloud that is lost, or that
 * shows the project nothing any more. They are places too for what stands there, so that it can
 * stay or be moved away; nothing new goes there.
 */
final class UnseenRegions {

  private static final String VOLUME = "OS::Cinder::Volume";

  private UnseenRegions() {}

  /**
   * The same federation with the regions in which parts stand and which it does not show, closed.
   *
   * @param graph what the parts are of
   */
  static FederationSnapshot shown(
      FederationSnapshot federation, ResourceGraph graph, List<PlannedPart> standing) {
    Map<CloudId, Map<String, List<PlannedPart>>> there =
        standing.stream()
            .collect(
                Collectors.groupingBy(
                    part -> part.id().cloud(),
                    TreeMap::new,
                    Collectors.groupingBy(
                        part -> part.id().region(), TreeMap::new, Collectors.toList())));
    List<ClosedArea> closed = new ArrayList<>();
    List<CloudView> clouds = new ArrayList<>();
    for (CloudView cloud : federation.clouds()) {
      Map<String, List<PlannedPart>> unseen =
          new TreeMap<>(there.getOrDefault(cloud.id(), Map.of()));
      cloud
          .inventory()
          .ifPresent(known -> known.regions().forEach(region -> unseen.remove(region.region())));
      List<RegionInventory> regions = new ArrayList<>();
      unseen.forEach(
          (region, parts) -> {
            regions.add(region(region, graph, parts));
            closed.add(
                new ClosedArea(
                    Area.of(cloud.id(), region),
                    Phrase.of("placement.inventory.none", cloud.name())));
          });
      clouds.add(regions.isEmpty() ? cloud : with(cloud, regions, federation));
    }
    return closed.isEmpty()
        ? federation
        : new FederationSnapshot(
                federation.takenAt(),
                clouds,
                federation.equivalences(),
                federation.allowances(),
                federation.closed())
            .closing(closed);
  }

  private static CloudView with(
      CloudView cloud, List<RegionInventory> more, FederationSnapshot federation) {
    List<RegionInventory> regions = new ArrayList<>(more);
    cloud.inventory().ifPresent(known -> regions.addAll(known.regions()));
    CloudInventory inventory =
        cloud
            .inventory()
            .map(
                known ->
                    new CloudInventory(
                        known.takenAt(), regions, known.credentialExpires(), known.account()))
            .orElse(new CloudInventory(federation.takenAt(), regions));
    return new CloudView(
        cloud.id(),
        cloud.name(),
        cloud.hue(),
        cloud.enabled(),
        cloud.accessible(),
        cloud.facts(),
        cloud.health(),
        cloud.prices(),
        Optional.of(inventory));
  }

  /** With the services and zones that what stands there shows it to have, and no quotas. */
  private static RegionInventory region(
      String name, ResourceGraph graph, List<PlannedPart> standing) {
    Map<String, Service> services =
        graph.nodes().stream()
            .map(node -> node.type().serviceType())
            .filter(type -> !type.isEmpty())
            .distinct()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    type -> new Service(type, "", Optional.empty(), Optional.empty())));
    return new RegionInventory(
        name,
        zones(standing, false),
        zones(standing, true),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        services,
        Set.of(),
        Map.of(),
        Map.of());
  }

  private static List<String> zones(List<PlannedPart> standing, boolean ofVolumes) {
    return standing.stream()
        .filter(part -> part.type().equals(VOLUME) == ofVolumes)
        .flatMap(part -> part.availabilityZone().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
