package io.isthmus.domain.insurance;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was measured of servers, as it is stored. */
final class RehearsedServerJson {

  private RehearsedServerJson() {}

  static JsonArray write(List<RehearsedServer> servers) {
    JsonArrayBuilder json = Json.createArrayBuilder();
    servers.forEach(one -> json.add(write(one)));
    return json.build();
  }

  static List<RehearsedServer> read(JsonArray json) {
    return json.getValuesAs(JsonObject.class).stream().map(RehearsedServerJson::read).toList();
  }

  private static JsonObject write(RehearsedServer one) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("resource", one.resource())
            .add("from", write(one.from()))
            .add("probed", one.probed())
            .add("away", write(one.away()))
            .add("back", write(one.back()));
    one.to().ifPresent(to -> json.add("to", write(to)));
    add(json, "stopped_at", one.stoppedAt());
    return json.build();
  }

  private static RehearsedServer read(JsonObject json) {
    return new RehearsedServer(
        json.getString("resource"),
        place(json.getJsonObject("from")),
        Optional.ofNullable(json.getJsonObject("to")).map(RehearsedServerJson::place),
        json.getBoolean("probed"),
        instant(json, "stopped_at"),
        leg(json.getJsonObject("away")),
        leg(json.getJsonObject("back")));
  }

  private static JsonObject write(RehearsedServer.Leg leg) {
    JsonObjectBuilder json = Json.createObjectBuilder().add("unanswered", leg.unanswered());
    add(json, "off_at", leg.offAt());
    add(json, "made_at", leg.madeAt());
    add(json, "answered_at", leg.answeredAt());
    return json.build();
  }

  private static RehearsedServer.Leg leg(JsonObject json) {
    return new RehearsedServer.Leg(
        instant(json, "off_at"),
        instant(json, "made_at"),
        instant(json, "answered_at"),
        json.getBoolean("unanswered"));
  }

  private static JsonObject write(Place place) {
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("cloud", place.cloud().text()).add("region", place.region());
    place.availabilityZone().ifPresent(zone -> json.add("availability_zone", zone));
    return json.build();
  }

  private static Place place(JsonObject json) {
    return new Place(
        new CloudId(json.getString("cloud")),
        json.getString("region"),
        Optional.ofNullable(json.getString("availability_zone", null)));
  }

  private static void add(JsonObjectBuilder json, String key, Optional<Instant> at) {
    at.ifPresent(when -> json.add(key, when.toString()));
  }

  private static Optional<Instant> instant(JsonObject json, String key) {
    return Optional.ofNullable(json.getString(key, null)).map(Instant::parse);
  }
}
