package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import java.util.UUID;

/**
 * A stack that is there, as planning sees it.
 *
 * @param version that it has
 * @param parameters as given, hidden ones in clear
 * @param policy text of its placement policy; empty when there is none
 * @param plan that it was made or last changed by
 * @param graph of its template with its parameters
 * @param stands its parts
 * @param digest of the plan and of what the parts are and where; as long as it is the same, plans
 *     for its update start from the same
 */
public record StandingStack(
    UUID id,
    ProjectId project,
    String name,
    long version,
    TemplateSource template,
    JsonObject parameters,
    String policy,
    PlanId plan,
    ResourceGraph graph,
    Standing stands,
    String digest) {

  /** Tells no parameter, as some are secret. */
  @Override
  public String toString() {
    return "StandingStack[" + project + " " + name + "]";
  }
}
