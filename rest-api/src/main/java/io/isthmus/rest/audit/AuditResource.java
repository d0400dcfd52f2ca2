package io.isthmus.rest.audit;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.audit.AuditCursor;
import io.isthmus.domain.audit.AuditPage;
import io.isthmus.domain.audit.AuditSearch;
import io.isthmus.domain.audit.Seal;
import io.isthmus.rest.page.PageQuery;
import io.isthmus.rest.problem.Arguments;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What was asked for and done: a project's for its people, all for administrators and auditors. */
@Path("audit")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

  static final String LINES = "application/x-ndjson";

  @Inject AuditSearch search;
  @Inject Callers callers;

  @GET
  public Response list(@BeanParam AuditFilter filter, @BeanParam PageQuery page) {
    AuditPage found =
        search.page(
            filter.query(),
            page.cursor().map(text -> Arguments.parse("cursor", text, AuditCursor::parse)),
            page.limit(),
            callers.current());
    return page.answer(
        found.entries().stream().map(AuditBody::of).toList(),
        "cursor",
        found.next().map(AuditCursor::toString));
  }

  @GET
  @Path("{position}")
  public AuditBody get(@PathParam("position") String position) {
    return AuditBody.of(search.require(position(position), callers.current()));
  }

  @GET
  @Path("{position}/proof")
  public InclusionBody proof(@PathParam("position") String position) {
    return InclusionBody.of(search.inclusion(position(position), callers.current()));
  }

  @GET
  @Path("export")
  @Produces(LINES)
  public Response export() {
    Caller caller = callers.current();
    // Before anything is sent: who may not is told so.
    caller.requireFederationAuditor();
    StreamingOutput lines =
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          search.export(writer, caller);
          writer.flush();
        };
    return Response.ok(lines, LINES)
        .header("Content-Disposition", "attachment; filename=\"isthmus-audit.ndjson\"")
        .build();
  }

  @GET
  @Path("subjects")
  public SubjectsBody subjects() {
    return SubjectsBody.of(search.subjects(callers.current()));
  }

  @GET
  @Path("seals")
  public Response seals(@BeanParam PageQuery page) {
    int limit = page.limit();
    List<Seal> seals =
        search.seals(
            page.cursor().map(text -> Arguments.parse("cursor", text, Long::parseLong)),
            limit,
            callers.current());
    return page.answer(
        seals.stream().map(SealBody::of).toList(),
        "cursor",
        seals.size() == limit
            ? Optional.of(Long.toString(seals.get(limit - 1).number()))
            : Optional.empty());
  }

  @GET
  @Path("seals/{number}/consistency")
  public ConsistencyBody consistency(
      @PathParam("number") String number, @QueryParam("to") String to) {
    Caller caller = callers.current();
    long later =
        to == null
            ? search.seals(Optional.empty(), 1, caller).stream()
                .mapToLong(Seal::number)
                .findFirst()
                .orElse(0)
            : Arguments.parse("to", to, Long::parseLong);
    return ConsistencyBody.of(
        search.consistency(Arguments.id("audit-seal", number, Long::parseLong), later, caller));
  }

  @GET
  @Path("keys")
  public List<KeyBody> keys() {
    return search.keys(callers.current()).stream().map(KeyBody::of).toList();
  }

  private static long position(String text) {
    return Arguments.id("audit-record", text, Long::parseLong);
  }
}
