package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;

/** Port: reads a template with its parameters. Pure. */
public interface Drafts {

  /**
   * @param environment gives what the parameters leave out; may be empty
   * @param name the stack's name that is meant; may be empty
   * @throws io.isthmus.domain.fault.FederationFault TEMPLATE_INVALID, PARAMETER_INVALID, TOO_LARGE
   */
  Draft read(
      ProjectId project,
      String name,
      TemplateSource template,
      String environment,
      JsonObject parameters);

  /**
   * The same for a stack that is there.
   *
   * @param stack gives its name, and its id as a pseudo parameter
   * @param kept values that parameters keep when neither the parameters nor the environment give
   *     them another; those that the template does not have are passed over
   * @throws io.isthmus.domain.fault.FederationFault as {@link #read}
   */
  Draft reread(
      StandingStack stack,
      TemplateSource template,
      String environment,
      JsonObject kept,
      JsonObject parameters);

  /**
   * What was read.
   *
   * @param template as given, with the environment's registry, and of the key pairs those only that
   *     are named
   * @param given what was given, the environment included, hidden values in clear
   * @param shown every declared parameter's value, hidden ones masked
   */
  record Draft(ResourceGraph graph, TemplateSource template, JsonObject given, JsonObject shown) {}
}
