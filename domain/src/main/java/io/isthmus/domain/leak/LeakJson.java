package io.isthmus.domain.leak;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseJson;
import io.isthmus.domain.stack.StackId;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Checks as they are kept. */
final class LeakJson {

  private LeakJson() {}

  /** What of a check is in no column of its own. */
  static String report(LeakCheck check) {
    JsonArrayBuilder findings = Json.createArrayBuilder();
    check.findings().forEach(finding -> findings.add(write(finding)));
    JsonArrayBuilder unseen = Json.createArrayBuilder();
    check.unseen().forEach(one -> unseen.add(write(one)));
    return Json.createObjectBuilder()
        .add("steps", check.steps())
        .add("stepsDone", check.stepsDone())
        .add("lists", check.lists())
        .add("marked", check.marked())
        .add("parts", check.parts())
        .add("findings", findings)
        .add("more", check.more())
        .add("unseen", unseen)
        .build()
        .toString();
  }

  static LeakCheck check(
      UUID id,
      LeakCheck.State state,
      String askedBy,
      Instant beganAt,
      Optional<Instant> endedAt,
      String report) {
    JsonObject json = object(report);
    return new LeakCheck(
        id,
        state,
        askedBy,
        beganAt,
        endedAt,
        json.getInt("steps"),
        json.getInt("stepsDone"),
        json.getJsonNumber("lists").longValue(),
        json.getJsonNumber("marked").longValue(),
        json.getJsonNumber("parts").longValue(),
        json.getJsonArray("findings").getValuesAs(JsonObject.class).stream()
            .map(LeakJson::finding)
            .toList(),
        json.getJsonNumber("more").longValue(),
        json.getJsonArray("unseen").getValuesAs(JsonObject.class).stream()
            .map(LeakJson::unseen)
            .toList());
  }

  private static JsonObject object(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static JsonObject write(Finding finding) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", finding.id())
            .add("kind", finding.kind().name())
            .add("cloud", finding.cloud().text())
            .add("region", finding.region())
            .add("project", finding.project().toString())
            .add("type", finding.type())
            .add("physicalId", finding.physicalId())
            .add("name", finding.name())
            .add("reason", PhraseJson.write(finding.reason()))
            .add("repair", finding.repair().name());
    finding.mark().ifPresent(mark -> json.add("mark", mark));
    finding.stack().ifPresent(stack -> json.add("stack", stack.toString()));
    finding.stackName().ifPresent(name -> json.add("stackName", name));
    finding.resource().ifPresent(resource -> json.add("resource", resource));
    finding.trouble().ifPresent(trouble -> json.add("trouble", PhraseJson.write(trouble)));
    return json.build();
  }

  private static Finding finding(JsonObject json) {
    return new Finding(
        json.getString("id"),
        Finding.Kind.valueOf(json.getString("kind")),
        new CloudId(json.getString("cloud")),
        json.getString("region"),
        ProjectId.parse(json.getString("project")),
        json.getString("type"),
        json.getString("physicalId"),
        json.getString("name"),
        text(json, "mark"),
        text(json, "stack").map(StackId::parse),
        text(json, "stackName"),
        text(json, "resource"),
        PhraseJson.read(json.getJsonObject("reason")),
        Finding.Repair.valueOf(json.getString("repair")),
        phrase(json, "trouble"));
  }

  private static JsonObject write(Unseen unseen) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("cloud", unseen.cloud().text())
            .add("project", unseen.project().toString())
            .add("reason", PhraseJson.write(unseen.reason()));
    unseen.region().ifPresent(region -> json.add("region", region));
    unseen.type().ifPresent(type -> json.add("type", type));
    return json.build();
  }

  private static Unseen unseen(JsonObject json) {
    return new Unseen(
        new CloudId(json.getString("cloud")),
        text(json, "region"),
        ProjectId.parse(json.getString("project")),
        text(json, "type"),
        PhraseJson.read(json.getJsonObject("reason")));
  }

  private static Optional<String> text(JsonObject json, String key) {
    return json.containsKey(key) ? Optional.of(json.getString(key)) : Optional.empty();
  }

  private static Optional<Phrase> phrase(JsonObject json, String key) {
    return json.containsKey(key)
        ? Optional.of(PhraseJson.read(json.getJsonObject(key)))
        : Optional.empty();
  }
}
