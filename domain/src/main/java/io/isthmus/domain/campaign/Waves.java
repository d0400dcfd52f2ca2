package io.isthmus.domain.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Says which stack is changed in which wave. Pure. */
final class Waves {

  private Waves() {}

  /**
   * Canaries, those named and as many more as were asked for, are the first wave; the others follow
   * in the order in which they were found.
   *
   * @param stacks those that are to be changed
   * @return the same, each in its wave
   */
  static List<CampaignStack> of(List<CampaignStack> stacks, CampaignPace pace) {
    Set<String> named = Set.copyOf(pace.canaryNames());
    List<CampaignStack> rest = new ArrayList<>();
    List<CampaignStack> placed = new ArrayList<>();
    int more = pace.canaries();
    for (CampaignStack stack :
        stacks.stream().sorted(Comparator.comparingInt(CampaignStack::place)).toList()) {
      if (named.contains(stack.name())) {
        placed.add(stack.in(0));
      } else if (more > 0) {
        more--;
        placed.add(stack.in(0));
      } else {
        rest.add(stack);
      }
    }
    int first = placed.isEmpty() ? 0 : 1;
    int size = Math.max(1, pace.wave().of(rest.size()));
    for (int i = 0; i < rest.size(); i++) {
      placed.add(rest.get(i).in(first + i / size));
    }
    return placed;
  }
}
