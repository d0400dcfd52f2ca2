package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.bind.JsonbException;
import jakarta.json.stream.JsonParsingException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NoContentException;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Everything that is not a fault of the domain. A wrapped fault is unwrapped; what the container
 * found wrong with the request is told; the rest is a defect, of which the caller learns only the
 * request's id.
 */
@Provider
public class AnyFailureMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = Logger.getLogger(AnyFailureMapper.class.getName());

  @Context HttpHeaders headers;
  @Context UriInfo uri;
  @Context Request request;

  @Override
  public Response toResponse(Throwable failure) {
    FederationFault fault = asFault(failure);
    int status = status(fault, failure);
    Response problem =
        Problems.of(
            fault,
            status,
            fault.details(),
            Reader.locale(headers),
            uri.getRequestUri().getRawPath());
    String allowed =
        failure instanceof WebApplicationException web
            ? web.getResponse().getHeaderString(HttpHeaders.ALLOW)
            : null;
    return allowed == null || status != 405
        ? problem
        : Response.fromResponse(problem).header(HttpHeaders.ALLOW, allowed).build();
  }

  private static int status(FederationFault fault, Throwable failure) {
    return fault.code() == FaultCode.REQUEST_INVALID
            && failure instanceof WebApplicationException web
            && FaultStatus.isKept(web.getResponse().getStatus())
        ? web.getResponse().getStatus()
        : FaultStatus.of(fault.code());
  }

  private FederationFault asFault(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FederationFault fault) {
        return fault;
      }
      if (cause instanceof NoContentException) {
        return new FederationFault(FaultCode.REQUEST_INVALID, Phrase.of("fault.no-body"));
      }
      if (cause instanceof JsonParsingException malformed) {
        return new FederationFault(
            FaultCode.REQUEST_INVALID,
            Phrase.of(
                "fault.malformed-json",
                malformed.getLocation().getLineNumber(),
                malformed.getLocation().getColumnNumber()));
      }
    }
    if (failure instanceof WebApplicationException web) {
      return ofStatus(web);
    }
    if (failure instanceof ProcessingException || failure instanceof JsonbException) {
      return new FederationFault(FaultCode.REQUEST_INVALID, Phrase.of("fault.unreadable-body"));
    }
    return unexpected(failure);
  }

  private FederationFault ofStatus(WebApplicationException web) {
    int status = web.getResponse().getStatus();
    // Not by its class: the container's own for bad parameters are no ClientErrorException.
    if (status / 100 != 4) {
      return unexpected(web);
    }
    return switch (status) {
      case 400 ->
          new FederationFault(FaultCode.REQUEST_INVALID, Phrase.of("fault.unreadable-body"));
      case 401 -> new FederationFault(FaultCode.NOT_SIGNED_IN, Phrase.of("access.not-signed-in"));
      case 403 -> new FederationFault(FaultCode.FORBIDDEN, Phrase.of("fault.forbidden"));
      case 404 -> FederationFault.notFound("address", uri.getRequestUri().getRawPath());
      case 405 ->
          new FederationFault(
              FaultCode.REQUEST_INVALID,
              Phrase.of(
                  "fault.method",
                  request.getMethod(),
                  String.valueOf(web.getResponse().getHeaderString(HttpHeaders.ALLOW))));
      case 406 ->
          new FederationFault(
              FaultCode.REQUEST_INVALID,
              Phrase.of(
                  "fault.not-acceptable",
                  String.join(", ", headers.getRequestHeader(HttpHeaders.ACCEPT))));
      case 415 ->
          new FederationFault(
              FaultCode.REQUEST_INVALID,
              Phrase.of("fault.media-type", String.valueOf(headers.getMediaType())));
      default ->
          new FederationFault(
              FaultCode.REQUEST_INVALID, Phrase.of("fault.http", status, web.getMessage()));
    };
  }

  private static FederationFault unexpected(Throwable failure) {
    String trace = RequestId.currentOrFresh().text();
    LOG.log(Level.SEVERE, "unexpected failure, request " + trace, failure);
    return new FederationFault(FaultCode.UNEXPECTED, Phrase.of("fault.unexpected", trace));
  }
}
