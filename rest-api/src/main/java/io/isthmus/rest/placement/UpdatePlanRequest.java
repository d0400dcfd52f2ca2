package io.isthmus.rest.placement;

import io.isthmus.domain.placement.UpdatePlan;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The question "what would happen if this stack were changed so". What is left out stays.
 *
 * @param template HOT, as text; left out to keep the stack's
 * @param files what {@code get_file} may ask for; with a template only
 * @param environment Heat environment, as text; may be left out
 * @param parameters by name; they win over the environment
 * @param existing whether parameters that are not given keep their values; true when left out
 * @param clearParameters those that get the template's default all the same
 * @param policy placement policy, as text; empty to place anywhere, left out to keep the stack's
 */
public record UpdatePlanRequest(
    String template,
    Map<String, @NotNull String> files,
    String environment,
    JsonObject parameters,
    Boolean existing,
    List<@NotNull String> clearParameters,
    String policy) {

  UpdatePlan toCommand(StackId stack) {
    return new UpdatePlan(
        stack.value(),
        Optional.ofNullable(template)
            .map(text -> new TemplateSource(text, files == null ? Map.of() : files)),
        environment == null ? "" : environment,
        parameters == null ? JsonValue.EMPTY_JSON_OBJECT : parameters,
        existing == null || existing,
        clearParameters == null ? List.of() : clearParameters,
        Optional.ofNullable(policy));
  }
}
