package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** The arranger's cost against the least there is, which trying everything finds. */
class OptimumTest {

  private static final double NEAR = 0.01;

  /** By what share the arrangement costs more than the best one. */
  private static double above(SmallWorld world, long optimum) {
    Arranger.Result result = world.arranged();
    assertThat(result.stuck()).isEmpty();
    assertThat(result.arrangement().holds()).isTrue();
    long cost = world.cost(result.arrangement());
    assertThat(cost).isGreaterThanOrEqualTo(optimum);
    return cost == optimum ? 0 : (double) (cost - optimum) / Math.max(1, optimum);
  }

  @Property(tries = 300)
  void isWithinAPercentOfTheOptimumNearlyAlways(@ForAll long seed) {
    SmallWorld world = new SmallWorld(new Random(seed));
    long optimum = world.optimum();
    if (optimum == Long.MAX_VALUE) {
      assertThat(world.arranged().stuck()).isNotEmpty();
      return;
    }
    Statistics.label("within a percent")
        .collect(above(world, optimum) <= NEAR)
        .coverage(share -> share.check(true).percentage(percent -> percent >= 96));
  }

  /** The same cases at each run, so that a worse search shows. */
  @Test
  void isWithinAPercentOfTheOptimumOnAverageAndNeverFarFromIt() {
    double[] above =
        LongStream.range(0, 200)
            .mapToObj(seed -> new SmallWorld(new Random(seed)))
            .mapToDouble(world -> above(world, world.optimum()))
            .toArray();
    assertThat(DoubleStream.of(above).max().orElseThrow()).isLessThanOrEqualTo(0.35);
    assertThat(DoubleStream.of(above).average().orElseThrow()).isLessThanOrEqualTo(0.002);
  }
}
