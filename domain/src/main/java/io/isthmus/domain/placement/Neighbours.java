package io.isthmus.domain.placement;

/** How many units of each side of each affinity are at each site. Not thread-safe. */
final class Neighbours {

  private final Affinities affinities;
  private final int[][] of;
  private final int[][] to;

  Neighbours(Affinities affinities, int sites) {
    this.affinities = affinities;
    of = new int[affinities.size()][sites];
    to = new int[affinities.size()][sites];
  }

  void change(int kind, int site, int sign) {
    for (int a = 0; a < of.length; a++) {
      if (affinities.isOf()[a][kind]) {
        of[a][site] += sign;
      }
      if (affinities.isTo()[a][kind]) {
        to[a][site] += sign;
      }
    }
  }

  /** The first hard affinity that a further unit of the kind there would break; −1 when none. */
  int tooFar(int kind, int site) {
    for (int a = 0; a < of.length; a++) {
      if (affinities.all().get(a).hard() && farthest(a, kind, site) >= 0) {
        return a;
      }
    }
    return -1;
  }

  /** A site with something that a further unit of the kind there would be too far from; else −1. */
  int farthest(int affinity, int kind, int site) {
    boolean asOf = affinities.isOf()[affinity][kind];
    boolean asTo = affinities.isTo()[affinity][kind];
    if (!asOf && !asTo) {
      return -1;
    }
    int[] ofThere = of[affinity];
    int[] toThere = to[affinity];
    for (int other = 0; other < ofThere.length; other++) {
      if (asOf && toThere[other] > 0 && !affinities.allows(affinity, site, other)
          || asTo && ofThere[other] > 0 && !affinities.allows(affinity, other, site)) {
        return other;
      }
    }
    return -1;
  }

  /** The farthest site with something of the other side of an affinity; −1 when there is none. */
  int other(int affinity, int kind, int site) {
    int farthest = -1;
    for (int other = 0; other < of[affinity].length; other++) {
      boolean there =
          affinities.isOf()[affinity][kind] && to[affinity][other] > 0
              || affinities.isTo()[affinity][kind] && of[affinity][other] > 0;
      if (there
          && (farthest < 0
              || affinities.supposed(site, other) > affinities.supposed(site, farthest))) {
        farthest = other;
      }
    }
    return farthest;
  }

  /**
   * The mean round trip between a further unit of the kind there and what it should be near by soft
   * affinities, as a share of the longest: 0 to 1 for each affinity that has another side by now.
   */
  double distance(int kind, int site) {
    double sum = 0;
    for (int a = 0; a < of.length; a++) {
      if (!affinities.all().get(a).hard()) {
        if (affinities.isOf()[a][kind]) {
          sum += mean(to[a], site);
        }
        if (affinities.isTo()[a][kind]) {
          sum += mean(of[a], site);
        }
      }
    }
    return sum;
  }

  /** The sum of the distances of everything from what it should be near. */
  double distances() {
    double sum = 0;
    for (int a = 0; a < of.length; a++) {
      if (!affinities.all().get(a).hard()) {
        for (int site = 0; site < of[a].length; site++) {
          if (of[a][site] > 0) {
            sum += of[a][site] * mean(to[a], site);
          }
        }
      }
    }
    return sum;
  }

  private double mean(int[] others, int site) {
    double sum = 0;
    int count = 0;
    for (int other = 0; other < others.length; other++) {
      if (others[other] > 0) {
        sum += others[other] * affinities.supposed(site, other);
        count += others[other];
      }
    }
    return count == 0 ? 0 : sum / count / Affinities.LONGEST_MS;
  }
}
