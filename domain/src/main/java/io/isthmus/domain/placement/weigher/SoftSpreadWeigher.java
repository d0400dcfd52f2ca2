package io.isthmus.domain.placement.weigher;

import io.isthmus.domain.placement.Weigher;

/** What a rule asks for softly comes before anything that no rule asks for. */
public final class SoftSpreadWeigher implements Weigher {

  private static final double MULTIPLIER = 1000;

  @Override
  public double weigh(Prospect prospect) {
    return -MULTIPLIER * prospect.overSkew();
  }
}
