package io.isthmus.domain.placement.weigher;

import io.isthmus.domain.placement.Weigher;

/** What a rule wants near goes near, even where that takes more parts. */
public final class NearnessWeigher implements Weigher {

  /** What all of it is worth. */
  public static final double MULTIPLIER = 500;

  @Override
  public double weigh(Prospect prospect) {
    return -MULTIPLIER * prospect.distance();
  }
}
