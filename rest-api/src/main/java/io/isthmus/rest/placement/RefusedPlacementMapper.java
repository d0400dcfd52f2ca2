package io.isthmus.rest.placement;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PlacementRefused;
import io.isthmus.rest.json.JsonNames;
import io.isthmus.rest.problem.Problems;
import io.isthmus.rest.problem.Reader;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;

/**
 * A refused placement, with every place and every rule that excluded it in the reader's language.
 */
@Provider
public class RefusedPlacementMapper implements ExceptionMapper<PlacementRefused> {

  private static final Jsonb JSONB = JsonNames.create();

  @Context HttpHeaders headers;
  @Context UriInfo uri;

  @Override
  public Response toResponse(PlacementRefused refused) {
    Locale locale = Reader.locale(headers);
    JsonObject members =
        Json.createObjectBuilder()
            .add("reasons", array(DecisionBody.words(refused.placement().reasons(), locale)))
            .add(
                "rejections",
                array(
                    refused.placement().unplaced().stream()
                        .map(decision -> DecisionBody.of(decision, locale))
                        .toList()))
            .build();
    return Problems.of(refused, members, locale, uri.getRequestUri().getRawPath());
  }

  private static JsonArray array(List<?> items) {
    try (JsonReader reader = Json.createReader(new StringReader(JSONB.toJson(items)))) {
      return reader.readArray();
    }
  }
}
