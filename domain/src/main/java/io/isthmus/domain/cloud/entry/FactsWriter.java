package io.isthmus.domain.cloud.entry;

import io.isthmus.domain.cloud.Certification;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.Coordinates;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.cloud.RoundTrip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes facts as they stand under {@code isthmus:}, for a person to change; the reader's twin. */
public final class FactsWriter {

  private FactsWriter() {}

  /** YAML. What is not known is left out. */
  public static String write(CloudFacts facts) {
    Map<String, Object> block = new LinkedHashMap<>();
    if (facts.operator().known()) {
      block.put("operator", operator(facts.operator()));
    }
    put(block, facts.base());
    if (!facts.certifications().isEmpty()) {
      block.put(
          "certifications",
          facts.certifications().stream().map(FactsWriter::certification).toList());
    }
    if (!facts.regions().isEmpty()) {
      Map<String, Object> regions = new LinkedHashMap<>();
      new TreeMap<>(facts.regions())
          .forEach(
              (name, region) -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                put(fields, region);
                regions.put(name, fields);
              });
      block.put("regions", regions);
    }
    if (facts.mirrored() != Mirrored.WHOLE) {
      block.put("mirror", facts.mirrored().text());
    }
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(true);
    return new Yaml(options).dump(block);
  }

  private static Map<String, Object> operator(Operator operator) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", operator.id());
    fields.put("name", operator.name());
    operator.seat().ifPresent(seat -> fields.put("seat", seat));
    operator
        .exposedTo()
        .ifPresent(codes -> fields.put("exposed_to", codes.stream().sorted().toList()));
    return fields;
  }

  private static void put(Map<String, Object> fields, RegionFacts region) {
    region.country().ifPresent(country -> fields.put("country", country));
    region.coordinates().ifPresent(at -> fields.put("coordinates", coordinates(at)));
    if (!region.latencies().isEmpty()) {
      Map<String, Object> latencies = new TreeMap<>();
      region.latencies().forEach((to, trip) -> latencies.put(to, roundTrip(trip)));
      fields.put("latency_ms", latencies);
    }
  }

  /** A number alone for what was agreed. */
  private static Object roundTrip(RoundTrip trip) {
    if (trip.measuredAt().isEmpty()) {
      return trip.milliseconds();
    }
    Map<String, Object> measured = new LinkedHashMap<>();
    measured.put("rtt_ms", trip.milliseconds());
    measured.put("measured_at", trip.measuredAt().get().toString());
    return measured;
  }

  private static List<Double> coordinates(Coordinates at) {
    return List.of(at.latitude(), at.longitude());
  }

  private static Map<String, Object> certification(Certification certification) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", certification.name());
    certification.until().ifPresent(until -> fields.put("until", until.toString()));
    return fields;
  }
}
