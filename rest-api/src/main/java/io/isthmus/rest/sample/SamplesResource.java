package io.isthmus.rest.sample;

import io.isthmus.domain.sample.Sample;
import io.isthmus.domain.sample.Samples;
import io.isthmus.rest.problem.Reader;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Samples to begin with. */
@Path("samples")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class SamplesResource {

  @Inject Samples samples;
  @Context HttpHeaders headers;

  @GET
  public List<SampleBody> list() {
    Locale locale = Reader.locale(headers);
    return samples.list().stream().map(sample -> SampleBody.of(sample, locale)).toList();
  }

  /** A template with a policy. */
  public record SampleBody(
      String name,
      String title,
      String description,
      String template,
      Map<String, String> files,
      String policy) {
    static SampleBody of(Sample sample, Locale locale) {
      return new SampleBody(
          sample.name(),
          sample.title().in(locale),
          sample.description().in(locale),
          sample.template().text(),
          sample.template().files(),
          sample.policy());
    }
  }
}
