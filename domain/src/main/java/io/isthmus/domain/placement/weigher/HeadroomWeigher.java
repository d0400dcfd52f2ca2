package io.isthmus.domain.placement.weigher;

import io.isthmus.domain.placement.Weigher;

/** Room that is left is room to grow. */
public final class HeadroomWeigher implements Weigher {

  /** What all of a quota is worth. */
  public static final double MULTIPLIER = 1;

  @Override
  public double weigh(Prospect prospect) {
    return MULTIPLIER * prospect.headroom();
  }
}
