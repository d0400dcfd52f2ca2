package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.keypair.PublicKey;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.KeptImage;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.Values;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes an arrangement down as parts, each after all that it requires. */
final class Parts {

  private final Units units;
  private final Survey survey;
  private final Map<Integer, List<Place>> regions;
  private final Addressing addressing;
  private final Map<PartId, PlannedPart> parts = new LinkedHashMap<>();
  private final Map<Place, Site> sites = new HashMap<>();

  Parts(
      Units units,
      Survey survey,
      Arrangement arrangement,
      Map<Integer, List<Place>> regions,
      Addressing addressing) {
    this.units = units;
    this.survey = survey;
    this.regions = regions;
    this.addressing = addressing;
    for (Site site : survey.sites) {
      site.region()
          .ifPresent(region -> sites.put(Place.inRegion(site.cloud().id(), region.region()), site));
    }
    Map<Integer, Candidate> candidates = new HashMap<>();
    for (int u = 0; u < arrangement.at.length; u++) {
      Candidate candidate = survey.problem.candidates.get(arrangement.at[u]);
      survey.problem.units.get(u).members().forEach(node -> candidates.put(node, candidate));
    }
    for (int node = 0; node < units.graph.nodes.size(); node++) {
      for (Place region : regions.getOrDefault(node, List.of())) {
        PlannedPart part = part(node, region, Optional.ofNullable(candidates.get(node)));
        parts.put(part.id(), part);
      }
    }
  }

  private PlannedPart part(int node, Place region, Optional<Candidate> candidate) {
    ResourceNode resource = units.graph.nodes.get(node);
    Site site = sites.get(region);
    Optional<String> zone =
        candidate.flatMap(chosen -> Zones.of(resource, chosen, site).availabilityZone());
    List<Resolution> resolutions = resolve(units, survey.catalog, node, site);
    if (resource.type().name().equals("OS::Cinder::Volume")) {
      candidate
          .flatMap(chosen -> chosen.place().availabilityZone())
          .filter(compute -> zone.isPresent() && !zone.get().equals(compute))
          .ifPresent(
              compute ->
                  resolutions.add(
                      new Resolution(
                          "availability_zone",
                          Values.text(zone.get()),
                          Phrase.of("placement.zone.of-volume", zone.get(), compute))));
    }
    resolutions.addAll(addressing.resolutions(node, region));
    resource
        .keptKeyPair()
        .ifPresent(name -> resolutions.add(ofProject(name, units.graph.known[node])));
    resource
        .keptImage()
        .ifPresent(
            image -> resolutions.add(ofProject(resource.keptImageName().orElseThrow(), image)));
    return new PlannedPart(
        id(node, region),
        resource.type().name(),
        zone,
        resolutions,
        requires(node, region),
        counts(units, survey, node, site),
        measure(node, site),
        units.failover(node));
  }

  /** Says whose key it is: the template holds none. */
  private static Resolution ofProject(String name, JsonObject known) {
    PublicKey key = PublicKey.parse(known.getString("public_key"));
    return new Resolution(
        "name",
        Values.text(name),
        Phrase.of("placement.key-pair.of-project", name, key.type(), key.fingerprint()));
  }

  /** Says whose image it is: the template holds none. */
  private static Resolution ofProject(String name, KeptImage image) {
    return new Resolution(
        "name",
        Values.text(name),
        Phrase.of(
            "placement.image.of-project",
            name,
            image.diskFormat(),
            ImageRemarks.size(image.size()),
            image.sha512().substring(0, 12)));
  }

  /** What a resource counts against the quotas of a region. */
  static Map<LimitKind, Long> counts(Units units, Survey survey, int node, Site site) {
    long[] amounts = Amounts.copy(units.amounts[node]);
    units
        .server(node)
        .flatMap(
            server ->
                Requirements.flavor(
                        server, site.cloud(), site.region().orElseThrow(), survey.catalog)
                    .found())
        .ifPresent(flavor -> Amounts.addServer(amounts, flavor));
    return Amounts.byKind(amounts);
  }

  private Optional<Measure> measure(int node, Site site) {
    RegionInventory region = site.region().orElseThrow();
    if (units.graph.nodes.get(node).type().name().equals("OS::Neutron::FloatingIP")) {
      return Optional.of(new Measure(PriceItem.address(), 1));
    }
    return units
        .server(node)
        .flatMap(server -> Requirements.measure(server, site.cloud(), region, survey.catalog))
        .or(
            () ->
                units
                    .volume(node)
                    .map(
                        volume ->
                            Requirements.measure(volume, site.cloud(), region, survey.catalog)));
  }

  private PartId id(int node, Place region) {
    return new PartId(units.graph.nodes.get(node).path(), region.cloud(), region.region());
  }

  /** What the catalog names of a resource mean in a region. */
  static List<Resolution> resolve(Units units, Catalog catalog, int node, Site site) {
    List<Resolution> resolutions = new ArrayList<>();
    CloudView cloud = site.cloud();
    RegionInventory region = site.region().orElseThrow();
    Optional<Demand.Kept> kept = units.server(node).flatMap(Demand.ServerDemand::kept);
    Optional<Image> image =
        units.uses(node).stream()
            .filter(use -> use.property().equals("image"))
            .findFirst()
            .flatMap(use -> catalog.image(use.text(), cloud, region).found());
    for (CatalogUse use : units.uses(node)) {
      switch (use.kind()) {
        case FLAVOR -> {
          Catalog.Match<Flavor> match =
              catalog.flavor(
                  use.text(),
                  cloud,
                  region,
                  kept.map(Demand.Kept::minRamMiB).or(() -> image.map(Image::minRamMiB)).orElse(0L),
                  kept.map(Demand.Kept::minDiskGiB)
                      .or(() -> image.map(Image::minDiskGiB))
                      .orElse(0L));
          add(use, match.found().map(Flavor::id), match.why(), resolutions);
        }
        case IMAGE -> {
          Catalog.Match<Image> match = catalog.image(use.text(), cloud, region);
          add(use, match.found().map(Image::id), match.why(), resolutions);
        }
        case NETWORK -> {
          Catalog.Match<Network> match = catalog.network(use, cloud, region);
          add(use, match.found().map(Network::id), match.why(), resolutions);
        }
        case VOLUME_TYPE -> {
          Catalog.Match<String> match = catalog.volumeType(use.text(), cloud, region);
          add(use, match.found(), match.why(), resolutions);
        }
        case COMPUTE_ZONE, VOLUME_ZONE -> {
          // Holds as it is: only places with that zone were eligible.
        }
      }
    }
    return resolutions;
  }

  private static void add(
      CatalogUse use, Optional<String> value, Phrase why, List<Resolution> into) {
    value.ifPresent(known -> into.add(new Resolution(use.property(), Values.text(known), why)));
  }

  private Set<PartId> requires(int node, Place region) {
    Set<PartId> required = new LinkedHashSet<>();
    units.graph.needs[node].stream()
        .forEach(
            target -> {
              List<Place> there = regions.getOrDefault(target, List.of());
              if (there.contains(region)) {
                required.add(id(target, region));
              } else {
                there.forEach(place -> required.add(id(target, place)));
              }
            });
    return required;
  }

  /** The template's order, with what is required pulled before. */
  List<PlannedPart> inOrder() {
    List<PlannedPart> ordered = new ArrayList<>();
    Set<PartId> done = new HashSet<>();
    parts.values().forEach(part -> visit(part, done, ordered));
    return ordered;
  }

  private void visit(PlannedPart part, Set<PartId> done, List<PlannedPart> ordered) {
    if (done.add(part.id())) {
      part.requires().stream().sorted().forEach(id -> visit(parts.get(id), done, ordered));
      ordered.add(part);
    }
  }
}
