package io.isthmus.domain.placement;

import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The question "what would happen if this stack were changed so". What is left out stays as it is.
 *
 * @param stack the stack's id
 * @param template empty to keep the stack's
 * @param environment text of an environment, which gives what the parameters leave out; may be
 *     empty
 * @param parameters by name, hidden ones in clear
 * @param existing whether parameters that are not given, here or by the environment, keep the value
 *     that they have, as in Heat's PATCH; else they get the template's default, as in its PUT
 * @param cleared parameters that get the template's default all the same, Heat's {@code
 *     clear_parameters}
 * @param policy text of the placement policy, an empty one to place anywhere; nothing to keep the
 *     stack's
 */
public record UpdatePlan(
    UUID stack,
    Optional<TemplateSource> template,
    String environment,
    JsonObject parameters,
    boolean existing,
    List<String> cleared,
    Optional<String> policy) {

  public UpdatePlan {
    cleared = List.copyOf(cleared);
  }

  /** Tells no parameter, as some are secret. */
  @Override
  public String toString() {
    return "UpdatePlan[" + stack + "]";
  }
}
