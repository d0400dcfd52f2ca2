package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** The pages behind the {@code type} of problems. */
@Path("problems")
@RequestScoped
@PermitAll
public class ProblemTypesResource {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="%s"><head><meta charset="utf-8"><title>%s · Isthmus</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}</style>
      </head>
      <body>%s</body></html>
      """;

  @Context HttpHeaders headers;

  /** Every type, by status. */
  @GET
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
  public Response all() {
    Locale locale = Reader.locale(headers);
    StringBuilder list = new StringBuilder();
    Arrays.stream(FaultCode.values())
        .sorted(Comparator.comparing(FaultStatus::of))
        .forEach(
            code ->
                list.append("<li><a href=\"problems/")
                    .append(code.text())
                    .append("\"><code>")
                    .append(code.text())
                    .append("</code></a> · HTTP ")
                    .append(FaultStatus.told(code))
                    .append(" · ")
                    .append(escaped(Problems.title(code).in(locale)))
                    .append("</li>"));
    String title = escaped(Phrase.of("fault.page.all").in(locale));
    return page(locale, title, "<h1>%s</h1><ul>%s</ul>".formatted(title, list));
  }

  @GET
  @Path("{code}")
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
  public Response one(@PathParam("code") String text) {
    FaultCode code =
        Arrays.stream(FaultCode.values())
            .filter(candidate -> candidate.text().equals(text))
            .findFirst()
            .orElseThrow(() -> FederationFault.notFound("problem type", text));
    Locale locale = Reader.locale(headers);
    String title = escaped(Problems.title(code).in(locale));
    String body =
        "<h1>%s</h1><p><code>%s</code> · HTTP %s</p><p>%s</p><h2>%s</h2><p>%s</p><p>%s</p><p><a href=\"../problems\">%s</a></p>"
            .formatted(
                title,
                code.text(),
                FaultStatus.told(code),
                escaped(Problems.meaning(code).in(locale)),
                escaped(Phrase.of("fault.page.remedy").in(locale)),
                escaped(Problems.remedy(code).in(locale)),
                escaped(Problems.repeat(code).in(locale)),
                escaped(Phrase.of("fault.page.all").in(locale)));
    return page(locale, title, body);
  }

  private static Response page(Locale locale, String title, String body) {
    return Response.ok(PAGE.formatted(locale.getLanguage(), title, body))
        .header("Vary", "Accept-Language")
        .language(locale)
        .build();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
