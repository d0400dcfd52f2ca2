package io.isthmus.domain.placement;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a policy would like, among the places that its rules allow. Weights are relative to one
 * another.
 *
 * @param cost weight of a low price, 0 to 100
 * @param latencyFrom weight of a short round trip from a country, 1 to 100, by ISO 3166-1 code
 * @param headroom weight of quota that stays free, 0 to 100
 */
public record Preferences(int cost, Map<String, Integer> latencyFrom, int headroom) {

  public static final Preferences NONE = new Preferences(0, Map.of(), 0);

  public Preferences {
    latencyFrom = Map.copyOf(latencyFrom);
  }

  int total() {
    return cost + latency() + headroom;
  }

  int latency() {
    return latencyFrom.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** In a fixed order, so that sums come out the same. */
  Map<String, Integer> latencyFromInOrder() {
    return new TreeMap<>(latencyFrom);
  }
}
