package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decisions a second over 700,800 cores: 7,300 hosts of 96 cores in 20 clouds of five regions with
 * three zones, as clouds tell them: what is left by region, and in which zones it is. A decision is
 * one plan from the graph to place, address, wiring and reasons, with every place examined and the
 * reason kept for each that is not taken.
 */
public final class DecisionsBench {

  static final int CLOUDS = 20;
  static final int REGIONS = 5;
  static final int HOSTS_PER_REGION = 73;
  static final int CORES_PER_HOST = 96;
  private static final int GIB_PER_HOST = 384;
  private static final List<String> COUNTRIES = List.of("FR", "DE", "CA", "AU");
  private static final double[][] TOWNS = {{48.9, 2.4}, {50.1, 8.7}, {45.5, -73.6}, {-33.9, 151.2}};

  /** Policies use all that rules can say. */
  static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: web tier survives operators
          match: { names: ["web*"] }
          spread: [{ across: operator, max_skew: 1, min_domains: 2 }]
        - name: web tier uses both zones
          match: { names: ["web*"] }
          spread: [{ across: availability_zone, max_skew: 1, when_unsatisfiable: schedule_anyway }]
        - name: servers stay out of some clouds
          match: { types: ["OS::Nova::Server"] }
          clouds: { none_of: [c19] }
        - name: servers stay free of US law
          match: { types: ["OS::Nova::Server"] }
          residency: { operators_exposed_to: { none_of: [US] } }
        - name: database stays home
          match: { names: [db] }
          residency: { jurisdictions: [EU] }
          require: { certifications: [HDS] }
        - name: web near its database
          affinity: { of: ["web*"], to: [db], max_latency_ms: 60 }
      prefer: { cost: 3, latency_from: { FR: 2, DE: 1 }, headroom: 1 }
      """;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private DecisionsBench() {}

  /** What one thread measured: nanoseconds of each decision, by the clock and of the processor. */
  private record Measured(long[] elapsed, long[] cpu) {}

  /**
   * @param arguments decisions of each thread to warm up, and to measure; threads
   */
  public static void main(String[] arguments) throws Exception {
    int warmUp = Integer.parseInt(arguments[0]);
    int decisions = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    FederationSnapshot federation = federation();
    PlacementPolicy policy = new PolicyParser().parse(POLICY);
    System.out.printf(
        Locale.ROOT,
        "%d clouds, %d regions, %d zones, %,d cores; %d rules; %d threads%n",
        CLOUDS,
        CLOUDS * REGIONS,
        CLOUDS * REGIONS * 3,
        CLOUDS * REGIONS * HOSTS_PER_REGION * CORES_PER_HOST,
        policy.rules().size(),
        threads);
    measure("one server", oneServer(), policy, federation, threads, warmUp, decisions);
    measure("shop of 12 resources", FakeGraph.shop(2), policy, federation, threads, warmUp, decisions);
  }

  private static FakeGraph oneServer() {
    return new FakeGraph()
        .add("web", "OS::Nova::Server", "{'flavor':'m1.large','image':'debian-12'}");
  }

  static FederationSnapshot federation() {
    CloudBuilder[] members = new CloudBuilder[CLOUDS];
    for (int c = 0; c < CLOUDS; c++) {
      long cores = (long) HOSTS_PER_REGION * CORES_PER_HOST;
      long memory = (long) HOSTS_PER_REGION * GIB_PER_HOST * 1024;
      CloudBuilder member =
          new CloudBuilder("c" + c)
              .country(COUNTRIES.get(c % COUNTRIES.size()))
              .at(TOWNS[c % 4][0], TOWNS[c % 4][1])
              .price("EUR", String.format(Locale.ROOT, "0.%02d", 10 + c), "0.05")
              .reserved(LimitKind.VCPUS, cores, cores / 3 + 31L * c, 40L + c)
              .reserved(LimitKind.RAM_MIB, memory, memory / 3 + 1000L * c, 80_000L + c)
              .reserved(LimitKind.INSTANCES, cores, cores / 5 + 17L * c, 20L)
              .limit(LimitKind.PORTS, 20_000, 3000)
              .limit(LimitKind.VOLUMES, 5000, 700)
              .limit(LimitKind.VOLUME_GIB, 1_000_000, 200_000);
      if (c % 5 == 4) {
        member.exposedTo("US");
      }
      if (c % 2 == 0) {
        member.certified("HDS", "2099-12-31");
      }
      for (int r = 0; r < REGIONS; r++) {
        member.region("C" + c + "-R" + r, "a", "b", "c");
      }
      members[c] = member;
    }
    FederationSnapshot told = Federations.of(members);
    return new FederationSnapshot(
        told.takenAt(),
        told.clouds(),
        told.equivalences(),
        List.of(
            new Allowance(
                Allowance.Of.TENANT,
                new Extent.Everywhere(),
                Map.of(LimitKind.VCPUS, new Limit(100_000, 40_000))),
            new Allowance(
                Allowance.Of.PROJECT,
                new Extent.OfJurisdiction("EU"),
                Map.of(LimitKind.INSTANCES, new Limit(20_000, 3000)))));
  }

  private static void measure(
      String what,
      FakeGraph graph,
      PlacementPolicy policy,
      FederationSnapshot federation,
      int threads,
      int warmUp,
      int decisions)
      throws Exception {
    AddressPlan addresses = new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());
    Planner planner = new Planner();
    Callable<Placement> decision =
        () -> planner.place(graph, policy, federation, addresses);
    if (!(decision.call() instanceof Placement.Placed placed)) {
      throw new IllegalStateException(what + " has no place: " + decision.call());
    }
    long reasons =
        placed.decisions().stream()
            .mapToLong(each -> each.why().size() + each.notChosen().size())
            .sum();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    run(pool, decision, threads, warmUp);
    long began = System.nanoTime();
    List<Measured> all = run(pool, decision, threads, decisions);
    double took = (System.nanoTime() - began) / 1e9;
    pool.shutdown();
    long[] elapsed = all.stream().flatMapToLong(m -> Arrays.stream(m.elapsed())).sorted().toArray();
    long[] cpu = all.stream().flatMapToLong(m -> Arrays.stream(m.cpu())).sorted().toArray();
    double cpuSeconds = Arrays.stream(cpu).sum() / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-22s %,7.0f decisions/s elapsed (p50 %.2f ms, p99 %.2f ms); processor %.3f ms each"
            + " (p50 %.2f, p99 %.2f): %,.0f/s on %d cores of its own; %d reasons each%n",
        what,
        elapsed.length / took,
        at(elapsed, 0.5),
        at(elapsed, 0.99),
        cpuSeconds * 1000 / cpu.length,
        at(cpu, 0.5),
        at(cpu, 0.99),
        threads * cpu.length / cpuSeconds,
        threads,
        reasons);
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
  }

  private static List<Measured> run(
      ExecutorService pool, Callable<Placement> decision, int threads, int count)
      throws Exception {
    List<Future<Measured>> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      running.add(pool.submit(() -> decide(decision, count)));
    }
    List<Measured> all = new ArrayList<>();
    for (Future<Measured> each : running) {
      all.add(each.get());
    }
    return all;
  }

  private static Measured decide(Callable<Placement> decision, int count) throws Exception {
    long[] elapsed = new long[count];
    long[] cpu = new long[count];
    for (int i = 0; i < count; i++) {
      long spent = THREADS.getCurrentThreadCpuTime();
      long began = System.nanoTime();
      if (decision.call() instanceof Placement.Unplaced) {
        throw new IllegalStateException("not the same plan");
      }
      elapsed[i] = System.nanoTime() - began;
      cpu[i] = THREADS.getCurrentThreadCpuTime() - spent;
    }
    return new Measured(elapsed, cpu);
  }
}
