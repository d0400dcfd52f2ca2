package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refuses a query with a NUL, which no text can have that PostgreSQL keeps or looks for. */
@Provider
public class ReadableQueries implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    unreadable(request.getUriInfo().getQueryParameters())
        .ifPresent(
            name -> {
              Phrase phrase = Phrase.of("fault.nul", name);
              throw FederationFault.invalid(name, phrase);
            });
  }

  /** The first parameter that has one. */
  static Optional<String> unreadable(Map<String, List<String>> query) {
    return query.entrySet().stream()
        .filter(one -> one.getValue().stream().anyMatch(value -> value.indexOf('\0') >= 0))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
