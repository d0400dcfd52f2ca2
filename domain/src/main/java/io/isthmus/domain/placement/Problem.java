package io.isthmus.domain.placement;

import java.util.List;

/**
 * What is to be arranged, in numbers: units and kinds of units, candidates and sites, constraints
 * and their domains.
 */
final class Problem {

  List<PlacementUnit> units;
  List<Candidate> candidates;
  List<SpreadConstraint> constraints;
  int sites;

  /** Number of the cloud of each site. */
  int[] cloudOf;

  /** By kind: candidates that no filter refuses, best known order first. */
  int[][] eligible;

  /** By kind and site: what its placed members count; null where the kind is not eligible. */
  long[][][] amounts;

  /** By kind: stretched nodes that must be in its region. */
  int[][] closures;

  /** By node: what a stretched one counts. */
  long[][] nodeAmounts;

  /**
   * By pool: what is left of each quota; {@link Long#MAX_VALUE} when unlimited or not known. Each
   * site has a pool of its own, with its number; more are of several sites together.
   */
  long[][] left;

  /** By pool: the quotas' maxima, 0 when unlimited or not known. */
  long[][] maxima;

  /** By site: the pools that it takes from, its own first. */
  int[][] poolsOf;

  /** A quota of a pool. */
  record Quota(int pool, int kind) {}

  /** By constraint and candidate: its domain, −1 when it has none. */
  int[][] domainOf;

  /** By constraint: the domains' names. */
  List<List<String>> domains;

  /** By constraint and kind: which set of eligible domains counts for it. */
  int[][] profileOf;

  /** By constraint and profile: the eligible domains. */
  int[][][] profiles;

  /** Whether the emptiest domain counts as 0 because too few are eligible. */
  boolean floorIsZero(int constraint, int profile) {
    return profiles[constraint][profile].length < constraints.get(constraint).minDomains();
  }

  /**
   * By constraint: by how much it may be exceeded, because what stands exceeds it already; null
   * when nothing does.
   */
  int[] tolerated;

  int tolerated(int constraint) {
    return tolerated == null ? 0 : tolerated[constraint];
  }

  Affinities affinities;

  /** What is left of the sites' quotas. */
  Headroom headroom;

  /** How well sites suit the preferences. */
  Suitability suitability;

  int kinds() {
    return eligible.length;
  }
}
