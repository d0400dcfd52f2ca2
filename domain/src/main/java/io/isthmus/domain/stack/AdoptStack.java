package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.CreatePlan;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * The wish for a stack of what is in clouds already.
 *
 * @param name as Heat allows it; the document's when empty
 * @param parameters more than the document's, such as hidden ones, in clear
 * @param policy text of the placement policy; empty for the document's
 * @param onDrift what is done about what is changed in its clouds behind our back
 */
public record AdoptStack(
    ProjectId project,
    String name,
    AdoptionDocument document,
    JsonObject parameters,
    Optional<String> policy,
    DriftChoice onDrift) {

  private static final String DEFAULTS = "parameter_defaults";

  public AdoptStack {
    name = name.isEmpty() ? document.name() : name;
    CreateStack.requireName(name);
  }

  /** As the question where all of it would be. */
  CreatePlan plan() {
    JsonObjectBuilder given = Json.createObjectBuilder();
    // Nested templates may have hidden parameters, too, which are given as defaults only.
    JsonObject known = document.environment().getJsonObject(DEFAULTS);
    JsonObjectBuilder defaults =
        known == null ? Json.createObjectBuilder() : Json.createObjectBuilder(known);
    parameters.forEach(
        (parameter, value) ->
            (document.hidden().contains(parameter) ? defaults : given).add(parameter, value));
    JsonObject environment =
        Json.createObjectBuilder(document.environment()).add(DEFAULTS, defaults).build();
    return new CreatePlan(
        project,
        name,
        document.template(),
        environment.toString(),
        given.build(),
        Optional.of(policy.or(document::policy).orElse("")));
  }

  /** Tells no parameter, as some are secret. */
  @Override
  public String toString() {
    return "AdoptStack[" + project + " " + name + "]";
  }
}
