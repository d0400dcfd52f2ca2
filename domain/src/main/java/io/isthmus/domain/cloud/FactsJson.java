package io.isthmus.domain.cloud;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Facts as they are stored; the same facts always give the same text. */
final class FactsJson {

  private FactsJson() {}

  /** Without the operator, who has a row of their own. */
  static String write(CloudFacts facts) {
    return object(facts).build().toString();
  }

  /** With what an entry tells of prices, to tell it from another entry. */
  static String write(CloudFacts facts, Optional<PriceList> prices) {
    return object(facts)
        .add("prices", prices.map(FactsJson::prices).orElse(JsonValue.EMPTY_JSON_OBJECT))
        .build()
        .toString();
  }

  /** Flavors and any volume first: so were they told before there was more. */
  private static JsonObject prices(PriceList list) {
    JsonObjectBuilder flavors = Json.createObjectBuilder();
    JsonObjectBuilder others = Json.createObjectBuilder();
    JsonObjectBuilder json = Json.createObjectBuilder().add("currency", list.currency());
    SortedMap<PriceItem, BigDecimal> prices = new TreeMap<>(list.prices());
    prices.forEach(
        (item, price) -> {
          if (item.kind() == PriceItem.Kind.FLAVOR_HOUR) {
            flavors.add(item.name(), price);
          } else if (!item.equals(PriceItem.volume(""))) {
            others.add(item.toString(), price);
          }
        });
    json.add("flavor_hour", flavors);
    Optional.ofNullable(prices.get(PriceItem.volume("")))
        .ifPresent(price -> json.add("volume_gib_month", price));
    others.build().forEach(json::add);
    return json.build();
  }

  private static JsonObjectBuilder object(CloudFacts facts) {
    JsonObjectBuilder regions = Json.createObjectBuilder();
    new TreeMap<>(facts.regions()).forEach((name, region) -> regions.add(name, region(region)));
    JsonArrayBuilder certifications = Json.createArrayBuilder();
    facts
        .certifications()
        .forEach(
            certification -> {
              JsonObjectBuilder one = Json.createObjectBuilder().add("name", certification.name());
              certification.until().ifPresent(until -> one.add("until", until.toString()));
              certifications.add(one);
            });
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("base", region(facts.base()))
            .add("regions", regions)
            .add("certifications", certifications);
    // Left out where all may be kept, as it was before there was a choice.
    if (facts.mirrored() != Mirrored.WHOLE) {
      json.add("mirror", facts.mirrored().text());
    }
    return json;
  }

  static CloudFacts read(String text, Operator operator) {
    JsonObject json = Json.createReader(new StringReader(text)).readObject();
    Map<String, RegionFacts> regions = new LinkedHashMap<>();
    json.getJsonObject("regions")
        .forEach((name, region) -> regions.put(name, readRegion(region.asJsonObject())));
    List<Certification> certifications =
        json.getJsonArray("certifications").stream()
            .map(JsonValue::asJsonObject)
            .map(
                one ->
                    new Certification(
                        one.getString("name"),
                        Optional.ofNullable(one.getString("until", null)).map(LocalDate::parse)))
            .toList();
    return new CloudFacts(
        operator,
        readRegion(json.getJsonObject("base")),
        regions,
        certifications,
        json.getString("mirror", Mirrored.WHOLE.text()).equals(Mirrored.WHOLE.text())
            ? Mirrored.WHOLE
            : Mirrored.NAMES);
  }

  static String writeTexts(Collection<String> texts) {
    return Json.createArrayBuilder(texts.stream().sorted().toList()).build().toString();
  }

  static List<String> readTexts(String text) {
    return Json.createReader(new StringReader(text)).readArray().getValuesAs(JsonString::getString);
  }

  private static JsonObject region(RegionFacts facts) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    facts.country().ifPresent(country -> json.add("country", country));
    facts
        .coordinates()
        .ifPresent(
            point ->
                json.add(
                    "coordinates",
                    Json.createArrayBuilder().add(point.latitude()).add(point.longitude())));
    if (!facts.latencies().isEmpty()) {
      JsonObjectBuilder latencies = Json.createObjectBuilder();
      new TreeMap<>(facts.latencies()).forEach((to, trip) -> latencies.add(to, roundTrip(trip)));
      json.add("latency_ms", latencies);
    }
    return json.build();
  }

  /** A number alone for what was agreed. */
  private static JsonValue roundTrip(RoundTrip trip) {
    JsonNumber milliseconds = Json.createValue(BigDecimal.valueOf(trip.milliseconds()));
    return trip.measuredAt()
        .<JsonValue>map(
            at ->
                Json.createObjectBuilder()
                    .add("rtt_ms", milliseconds)
                    .add("measured_at", at.toString())
                    .build())
        .orElse(milliseconds);
  }

  private static RegionFacts readRegion(JsonObject json) {
    return new RegionFacts(
        Optional.ofNullable(json.getString("country", null)),
        Optional.ofNullable(json.getJsonArray("coordinates"))
            .map(
                point ->
                    new Coordinates(
                        point.getJsonNumber(0).doubleValue(),
                        point.getJsonNumber(1).doubleValue())),
        readLatencies(json.getJsonObject("latency_ms")));
  }

  private static Map<String, RoundTrip> readLatencies(JsonObject json) {
    Map<String, RoundTrip> latencies = new LinkedHashMap<>();
    if (json != null) {
      json.forEach((to, trip) -> latencies.put(to, readRoundTrip(trip)));
    }
    return latencies;
  }

  private static RoundTrip readRoundTrip(JsonValue json) {
    return json instanceof JsonObject measured
        ? RoundTrip.measured(
            measured.getJsonNumber("rtt_ms").doubleValue(),
            LocalDate.parse(measured.getString("measured_at")))
        : RoundTrip.declared(((JsonNumber) json).doubleValue());
  }
}
