package io.isthmus.rest.library;

import io.isthmus.domain.library.ItemKind;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** Templates that a project keeps. */
@Path("templates")
@RequestScoped
@RolesAllowed("user")
public class TemplatesResource extends SavedItemsResource {

  public TemplatesResource() {
    super(ItemKind.TEMPLATE);
  }
}
