package io.isthmus.rest.template;

import io.isthmus.domain.template.ResourceType;
import io.isthmus.domain.template.TemplateLanguage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;

/** The resource types and functions that templates may use. */
@Path("resource-types")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class ResourceTypesResource {

  @Inject TemplateLanguage language;

  @GET
  public Language list() {
    return new Language(
        language.types().stream().map(TypeSummary::of).toList(), language.functions());
  }

  @GET
  @Path("{name}")
  public TypeBody one(@PathParam("name") String name) {
    return TypeBody.of(language.require(name));
  }

  /** All of it in short. */
  public record Language(
      List<TypeSummary> resourceTypes, List<TemplateLanguage.Function> functions) {}

  /**
   * A type in short.
   *
   * @param service official type of the service that holds it; empty when no cloud does
   * @param places how many places a resource of it is in: placed, stretched or computed
   */
  public record TypeSummary(String name, String service, String places) {
    static TypeSummary of(ResourceType type) {
      return new TypeSummary(
          type.name(), type.serviceType(), type.footing().name().toLowerCase(Locale.ROOT));
    }
  }
}
