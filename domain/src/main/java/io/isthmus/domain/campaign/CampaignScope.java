package io.isthmus.domain.campaign;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Glob;
import java.util.List;

/**
 * Which stacks a campaign is about.
 *
 * @param federation whether it is about all tenants' stacks; then no project is named
 * @param projects in which the stacks are
 * @param names patterns of which a stack's name has to match one; empty for any name
 * @param clouds of which a stack has to have something in one; empty for any
 */
public record CampaignScope(
    boolean federation, List<ProjectId> projects, List<Glob> names, List<CloudId> clouds) {

  /** Most projects, patterns or clouds. */
  public static final int MOST = 100;

  private static final int LONGEST_PATTERN = 255;

  /**
   * @throws FederationFault REQUEST_INVALID
   */
  public CampaignScope {
    projects = projects.stream().distinct().toList();
    names = names.stream().distinct().toList();
    clouds = clouds.stream().distinct().toList();
    if (federation != projects.isEmpty()) {
      throw FederationFault.invalid("projects", Phrase.of("campaign.scope"));
    }
    limit("projects", projects.size());
    limit("names", names.size());
    limit("clouds", clouds.size());
    names.stream()
        .map(Glob::text)
        .filter(CampaignScope::isNoPattern)
        .findFirst()
        .ifPresent(
            text -> {
              throw FederationFault.invalid(
                  "names", Phrase.of("campaign.pattern", Integer.toString(LONGEST_PATTERN)));
            });
  }

  private static void limit(String field, int size) {
    if (size > MOST) {
      throw FederationFault.invalid(field, Phrase.of("campaign.too-many-of", field, size, MOST));
    }
  }

  private static boolean isNoPattern(String text) {
    return text.isBlank() || text.length() > LONGEST_PATTERN || text.chars().anyMatch(c -> c < ' ');
  }

  /** Whether a stack's name is meant. */
  boolean names(String stack) {
    return names.isEmpty() || names.stream().anyMatch(pattern -> pattern.matches(stack));
  }
}
