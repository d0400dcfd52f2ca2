package io.isthmus.rest.description;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The OpenAPI description, and the way to the page that shows it. */
@Path("")
@RequestScoped
@PermitAll
public class DescriptionResource {

  @Context UriInfo uri;

  @GET
  @Path("openapi.yaml")
  @Produces("application/yaml")
  public String openApi() throws IOException {
    try (InputStream in = DescriptionResource.class.getResourceAsStream("openapi.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @GET
  @Path("docs")
  public Response docs() {
    return Response.seeOther(uri.getBaseUri().resolve("../docs/index.html")).build();
  }
}
