package io.isthmus.domain.placement;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a group of resources that stay together asks of a place. Groups that ask the same are
 * examined once.
 *
 * @param rules every policy rule that is about one of them, or about something stretched that they
 *     need
 * @param serviceTypes official types of the services that must be there
 * @param uses what they, and what they need, name in catalogs; flavors and images of servers not
 *     among them
 * @param servers a server's flavor and image
 * @param volumes sizes and kinds of volumes
 * @param computeZones availability zones asked for by servers
 * @param volumeZones availability zones asked for by volumes
 * @param zoned whether and by which zones places are told apart
 * @param counts what they count against quotas, by {@link
 *     io.isthmus.domain.cloud.LimitKind#ordinal()}, without vCPUs and memory
 */
public record Demand(
    List<PolicyRule> rules,
    Set<String> serviceTypes,
    List<CatalogUse> uses,
    List<ServerDemand> servers,
    List<VolumeDemand> volumes,
    Set<String> computeZones,
    Set<String> volumeZones,
    Zoned zoned,
    List<Long> counts) {

  /** Which zones matter. */
  public enum Zoned {
    NOT,
    COMPUTE,
    VOLUME
  }

  /**
   * Flavor and image of a server; empty when not known while planning.
   *
   * @param image one of the cloud's
   * @param kept one of the project's
   * @param disks that are made of an image as the server is
   */
  public record ServerDemand(
      Optional<CatalogUse> flavor,
      Optional<CatalogUse> image,
      Optional<Kept> kept,
      List<DiskDemand> disks) {

    public ServerDemand {
      disks = List.copyOf(disks);
    }
  }

  /**
   * A disk that is made of an image.
   *
   * @param image one of the cloud's
   * @param kept one of the project's
   */
  public record DiskDemand(long gib, Optional<CatalogUse> image, Optional<Kept> kept) {}

  /**
   * What an image that the project keeps asks of a flavor or a volume.
   *
   * @param name under which it does
   */
  public record Kept(String name, long minRamMiB, long minDiskGiB) {}

  /**
   * Kind and size of a volume; the kind is empty when none is asked for.
   *
   * @param image one of the cloud's, of which it is made
   * @param kept one of the project's
   */
  public record VolumeDemand(
      Optional<CatalogUse> type, long gib, Optional<CatalogUse> image, Optional<Kept> kept) {

    /** As what it is made of sees it. */
    public DiskDemand disk() {
      return new DiskDemand(gib, image, kept);
    }
  }

  public Demand {
    rules = List.copyOf(rules);
    serviceTypes = sorted(serviceTypes);
    uses = List.copyOf(uses);
    servers = List.copyOf(servers);
    volumes = List.copyOf(volumes);
    computeZones = sorted(computeZones);
    volumeZones = sorted(volumeZones);
    counts = List.copyOf(counts);
  }

  /** So that reasons come in the same order whenever they are told. */
  private static Set<String> sorted(Set<String> texts) {
    return Collections.unmodifiableSet(new TreeSet<>(texts));
  }
}
