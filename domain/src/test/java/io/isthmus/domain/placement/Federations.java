package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Certification;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Coordinates;
import io.isthmus.domain.cloud.Equivalence;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Service;
import io.isthmus.domain.language.Phrase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Made-up federations, built by naming only what a test is about. */
final class Federations {

  static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  private Federations() {}

  /** France, Canada, Australia; the Australian operator is exposed to US law. */
  static FederationSnapshot three() {
    return of(
        new CloudBuilder("gra").country("FR").region("GRA-1", "a", "b").region("GRA-2", "a", "b"),
        new CloudBuilder("bhs").country("CA").region("BHS-1", "nova"),
        new CloudBuilder("syd").country("AU").exposedTo("US").region("SYD-1", "nova"));
  }

  static FederationSnapshot of(CloudBuilder... clouds) {
    return of(List.of(), clouds);
  }

  static FederationSnapshot of(List<Equivalence> equivalences, CloudBuilder... clouds) {
    List<CloudView> views = new ArrayList<>();
    for (CloudBuilder cloud : clouds) {
      views.add(cloud.build());
    }
    return new FederationSnapshot(NOW, views, equivalences);
  }

  /** One cloud. */
  static final class CloudBuilder {
    private final String id;
    private Optional<String> country = Optional.of("FR");
    private Optional<Set<String>> exposedTo = Optional.of(Set.of());
    private boolean enabled = true;
    private boolean accessible = true;
    private CloudHealth.State health = CloudHealth.State.REACHABLE;
    private String operator;
    private boolean operatorKnown = true;
    private final Map<String, List<String>> zones = new HashMap<>();
    private final List<String> regions = new ArrayList<>();
    private List<Flavor> flavors =
        List.of(
            new Flavor("f1", "m1.small", 1, 2048, 20, Map.of()),
            new Flavor("f2", "m1.large", 4, 8192, 80, Map.of()));
    private List<Image> images =
        List.of(new Image("i1", "debian-12", Optional.of("debian"), Optional.of("12"), 2, 0));
    private List<Network> networks = List.of(new Network("n1", "public", true));
    private final Map<LimitKind, Limit> limits = new EnumMap<>(LimitKind.class);
    private List<String> volumeZones = List.of("nova");
    private final Map<String, Service> services =
        new HashMap<>(
            Map.of(
                "compute", service("compute"),
                "network", service("network"),
                "block-storage", service("block-storage"),
                "image", service("image")));
    private Set<String> extensions = Set.of();
    private final List<Certification> certifications = new ArrayList<>();
    private Optional<PriceList> prices = Optional.empty();
    private Optional<Coordinates> coordinates = Optional.empty();

    CloudBuilder(String id) {
      this.id = id;
      this.operator = id + "-operator";
    }

    CloudBuilder country(String code) {
      country = Optional.ofNullable(code);
      return this;
    }

    CloudBuilder exposedTo(String... laws) {
      exposedTo = Optional.of(Set.of(laws));
      return this;
    }

    CloudBuilder exposureUnknown() {
      exposedTo = Optional.empty();
      return this;
    }

    CloudBuilder operator(String name) {
      operator = name;
      return this;
    }

    CloudBuilder operatorUnknown() {
      operatorKnown = false;
      return this;
    }

    CloudBuilder disabled() {
      enabled = false;
      return this;
    }

    CloudBuilder inaccessible() {
      accessible = false;
      return this;
    }

    CloudBuilder unreachable() {
      health = CloudHealth.State.UNREACHABLE;
      return this;
    }

    CloudBuilder region(String name, String... computeZones) {
      regions.add(name);
      zones.put(name, List.of(computeZones));
      return this;
    }

    CloudBuilder flavors(Flavor... some) {
      flavors = List.of(some);
      return this;
    }

    CloudBuilder images(Image... some) {
      images = List.of(some);
      return this;
    }

    CloudBuilder networks(Network... some) {
      networks = List.of(some);
      return this;
    }

    CloudBuilder reserved(LimitKind kind, long maximum, long used, long reserved) {
      limits.put(kind, new Limit(maximum, used, reserved));
      return this;
    }

    CloudBuilder limit(LimitKind kind, long maximum, long used) {
      limits.put(kind, new Limit(maximum, used));
      return this;
    }

    CloudBuilder offers(String serviceType) {
      services.put(serviceType, service(serviceType));
      return this;
    }

    CloudBuilder silent(String serviceType, String problem) {
      services.put(
          serviceType,
          new Service(
              serviceType,
              "http://example/",
              Optional.empty(),
              Optional.of(Phrase.verbatim(problem))));
      return this;
    }

    CloudBuilder extensions(String... aliases) {
      extensions = Set.of(aliases);
      return this;
    }

    CloudBuilder certified(String name, String until) {
      certifications.add(new Certification(name, Optional.ofNullable(until).map(LocalDate::parse)));
      return this;
    }

    CloudBuilder at(double latitude, double longitude) {
      coordinates = Optional.of(new Coordinates(latitude, longitude));
      return this;
    }

    /** A large server costs four times as much as a small one. */
    CloudBuilder price(String currency, String smallHour, String gibMonth) {
      Map<PriceItem, BigDecimal> listed = new HashMap<>();
      listed.put(PriceItem.flavor("m1.small"), new BigDecimal(smallHour));
      listed.put(
          PriceItem.flavor("m1.large"), new BigDecimal(smallHour).multiply(BigDecimal.valueOf(4)));
      if (gibMonth != null) {
        listed.put(PriceItem.volume(""), new BigDecimal(gibMonth));
      }
      prices = Optional.of(new PriceList(currency, listed));
      return this;
    }

    CloudView build() {
      List<RegionInventory> inventories = new ArrayList<>();
      for (String region : regions) {
        inventories.add(
            new RegionInventory(
                region,
                zones.get(region),
                volumeZones,
                flavors,
                images,
                networks,
                List.of("classic"),
                services,
                extensions,
                limits,
                Map.of()));
      }
      return new CloudView(
          new CloudId(id),
          id.toUpperCase(java.util.Locale.ROOT),
          1,
          enabled,
          accessible,
          new CloudFacts(
              operatorKnown
                  ? new Operator(operator, operator, country, exposedTo)
                  : Operator.unknown(new CloudId(id), id),
              new RegionFacts(country, coordinates),
              Map.of(),
              certifications),
          new CloudHealth(health, NOW, Optional.of(NOW), Optional.empty()),
          prices,
          accessible ? Optional.of(new CloudInventory(NOW, inventories)) : Optional.empty());
    }

    private static Service service(String type) {
      return new Service(type, "http://example/" + type, Optional.empty(), Optional.empty());
    }
  }
}
