package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The question "what would happen".
 *
 * @param name the stack's name that is meant, as Heat allows it: a letter, then letters, digits,
 *     {@code _ . -}; at most 255; may be empty
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

  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,254}");

  public CreatePlan {
    if (!name.isEmpty()) {
      requireName(name);
    }
  }

  /**
   * Checks what a stack shall be called.
   *
   * @throws FederationFault REQUEST_INVALID when no stack can be called so
   */
  public static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      Phrase wrong = Phrase.of("stack.name-invalid", name);
      throw new FederationFault(
          FaultCode.REQUEST_INVALID,
          wrong,
          List.of(Violation.at("name", wrong, Phrase.of("stack.name-invalid-remedy"))));
    }
  }

  /** Tells no parameter, as some are secret. */
  @Override
  public String toString() {
    return "CreatePlan[" + project + " " + name + "]";
  }
}
