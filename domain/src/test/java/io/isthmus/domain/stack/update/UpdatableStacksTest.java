package io.isthmus.domain.stack.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlannedUpdate;
import io.isthmus.domain.placement.StandingStack;
import io.isthmus.domain.placement.StandingStacks;
import io.isthmus.domain.stack.InMemoryStackStore;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdatableStacksTest {

  private static final UUID ID = new UUID(5, 5);
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-2", "bob", Set.of("globex"), Set.of());
  private static final String ONE =
      "  x: {type: OS::Nova::Server, properties: {flavor: a, image: i}}\n";

  private TestDatabase database;
  private final InMemoryStackStore store = new InMemoryStackStore();
  private final Made made = Made.of(ONE);
  private UpdatableStacks stacks;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    stacks =
        new UpdatableStacks(
            store,
            () -> stack -> made.graph,
            TenantStores.withProjects(database, TestStacks.PROJECT));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void add(StackStatus status) {
    Stack stack =
        TestStacks.stack("shop", Made.NOW, ID)
            .with(status, Phrase.verbatim("so"), StackHealth.HEALTHY, Made.NOW);
    store.add(stack, made.parts(), Phrase.verbatim("so"));
  }

  @Test
  void tellsAStackAtRestToItsOwnPeopleAndNoOthers() {
    add(StackStatus.CREATED);

    StandingStack stack = stacks.require(ID, ALICE);

    assertThat(stack.name()).isEqualTo("shop");
    assertThat(stack.project()).isEqualTo(TestStacks.PROJECT);
    assertThat(stack.stands().parts()).isEqualTo(made.planned);
    assertThat(stack.stands().begun()).hasSize(1);
    assertThat(stack.stands().kept()).hasSize(1);
    assertThat(stack.digest()).isEqualTo(stacks.require(ID, ALICE).digest());
    FederationFault foreign =
        catchThrowableOfType(FederationFault.class, () -> stacks.require(ID, BOB));
    FederationFault none =
        catchThrowableOfType(FederationFault.class, () -> stacks.require(new UUID(6, 6), BOB));
    assertThat(foreign.code()).isEqualTo(none.code()).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(foreign.getMessage().replace(ID.toString(), new UUID(6, 6).toString()))
        .isEqualTo(none.getMessage());
  }

  @Test
  void refusesWhatIsAtWork() {
    add(StackStatus.CREATING);

    FederationFault fault =
        catchThrowableOfType(FederationFault.class, () -> stacks.require(ID, ALICE));
    assertThat(fault.code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(fault.getMessage()).contains("shop", "CREATE_IN_PROGRESS");
  }

  @Test
  void refusesWhatIsDeleted() {
    add(StackStatus.DELETED);

    FederationFault fault =
        catchThrowableOfType(FederationFault.class, () -> stacks.require(ID, ALICE));
    assertThat(fault.code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(fault.getMessage()).contains("DELETE_COMPLETE");
  }

  @Test
  void saysWhatBecomesOfEachPart() {
    add(StackStatus.CREATED);
    Made after = Made.of(ONE.replace("flavor: a", "flavor: b"));

    StandingStacks.Difference difference =
        stacks.difference(stacks.require(ID, ALICE), after.graph, after.planned);

    assertThat(difference.steps())
        .extracting(PlannedUpdate.Step::kind)
        .containsExactly(PlannedUpdate.Step.Kind.UPDATED);
    assertThat(difference.changes().get(0).causes()).containsExactly("flavor");
    assertThat(difference.impossible()).isEmpty();
  }
}
