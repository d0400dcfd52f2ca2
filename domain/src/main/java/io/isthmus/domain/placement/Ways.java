package io.isthmus.domain.placement;

/** How far sites are from one another. */
interface Ways {

  /** The round trip; {@link Double#NaN} when it is not known. */
  double milliseconds(int from, int to);
}
