package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudDetails.AccessDetails;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Service;
import io.isthmus.domain.language.Phrase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each region of each cloud offers of what rules can require, by the last look. Pure.
 *
 * @param columns by cloud and region
 */
public record CapabilityMatrix(List<Column> columns) {

  public CapabilityMatrix {
    columns = List.copyOf(columns);
  }

  /**
   * A region of a cloud; one without a name stands for a cloud that was never looked at.
   *
   * @param cells in the order of {@link Capability#values}
   */
  public record Column(CloudId cloud, int hue, String region, List<Cell> cells) {
    public Column {
      cells = List.copyOf(cells);
    }

    public Cell of(Capability capability) {
      return cells.get(capability.ordinal());
    }
  }

  /**
   * One capability in one region.
   *
   * @param version newest that the service offers; empty for an extension, and where none is told
   * @param problem why the service does not answer
   */
  public record Cell(Offer offer, Optional<String> version, Optional<Phrase> problem) {
    private static final Cell ABSENT = new Cell(Offer.ABSENT, Optional.empty(), Optional.empty());
    private static final Cell UNKNOWN = new Cell(Offer.UNKNOWN, Optional.empty(), Optional.empty());
  }

  /** Whether something is offered. */
  public enum Offer {
    OFFERED,
    /** In the catalog, but it does not answer. */
    SILENT,
    ABSENT,
    /** Nobody has looked yet. */
    UNKNOWN
  }

  /** As all accesses together find it: what one of them is offered is offered. */
  public static CapabilityMatrix of(Collection<CloudDetails> clouds) {
    List<Column> columns = new ArrayList<>();
    for (CloudDetails cloud : clouds) {
      columns.addAll(
          columns(
              cloud.cloud().id(),
              cloud.cloud().hue(),
              cloud.accesses().stream()
                  .map(AccessDetails::inventory)
                  .flatMap(Optional::stream)
                  .toList()));
    }
    return sorted(columns);
  }

  /** As one project finds it. */
  public static CapabilityMatrix seen(Collection<CloudView> clouds) {
    List<Column> columns = new ArrayList<>();
    for (CloudView cloud : clouds) {
      columns.addAll(columns(cloud.id(), cloud.hue(), cloud.inventory().stream().toList()));
    }
    return sorted(columns);
  }

  private static CapabilityMatrix sorted(List<Column> columns) {
    return new CapabilityMatrix(
        columns.stream()
            .sorted(Comparator.comparing(Column::cloud).thenComparing(Column::region))
            .toList());
  }

  private static List<Column> columns(CloudId cloud, int hue, List<CloudInventory> looks) {
    TreeMap<String, List<RegionInventory>> regions = new TreeMap<>();
    for (CloudInventory look : looks) {
      look.regions()
          .forEach(
              region ->
                  regions.computeIfAbsent(region.region(), name -> new ArrayList<>()).add(region));
    }
    if (regions.isEmpty()) {
      return List.of(new Column(cloud, hue, "", cells(List.of())));
    }
    return regions.entrySet().stream()
        .map(entry -> new Column(cloud, hue, entry.getKey(), cells(entry.getValue())))
        .toList();
  }

  private static List<Cell> cells(List<RegionInventory> looks) {
    List<Cell> cells = new ArrayList<>();
    for (Capability capability : Capability.values()) {
      cells.add(
          looks.stream()
              .map(look -> cell(capability, look))
              .min(Comparator.comparing(Cell::offer))
              .orElse(Cell.UNKNOWN));
    }
    return cells;
  }

  private static Cell cell(Capability capability, RegionInventory look) {
    if (capability.isExtension()) {
      return look.networkExtensions().contains(capability.offer())
          ? new Cell(Offer.OFFERED, Optional.empty(), Optional.empty())
          : Cell.ABSENT;
    }
    Service service = look.services().get(capability.offer());
    if (service == null) {
      return Cell.ABSENT;
    }
    return new Cell(
        service.problem().isPresent() ? Offer.SILENT : Offer.OFFERED,
        service.version(),
        service.problem());
  }
}
