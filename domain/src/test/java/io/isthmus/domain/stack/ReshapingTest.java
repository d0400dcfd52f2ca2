package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.PartChange.Kind;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.engine.TestStacks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is done at once when a cloud is given up, and what waits until all is there. */
class ReshapingTest {

  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
  private static final String RULE = "OS::Neutron::SecurityGroupRule";

  private static Map<PartId, StackPart> replaced(String type, Set<CloudId> lost) {
    TestStacks before =
        new TestStacks().add("web", TestStacks.SERVER, "gra").add("way", type, "bhs", "web");
    TestStacks after =
        new TestStacks().add("web", TestStacks.SERVER, "syd").add("way", type, "bhs", "web");
    List<StackPart> parts =
        before.parts(NOW).stream()
            .map(part -> part.with(part.state().in(StackStatus.CREATED, StackHealth.HEALTHY, NOW)))
            .toList();
    PartId way = new PartId("way", new CloudId("bhs"), "R1");
    StackUpdate update =
        new StackUpdate(
            after.planned(),
            List.of(new PartChange(way, Kind.REPLACED, List.of("remote_ip_prefix"), true)),
            List.of(),
            lost);
    return Reshaping.update(update, parts, after.graph(), NOW).stream()
        .filter(part -> part.key().generation() == 1)
        .collect(Collectors.toMap(StackPart::id, Function.identity()));
  }

  @Test
  void whatLetsALostCloudInGoesBeforeItsSuccessorIsKnown() {
    PartId way = new PartId("way", new CloudId("bhs"), "R1");
    PartId web = new PartId("web", new CloudId("gra"), "R1");
    for (String type : List.of(RULE, "OS::Octavia::PoolMember")) {
      Map<PartId, StackPart> fenced = replaced(type, Set.of(new CloudId("gra")));
      assertThat(fenced.get(way).goal()).as(type).isEqualTo(Goal.ABSENT);
      assertThat(fenced.get(web).goal()).as(type).isEqualTo(Goal.REPLACED);
    }
  }

  @Test
  void elsewhereAndForAllElseTheSuccessorComesFirst() {
    PartId way = new PartId("way", new CloudId("bhs"), "R1");
    assertThat(replaced(RULE, Set.of()).get(way).goal()).isEqualTo(Goal.OUTGOING);
    assertThat(replaced("OS::Neutron::Port", Set.of(new CloudId("gra"))).get(way).goal())
        .isEqualTo(Goal.OUTGOING);
  }
}
