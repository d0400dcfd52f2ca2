package io.isthmus.ui.stack;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Exclusion;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.stack.Trouble;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What went wrong with a stack as one text for a ticket: what failed with call, answer and request
 * ids, every resource, why each is where it is, and what happened. Times are UTC. Parameters,
 * attributes and outputs are not in it, because they may be secret.
 */
final class FailureReport {

  /** The portal's words by their key. */
  @FunctionalInterface
  interface Words {
    String of(String key, Object... arguments);
  }

  /** What is known of a failed call, in the order in which it is told, with the words for it. */
  private static final Map<String, String> DETAILS = new LinkedHashMap<>();

  static {
    DETAILS.put("call", "trouble.call");
    DETAILS.put("status", "trouble.answer");
    DETAILS.put("answer", "trouble.said");
    DETAILS.put("body", "trouble.said");
    DETAILS.put("cloud_status", "trouble.cloud-status");
    DETAILS.put("requestId", "trouble.request");
    DETAILS.put("globalRequestId", "trouble.global-request");
  }

  private final Words words;
  private final Locale locale;
  private final StringBuilder text = new StringBuilder();

  private FailureReport(Words words, Locale locale) {
    this.words = words;
    this.locale = locale;
  }

  /**
   * @param events oldest first
   */
  static String text(
      StackView stack,
      List<PartView> parts,
      List<StackEvent> events,
      Plan plan,
      Words words,
      Locale locale) {
    FailureReport report = new FailureReport(words, locale);
    report.stack(stack);
    report.troubles(parts);
    report.resources(parts);
    report.plan(plan);
    report.events(events);
    return report.text.toString();
  }

  private void stack(StackView stack) {
    line(words.of("report.title", stack.name()));
    fact("stack.id", stack.id().toString());
    fact("access.project", stack.project().toString());
    fact("stack.status", stack.status().toString());
    line("  " + stack.statusReason().in(locale));
    fact("stack.created", time(stack.createdAt()) + " · " + stack.createdBy());
    fact("stack.updated", time(stack.updatedAt()));
  }

  private void troubles(List<PartView> parts) {
    section("report.troubles");
    for (PartView part : parts) {
      part.trouble().ifPresent(trouble -> trouble(part, trouble));
    }
  }

  private void trouble(PartView part, Trouble trouble) {
    line("- " + name(part.id()) + " · " + part.type() + " · " + part.status());
    line("  " + Phrase.of("fault.title." + trouble.code().text()).in(locale));
    line("  " + trouble.phrase().in(locale));
    DETAILS.forEach(
        (detail, key) ->
            Optional.ofNullable(trouble.details().get(detail))
                .map(FailureReport::plain)
                .filter(said -> !said.isBlank())
                .ifPresent(said -> fact(key, said)));
    trouble.unplaced().ifPresent(this::unplaced);
    fact("trouble.when", time(trouble.at()));
    fact("trouble.attempts", Integer.toString(part.attempts()));
    part.nextTry().ifPresent(next -> fact("trouble.next", time(next)));
    refusals(part);
  }

  private void unplaced(Placement.Unplaced none) {
    none.reasons().stream().skip(1).forEach(reason -> line("  " + reason.in(locale)));
    for (Decision decision : none.unplaced()) {
      line("  " + decision.resource());
      decision.notChosen().forEach(this::exclusion);
    }
  }

  private void refusals(PartView part) {
    part.refused()
        .forEach(
            refusal ->
                line(
                    "  – "
                        + words.of("part.refused")
                        + " · "
                        + name(refusal.place())
                        + " · "
                        + time(refusal.at())
                        + " · "
                        + refusal.reason().in(locale)));
  }

  private void resources(List<PartView> parts) {
    section("stack.resources");
    for (PartView part : parts) {
      line(
          "- "
              + name(part.id())
              + " · "
              + part.type()
              + " · "
              + part.status()
              + part.physicalId().map(id -> " · " + id).orElse("")
              + part.cloudStatus()
                  .filter(said -> !said.isBlank())
                  .map(said -> " · " + said)
                  .orElse(""));
    }
  }

  private void plan(Plan plan) {
    section("plan.where-and-why");
    fact("stack.id", plan.id().toString());
    for (Decision decision : plan.placement().decisions()) {
      line(
          "- "
              + decision.resource()
              + " → "
              + decision.chosen().stream()
                  .sorted()
                  .map(FailureReport::name)
                  .collect(Collectors.joining(", ")));
      decision.why().forEach(why -> line("  " + why.in(locale)));
      decision.notChosen().forEach(this::exclusion);
    }
  }

  private void exclusion(Exclusion exclusion) {
    String place = exclusion.name();
    exclusion
        .refusals()
        .forEach(
            refusal -> line("  – " + words.of("report.fact", place, refusal.reason().in(locale))));
    exclusion
        .outweighed()
        .ifPresent(why -> line("  – " + words.of("report.fact", place, why.in(locale))));
  }

  private void events(List<StackEvent> events) {
    section("tab.events");
    Optional<Phrase> last = Optional.empty();
    for (StackEvent event : events) {
      // A stack fails in the words of the part that failed it, which stand there already.
      boolean repeats = event.part().isEmpty() && last.filter(event.phrase()::equals).isPresent();
      last = Optional.of(event.phrase());
      if (repeats) {
        continue;
      }
      line(
          time(event.at())
              + "  "
              + event.status()
              + "  "
              + event.phrase().in(locale)
              + event.cloudRequest().map(id -> " [" + id + "]").orElse(""));
    }
  }

  private static String name(PartId part) {
    return part.resource() + " · " + part.cloud() + " / " + part.region();
  }

  private static String name(Place place) {
    return place.toString().replace("/", " / ");
  }

  private static String plain(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : value.toString();
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void section(String key) {
    line("");
    line("## " + words.of(key));
  }

  private void fact(String key, String value) {
    line("  " + words.of("report.fact", words.of(key), value));
  }

  private void line(String words) {
    // Plain spaces: it is searched by programs.
    String line = words.replaceAll("\\R|\u00a0", " ").stripTrailing();
    text.append(line).append('\n');
  }
}
