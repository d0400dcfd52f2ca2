package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.placement.PlannerPropertiesTest.Spot;
import io.isthmus.domain.placement.PlannerPropertiesTest.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever becomes of a policy, what stands stays unless it must move, and no other answer would
 * move less: checked by trying every arrangement, without a line of the planner.
 */
class UpdatePropertiesTest {

  private static final AddressPlan ADDRESSES = new AddressPlan(List.of(), List.of());

  private static Optional<Placement.Placed> placed(World world) {
    Placement placement =
        new Planner()
            .place(
                world.graph(),
                new PolicyParser().parse(world.policy()),
                world.federation(),
                ADDRESSES);
    return placement instanceof Placement.Placed it ? Optional.of(it) : Optional.empty();
  }

  static Standing standing(Placement.Placed placed) {
    return new Standing(
        placed.parts(),
        Set.copyOf(placed.parts().stream().map(PlannedPart::id).toList()),
        Set.of(),
        Set.of(),
        List.of());
  }

  /** As it stands, the clouds are full, and closed or silent. */
  private static FederationSnapshot worse(World world, long seed) {
    for (int i = 0; i < world.clouds.size(); i++) {
      world.clouds.get(i).limit(LimitKind.INSTANCES, 10, 10);
      if ((seed >> i & 1) == 1) {
        world.clouds.get(i).disabled();
      } else {
        world.clouds.get(i).unreachable();
      }
    }
    return world.federation();
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void theSameGraphAndPolicyMovesNothingWhateverBecameOfTheClouds(@ForAll long seed) {
    World world = new World(seed);
    Optional<Placement.Placed> before = placed(world);
    if (before.isEmpty()) {
      return;
    }
    PlacementPolicy policy = new PolicyParser().parse(world.policy());

    Placement after =
        new Planner()
            .update(
                world.graph(),
                policy,
                world.graph(),
                policy,
                worse(world, seed),
                ADDRESSES,
                standing(before.get()),
                Set.of());

    assertThat(after).as("%s", after).isInstanceOf(Placement.Placed.class);
    assertThat(((Placement.Placed) after).parts()).isEqualTo(before.get().parts());
  }

  @Property(tries = 120, shrinking = ShrinkingMode.OFF)
  void anotherPolicyMovesAsLittleAsItCan(@ForAll long seed, @ForAll long change) {
    // Made when nothing was asked for but a place.
    World old = new World(seed);
    Placement made =
        new Planner().place(old.graph(), PlacementPolicy.ANYWHERE, old.federation(), ADDRESSES);
    if (made instanceof Placement.Placed before) {
      for (int i = 1; i <= 4; i++) {
        change(old, before, new World(seed, change + i));
      }
    }
  }

  private static void change(World old, Placement.Placed before, World world) {
    List<Spot> from = spots(old, before);

    Placement after =
        new Planner()
            .update(
                old.graph(),
                PlacementPolicy.ANYWHERE,
                world.graph(),
                new PolicyParser().parse(world.policy()),
                world.federation(),
                ADDRESSES,
                standing(before),
                Set.of());

    int fewest = fewest(world, from, new ArrayList<>());
    Statistics.label("moves").collect(fewest == Integer.MAX_VALUE ? "impossible" : fewest);
    if (after instanceof Placement.Placed placed) {
      List<Spot> to = spots(old, placed);
      assertThat(holds(world, from, to)).as("%s%n%s%n%s", world.policy(), from, to).isTrue();
      assertThat(moves(from, to)).as("%s%n%s%n%s", world.policy(), from, to).isEqualTo(fewest);
    } else {
      assertThat(fewest)
          .as("%s%n%s%n%s%n%s", world.policy(), world.spots, from, after)
          .isEqualTo(Integer.MAX_VALUE);
    }
  }

  private static List<Spot> spots(World world, Placement.Placed placed) {
    List<Spot> spots = new ArrayList<>();
    for (int i = 0; i < world.webs; i++) {
      spots.add(world.at(placed, "web/" + i));
    }
    spots.add(world.at(placed, "db"));
    return spots;
  }

  private static int moves(List<Spot> from, List<Spot> to) {
    int moves = 0;
    for (int i = 0; i < from.size(); i++) {
      moves += from.get(i).equals(to.get(i)) ? 0 : 1;
    }
    return moves;
  }

  /** The same spot, as if it were open and had room. */
  private static Spot free(Spot spot) {
    return new Spot(
        spot.cloud(),
        spot.region(),
        spot.operator(),
        spot.country(),
        true,
        spot.exposureKnown(),
        spot.exposedTo(),
        spot.certified(),
        spot.balanced(),
        1);
  }

  private static boolean holds(World world, List<Spot> from, List<Spot> to) {
    Map<Spot, Integer> taken = new HashMap<>();
    Set<Spot> eligible = new HashSet<>();
    world.spots.stream().filter(world.web::lets).forEach(eligible::add);
    for (int i = 0; i < to.size(); i++) {
      boolean web = i < world.webs;
      PlannerPropertiesTest.Rule rule = web ? world.web : world.db;
      if (web && rule.lets(free(from.get(i)))) {
        eligible.add(from.get(i));
      }
      if (to.get(i).equals(from.get(i))) {
        if (!rule.lets(free(to.get(i)))) {
          return false;
        }
      } else {
        if (!rule.lets(to.get(i))) {
          return false;
        }
        taken.merge(to.get(i), 1, Integer::sum);
      }
    }
    return taken.entrySet().stream().allMatch(each -> each.getValue() <= each.getKey().room())
        && world.spread.holds(to.subList(0, world.webs), List.copyOf(eligible));
  }

  private static int fewest(World world, List<Spot> from, List<Spot> to) {
    if (to.size() == from.size()) {
      return holds(world, from, to) ? moves(from, to) : Integer.MAX_VALUE;
    }
    int fewest = Integer.MAX_VALUE;
    for (Spot spot : world.spots) {
      to.add(spot);
      fewest = Math.min(fewest, fewest(world, from, to));
      to.remove(to.size() - 1);
    }
    return fewest;
  }
}
