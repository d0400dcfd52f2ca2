package io.isthmus.rest.json;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/** The one JSON-B configuration of the API. */
@Provider
public class JsonNames implements ContextResolver<Jsonb> {

  private final Jsonb jsonb = create();

  /** Names with underscores; a value that is not there is left out. */
  public static Jsonb create() {
    return JsonbBuilder.create(
        new JsonbConfig()
            .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES));
  }

  @Override
  public Jsonb getContext(Class<?> type) {
    return jsonb;
  }
}
