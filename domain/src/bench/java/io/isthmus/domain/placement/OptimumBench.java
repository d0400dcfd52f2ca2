package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How good plans are: made-up cases that are small enough to try every arrangement, against the best
 * one; and how long one of a thousand parts takes.
 */
public final class OptimumBench {

  private OptimumBench() {}

  /**
   * @param arguments how many small cases; how many plans of a thousand parts, the first half to
   *     warm up
   */
  public static void main(String[] arguments) {
    compare(Integer.parseInt(arguments[0]));
    time(Integer.parseInt(arguments[1]));
  }

  private static void compare(int cases) {
    List<Double> above = new ArrayList<>();
    int impossible = 0;
    int missed = 0;
    List<Long> worst = new ArrayList<>();
    double most = 0;
    for (long seed = 0; above.size() < cases; seed++) {
      SmallWorld world = new SmallWorld(new Random(seed));
      long optimum = world.optimum();
      Arranger.Result result = world.arranged();
      if (optimum == Long.MAX_VALUE) {
        impossible++;
        continue;
      }
      if (!result.stuck().isEmpty()) {
        missed++;
        above.add(Double.POSITIVE_INFINITY);
        continue;
      }
      long cost = world.cost(result.arrangement());
      double more = cost == optimum ? 0 : (double) (cost - optimum) / Math.max(1, optimum);
      above.add(more);
      if (more > 0.01) {
        worst.add(seed);
      }
      most = Math.max(most, more);
    }
    Collections.sort(above);
    System.out.printf(
        Locale.ROOT,
        "%d cases of up to 10 servers in up to 5 regions (%d more have no arrangement, and were"
            + " refused): %d not found, %.1f %% the optimum itself, %.1f %% within 1 %% of it, mean"
            + " %.3f %% above, p99 %.2f %%, worst %.2f %%%n",
        cases,
        impossible,
        missed,
        100.0 * above.stream().filter(m -> m == 0).count() / cases,
        100.0 * above.stream().filter(m -> m <= 0.01).count() / cases,
        100 * above.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
        100 * above.get((int) (cases * 0.99)),
        100 * most);
    System.out.println("beyond 1 %: seeds " + worst.subList(0, Math.min(20, worst.size())));
  }

  private static void time(int plans) {
    FederationSnapshot federation = DecisionsBench.federation();
    AddressPlan addresses = new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());
    PlacementPolicy policy = new PolicyParser().parse(DecisionsBench.POLICY);
    FakeGraph graph = FakeGraph.shop(990);
    Planner planner = new Planner();
    var threads = ManagementFactory.getThreadMXBean();
    List<Double> cpu = new ArrayList<>();
    List<Double> elapsed = new ArrayList<>();
    for (int i = 0; i < plans; i++) {
      long spent = threads.getCurrentThreadCpuTime();
      long began = System.nanoTime();
      if (planner.place(graph, policy, federation, addresses) instanceof Placement.Unplaced no) {
        throw new IllegalStateException("no place: " + no.reasons());
      }
      if (i >= plans / 2) {
        elapsed.add((System.nanoTime() - began) / 1e9);
        cpu.add((threads.getCurrentThreadCpuTime() - spent) / 1e9);
      }
    }
    Collections.sort(cpu);
    Collections.sort(elapsed);
    System.out.printf(
        Locale.ROOT,
        "1,000 parts over 100 regions and 300 zones: processor %.2f s (best %.2f, worst %.2f),"
            + " elapsed %.2f s (best %.2f, worst %.2f), of %d plans%n",
        cpu.get(cpu.size() / 2),
        cpu.get(0),
        cpu.get(cpu.size() - 1),
        elapsed.get(elapsed.size() / 2),
        elapsed.get(0),
        elapsed.get(elapsed.size() - 1),
        cpu.size());
  }
}
