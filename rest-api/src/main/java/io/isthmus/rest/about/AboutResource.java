package io.isthmus.rest.about;

import io.isthmus.domain.json.Json;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * The API's entry: its name and version, for whoever asks; a client finds out what it speaks to
 * before it signs in. Open as a class: the server asks for a sign-in before a method that alone is
 * open.
 */
@Path("about")
@RequestScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class AboutResource {
  @GET
  public JsonObject about() {
    return Json.createObjectBuilder().add("name", "Isthmus").add("api_version", "v1").build();
  }
}
