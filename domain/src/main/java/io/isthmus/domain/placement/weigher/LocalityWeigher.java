package io.isthmus.domain.placement.weigher;

import io.isthmus.domain.placement.Weigher;

/** Each further segment, region and cloud is one more to link, to pay and to watch. */
public final class LocalityWeigher implements Weigher {

  /** What each further resource costs. */
  public static final double PART = 10;

  /** What a further region costs. */
  public static final double REGION = 5;

  /** What a further cloud costs, beside its region. */
  public static final double CLOUD = 5;

  @Override
  public double weigh(Prospect prospect) {
    return -PART * prospect.newParts()
        - (prospect.opensRegion() ? REGION : 0)
        - (prospect.opensCloud() ? CLOUD : 0);
  }
}
