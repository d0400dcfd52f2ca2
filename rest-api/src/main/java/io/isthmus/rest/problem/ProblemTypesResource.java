package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Locale;

/** The pages behind the {@code type} of problems. */
@Path("problems")
@RequestScoped
@PermitAll
public class ProblemTypesResource {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="%s"><head><meta charset="utf-8"><title>%s</title></head>
      <body><h1>%s</h1><p><code>%s</code> · HTTP %d</p><p>%s</p></body></html>
      """;

  @Context HttpHeaders headers;

  @GET
  @Path("{code}")
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
  public String page(@PathParam("code") String text) {
    FaultCode code =
        Arrays.stream(FaultCode.values())
            .filter(candidate -> candidate.text().equals(text))
            .findFirst()
            .orElseThrow(() -> FederationFault.notFound("problem type", text));
    Locale locale = Reader.locale(headers);
    String title = Problems.title(code).in(locale);
    return PAGE.formatted(
        locale.getLanguage(),
        title,
        title,
        code.text(),
        FaultStatus.of(code),
        Problems.help(code.kind()).in(locale));
  }
}
