package io.isthmus.domain.audit;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditRecord.Actor;
import io.isthmus.domain.audit.AuditRecord.Face;
import io.isthmus.domain.audit.AuditRecord.Outcome;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Records as text: the very text that is hashed, kept and exported. */
final class AuditJson {

  private AuditJson() {}

  /** Without white space, keys always in the same order. */
  static String write(AuditRecord record) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", record.id().toString())
            .add("at", record.at().toString())
            .add("face", record.face().text());
    record
        .actor()
        .ifPresent(
            actor ->
                json.add(
                    "actor",
                    Json.createObjectBuilder()
                        .add("subject", actor.subject())
                        .add("name", actor.name())));
    record.project().ifPresent(project -> json.add("project", project.toString()));
    json.add("action", record.action())
        .add(
            "target",
            Json.createObjectBuilder()
                .add("type", record.target().type())
                .add("id", record.target().id()));
    record
        .where()
        .ifPresent(
            place ->
                json.add(
                    "where",
                    Json.createObjectBuilder()
                        .add("cloud", place.cloud().text())
                        .add("region", place.region())));
    json.add("outcome", record.outcome().text());
    record.reason().ifPresent(reason -> json.add("reason", reason));
    return json.add("request", record.request().text()).build().toString();
  }

  /**
   * @throws RuntimeException of any kind when the text is no record
   */
  static AuditRecord read(String text) {
    JsonObject json = Json.createReader(new StringReader(text)).readObject();
    return new AuditRecord(
        UUID.fromString(json.getString("id")),
        Instant.parse(json.getString("at")),
        Face.valueOf(json.getString("face").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(json.getJsonObject("actor"))
            .map(actor -> new Actor(actor.getString("subject"), actor.getString("name"))),
        Optional.ofNullable(json.getString("project", null)).map(ProjectId::parse),
        json.getString("action"),
        new Target(
            json.getJsonObject("target").getString("type"),
            json.getJsonObject("target").getString("id")),
        Optional.ofNullable(json.getJsonObject("where"))
            .map(
                place ->
                    new Place(new CloudId(place.getString("cloud")), place.getString("region"))),
        Outcome.valueOf(json.getString("outcome").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(json.getString("reason", null)),
        new RequestId(json.getString("request")));
  }
}
