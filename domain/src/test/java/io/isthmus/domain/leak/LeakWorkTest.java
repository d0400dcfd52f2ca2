package io.isthmus.domain.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Clouds compared with what is known, in memory. */
class LeakWorkTest {
  private static final CloudId GRA = SimulatedFederation.CLOUDS.get(0);
  private static final String VOLUME = "OS::Cinder::Volume";
  private static final String KEY_PAIR = "OS::Nova::KeyPair";

  private final SimulatedFederation federation = new SimulatedFederation();

  private StackId stack() {
    StackId stack = new StackId(UUID.randomUUID());
    federation.stacks.add(stack);
    return stack;
  }

  private static KnownPart part(
      Mark mark, String type, CloudId cloud, Goal goal, StackStatus status, Optional<String> id) {
    return new KnownPart(
        mark,
        SimulatedFederation.PROJECT,
        "shop",
        type,
        cloud,
        SimulatedFederation.REGION,
        goal,
        status,
        false,
        id);
  }

  private static Optional<String> carried(String type, Mark mark) {
    return Optional.of(SimulatedFederation.text(type, mark));
  }

  private static Set<String> ids(LeakCheck check, Finding.Kind kind) {
    return check.findings().stream()
        .filter(finding -> finding.kind() == kind)
        .map(Finding::physicalId)
        .collect(Collectors.toSet());
  }

  /** Random parts in every state, things that belong to them or do not, and look-alikes. */
  @Property(tries = 300)
  void findsExactlyWhatIsLeakedAndMissing(@ForAll Random random) {
    SimulatedFederation house = new SimulatedFederation();
    Set<String> leaked = new HashSet<>();
    Set<String> missing = new HashSet<>();
    Set<String> unknown = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      StackId stack = new StackId(UUID.randomUUID());
      house.stacks.add(stack);
      for (int j = 0; j < 5; j++) {
        CloudId cloud = SimulatedFederation.CLOUDS.get(random.nextInt(2));
        String type = List.of(Knowledge.SERVER, VOLUME, KEY_PAIR).get(random.nextInt(3));
        Mark mark = new Mark(stack, "r" + j, 1 + random.nextInt(3));
        Optional<String> text = carried(type, mark);
        switch (random.nextInt(9)) {
          case 0 -> {
            String id = house.put(cloud, type, text, Optional.empty());
            house.parts.add(
                part(mark, type, cloud, Goal.PRESENT, StackStatus.CREATED, Optional.of(id)));
            if (random.nextBoolean()) {
              // Volumes can have been restored from a backup.
              (type.equals(VOLUME) ? unknown : leaked)
                  .add(house.put(cloud, type, text, Optional.empty()));
            }
          }
          case 1 -> {
            house.put(cloud, type, text, Optional.empty());
            house.parts.add(
                part(mark, type, cloud, Goal.PRESENT, StackStatus.CREATING, Optional.empty()));
          }
          case 2 -> {
            String id = house.put(cloud, type, text, Optional.empty());
            boolean same = random.nextBoolean();
            (type.equals(VOLUME) && !same ? unknown : leaked).add(id);
            house.parts.add(
                part(
                    mark,
                    type,
                    cloud,
                    Goal.ABSENT,
                    StackStatus.DELETED,
                    Optional.of(same ? id : "old")));
          }
          case 3 -> {
            String id = house.put(cloud, type, text, Optional.empty());
            house.parts.add(
                part(mark, type, cloud, Goal.RETAINED, StackStatus.CREATED, Optional.of(id)));
          }
          case 4 -> {
            String id = UUID.randomUUID().toString();
            missing.add(id);
            house.parts.add(
                part(mark, type, cloud, Goal.PRESENT, StackStatus.UPDATED, Optional.of(id)));
          }
          case 5 -> {
            String id = house.put(cloud, type, text, Optional.empty());
            house.parts.add(
                part(mark, type, cloud, Goal.ABSENT, StackStatus.DELETING, Optional.of(id)));
          }
          case 6 -> {
            // Its mark was taken off: it is there all the same.
            String id = house.put(cloud, type, Optional.empty(), Optional.empty());
            house.parts.add(
                part(mark, type, cloud, Goal.PRESENT, StackStatus.CREATED, Optional.of(id)));
          }
          case 7 -> {
            house.put(cloud, type, Optional.empty(), Optional.empty());
            Mark foreign = new Mark(new StackId(UUID.randomUUID()), "r" + j, 1);
            String id = house.put(cloud, type, carried(type, foreign), Optional.empty());
            if (!type.equals(KEY_PAIR)) {
              unknown.add(id);
            }
          }
          default -> {
            if (!type.equals(KEY_PAIR)) {
              leaked.add(house.put(cloud, type, text, Optional.empty()));
            }
          }
        }
      }
    }

    LeakCheck check = house.check();

    assertThat(ids(check, Finding.Kind.LEAKED)).isEqualTo(leaked);
    assertThat(ids(check, Finding.Kind.MISSING)).isEqualTo(missing);
    assertThat(ids(check, Finding.Kind.UNKNOWN)).isEqualTo(unknown);
    assertThat(check.unseen()).isEmpty();
    assertThat(new HashSet<>(check.findings())).hasSameSizeAs(check.findings());

    Set<String> chosen =
        check.findings().stream()
            .filter(finding -> finding.kind() == Finding.Kind.LEAKED)
            .map(Finding::id)
            .collect(Collectors.toSet());
    if (!chosen.isEmpty()) {
      LeakCheck repaired = house.repair(check, chosen);
      assertThat(house.removed).containsExactlyInAnyOrderElementsOf(leaked);
      assertThat(repaired.open(Finding.Kind.LEAKED)).isZero();
      assertThat(ids(house.check(), Finding.Kind.LEAKED)).isEmpty();
    }
  }

  @Test
  void takesNothingForLeakedThatIsMadeOrRemovedWhileItLooks() {
    StackId stack = stack();
    Mark made = new Mark(stack, "made", 1);
    Mark going = new Mark(stack, "going", 1);
    String gone = federation.put(GRA, VOLUME, carried(VOLUME, going), Optional.empty());
    String fresh = federation.put(GRA, VOLUME, carried(VOLUME, made), Optional.empty());
    federation.meanwhile =
        () -> {
          federation.there.get(GRA).remove(gone);
          federation.parts.add(
              part(made, VOLUME, GRA, Goal.PRESENT, StackStatus.CREATED, Optional.of(fresh)));
        };

    assertThat(federation.check().result()).isEqualTo(LeakCheck.Result.CLEAN);
  }

  @Test
  void tellsPortsThatAServerUsesFromTheirDoubles() {
    StackId stack = stack();
    Mark server = new Mark(stack, "web/0", 2);
    String id =
        federation.put(GRA, Knowledge.SERVER, carried(Knowledge.SERVER, server), Optional.empty());
    federation.parts.add(
        part(server, Knowledge.SERVER, GRA, Goal.PRESENT, StackStatus.CREATED, Optional.of(id)));
    Optional<String> port = carried(Knowledge.PORT, new Mark(stack, "web/0#port-0", 2));
    federation.put(GRA, Knowledge.PORT, port, Optional.of(id));
    String unused = federation.put(GRA, Knowledge.PORT, port, Optional.empty());
    Optional<String> detached = carried(Knowledge.PORT, new Mark(stack, "web/0#port-1", 2));
    federation.put(GRA, Knowledge.PORT, detached, Optional.empty());

    assertThat(federation.check().findings())
        .extracting(Finding::physicalId)
        .containsExactly(unused);
  }

  /**
   * Whatever carries its mark: what was known, doubles, what came late, ports, and in any place.
   */
  @Test
  void namesNothingOfWhatWasAbandoned() {
    StackId stack = stack();
    federation.abandoned.add(stack);
    for (String type : List.of(Knowledge.SERVER, VOLUME, Knowledge.PORT, KEY_PAIR)) {
      Mark mark = new Mark(stack, "r", 1);
      String known = federation.put(GRA, type, carried(type, mark), Optional.empty());
      federation.parts.add(
          part(mark, type, GRA, Goal.RETAINED, StackStatus.DELETED, Optional.of(known)));
      federation.put(GRA, type, carried(type, mark), Optional.empty());
      federation.put(
          SimulatedFederation.CLOUDS.get(1), type, carried(type, mark), Optional.empty());
    }
    for (String type : List.of(Knowledge.SERVER, VOLUME, Knowledge.PORT)) {
      federation.put(GRA, type, carried(type, new Mark(stack, "never-known", 7)), Optional.empty());
    }
    assertThat(federation.check().findings()).isEmpty();
  }

  @Test
  void saysWhatItCouldNotLookAt() {
    federation.dark.add(GRA);
    Mark mark = new Mark(stack(), "data", 1);
    federation.parts.add(
        part(mark, VOLUME, GRA, Goal.PRESENT, StackStatus.CREATED, Optional.of("v")));

    LeakCheck check = federation.check();

    assertThat(check.findings()).isEmpty();
    assertThat(check.unseen()).isNotEmpty().allMatch(one -> one.cloud().equals(GRA));
    assertThat(check.result()).isEqualTo(LeakCheck.Result.INCOMPLETE);
  }

  @Test
  void removesWhatIsInUseAfterWhatUsesIt() {
    StackId stack = stack();
    String server =
        federation.put(
            GRA,
            Knowledge.SERVER,
            carried(Knowledge.SERVER, new Mark(stack, "web", 1)),
            Optional.empty());
    String port =
        federation.put(
            GRA,
            Knowledge.PORT,
            carried(Knowledge.PORT, new Mark(stack, "web#port-0", 1)),
            Optional.of(server));
    LeakCheck check = federation.check();

    LeakCheck repaired = federation.repair(check, all(check));

    assertThat(federation.removed).containsExactly(server, port);
    assertThat(federation.told)
        .filteredOn(told -> told.state() == LeakCheck.State.REPAIRING)
        .as("before each")
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(repaired.result()).isEqualTo(LeakCheck.Result.REPAIRED);
    assertThat(federation.audited)
        .extracting(AuditRecord::action, record -> record.target().id(), AuditRecord::outcome)
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                "delete/leak", server, AuditRecord.Outcome.SUCCESS));
  }

  private static Set<String> all(LeakCheck check) {
    return check.findings().stream().map(Finding::id).collect(Collectors.toSet());
  }

  @Test
  void leavesAloneWhatIsKnownOrMarkedOtherwiseByThen() {
    StackId stack = stack();
    Mark known = new Mark(stack, "known", 1);
    String one = federation.put(GRA, VOLUME, carried(VOLUME, known), Optional.empty());
    String two =
        federation.put(GRA, VOLUME, carried(VOLUME, new Mark(stack, "x", 1)), Optional.empty());
    LeakCheck check = federation.check();
    federation.parts.add(
        part(known, VOLUME, GRA, Goal.PRESENT, StackStatus.CREATED, Optional.of(one)));
    federation
        .there
        .get(GRA)
        .put(
            two,
            new MarkedThing(
                VOLUME, two, "web", Optional.empty(), Optional.empty(), false, Optional.empty()));

    LeakCheck repaired = federation.repair(check, all(check));

    assertThat(federation.removed).isEmpty();
    assertThat(federation.audited).isEmpty();
    assertThat(repaired.findings())
        .extracting(Finding::repair)
        .containsOnly(Finding.Repair.NOT_NEEDED);
  }

  @Test
  void doesNotTouchTheStackThatIsBeingWorkedOn() {
    StackId stack = stack();
    federation.put(GRA, VOLUME, carried(VOLUME, new Mark(stack, "x", 1)), Optional.empty());
    LeakCheck check = federation.check();
    federation.busy.add(stack);

    LeakCheck repaired = federation.repair(check, all(check));

    assertThat(federation.removed).isEmpty();
    assertThat(repaired.findings())
        .extracting(Finding::repair)
        .containsExactly(Finding.Repair.FAILED);
    assertThat(repaired.result()).isEqualTo(LeakCheck.Result.FOUND);
  }

  @Test
  void letsOnlyWhatIsLeakedBeChosen() {
    federation.put(
        GRA,
        VOLUME,
        carried(VOLUME, new Mark(new StackId(UUID.randomUUID()), "x", 1)),
        Optional.empty());
    LeakCheck check = federation.check();

    assertThat(ids(check, Finding.Kind.UNKNOWN)).hasSize(1);
    List<Set<String>> wrong = new ArrayList<>(List.of(Set.of(), Set.of("no-such")));
    wrong.add(all(check));
    for (Set<String> chosen : wrong) {
      assertThatThrownBy(() -> LeakChecks.choose(check, chosen))
          .isInstanceOf(FederationFault.class);
    }
  }
}
