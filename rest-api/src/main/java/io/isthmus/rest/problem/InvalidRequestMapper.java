package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    String field = field(violation.getPropertyPath());
    boolean missingBody =
        field.isEmpty()
            && violation.getConstraintDescriptor().getAnnotation().annotationType()
                == NotNull.class;
    return missingBody
        ? Violation.at("", Phrase.of("fault.missing-body"))
        : Violation.at(field, Phrase.of("fault.missing-field", field));
  }

  /** The field in JSON's spelling, without the Java method and argument in front of it. */
  static String field(Path path) {
    List<String> steps = new ArrayList<>();
    for (Path.Node node : path) {
      if (node.getKey() != null) {
        steps.add(node.getKey().toString());
      } else if (node.getIndex() != null) {
        steps.add(node.getIndex().toString());
      }
      if (node.getKind() == ElementKind.PROPERTY) {
        steps.add(node.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
      }
    }
    return String.join(".", steps);
  }
}
