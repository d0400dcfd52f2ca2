package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.placement.PlannerPropertiesTest.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What is in clouds already is planned where it is, and counts as if it were made now. */
class FoundPlacementTest {

  private static final AddressPlan ADDRESSES = new AddressPlan(List.of(), List.of());

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void whatIsFoundStaysAndIsCountedAlthoughItsCloudIsFullOfIt(@ForAll long seed) {
    World world = new World(seed);
    PlacementPolicy policy = new PolicyParser().parse(world.policy());
    Placement made = new Planner().place(world.graph(), policy, world.federation(), ADDRESSES);
    if (!(made instanceof Placement.Placed placed)) {
      return;
    }
    for (int i = 0; i < world.clouds.size(); i++) {
      world.clouds.get(i).limit(LimitKind.INSTANCES, 10, 10);
    }

    Placement found =
        new Planner()
            .update(
                world.graph(),
                policy,
                world.graph(),
                policy,
                world.federation(),
                ADDRESSES,
                Standing.found(placed.parts().stream().map(FoundPlacementTest::found).toList()),
                Set.of());

    assertThat(found).as("%s", found).isInstanceOf(Placement.Placed.class);
    assertThat(((Placement.Placed) found).parts()).isEqualTo(placed.parts());
  }

  /** As a document tells it that knows ids and places alone. */
  private static PlannedPart found(PlannedPart part) {
    return new PlannedPart(
        part.id(),
        part.type(),
        part.availabilityZone(),
        List.of(),
        Set.of(),
        Map.of(),
        Optional.empty());
  }
}
