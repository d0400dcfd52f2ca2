package io.isthmus.domain.placement.weigher;

import io.isthmus.domain.placement.Weigher;

/** Room that is left is room to grow. */
public final class HeadroomWeigher implements Weigher {

  @Override
  public double weigh(Prospect prospect) {
    return prospect.headroom();
  }
}
