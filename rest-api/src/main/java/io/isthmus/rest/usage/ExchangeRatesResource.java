package io.isthmus.rest.usage;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.usage.ExchangeRate;
import io.isthmus.domain.usage.ExchangeRates;
import io.isthmus.rest.problem.Arguments;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** What currencies are worth, from day to day. */
@Path("exchange-rates")
@RequestScoped
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class ExchangeRatesResource {

  @Inject ExchangeRates rates;
  @Inject Callers callers;

  /**
   * @param perEuro how many are worth one euro
   */
  public record RateBody(String currency, LocalDate since, BigDecimal perEuro) {
    static RateBody of(ExchangeRate rate) {
      return new RateBody(rate.currency(), rate.since(), rate.perEuro());
    }
  }

  /** What a currency is worth. */
  public record RateChange(@NotNull BigDecimal perEuro) {}

  /** How many rates were taken. */
  public record TakenBody(int taken) {}

  @GET
  @Produces({MediaType.APPLICATION_JSON, CsvAnswer.TYPE})
  public Response list(@QueryParam("format") String format) {
    List<ExchangeRate> all = rates.list(callers.current());
    return CsvAnswer.isWanted(format)
        ? CsvAnswer.of(ExchangeRates.csv(all)).build()
        : Response.ok(all.stream().map(RateBody::of).toList(), MediaType.APPLICATION_JSON_TYPE)
            .build();
  }

  @POST
  @Consumes(CsvAnswer.TYPE)
  public TakenBody take(@NotNull String csv) {
    return new TakenBody(rates.importCsv(csv, callers.current()));
  }

  @PUT
  @Path("{currency}/{since}")
  @Consumes(MediaType.APPLICATION_JSON)
  public RateBody set(
      @PathParam("currency") String currency,
      @PathParam("since") String since,
      @NotNull @Valid RateChange change) {
    ExchangeRate rate = new ExchangeRate(currency, day(since), change.perEuro());
    rates.put(rate, callers.current());
    return RateBody.of(rate);
  }

  @DELETE
  @Path("{currency}/{since}")
  public void remove(@PathParam("currency") String currency, @PathParam("since") String since) {
    rates.remove(currency, day(since), callers.current());
  }

  private static LocalDate day(String text) {
    return Arguments.parse("since", text, ExchangeRatesResource::toDay);
  }

  private static LocalDate toDay(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
