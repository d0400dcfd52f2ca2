package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FederationFault;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Every fault of the domain, as a problem. */
@Provider
public class FaultMapper implements ExceptionMapper<FederationFault> {

  @Context HttpHeaders headers;
  @Context UriInfo uri;

  @Override
  public Response toResponse(FederationFault fault) {
    return Problems.of(fault, Reader.locale(headers), uri.getRequestUri().getRawPath());
  }
}
