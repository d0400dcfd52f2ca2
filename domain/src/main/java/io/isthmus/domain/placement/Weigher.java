package io.isthmus.domain.placement;

/** One idea of which place is better, among those that can be taken. */
public interface Weigher {

  /** Higher is better. */
  double weigh(Prospect prospect);

  /** What would come of putting a unit into a place now. */
  interface Prospect {

    /** By how much soft spread constraints would be exceeded. */
    int overSkew();

    /** How many stretched resources would have to be made in the region. */
    int newParts();

    /** Whether nothing of the stack is in the region yet. */
    boolean opensRegion();

    /** Whether nothing of the stack is in the cloud yet. */
    boolean opensCloud();

    /** How far it would be from what it should be near, 0 to 1 for each soft affinity. */
    double distance();

    /** How well it suits the policy's preferences, 0 to 1; 0 when it has none. */
    double suitability();

    /**
     * The least share that is left in the region of a quota that the unit counts against and that
     * all regions tell that can take it, 0 to 1; ½ when there is no such quota.
     */
    double headroom();
  }
}
