package io.isthmus.domain.placement.weigher;

import io.isthmus.domain.placement.Weigher;

/** Each further segment, region and cloud is one more to link, to pay and to watch. */
public final class LocalityWeigher implements Weigher {

  @Override
  public double weigh(Prospect prospect) {
    return -10.0 * prospect.newParts()
        - (prospect.opensRegion() ? 5 : 0)
        - (prospect.opensCloud() ? 5 : 0);
  }
}
