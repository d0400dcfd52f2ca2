package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Latency;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.RegionFacts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Round trips between regions, by number, each found when it is first asked for. Thread-safe: two
 * threads that find the same at once find the same.
 */
final class Distances implements Ways {

  private static final double NOT_ASKED = -1;

  /**
   * One region.
   *
   * @param place empty where the cloud's regions are not known
   */
  record End(Optional<Place> place, RegionFacts facts) {

    static End of(Site site) {
      return new End(
          site.region().map(known -> Place.inRegion(site.cloud().id(), known.region())),
          site.facts());
    }
  }

  /** Keeps those that were asked for lately, for the next plan over the same regions. */
  static final class Memory {
    private static final int MOST = 16;

    private final Map<List<End>, Distances> known =
        new LinkedHashMap<>(MOST, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<List<End>, Distances> eldest) {
            return size() > MOST;
          }
        };

    Distances between(List<Site> sites) {
      List<End> ends = sites.stream().map(End::of).toList();
      synchronized (known) {
        return known.computeIfAbsent(ends, Distances::new);
      }
    }
  }

  private final List<End> ends;

  /** A row for each region from which something was asked. */
  private final AtomicReferenceArray<double[]> milliseconds;

  private Distances(List<End> ends) {
    this.ends = ends;
    milliseconds = new AtomicReferenceArray<>(ends.size());
  }

  @Override
  public double milliseconds(int from, int to) {
    double[] row = row(from);
    double known = row[to];
    if (known == NOT_ASKED) {
      known = latency(from, to).map(Latency::milliseconds).orElse(Double.NaN);
      row[to] = known;
    }
    return known;
  }

  private double[] row(int from) {
    double[] known = milliseconds.get(from);
    if (known != null) {
      return known;
    }
    double[] row = new double[ends.size()];
    Arrays.fill(row, NOT_ASKED);
    return milliseconds.compareAndSet(from, null, row) ? row : milliseconds.get(from);
  }

  /** Empty when it is not known. */
  Optional<Latency> latency(int from, int to) {
    Optional<Place> here = ends.get(from).place();
    Optional<Place> there = ends.get(to).place();
    if (here.isEmpty() || there.isEmpty()) {
      return Optional.empty();
    }
    return Latency.between(here.get(), ends.get(from).facts(), there.get(), ends.get(to).facts());
  }
}
