package io.isthmus.domain.cloud.entry;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Certification;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Coordinates;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.cloud.RoundTrip;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads an {@code isthmus:} block. */
final class FactsReader {

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,5}([.][0-9]{1,3})?");
  private static final Set<String> KNOWN =
      Set.of(
          "cloud",
          "name",
          "project",
          "operator",
          "country",
          "coordinates",
          "certifications",
          "latency_ms",
          "prices",
          "regions",
          "mirror");

  private FactsReader() {}

  static FactsBlock read(String pointer, YamlNode node, Consumer<Violation> problems) {
    return Fields.of(pointer, node, problems)
        .map(
            fields -> {
              fields.refuseOthers(KNOWN);
              return new FactsBlock(
                  parsed(fields, "cloud", CloudId::new, "cloud.id-form"),
                  fields.text("name"),
                  parsed(fields, "project", ProjectId::parse, "cloud.project-form"),
                  fields.map("operator").flatMap(FactsReader::operator),
                  country(fields, "country"),
                  coordinates(fields),
                  certifications(fields),
                  latencies(fields),
                  fields.map("prices").flatMap(PricesReader::read),
                  regions(fields),
                  mirrored(fields));
            })
        .orElse(FactsBlock.NOTHING);
  }

  private static Optional<Mirrored> mirrored(Fields fields) {
    return parsed(
        fields,
        "mirror",
        text ->
            Arrays.stream(Mirrored.values())
                .filter(one -> one.text().equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        "cloud.mirror-form");
  }

  private static Optional<Operator> operator(Fields fields) {
    fields.refuseOthers(Set.of("id", "name", "seat", "exposed_to"));
    Optional<String> id = fields.requiredText("id");
    Optional<Set<String>> exposedTo =
        fields
            .texts("exposed_to")
            .map(
                texts -> {
                  Set<String> jurisdictions = new LinkedHashSet<>();
                  texts.forEach(
                      text ->
                          jurisdiction(fields, "exposed_to", text).ifPresent(jurisdictions::add));
                  return Set.copyOf(jurisdictions);
                });
    Optional<String> name = fields.text("name");
    Optional<String> seat = country(fields, "seat");
    return id.map(text -> new Operator(text, name.orElse(text), seat, exposedTo));
  }

  private static Optional<List<Certification>> certifications(Fields fields) {
    return fields
        .list("certifications")
        .map(
            items -> {
              List<Certification> found = new ArrayList<>();
              for (YamlNode item : items) {
                certification(fields, item).ifPresent(found::add);
              }
              return found;
            });
  }

  private static Optional<Certification> certification(Fields fields, YamlNode item) {
    if (item instanceof YamlNode.Scalar scalar) {
      return Optional.of(new Certification(scalar.text(), Optional.empty()));
    }
    return Fields.of(fields.path("certifications"), item, fields.problems())
        .flatMap(
            one -> {
              one.refuseOthers(Set.of("name", "until"));
              Optional<LocalDate> until = parsed(one, "until", LocalDate::parse, "cloud.date-form");
              return one.requiredText("name").map(name -> new Certification(name, until));
            });
  }

  private static Optional<Map<String, RegionFacts>> regions(Fields fields) {
    return fields
        .map("regions")
        .map(
            regions -> {
              Map<String, RegionFacts> found = new LinkedHashMap<>();
              for (String name : regions.names()) {
                regions
                    .map(name)
                    .ifPresent(
                        region -> {
                          region.refuseOthers(Set.of("country", "coordinates", "latency_ms"));
                          found.put(
                              name,
                              new RegionFacts(
                                  country(region, "country"),
                                  coordinates(region),
                                  latencies(region).orElse(Map.of())));
                        });
              }
              return found;
            });
  }

  private static Optional<String> country(Fields fields, String name) {
    return fields
        .text(name)
        .map(text -> text.toUpperCase(Locale.ROOT))
        .filter(code -> isKnown(fields, name, code, COUNTRIES.contains(code)));
  }

  private static Optional<String> jurisdiction(Fields fields, String name, String text) {
    String code = text.toUpperCase(Locale.ROOT);
    return Optional.of(code)
        .filter(c -> isKnown(fields, name, c, COUNTRIES.contains(c) || c.equals("EU")));
  }

  private static boolean isKnown(Fields fields, String name, String code, boolean known) {
    if (!known) {
      fields.refuse(
          name,
          Phrase.of("cloud.country-unknown", fields.path(name), code),
          Phrase.of("cloud.country-unknown-remedy"));
    }
    return known;
  }

  private static Optional<Coordinates> coordinates(Fields fields) {
    return fields
        .texts("coordinates")
        .flatMap(
            texts -> {
              try {
                if (texts.size() == 2) {
                  return Optional.of(
                      new Coordinates(
                          Double.parseDouble(texts.get(0)), Double.parseDouble(texts.get(1))));
                }
              } catch (IllegalArgumentException e) {
                // Told below, like a wrong number of them.
              }
              fields.refuse(
                  "coordinates",
                  Phrase.of(
                      "cloud.coordinates-form",
                      fields.path("coordinates"),
                      String.join(", ", texts)),
                  Phrase.of("cloud.coordinates-form-remedy"));
              return Optional.empty();
            });
  }

  /**
   * By a cloud's id or {@code cloud/REGION}: milliseconds, or {@code {rtt_ms, measured_at}} for
   * what was measured.
   */
  private static Optional<Map<String, RoundTrip>> latencies(Fields fields) {
    return fields
        .map("latency_ms")
        .map(
            told -> {
              Map<String, RoundTrip> found = new LinkedHashMap<>();
              for (String to : told.names()) {
                boolean isMeasured =
                    told.node(to).filter(YamlNode.Mapping.class::isInstance).isPresent();
                (isMeasured
                        ? told.map(to).flatMap(FactsReader::measured)
                        : milliseconds(told, to).map(RoundTrip::declared))
                    .ifPresent(trip -> found.put(to, trip));
              }
              return found;
            });
  }

  private static Optional<RoundTrip> measured(Fields fields) {
    fields.refuseOthers(Set.of("rtt_ms", "measured_at"));
    Optional<Double> milliseconds =
        fields.requiredText("rtt_ms").flatMap(text -> milliseconds(fields, "rtt_ms"));
    Optional<LocalDate> at =
        fields
            .requiredText("measured_at")
            .flatMap(text -> parsed(fields, "measured_at", LocalDate::parse, "cloud.date-form"))
            .filter(date -> isPast(fields, date));
    return milliseconds.flatMap(told -> at.map(date -> RoundTrip.measured(told, date)));
  }

  /** Today is the same day everywhere within one of UTC's. */
  private static boolean isPast(Fields fields, LocalDate date) {
    boolean past = !date.isAfter(LocalDate.now(ZoneOffset.UTC).plusDays(1));
    if (!past) {
      fields.refuse(
          "measured_at",
          Phrase.of("cloud.measured-ahead", fields.path("measured_at"), date),
          Phrase.of("cloud.measured-ahead-remedy"));
    }
    return past;
  }

  private static Optional<Double> milliseconds(Fields fields, String name) {
    return fields
        .text(name)
        .flatMap(
            text -> {
              if (MILLISECONDS.matcher(text).matches()) {
                return Optional.of(Double.valueOf(text));
              }
              fields.refuse(
                  name,
                  Phrase.of("cloud.latency-form", fields.path(name), text),
                  Phrase.of("cloud.latency-form-remedy"));
              return Optional.empty();
            });
  }

  /** Reads a text by a parser that refuses with an exception. */
  private static <T> Optional<T> parsed(
      Fields fields, String name, Function<String, T> parse, String problem) {
    return fields
        .text(name)
        .flatMap(
            text -> {
              try {
                return Optional.of(parse.apply(text));
              } catch (IllegalArgumentException | DateTimeParseException e) {
                fields.refuse(
                    name,
                    Phrase.of(problem, fields.path(name), text),
                    Phrase.of(problem + "-remedy"));
                return Optional.empty();
              }
            });
  }
}
