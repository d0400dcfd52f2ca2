package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.CloudId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says once what holds for several places. */
final class Exclusions {

  private Exclusions() {}

  /** One exclusion for a region whose zones are all excluded for the same reasons. */
  static List<Exclusion> merged(List<Exclusion> zones) {
    if (zones.isEmpty()) {
      return zones;
    }
    Exclusion first = zones.get(0);
    boolean alike =
        zones.stream()
            .allMatch(
                zone ->
                    zone.refusals().equals(first.refusals())
                        && zone.outweighed().equals(first.outweighed()));
    return alike
        ? List.of(
            new Exclusion(
                first.cloud(),
                first.region(),
                Optional.empty(),
                first.refusals(),
                first.outweighed()))
        : zones;
  }

  /**
   * One exclusion for a cloud whose regions are all excluded for the same reasons.
   *
   * @param regionsOf how many regions each cloud has
   */
  static List<Exclusion> collapsed(List<Exclusion> found, Map<CloudId, Integer> regionsOf) {
    List<Exclusion> result = new ArrayList<>();
    int from = 0;
    while (from < found.size()) {
      int to = from + 1;
      while (to < found.size() && found.get(to).cloud().equals(found.get(from).cloud())) {
        to++;
      }
      List<Exclusion> ofCloud = found.subList(from, to);
      Exclusion first = ofCloud.get(0);
      int regions = regionsOf.get(first.cloud());
      boolean whole =
          ofCloud.size() > 1
              && ofCloud.size() == regions
              && ofCloud.stream()
                  .allMatch(
                      one ->
                          one.availabilityZone().isEmpty()
                              && one.refusals().equals(first.refusals())
                              && one.outweighed().equals(first.outweighed()));
      if (whole) {
        result.add(
            new Exclusion(
                first.cloud(),
                Optional.empty(),
                Optional.empty(),
                first.refusals(),
                first.outweighed()));
      } else {
        result.addAll(ofCloud);
      }
      from = to;
    }
    return result;
  }
}
