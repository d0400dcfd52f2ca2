package io.isthmus.domain.webhook;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that a webhook may tell, as a CloudEvent of version 1.0 in JSON. Equal stories make
 * equal bytes.
 *
 * @param position in the stream that it comes from
 * @param message its id, unique in all of Isthmus and for ever the same; no full stop in it
 * @param source a reference to what it is about, from the root of the API's host
 * @see "CloudEvents 1.0.2, JSON Event Format"
 */
record Story(
    long position,
    String message,
    String type,
    Optional<WebhookKind> kind,
    String source,
    Optional<String> subject,
    Instant at,
    JsonObject data) {

  /** Longest words of one message, in characters; a cloud may have said a lot. */
  private static final int LONGEST_WORDS = 1_000;

  private static final int MOST_REASONS = 3;

  /** What happened to a stack or one of its resources. */
  record Event(
      long position,
      ProjectId project,
      UUID stack,
      String stackName,
      long sequence,
      Instant at,
      Optional<String> resource,
      Optional<String> cloud,
      Optional<String> region,
      String status,
      Optional<String> physicalId,
      Phrase phrase,
      Optional<String> request) {

    Story story() {
      JsonObjectBuilder data =
          Json.createObjectBuilder()
              .add("project", project.toString())
              .add("stack", named(stack, stackName))
              .add("sequence", sequence)
              .add("status", status);
      resource.ifPresent(name -> data.add("resource", name));
      cloud.ifPresent(name -> data.add("cloud", name));
      region.ifPresent(name -> data.add("region", name));
      physicalId.ifPresent(id -> data.add("physical_id", id));
      data.add("message", words(phrase));
      request.ifPresent(id -> data.add("request_id", id));
      WebhookKind kind =
          resource.isPresent() ? WebhookKind.STACK_RESOURCE : WebhookKind.STACK_STATUS;
      return new Story(
          position,
          "stack-" + stack + "-" + sequence,
          kind.type(),
          Optional.of(kind),
          "/api/v1/stacks/" + stack,
          Optional.of(resource.orElse(stackName)),
          at,
          data.build());
    }
  }

  /** That a stack or a cloud does better or worse. */
  record Change(
      long position,
      UUID id,
      WebhookKind kind,
      ProjectId project,
      Optional<UUID> stack,
      Optional<String> stackName,
      Optional<String> cloud,
      String before,
      String after,
      List<Phrase> reasons,
      Instant at) {

    Story story() {
      JsonObjectBuilder data = Json.createObjectBuilder().add("project", project.toString());
      stack.ifPresent(one -> data.add("stack", named(one, stackName.orElse(""))));
      cloud.ifPresent(one -> data.add("cloud", one));
      JsonArrayBuilder why = Json.createArrayBuilder();
      reasons.stream().limit(MOST_REASONS).forEach(reason -> why.add(words(reason)));
      data.add("before", before).add("after", after).add("reasons", why);
      return new Story(
          position,
          "change-" + id,
          kind.type(),
          Optional.of(kind),
          stack.map(one -> "/api/v1/stacks/" + one).orElse("/api/v1/clouds/" + cloud.orElse("")),
          stack.isPresent() ? stackName : cloud,
          at,
          data.build());
    }
  }

  /** A person wants to see whether it arrives. */
  static Story test(UUID webhook, String by, Instant at) {
    return new Story(
        0,
        "test-" + UUID.randomUUID(),
        "io.isthmus.webhook.test",
        Optional.empty(),
        "/api/v1/webhooks/" + webhook,
        Optional.empty(),
        at,
        Json.createObjectBuilder()
            .add("asked_by", by)
            .add("message", words(Phrase.of("webhook.test")))
            .build());
  }

  private static JsonObject named(UUID id, String name) {
    return Json.createObjectBuilder().add("id", id.toString()).add("name", name).build();
  }

  private static JsonObject words(Phrase phrase) {
    return Json.createObjectBuilder()
        .add("en", bounded(phrase.in(Locale.ENGLISH)))
        .add("fr", bounded(phrase.in(Locale.FRENCH)))
        .build();
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST_WORDS ? text : text.substring(0, LONGEST_WORDS) + "…";
  }

  /** What is sent. */
  String body() {
    JsonObjectBuilder event =
        Json.createObjectBuilder()
            .add("specversion", "1.0")
            .add("id", message)
            .add("source", source)
            .add("type", type);
    subject.ifPresent(about -> event.add("subject", about));
    return event
        .add("time", DateTimeFormatter.ISO_INSTANT.format(at))
        .add("datacontenttype", "application/json")
        .add("data", data)
        .build()
        .toString();
  }
}
