package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.network.AddressPlan;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Planning 50 resources for each cloud of three regions, with six rules: one plan from the graph to
 * every part's place, address and reasons. The smaller federation shows what ten times of both
 * costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 2)
public class PlannerBenchmark {

  private static final int RESOURCES_PER_CLOUD = 50;
  private static final int SHARED_RESOURCES = 10;
  private static final List<String> COUNTRIES = List.of("FR", "DE", "CA", "AU");

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: web tier survives operators
          match: { names: ["web*"] }
          spread: [{ across: operator, max_skew: 1, min_domains: 2 }]
        - name: web tier uses many regions
          match: { names: ["web*"] }
          spread: [{ across: region, max_skew: 2, when_unsatisfiable: schedule_anyway }]
        - name: web tier uses both zones
          match: { names: ["web*"] }
          spread: [{ across: availability_zone, max_skew: 3, when_unsatisfiable: schedule_anyway }]
        - name: servers stay out of some clouds
          match: { types: ["OS::Nova::Server"] }
          clouds: { none_of: [c19] }
        - name: web tier stays free of US law
          match: { names: ["web*"] }
          residency: { operators_exposed_to: { none_of: [US] } }
        - name: database stays home
          match: { names: [db] }
          residency: { jurisdictions: [EU] }
      """;

  /** 100 resources over 6 regions, and 1,000 over 60. */
  @Param({"2", "20"})
  int clouds;

  private final AddressPlan addresses =
      new AddressPlan(List.of(Cidr.of("10.128.0.0/9")), List.of());
  private FakeGraph graph;
  private PlacementPolicy policy;
  private FederationSnapshot federation;

  /** Builds the input, and refuses to measure a plan that does not place everything. */
  @Setup
  public void prepare() {
    graph = FakeGraph.shop(clouds * RESOURCES_PER_CLOUD - SHARED_RESOURCES);
    policy = new PolicyParser().parse(POLICY);
    CloudBuilder[] members = new CloudBuilder[clouds];
    for (int c = 0; c < clouds; c++) {
      members[c] =
          new CloudBuilder("c" + c)
              .country(COUNTRIES.get(c % COUNTRIES.size()))
              .limit(LimitKind.INSTANCES, 100, c)
              .region("R1", "a", "b")
              .region("R2", "a", "b")
              .region("R3", "a", "b");
    }
    federation = Federations.of(members);
    Placement placement = plan();
    if (!(placement instanceof Placement.Placed)) {
      throw new IllegalStateException("the benchmark's resources were not placed: " + placement);
    }
  }

  /**
   * @return the plan, so that nothing of the work can be left out
   */
  @Benchmark
  public Placement plan() {
    return new Planner().place(graph, policy, federation, addresses);
  }
}
