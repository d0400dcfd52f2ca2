package io.isthmus.sandbox.federation;

import static java.util.stream.Collectors.toCollection;

import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.federation.Federation.CloudSpec;
import io.isthmus.sandbox.federation.Federation.PricesSpec;
import io.isthmus.sandbox.federation.Federation.RegionSpec;
import io.isthmus.sandbox.federation.Federation.SyntheticSpec;
import io.isthmus.sandbox.federation.Federation.ZoneSpec;
import io.isthmus.sandbox.http.Service;
import io.isthmus.sandbox.neutron.Cidr;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a federation file must hold beyond its form. */
final class FederationCheck {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final int MOST_CLOUDS = 200;

  /** Of one kind of one project in one region; all of them have addresses of their own. */
  private static final int MOST_SYNTHETIC = 5_000_000;

  private static final Set<String> SERVICES =
      Stream.of(Service.values()).map(Service::path).collect(toCollection(TreeSet::new));

  private final SourceLines lines;
  private final List<String> mistakes = new ArrayList<>();

  private FederationCheck(SourceLines lines) {
    this.lines = lines;
  }

  static List<String> mistakes(Federation federation, SourceLines lines) {
    FederationCheck check = new FederationCheck(lines);
    if (federation == null) {
      check.bad("", "is empty; describe operators and clouds");
    } else {
      check.federation(federation);
    }
    return check.mistakes;
  }

  private void federation(Federation federation) {
    Set<String> operators = new HashSet<>();
    for (int i = 0; i < federation.operators().size(); i++) {
      var operator = federation.operators().get(i);
      String at = "/operators/" + i;
      unique(operators, operator.id(), at + "/id");
      country(operator.seat(), at + "/seat");
      for (int k = 0; k < operator.exposedTo().size(); k++) {
        country(operator.exposedTo().get(k), at + "/exposed_to/" + k);
      }
    }
    if (federation.clouds().isEmpty()) {
      bad("/clouds", "is missing; name at least one cloud");
    }
    if (federation.clouds().size() > MOST_CLOUDS) {
      bad(
          "/clouds",
          "has more than " + MOST_CLOUDS + " clouds; one process has ports for " + MOST_CLOUDS);
    }
    Set<String> clouds = new HashSet<>();
    for (int i = 0; i < federation.clouds().size(); i++) {
      CloudSpec cloud = federation.clouds().get(i);
      String at = "/clouds/" + i;
      unique(clouds, cloud.name(), at + "/name");
      if (!operators.contains(String.valueOf(cloud.operator()))) {
        bad(at + "/operator", "names '" + cloud.operator() + "', which is none of " + operators);
      }
      cloud(cloud, at);
    }
  }

  private void cloud(CloudSpec cloud, String at) {
    country(cloud.country(), at + "/country");
    coordinates(cloud.coordinates(), at + "/coordinates", true);
    if (cloud.regions().isEmpty()) {
      bad(at + "/regions", "is missing; name at least one region with its zones");
    }
    Set<String> regions = new HashSet<>();
    for (int i = 0; i < cloud.regions().size(); i++) {
      unique(regions, cloud.regions().get(i).name(), at + "/regions/" + i + "/name");
      region(cloud.regions().get(i), at + "/regions/" + i);
    }
    catalogue(cloud, at);
    projects(cloud, at);
    cloud
        .quota()
        .forEach(
            (name, limit) -> {
              if (!Quotas.ALL_NAMES.contains(name)) {
                bad(at + "/quota/" + name, "is no quota; known are " + Quotas.ALL_NAMES);
              } else if (limit == null || limit < -1) {
                bad(at + "/quota/" + name, "must be a number from 0, or -1 for unlimited");
              }
            });
    for (int i = 0; i < cloud.services().size(); i++) {
      if (!SERVICES.contains(cloud.services().get(i))) {
        bad(at + "/services/" + i, "is '" + cloud.services().get(i) + "'; known are " + SERVICES);
      }
    }
    if (!cloud.services().isEmpty() && !cloud.services().contains("identity")) {
      bad(at + "/services", "lacks identity, which every cloud has");
    }
    for (int i = 0; i < cloud.certifications().size(); i++) {
      var certification = cloud.certifications().get(i);
      if (certification.name() == null) {
        bad(at + "/certifications/" + i + "/name", "is missing");
      }
      date(certification.until(), at + "/certifications/" + i + "/until");
    }
    if (cloud.prices() != null) {
      prices(cloud, at + "/prices");
    }
  }

  private void prices(CloudSpec cloud, String at) {
    PricesSpec prices = cloud.prices();
    if (prices.currency() == null || !prices.currency().matches("[A-Z]{3}")) {
      bad(at + "/currency", "is no currency; write three letters such as EUR");
    }
    prices
        .flavorHour()
        .forEach(
            (flavor, price) -> {
              if (cloud.flavors().stream().noneMatch(one -> one.name().equals(flavor))) {
                bad(at + "/flavor_hour/" + flavor, "is no flavor of this cloud");
              }
              if (price == null || price.signum() < 0) {
                bad(at + "/flavor_hour/" + flavor, "must be a number from 0");
              }
            });
    price(prices.volumeGibMonth(), at + "/volume_gib_month");
    price(prices.addressHour(), at + "/address_hour");
    price(prices.egressGib(), at + "/egress_gib");
  }

  private void price(BigDecimal price, String at) {
    if (price != null && price.signum() < 0) {
      bad(at, "must be a number from 0");
    }
  }

  private void region(RegionSpec region, String at) {
    if (region.country() != null) {
      country(region.country(), at + "/country");
    }
    coordinates(region.coordinates(), at + "/coordinates", false);
    if (region.zones().isEmpty()) {
      bad(at + "/zones", "is missing; name at least one availability zone");
    }
    Set<String> zones = new HashSet<>();
    for (int i = 0; i < region.zones().size(); i++) {
      ZoneSpec zone = region.zones().get(i);
      String zoneAt = at + "/zones/" + i;
      unique(zones, zone.name(), zoneAt + "/name");
      positive(zone.vcpus(), zoneAt + "/vcpus");
      positive(zone.ramMb(), zoneAt + "/ram_mb");
      positive(zone.diskGb(), zoneAt + "/disk_gb");
    }
  }

  private void catalogue(CloudSpec cloud, String at) {
    Set<String> flavors = new HashSet<>();
    for (int i = 0; i < cloud.flavors().size(); i++) {
      var flavor = cloud.flavors().get(i);
      String flavorAt = at + "/flavors/" + i;
      if (flavor.name() == null || !flavors.add(flavor.name())) {
        bad(flavorAt + "/name", "is missing or there twice");
      }
      positive(flavor.vcpus(), flavorAt + "/vcpus");
      positive(flavor.ram(), flavorAt + "/ram");
      if (flavor.disk() < 0) {
        bad(flavorAt + "/disk", "must not be negative");
      }
    }
    for (int i = 0; i < cloud.images().size(); i++) {
      if (cloud.images().get(i).name() == null) {
        bad(at + "/images/" + i + "/name", "is missing");
      }
    }
    var external = cloud.externalNetwork();
    if (external == null) {
      return;
    }
    if (external.name() == null) {
      bad(at + "/external_network/name", "is missing");
    }
    if (external.cidrs().size() != cloud.regions().size()) {
      bad(at + "/external_network/cidrs", "must hold one range for each region, in their order");
    }
    for (int i = 0; i < external.cidrs().size(); i++) {
      try {
        Cidr.parse(external.cidrs().get(i));
      } catch (IllegalArgumentException wrong) {
        bad(at + "/external_network/cidrs/" + i, "is no address range: " + wrong.getMessage());
      }
    }
  }

  private void projects(CloudSpec cloud, String at) {
    if (cloud.projects().isEmpty()) {
      bad(at + "/projects", "is missing; name at least one project with its user");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < cloud.projects().size(); i++) {
      var project = cloud.projects().get(i);
      String projectAt = at + "/projects/" + i;
      unique(names, project.name(), projectAt + "/name");
      if (project.tenant() == null || !project.tenant().matches("[^/]+/[^/]+")) {
        bad(projectAt + "/tenant", "must be written tenant/project");
      }
      if (project.user() == null) {
        bad(projectAt + "/user", "is missing");
      }
      if (project.password() == null) {
        bad(projectAt + "/password", "is missing");
      }
      if (project.synthetic() != null) {
        synthetic(cloud, project.synthetic(), projectAt + "/synthetic");
      }
    }
  }

  private void synthetic(CloudSpec cloud, SyntheticSpec synthetic, String at) {
    Map<String, Integer> numbers =
        Map.of(
            "servers", synthetic.servers(),
            "ports", synthetic.ports(),
            "volumes", synthetic.volumes());
    numbers.forEach(
        (kind, number) -> {
          if (number < 0 || number > MOST_SYNTHETIC) {
            bad(at + "/" + kind, "must be a number from 0 to " + MOST_SYNTHETIC);
          }
        });
    if (cloud.flavors().isEmpty()) {
      bad(at, "needs at least one flavor in the cloud");
    }
  }

  private void unique(Set<String> seen, String name, String at) {
    if (name == null || !NAME.matcher(name).matches()) {
      bad(at, "must be a name of letters, digits, dots, dashes and underscores");
    } else if (!seen.add(name)) {
      bad(at, "is '" + name + "', which is there already");
    }
  }

  private void country(String country, String at) {
    if (country == null || !COUNTRY.matcher(country).matches()) {
      bad(at, "must be a country in two capital letters (ISO 3166), not '" + country + "'");
    }
  }

  private void coordinates(List<Double> coordinates, String at, boolean required) {
    if (coordinates.isEmpty() && !required) {
      return;
    }
    if (coordinates.size() != 2
        || Math.abs(coordinates.get(0)) > 90
        || Math.abs(coordinates.get(1)) > 180) {
      bad(at, "must be [latitude, longitude] in degrees");
    }
  }

  private void positive(int value, String at) {
    if (value <= 0) {
      bad(at, "must be greater than 0");
    }
  }

  private void date(String date, String at) {
    if (date == null) {
      return;
    }
    try {
      LocalDate.parse(date);
    } catch (DateTimeParseException wrong) {
      bad(at, "must be a date as 2027-12-31, not '" + date + "'");
    }
  }

  private void bad(String pointer, String what) {
    String path = pointer.replaceFirst("^/", "").replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    mistakes.add("line " + lines.line(pointer) + ": " + path + " " + what);
  }
}
