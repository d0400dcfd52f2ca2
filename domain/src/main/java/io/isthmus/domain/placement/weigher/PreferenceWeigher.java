package io.isthmus.domain.placement.weigher;

import io.isthmus.domain.placement.Weigher;

/** What a policy prefers comes before what nobody asked for. */
public final class PreferenceWeigher implements Weigher {

  /** What all of it is worth. */
  public static final double MULTIPLIER = 500;

  @Override
  public double weigh(Prospect prospect) {
    return MULTIPLIER * prospect.suitability();
  }
}
