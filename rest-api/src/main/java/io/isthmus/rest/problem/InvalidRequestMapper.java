package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * What the container found wrong with a request's fields. Stands before the container's own mapper,
 * which would answer with a page of HTML.
 */
@Provider
public class InvalidRequestMapper implements ExceptionMapper<ConstraintViolationException> {

  @Context HttpHeaders headers;
  @Context UriInfo uri;

  @Override
  public Response toResponse(ConstraintViolationException invalid) {
    List<Violation> violations =
        invalid.getConstraintViolations().stream().map(InvalidRequestMapper::violation).toList();
    return Problems.of(
        new FederationFault(
            FaultCode.REQUEST_INVALID, Phrase.of("fault.invalid-request"), violations),
        Reader.locale(headers),
        uri.getRequestUri().getRawPath());
  }

  private static Violation violation(ConstraintViolation<?> violation) {
    String field = field(violation.getPropertyPath().toString());
    boolean missingBody =
        field.isEmpty()
            && violation.getConstraintDescriptor().getAnnotation().annotationType()
                == NotNull.class;
    return missingBody
        ? Violation.at("", Phrase.of("fault.missing-body"))
        : Violation.at(field, Phrase.of("fault.missing-field", field));
  }

  /** The field in JSON's spelling, without the Java method and argument in front of it. */
  private static String field(String path) {
    String[] steps = path.split("\\.", 3);
    return steps.length < 3
        ? ""
        : steps[2].replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
  }
}
