package io.isthmus.rest.problem;

import io.isthmus.domain.audit.AuditedRequest;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/**
 * Builds problem details.
 *
 * @see "RFC 9457, Problem Details for HTTP APIs"
 */
public final class Problems {

  static final String MEDIA_TYPE = "application/problem+json";

  /** Seconds after which asking again makes sense when nothing is known of it. */
  private static final int RETRY_AFTER = 10;

  private Problems() {}

  /** A fault with its own details as extension members. */
  static Response of(FederationFault fault, Locale locale, String instance) {
    return of(fault, fault.details(), locale, instance);
  }

  /**
   * A fault with other extension members.
   *
   * @param instance path of the request
   */
  public static Response of(
      FederationFault fault, JsonObject members, Locale locale, String instance) {
    return of(fault, FaultStatus.of(fault.code()), members, locale, instance);
  }

  /** The same with another status than the fault's own. */
  public static Response of(
      FederationFault fault, int status, JsonObject members, Locale locale, String instance) {
    JsonObjectBuilder problem =
        Json.createObjectBuilder()
            .add("type", "/api/v1/problems/" + fault.code().text())
            .add("title", title(fault.code()).in(locale))
            .add("status", status)
            .add("detail", fault.phrase().in(locale))
            .add("instance", instance)
            .add("code", fault.code().text());
    AuditedRequest.refused(fault);
    RequestId.current().ifPresent(id -> problem.add("request_id", id.text()));
    if (!fault.violations().isEmpty()) {
      JsonArrayBuilder errors = Json.createArrayBuilder();
      fault.violations().forEach(violation -> errors.add(error(violation, locale)));
      problem.add("errors", errors);
    }
    members.forEach(problem::add);
    Response.ResponseBuilder response =
        Response.status(status).type(MEDIA_TYPE).entity(problem.build().toString());
    if (status == 503 || status == 429) {
      response.header(
          "Retry-After", fault.details().getInt(FederationFault.RETRY_AFTER, RETRY_AFTER));
    }
    if (status == 401) {
      response.header("WWW-Authenticate", "Bearer realm=\"isthmus\"");
    }
    return response.build();
  }

  static Phrase title(FaultCode code) {
    return Phrase.of("fault.title." + code.text());
  }

  /** What a problem of this type means. */
  static Phrase meaning(FaultCode code) {
    return Phrase.of("fault.means." + code.text());
  }

  /** What to do about it. */
  static Phrase remedy(FaultCode code) {
    return Phrase.of("fault.remedy." + code.text());
  }

  /** What becomes of the same request when it is made again. */
  static Phrase repeat(FaultCode code) {
    return Phrase.of(
        "fault.page." + code.repeat().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static JsonObject error(Violation violation, Locale locale) {
    JsonObjectBuilder error =
        Json.createObjectBuilder()
            .add("pointer", violation.pointer())
            .add("detail", violation.message().in(locale));
    violation.remedy().ifPresent(remedy -> error.add("remedy", remedy.in(locale)));
    if (violation.line() > 0) {
      error.add("line", violation.line());
    }
    if (violation.column() > 0) {
      error.add("column", violation.column());
    }
    return error.build();
  }
}
