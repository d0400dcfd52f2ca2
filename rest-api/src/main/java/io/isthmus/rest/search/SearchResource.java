package io.isthmus.rest.search;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.search.Search;
import io.isthmus.rest.problem.Arguments;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Finds things by name, address or id in all of the caller's projects, and clouds. */
@Path("search")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {

  @Inject Search search;
  @Inject Callers callers;

  @GET
  public List<HitBody> find(
      @QueryParam("q") @DefaultValue("") String text,
      @QueryParam("limit") @DefaultValue("10") String limit) {
    return search
        .find(text, Arguments.parse("limit", limit, Integer::parseInt), callers.current())
        .stream()
        .map(HitBody::of)
        .toList();
  }
}
