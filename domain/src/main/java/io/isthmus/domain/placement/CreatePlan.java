package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * The question "what would happen".
 *
 * @param name the stack's name that is meant; may be empty
 * @param environment text of the environment, which gives what the parameters leave out; may be
 *     empty
 * @param parameters by name, hidden ones in clear
 * @param policy text of the placement policy, an empty one to place anywhere; nothing to take the
 *     project's default, else the federation's
 */
public record CreatePlan(
    ProjectId project,
    String name,
    TemplateSource template,
    String environment,
    JsonObject parameters,
    Optional<String> policy) {

  /** Tells no parameter, as some are secret. */
  @Override
  public String toString() {
    return "CreatePlan[" + project + " " + name + "]";
  }
}
