package io.isthmus.rest.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.placement.CreatePlan;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Optional;

/**
 * The question "what would happen".
 *
 * @param project {@code tenant/project}; the caller's own first project when left out
 * @param name of the stack that is meant; may be left out
 * @param template HOT, as text
 * @param files what {@code get_file} may ask for
 * @param environment Heat environment, as text; may be left out
 * @param parameters by name; they win over the environment
 * @param policy placement policy, as text; empty to place anywhere, left out to take the project's
 *     default, else the federation's
 */
public record PlanRequest(
    String project,
    String name,
    @NotBlank String template,
    Map<String, @NotNull String> files,
    String environment,
    JsonObject parameters,
    String policy) {

  CreatePlan toCommand(ProjectId inProject) {
    return new CreatePlan(
        inProject,
        name == null ? "" : name,
        new TemplateSource(template, files == null ? Map.of() : files),
        environment == null ? "" : environment,
        parameters == null ? JsonValue.EMPTY_JSON_OBJECT : parameters,
        Optional.ofNullable(policy));
  }
}
