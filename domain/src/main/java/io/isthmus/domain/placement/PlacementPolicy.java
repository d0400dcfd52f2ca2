package io.isthmus.domain.placement;

import java.util.List;

/**
 * What must hold and what is preferred about where resources run.
 *
 * @param rules each narrows further; none places anywhere
 * @param preferences choose among what the rules allow
 * @param mirrored where a region must lie for more than names and ids of what is there to be kept;
 *     the federation's rules only
 */
public record PlacementPolicy(List<PolicyRule> rules, Preferences preferences, Residency mirrored) {

  /** The version of the policy language that is read. */
  public static final String VERSION = "2026-11-23";

  public static final PlacementPolicy ANYWHERE = new PlacementPolicy(List.of(), Preferences.NONE);

  public PlacementPolicy {
    rules = List.copyOf(rules);
  }

  /** One that says nothing of the mirror. */
  public PlacementPolicy(List<PolicyRule> rules, Preferences preferences) {
    this(rules, preferences, Residency.ANYWHERE);
  }
}
