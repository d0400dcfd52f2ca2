package io.isthmus.rest.audit;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditQuery;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.rest.problem.Arguments;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/** Which records to list; what is left out does not matter. */
public class AuditFilter {

  @QueryParam("tenant")
  private String tenant;

  @QueryParam("project")
  private String project;

  @QueryParam("from")
  private String from;

  @QueryParam("to")
  private String to;

  @QueryParam("q")
  private String text;

  @QueryParam("actor")
  private String actor;

  @QueryParam("face")
  private String face;

  @QueryParam("action")
  private String action;

  @QueryParam("target_type")
  private String targetType;

  @QueryParam("target_id")
  private String targetId;

  @QueryParam("cloud")
  private String cloud;

  @QueryParam("outcome")
  private String outcome;

  @QueryParam("request_id")
  private String request;

  /**
   * @throws FederationFault REQUEST_INVALID
   */
  AuditQuery query() {
    return new AuditQuery(
        read("from", from, AuditFilter::instant),
        read("to", to, AuditFilter::instant),
        Optional.ofNullable(text).filter(words -> !words.isBlank()).map(String::strip),
        Optional.ofNullable(tenant),
        read("project", project, ProjectId::parse),
        Optional.ofNullable(actor),
        read("face", face, Face::of),
        Optional.ofNullable(action),
        Optional.ofNullable(targetType),
        Optional.ofNullable(targetId),
        Optional.ofNullable(cloud),
        read("outcome", outcome, AuditRecord.Outcome::of),
        Optional.ofNullable(request));
  }

  private static <T> Optional<T> read(String field, String text, Function<String, T> parser) {
    return Optional.ofNullable(text).map(given -> Arguments.parse(field, given, parser));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
