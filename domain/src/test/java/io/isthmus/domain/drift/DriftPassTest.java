package io.isthmus.domain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackDrift;
import io.isthmus.domain.stack.StackServices;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was changed behind our back is kept and told once; all else costs nothing. */
class DriftPassTest {

  private static final Caller ALICE = new Caller("a", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b", "bob", Set.of("globex"), Set.of());
  private static final String SMALL = "{\"size\": \"small\"}";
  private static final String LARGE = "{\"size\": \"large\"}";

  private final TestDatabase database = TestDatabase.create();
  private final TenantService tenants =
      TenantStores.withProjects(database, TestStacks.PROJECT, ProjectId.parse("globex/demo"));
  private final DriftHouse house = new DriftHouse(database);
  private final Drifts drifts =
      new Drifts(
          StackServices.reading(house.transactions.inOneTransaction(), tenants),
          house.transactions.inOneTransaction(),
          house.drifts,
          house.mirror,
          house.comparison);

  @AfterEach
  void close() {
    database.close();
  }

  private DriftReport report(Stack stack) {
    return house.inTransaction(() -> drifts.of(stack.id(), ALICE));
  }

  private StackDrift counted(Stack stack) {
    return house.stacks.drifts(List.of(stack.id())).get(stack.id());
  }

  @Test
  void whatIsAsItWasGivenLeavesNoTrace() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    house.tells("mine", stack.id(), "server-shop", SMALL);
    long version = house.stacks.find(stack.id()).orElseThrow().version();

    assertThat(house.run()).isOne();
    assertThat(house.run()).as("nothing has changed since").isZero();

    assertThat(house.count("part_drift")).isZero();
    assertThat(house.story(stack)).isEmpty();
    assertThat(house.stacks.find(stack.id()).orElseThrow().version()).isEqualTo(version);
    assertThat(counted(stack)).isEqualTo(StackDrift.NONE);
    assertThat(report(stack).parts()).isEmpty();
    assertThat(report(stack).comparable()).isOne();
    assertThat(report(stack).comparedAt()).isPresent();
  }

  @Test
  void whatWasTakenOverKeepsTheNameThatItCameWith() {
    String named = "{\"size\": \"small\", \"named\": 1}";
    Stack made = house.stack("shop", SMALL);
    Stack adopted = house.stack("old", SMALL);
    house.database.execute(
        "update stack_part set status = 'ADOPT_COMPLETE' where stack = '%s'"
            .formatted(adopted.id()));
    house.database.execute(
        "update stack_part set came_as = 'web' where stack = '%s'".formatted(adopted.id()));
    house.list("mine", DriftHouse.READ);
    house.tells("mine", made.id(), "server-shop", named);
    house.tells("mine", adopted.id(), "server-old", named);
    house.run();
    assertThat(report(made).parts()).as("made with another name").hasSize(1);
    assertThat(report(adopted).parts()).isEmpty();

    house.database.execute(
        "update stack_part set status = 'UPDATE_COMPLETE' where stack = '%s';"
                .formatted(adopted.id())
            + " update mirror_item set name = 'renamed' where id = 'server-old'");
    house.tells("mine", adopted.id(), "server-old", "{\"size\": \"small\", \"named\": 2}");
    house.run();
    assertThat(report(adopted).parts().get(0).properties())
        .extracting(Drifted::drift)
        .containsExactly(PropertyDrift.changed("name", "web", "renamed"));
  }

  @Test
  void whatDiffersIsToldOnceAndIsGoneWhenItIsRightAgain() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    house.tells("mine", stack.id(), "server-shop", SMALL);
    house.run();
    house.tells("mine", stack.id(), "server-shop", LARGE);
    assertThat(house.run()).isOne();

    assertThat(house.story(stack))
        .containsExactly(
            "Changed behind our back: Server web in gra / R1: size is large instead of small.");
    assertThat(counted(stack)).isEqualTo(new StackDrift(DriftChoice.REPLACE_VANISHED, 1, 0));
    PartDrift part = report(stack).parts().get(0);
    assertThat(part.vanished()).isFalse();
    assertThat(part.properties())
        .extracting(Drifted::drift)
        .containsExactly(PropertyDrift.changed("size", "small", "large"));

    house.tells("mine", stack.id(), "server-shop", "{\"size\": \"large\", \"other\": 1}");
    house.run();
    assertThat(house.story(stack)).as("known already").hasSize(1);
    assertThat(report(stack).parts().get(0).since()).isEqualTo(part.since());

    house.tells("mine", stack.id(), "server-shop", SMALL);
    house.run();
    assertThat(house.count("part_drift")).isZero();
    assertThat(house.story(stack).get(1))
        .isEqualTo("Server web in gra / R1 is again as it was given.");
    assertThat(counted(stack).parts()).isZero();
  }

  @Test
  void whatIsWorkedOnIsNotToldAsIfItWereRight() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    house.tells("mine", stack.id(), "server-shop", LARGE);
    house.run();
    database.execute("update stack_part set status = 'UPDATE_IN_PROGRESS'");

    assertThat(report(stack).comparable()).isOne();
    assertThat(report(stack).parts())
        .extracting(PartDrift::untold)
        .containsExactly(Optional.of(Untold.NOT_COMPLETE));
  }

  @Test
  void whatTheCloudChoseHasToStay() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    house.tells(
        "mine", stack.id(), "server-shop", "{\"size\": \"small\", \"address\": \"10.0.0.4\"}");
    house.run();
    assertThat(counted(stack).parts()).isZero();
    house.tells(
        "mine", stack.id(), "server-shop", "{\"size\": \"small\", \"address\": \"10.0.0.9\"}");
    house.run();
    assertThat(house.story(stack))
        .containsExactly(
            "Changed behind our back: Server web in gra / R1: address is 10.0.0.9 instead of"
                + " 10.0.0.4.");
  }

  @Test
  void namesAloneTellNothingAndWhatWasKnownBeforeGoes() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    house.tells("mine", stack.id(), "server-shop", LARGE);
    house.run();
    assertThat(counted(stack).parts()).isOne();

    database.execute(
        "update mirror_list set kept = 'NAMES', changed_at = clock_timestamp();"
            + " update mirror_item set details = null, digest = ''");
    assertThat(report(stack).parts().get(0).properties()).as("at once").isEmpty();
    house.run();

    assertThat(house.count("part_drift")).isZero();
    assertThat(house.count("part_choice")).isZero();
    assertThat(counted(stack)).isEqualTo(new StackDrift(DriftChoice.REPLACE_VANISHED, 0, 1));
    assertThat(report(stack).parts())
        .extracting(PartDrift::untold)
        .containsExactly(Optional.of(Untold.NAMES_ONLY));
  }

  @Test
  void whatWasNotReadSinceItWasMadeIsNotJudged() {
    Stack stack = house.stack("shop", SMALL);
    assertThat(counted(stack).untold()).as("never compared").isOne();
    house.list("mine", "2026-11-24T23:59:59Z");
    house.tells("mine", stack.id(), "server-shop", LARGE);
    house.run();
    assertThat(house.count("part_drift")).isZero();
    assertThat(report(stack).parts())
        .extracting(PartDrift::untold)
        .containsExactly(Optional.of(Untold.NOT_READ));
    assertThat(house.inTransaction(house.drifts::waiting)).containsExactly(stack.id());

    database.execute("update mirror_list set read_at = '%s'".formatted(DriftHouse.READ));
    house.inTransaction(
        () -> {
          house.comparison.compare(stack.id());
          return null;
        });
    assertThat(counted(stack)).isEqualTo(new StackDrift(DriftChoice.REPLACE_VANISHED, 1, 0));
    assertThat(house.inTransaction(house.drifts::waiting)).isEmpty();
  }

  @Test
  void whatTheMirrorCutIsToldToBeUnknown() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    house.tells("mine", stack.id(), "server-shop", "{\"size\": \"small\", \"truncated\": true}");
    house.run();
    assertThat(counted(stack)).isEqualTo(new StackDrift(DriftChoice.REPLACE_VANISHED, 0, 1));
    PartDrift part = report(stack).parts().get(0);
    assertThat(part.untold()).contains(Untold.INCOMPLETE);
    assertThat(part.hasDrifted()).isFalse();
    assertThat(house.story(stack)).isEmpty();
  }

  @Test
  void anothersAccountAndAnothersMarkSayNothing() {
    Stack stack = house.stack("shop", SMALL);
    house.leads("globex/demo", "theirs");
    house.list("theirs", DriftHouse.READ);
    house.list("mine", DriftHouse.READ);
    house.tells("theirs", stack.id(), "server-shop", LARGE);
    house.tells("mine", stack.id(), "server-other", LARGE);
    house.tells("mine", stack.id(), "server-shop", SMALL);
    house.run();
    assertThat(house.count("part_drift")).isZero();
    assertThat(house.story(stack)).isEmpty();
    assertThat(
            catchThrowableOfType(
                    FederationFault.class,
                    () -> house.inTransaction(() -> drifts.of(stack.id(), BOB)))
                .code())
        .isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void hiddenValuesAreNeverKeptNorTold() {
    house.made.hiding("hunter2-secret");
    Stack stack = house.stack("shop", "{\"size\": \"hunter2-secret\"}");
    house.list("mine", DriftHouse.READ);
    house.tells("mine", stack.id(), "server-shop", LARGE);
    house.run();
    assertThat(house.story(stack).get(0)).contains("size is large").doesNotContain("hunter2");
    assertThat(house.count("part_drift where properties::text like '%hunter2%'")).isZero();
    assertThat(report(stack).parts().get(0).properties().toString()).doesNotContain("hunter2");
  }

  @Test
  void whatVanishedIsToldAndWhatIsLeftOfAStackGoesWithIt() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    house.tells("mine", stack.id(), "server-shop", LARGE);
    house.run();
    database.execute(
        "delete from mirror_item; update stack_part set health = '{\"state\": \"LOST\","
            + " \"reasons\": []}', missing_since = now()");
    assertThat(counted(stack).parts()).isOne();
    PartDrift part = report(stack).parts().get(0);
    assertThat(part.vanished()).isTrue();
    assertThat(part.properties()).isEmpty();

    database.execute("update stack set status = 'DELETE_IN_PROGRESS'");
    assertThat(counted(stack)).isEqualTo(StackDrift.NONE);
    database.execute("update stack set status = 'DELETE_COMPLETE'");
    house.inTransaction(
        () -> {
          house.comparison.compare(stack.id());
          return null;
        });
    assertThat(house.count("stack_comparison")).isZero();
    assertThat(house.count("part_drift")).isZero();
  }

  @Test
  void whatWasUpdatedInPlaceIsJudgedByWhatItWasGivenThen() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    house.tells("mine", stack.id(), "server-shop", SMALL);
    house.run();
    house.updated(stack, LARGE, Instant.parse("2026-11-25T00:02:00Z"));
    house.tells("mine", stack.id(), "server-shop", "{\"size\": \"small\", \"other\": 1}");
    assertThat(house.run()).isOne();
    assertThat(counted(stack))
        .as("the list is older than the update")
        .isEqualTo(new StackDrift(DriftChoice.REPLACE_VANISHED, 0, 1));
    assertThat(report(stack).parts())
        .extracting(PartDrift::untold)
        .containsExactly(Optional.of(Untold.NOT_READ));

    house.read(Instant.parse("2026-11-25T00:03:00Z"));
    house.tells("mine", stack.id(), "server-shop", LARGE);
    assertThat(house.run()).isOne();
    assertThat(counted(stack)).isEqualTo(StackDrift.NONE);
    assertThat(report(stack).parts()).isEmpty();
    assertThat(report(stack).comparable()).isOne();
    assertThat(house.story(stack)).isEmpty();

    house.tells("mine", stack.id(), "server-shop", SMALL);
    assertThat(house.run()).isOne();
    assertThat(counted(stack).parts()).isOne();
    assertThat(report(stack).parts().get(0).properties())
        .extracting(Drifted::drift)
        .containsExactly(PropertyDrift.changed("size", "large", "small"));
    assertThat(house.story(stack))
        .containsExactly(
            "Changed behind our back: Server web in gra / R1: size is small instead of large.");
  }

  @Test
  void whatWasFoundBeforeAnUpdateIsNotToldOfWhatCameOfIt() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    house.tells("mine", stack.id(), "server-shop", LARGE);
    house.run();
    assertThat(counted(stack).parts()).isOne();

    Instant updated = Instant.now().truncatedTo(ChronoUnit.MICROS);
    house.updated(stack, LARGE, updated);
    assertThat(counted(stack).parts()).as("at once").isZero();
    assertThat(report(stack).parts()).allMatch(part -> part.properties().isEmpty());
    house.tells("mine", stack.id(), "server-shop", "{\"size\": \"large\", \"other\": 1}");
    house.run();
    assertThat(house.count("part_drift")).as("not read since").isZero();

    house.read(updated.plusSeconds(1));
    house.tells("mine", stack.id(), "server-shop", LARGE);
    house.run();
    assertThat(counted(stack)).isEqualTo(StackDrift.NONE);
  }

  @Test
  void whatAnUpdateDoesNotRightIsFoundAnew() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    house.tells("mine", stack.id(), "server-shop", LARGE);
    house.run();
    Instant updated = Instant.now().truncatedTo(ChronoUnit.MICROS);
    house.updated(stack, SMALL, updated);
    house.read(updated.plusSeconds(1));
    house.tells("mine", stack.id(), "server-shop", "{\"size\": \"large\", \"other\": 1}");
    house.run();
    assertThat(counted(stack).parts()).isOne();
    assertThat(report(stack).parts().get(0).since().orElseThrow()).isAfterOrEqualTo(updated);
  }

  @Test
  void whatIsAtWorkIsNotCompared() {
    Stack stack = house.stack("shop", SMALL);
    house.list("mine", DriftHouse.READ);
    for (String status : List.of("CREATE", "UPDATE", "ROLLBACK")) {
      house.status(stack, status + "_IN_PROGRESS");
      house.tells("mine", stack.id(), "server-shop", LARGE);
      house.run();
      assertThat(house.inTransaction(house.drifts::all)).as(status).isEmpty();
      assertThat(house.count("part_drift") + house.count("stack_comparison")).isZero();
    }
    for (String status : List.of("UPDATE", "ROLLBACK")) {
      house.status(stack, status + "_COMPLETE");
      house.tells("mine", stack.id(), "server-shop", LARGE);
      house.run();
      assertThat(counted(stack).parts()).as(status).isOne();
      house.tells("mine", stack.id(), "server-shop", SMALL);
      house.run();
      assertThat(counted(stack).parts()).as(status).isZero();
    }
  }

  @Test
  void theChoiceIsKeptAndToldInTheStory() {
    Stack stack = house.stack("shop", SMALL);
    assertThat(house.stacks.onDrift(stack.id())).isEqualTo(DriftChoice.REPLACE_VANISHED);
    for (int i = 0; i < 2; i++) {
      house.stacks.chooseOnDrift(
          stack.id(),
          OptionalLong.empty(),
          DriftChoice.REPORT,
          Phrase.of("stack.drift-told", "shop", "alice"),
          DriftHouse.MADE);
    }
    assertThat(house.stacks.onDrift(stack.id())).isEqualTo(DriftChoice.REPORT);
    assertThat(house.story(stack)).as("once").hasSize(1);
    assertThat(counted(stack).choice()).isEqualTo(DriftChoice.REPORT);
  }

  @Test
  void kindsAreWhatTheComparisonsSay() {
    assertThat(house.comparison.kinds().keySet()).isEqualTo(Set.of(TestStacks.SERVER));
    assertThat(Map.copyOf(house.comparison.kinds())).hasSize(1);
  }
}
