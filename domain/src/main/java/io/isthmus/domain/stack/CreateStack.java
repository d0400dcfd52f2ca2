package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlanId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The wish for a stack.
 *
 * @param name as Heat allows it: a letter, then letters, digits, {@code _ . -}; at most 255
 * @param plan exactly what shall be done
 */
public record CreateStack(ProjectId project, String name, PlanId plan) {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,254}");

  public CreateStack {
    requireName(name);
  }

  /**
   * Checks a name before there is a plan.
   *
   * @throws FederationFault REQUEST_INVALID when no stack can be called so
   */
  public static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new FederationFault(
          FaultCode.REQUEST_INVALID,
          Phrase.of("stack.name-invalid", name),
          List.of(
              Violation.at(
                  "name",
                  Phrase.of("stack.name-invalid", name),
                  Phrase.of("stack.name-invalid-remedy"))));
    }
  }
}
