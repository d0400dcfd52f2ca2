package io.isthmus.domain.audit;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditRecord.Actor;
import io.isthmus.domain.audit.AuditRecord.Outcome;
import io.isthmus.domain.audit.AuditRecord.Reason;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.audit.AuditRecord.Where;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Records as events of CADF, one line of JSON each: the very text that is hashed, kept and
 * exported. What CADF has no place for is in the tags, in the form in which OpenStack's own
 * middleware writes them.
 *
 * @see "DMTF DSP0262, 6.2, and keystonemiddleware audit/_api.py: tags"
 */
public final class Cadf {

  /** Of every event. */
  public static final String TYPE = "http://schemas.dmtf.org/cloud/audit/1.0/event";

  private static final String PERSON = "service/security/account/user";
  private static final String ENGINE = "service/orchestration/engine";
  private static final String UNKNOWN = "unknown";
  private static final String SERVICE = "isthmus";
  private static final String VALUE = "?value=";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

  private Cadf() {}

  /** Without white space, keys always in the same order. */
  public static String write(AuditRecord record) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("typeURI", TYPE)
            .add("eventType", "activity")
            .add("id", record.id().toString())
            .add("eventTime", TIME.format(record.at().atOffset(ZoneOffset.UTC)))
            .add("action", record.action())
            .add("outcome", record.outcome().text())
            .add("initiator", initiator(record))
            .add(
                "target",
                Json.createObjectBuilder()
                    .add("id", record.target().id())
                    .add("typeURI", "data/" + record.target().type()))
            .add(
                "observer",
                Json.createObjectBuilder()
                    .add("id", SERVICE)
                    .add("typeURI", "service/orchestration"));
    record
        .reason()
        .ifPresent(
            reason ->
                json.add(
                        "reason",
                        Json.createObjectBuilder()
                            .add("reasonType", SERVICE)
                            .add("reasonCode", reason.code()))
                    .add(
                        "attachments",
                        Json.createArrayBuilder()
                            .add(
                                Json.createObjectBuilder()
                                    .add("name", "reason")
                                    .add("typeURI", "text/plain")
                                    .add("content", reason.words()))));
    return json.add("tags", tags(record)).build().toString();
  }

  private static JsonObjectBuilder initiator(AuditRecord record) {
    return record
        .actor()
        .map(
            actor ->
                Json.createObjectBuilder()
                    .add("id", actor.subject())
                    .add("typeURI", PERSON)
                    .add("name", actor.name()))
        .orElseGet(
            () ->
                record.face() == Face.ENGINE
                    ? Json.createObjectBuilder().add("id", SERVICE).add("typeURI", ENGINE)
                    : Json.createObjectBuilder().add("id", UNKNOWN).add("typeURI", UNKNOWN));
  }

  private static JsonArrayBuilder tags(AuditRecord record) {
    JsonArrayBuilder tags =
        Json.createArrayBuilder()
            .add("correlation_id" + VALUE + record.request())
            .add("face" + VALUE + record.face().text());
    record.project().ifPresent(project -> tags.add("project" + VALUE + project));
    record
        .where()
        .ifPresent(
            where -> {
              tags.add("cloud" + VALUE + where.cloud());
              where.region().ifPresent(region -> tags.add("region" + VALUE + region));
            });
    return tags;
  }

  /**
   * The record that was written so.
   *
   * @throws IllegalArgumentException when the text is none
   */
  public static AuditRecord read(String text) {
    try {
      JsonObject json = Json.createReader(new StringReader(text)).readObject();
      Map<String, String> tags =
          json.getJsonArray("tags").getValuesAs(JsonString.class).stream()
              .map(tag -> tag.getString().split("\\?value=", 2))
              .collect(Collectors.toMap(tag -> tag[0], tag -> tag[1]));
      JsonObject initiator = json.getJsonObject("initiator");
      JsonObject target = json.getJsonObject("target");
      return new AuditRecord(
          UUID.fromString(json.getString("id")),
          time(json.getString("eventTime")),
          Face.of(tags.get("face")),
          Optional.of(initiator)
              .filter(who -> who.containsKey("name"))
              .map(who -> new Actor(who.getString("id"), who.getString("name"))),
          Optional.ofNullable(tags.get("project")).map(ProjectId::parse),
          json.getString("action"),
          new Target(
              target.getString("typeURI").substring("data/".length()), target.getString("id")),
          Optional.ofNullable(tags.get("cloud"))
              .map(cloud -> new Where(cloud, Optional.ofNullable(tags.get("region")))),
          Outcome.of(json.getString("outcome")),
          Optional.ofNullable(json.getJsonObject("reason"))
              .map(
                  reason ->
                      new Reason(
                          reason.getString("reasonCode"),
                          json.getJsonArray("attachments").getJsonObject(0).getString("content"))),
          new RequestId(tags.get("correlation_id")));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a record of the audit log", e);
    }
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text, TIME).toInstant();
  }
}
