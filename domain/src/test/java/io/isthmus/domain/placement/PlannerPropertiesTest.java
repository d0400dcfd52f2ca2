package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever is planned keeps every rule, and what is refused could not have been planned: made-up
 * federations and policies, read and placed as a person's are, and checked here from what the words
 * of the policy mean, without a line of the planner.
 */
class PlannerPropertiesTest {

  private static final Set<String> EU = Set.of("FR", "DE");
  private static final List<String> COUNTRIES = List.of("FR", "DE", "CA", "AU", "US");
  private static final List<String> DOMAINS = List.of("cloud", "region", "operator", "country");

  /**
   * A region with what is known of it.
   *
   * @param open whether its cloud lets anything new in
   * @param exposedTo laws that reach its operator beside the one of its seat, which is its country
   * @param room how many servers more it takes
   */
  record Spot(
      String cloud,
      String region,
      String operator,
      String country,
      boolean open,
      boolean exposureKnown,
      Set<String> exposedTo,
      boolean certified,
      boolean balanced,
      int room) {}

  /** What the policy asks of one sort of servers; empty texts ask nothing. */
  record Rule(
      String jurisdiction,
      boolean awayFromUsLaw,
      boolean certified,
      boolean balanced,
      Optional<String> onlyCloud) {

    boolean lets(Spot spot) {
      return spot.open()
          && spot.room() > 0
          && (jurisdiction.isEmpty()
              || jurisdiction.equals(spot.country())
              || jurisdiction.equals("EU") && EU.contains(spot.country()))
          && (!awayFromUsLaw
              || spot.exposureKnown()
                  && !spot.country().equals("US")
                  && !spot.exposedTo().contains("US"))
          && (!certified || spot.certified())
          && (!balanced || spot.balanced())
          && onlyCloud.map(spot.cloud()::equals).orElse(true);
    }

    String text(String name) {
      String text = "  - name: rule of " + name + "\n    match: {names: ['" + name + "*']}\n";
      List<String> residency = new ArrayList<>();
      if (!jurisdiction.isEmpty()) {
        residency.add("jurisdictions: [" + jurisdiction + "]");
      }
      if (awayFromUsLaw) {
        residency.add("operators_exposed_to: {none_of: [US]}");
      }
      if (!residency.isEmpty()) {
        text += "    residency: {" + String.join(", ", residency) + "}\n";
      }
      List<String> require = new ArrayList<>();
      if (certified) {
        require.add("certifications: [HDS]");
      }
      if (balanced) {
        require.add("capabilities: [load-balancer]");
      }
      if (!require.isEmpty()) {
        text += "    require: {" + String.join(", ", require) + "}\n";
      }
      // Something has to be asked for; every cloud but one that there is not is as good as all.
      return text
          + onlyCloud
              .map(cloud -> "    clouds: {any_of: [" + cloud + "]}\n")
              .orElse("    clouds: {none_of: [nowhere]}\n");
    }
  }

  record Spread(String across, int maxSkew, int minDomains) {

    private Function<Spot, String> domain() {
      return switch (across) {
        case "cloud" -> Spot::cloud;
        case "region" -> spot -> spot.cloud() + "/" + spot.region();
        case "operator" -> Spot::operator;
        default -> Spot::country;
      };
    }

    boolean holds(List<Spot> chosen, List<Spot> eligible) {
      Map<String, Integer> counts = new HashMap<>();
      eligible.forEach(spot -> counts.put(domain().apply(spot), 0));
      chosen.forEach(spot -> counts.merge(domain().apply(spot), 1, Integer::sum));
      int emptiest = counts.size() < minDomains ? 0 : Collections.min(counts.values());
      return Collections.max(counts.values()) - emptiest <= maxSkew;
    }

    String text() {
      return "  - name: apart\n    match: {names: ['web*']}\n    spread: [{across: %s, max_skew: %d, min_domains: %d}]\n"
          .formatted(across, maxSkew, minDomains);
    }
  }

  /** A federation, a policy, and servers: some of sort web, and one db. */
  static final class World {
    private final Random random;
    final List<Spot> spots = new ArrayList<>();
    final List<CloudBuilder> clouds = new ArrayList<>();
    final Rule web;
    final Rule db;
    final Spread spread;
    final int webs;

    World(long seed) {
      this(seed, 0);
    }

    /**
     * @param change of another number the policy is another one, and all else the same
     */
    World(long seed, long change) {
      random = new Random(seed);
      int size = 2 + random.nextInt(3);
      for (int i = 0; i < size; i++) {
        cloud("c" + i);
      }
      webs = 1 + random.nextInt(4);
      if (change != 0) {
        random.setSeed(change);
      }
      web = rule();
      db = rule();
      spread =
          new Spread(
              DOMAINS.get(random.nextInt(DOMAINS.size())),
              1 + random.nextInt(2),
              1 + random.nextInt(3));
    }

    private boolean in(int times) {
      return random.nextInt(times) == 0;
    }

    private void cloud(String id) {
      String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
      String operator = "operator-" + random.nextInt(3);
      boolean exposureKnown = !in(6);
      Set<String> exposedTo = in(4) ? Set.of("US") : Set.of();
      boolean certified = in(2);
      boolean balanced = in(2);
      int room = random.nextInt(4);
      CloudBuilder builder =
          new CloudBuilder(id)
              .country(country)
              .operator(operator)
              .exposedTo(exposedTo.toArray(String[]::new))
              .limit(LimitKind.INSTANCES, 10, 10 - room);
      boolean closed = true;
      if (!exposureKnown) {
        builder.exposureUnknown();
      }
      if (certified) {
        builder.certified("HDS", "2099-12-31");
      } else if (in(3)) {
        builder.certified("HDS", "2001-12-31");
      }
      if (balanced) {
        builder.offers("load-balancer");
      }
      switch (random.nextInt(10)) {
        case 0 -> builder.disabled();
        case 1 -> builder.unreachable();
        case 2 -> builder.inaccessible();
        default -> closed = false;
      }
      int regions = 1 + random.nextInt(2);
      for (int r = 0; r < regions; r++) {
        builder.region("R" + r, "nova");
        spots.add(
            new Spot(
                id,
                "R" + r,
                operator,
                country,
                !closed,
                exposureKnown,
                exposedTo,
                certified,
                balanced,
                room));
      }
      clouds.add(builder);
    }

    private Rule rule() {
      return new Rule(
          in(2) ? List.of("EU", "FR", "CA", "US").get(random.nextInt(4)) : "",
          in(3),
          in(4),
          in(4),
          in(5) ? Optional.of("c" + random.nextInt(clouds.size())) : Optional.empty());
    }

    FederationSnapshot federation() {
      return Federations.of(clouds.toArray(CloudBuilder[]::new));
    }

    String policy() {
      return "placement_policy_version: 2026-11-23\nrules:\n"
          + web.text("web")
          + db.text("db")
          + spread.text();
    }

    FakeGraph graph() {
      FakeGraph graph =
          new FakeGraph()
              .add("web", "OS::Heat::ResourceGroup", "{}")
              .add("db", "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");
      for (int i = 0; i < webs; i++) {
        graph.add("web/" + i, "OS::Nova::Server", "{'flavor':'m1.small','image':'debian-12'}");
      }
      return graph;
    }

    /**
     * Whether everything may be so.
     *
     * @param servers each web server's place, then the db's
     */
    boolean holds(List<Spot> servers) {
      List<Spot> ofWeb = servers.subList(0, webs);
      Map<Spot, Integer> taken = new HashMap<>();
      servers.forEach(spot -> taken.merge(spot, 1, Integer::sum));
      return ofWeb.stream().allMatch(web::lets)
          && db.lets(servers.get(webs))
          && taken.entrySet().stream().allMatch(each -> each.getValue() <= each.getKey().room())
          && spread.holds(ofWeb, spots.stream().filter(web::lets).toList());
    }

    boolean isPossible(List<Spot> before) {
      if (before.size() == webs + 1) {
        return holds(before);
      }
      for (Spot spot : spots) {
        List<Spot> next = new ArrayList<>(before);
        next.add(spot);
        if (isPossible(next)) {
          return true;
        }
      }
      return false;
    }

    Spot at(Placement.Placed placed, String resource) {
      PlannedPart part =
          placed.parts().stream()
              .filter(one -> one.id().resource().equals(resource))
              .findFirst()
              .orElseThrow();
      return spots.stream()
          .filter(spot -> spot.cloud().equals(part.id().cloud().text()))
          .filter(spot -> spot.region().equals(part.id().region()))
          .findFirst()
          .orElseThrow();
    }
  }

  @Property(tries = 600, shrinking = ShrinkingMode.OFF)
  void whatIsPlannedKeepsEveryRuleAndWhatIsRefusedIsImpossible(@ForAll long seed) {
    World world = new World(seed);
    PlacementPolicy policy = new PolicyParser().parse(world.policy());

    Placement placement =
        new Planner()
            .place(
                world.graph(), policy, world.federation(), new AddressPlan(List.of(), List.of()));

    if (placement instanceof Placement.Placed placed) {
      List<Spot> servers = new ArrayList<>();
      for (int i = 0; i < world.webs; i++) {
        servers.add(world.at(placed, "web/" + i));
      }
      servers.add(world.at(placed, "db"));
      assertThat(world.holds(servers)).as("%s%n%s", world.policy(), servers).isTrue();
    } else {
      assertThat(world.isPossible(List.of()))
          .as("%s%n%s%n%s", world.policy(), world.spots, placement)
          .isFalse();
      Placement.Unplaced unplaced = (Placement.Unplaced) placement;
      assertThat(unplaced.reasons().size() + unplaced.unplaced().size()).isPositive();
    }
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void theSameQuestionHasTheSameAnswer(@ForAll long seed) {
    World one = new World(seed);
    World other = new World(seed);
    AddressPlan addresses = new AddressPlan(List.of(), List.of());

    assertThat(place(one, addresses)).isEqualTo(place(other, addresses));
  }

  private static Placement place(World world, AddressPlan addresses) {
    return new Planner()
        .place(
            world.graph(), new PolicyParser().parse(world.policy()), world.federation(), addresses);
  }
}
