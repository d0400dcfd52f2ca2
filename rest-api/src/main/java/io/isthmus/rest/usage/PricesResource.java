package io.isthmus.rest.usage;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.usage.Price;
import io.isthmus.domain.usage.PriceBook;
import io.isthmus.domain.usage.PriceBooks;
import io.isthmus.domain.usage.PriceCsv;
import io.isthmus.rest.problem.Arguments;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/** Price books of clouds. */
@Path("prices")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class PricesResource {

  @Inject PriceBooks books;
  @Inject Callers callers;

  @GET
  public List<PriceBookBody> list() {
    return books.list(callers.current()).stream().map(PriceBookBody::of).toList();
  }

  @GET
  @Path("{cloud}")
  @Produces({MediaType.APPLICATION_JSON, CsvAnswer.TYPE})
  public Response show(@PathParam("cloud") String cloud, @QueryParam("format") String format) {
    PriceBook book = books.find(cloud(cloud), callers.current());
    return tagged(
        CsvAnswer.isWanted(format)
            ? CsvAnswer.of(PriceCsv.write(book.prices()))
            : Response.ok(PriceBookBody.of(book), MediaType.APPLICATION_JSON_TYPE),
        book);
  }

  @PUT
  @Path("{cloud}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(
      @PathParam("cloud") String cloud,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull @Valid PriceBookChange change) {
    return set(cloud, ifMatch, () -> change.prices(now()));
  }

  @PUT
  @Path("{cloud}")
  @Consumes(CsvAnswer.TYPE)
  public Response changeByCsv(
      @PathParam("cloud") String cloud,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @NotNull String csv) {
    return set(cloud, ifMatch, () -> PriceCsv.read(csv, now()));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** With {@code *} in {@code If-Match} whatever is there is replaced. */
  private Response set(String text, String ifMatch, Supplier<List<Price>> prices) {
    Caller caller = callers.current();
    // What others send is not even read.
    caller.requireFederationAdmin();
    CloudId cloud = cloud(text);
    long version =
        Arguments.requiredVersion(ifMatch).orElseGet(() -> books.find(cloud, caller).version());
    PriceBook book = books.set(cloud, prices.get(), version, caller);
    return tagged(Response.ok(PriceBookBody.of(book)), book);
  }

  private static CloudId cloud(String text) {
    return Arguments.id("cloud", text, CloudId::new);
  }

  private static Response tagged(Response.ResponseBuilder answer, PriceBook book) {
    return answer.tag(new EntityTag(Long.toString(book.version()))).build();
  }
}
