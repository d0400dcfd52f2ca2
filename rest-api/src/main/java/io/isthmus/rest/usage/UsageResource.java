package io.isthmus.rest.usage;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.usage.Moments;
import io.isthmus.domain.usage.UsageCsv;
import io.isthmus.domain.usage.UsageDimension;
import io.isthmus.domain.usage.UsageQuery;
import io.isthmus.domain.usage.UsageReport;
import io.isthmus.domain.usage.UsageService;
import io.isthmus.rest.problem.Arguments;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What was used, and what it costs. */
@Path("usage")
@RequestScoped
@RolesAllowed("user")
public class UsageResource {

  @Inject UsageService usage;
  @Inject Callers callers;

  /**
   * @param from a day or a moment; this month's first by default
   * @param to a day or a moment that does not belong to it any more; now by default
   * @param groupBy names with commas between them
   */
  @GET
  @Produces({MediaType.APPLICATION_JSON, CsvAnswer.TYPE})
  public Response report(
      @QueryParam("tenant") String tenant,
      @QueryParam("project") String project,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("group_by") String groupBy,
      @QueryParam("currency") String currency,
      @QueryParam("format") String format) {
    boolean csv = CsvAnswer.isWanted(format);
    UsageReport report =
        usage.report(
            query(tenant, project, from, to, groupBy, Optional.ofNullable(currency)),
            callers.current());
    return csv
        ? CsvAnswer.of(UsageCsv.write(report)).build()
        : Response.ok(UsageBody.of(report), MediaType.APPLICATION_JSON_TYPE).build();
  }

  private static UsageQuery query(
      String tenant,
      String project,
      String from,
      String to,
      String groupBy,
      Optional<String> currency) {
    Optional<ProjectId> one =
        Optional.ofNullable(project)
            .map(text -> Arguments.parse("project", text, ProjectId::parse));
    if (tenant != null && one.filter(known -> !known.tenant().equals(tenant)).isPresent()) {
      throw FederationFault.notFound("project", project);
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new UsageQuery(
        one.map(ProjectId::tenant).or(() -> Optional.ofNullable(tenant)),
        one.map(ProjectId::project),
        moment("from", from)
            .orElse(
                YearMonth.from(now.atZone(ZoneOffset.UTC))
                    .atDay(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()),
        moment("to", to).orElse(now),
        groupBy == null || groupBy.isEmpty() ? List.of() : dimensions(groupBy),
        currency);
  }

  private static Optional<Instant> moment(String field, String text) {
    try {
      return Optional.ofNullable(text).map(Moments::parse);
    } catch (DateTimeException e) {
      throw FederationFault.invalid(field, Phrase.of("usage.moment-form", text));
    }
  }

  private static List<UsageDimension> dimensions(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(
            name ->
                UsageDimension.find(name)
                    .orElseThrow(
                        () ->
                            FederationFault.invalid(
                                "group_by",
                                Phrase.of(
                                    "usage.dimension-unknown", name, UsageDimension.texts()))))
        .toList();
  }
}
