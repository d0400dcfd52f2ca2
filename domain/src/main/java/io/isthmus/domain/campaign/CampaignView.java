package io.isthmus.domain.campaign;

import io.isthmus.domain.audit.AuditSubject;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A campaign and how many of its stacks are how far.
 *
 * @param counts without the states in which none is
 */
public record CampaignView(Campaign campaign, Map<CampaignStack.State, Integer> counts)
    implements AuditSubject {

  public CampaignView {
    Map<CampaignStack.State, Integer> sorted = new EnumMap<>(CampaignStack.State.class);
    sorted.putAll(counts);
    counts = Collections.unmodifiableMap(sorted);
  }

  @Override
  public String auditId() {
    return campaign.auditId();
  }

  public int count(CampaignStack.State state) {
    return counts.getOrDefault(state, 0);
  }

  /** How many stacks it changes or would change. */
  public int concerned() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().isConcerned())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** How many have failed or have become unhealthy. */
  public int failures() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().isFailure())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** How many it was looked at. */
  public int stacks() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
