package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events of a stack are listed to those who may see it, and to nobody else. */
class EventListsTest {

  private static final Caller ALICE = new Caller("a", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b", "bob", Set.of("globex"), Set.of());

  private final TestDatabase database = TestDatabase.create();
  private final InMemoryStackStore store = new InMemoryStackStore();
  private final Stack stack =
      TestStacks.stack("shop", Instant.parse("2026-11-25T00:00:00Z"), UUID.randomUUID());
  private final EventLists lists =
      new EventLists(
          (id, query, skip, limit) -> new EventSlice(store.events(id, skip, limit), limit),
          new StackService(
              store,
              () -> {
                throw new UnsupportedOperationException();
              },
              () -> {
                throw new UnsupportedOperationException();
              },
              TenantStores.withProjects(database, TestStacks.PROJECT),
              wanted -> {},
              new ComputedValues(new Random(1)),
              new RoomToRetry(null, null, () -> null),
              Clock.systemUTC()));

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void areShownToWhoMaySeeTheStack() {
    store.add(stack, List.of(), Phrase.of("stack.requested", "shop", "alice"));

    assertThat(lists.slice(stack.id(), EventQuery.ALL, -1, 10, ALICE).events()).hasSize(1);
    assertThat(refused(stack.id(), 10, BOB)).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(refused(new StackId(UUID.randomUUID()), 10, ALICE)).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(refused(stack.id(), StackService.MOST + 1, ALICE))
        .isEqualTo(FaultCode.REQUEST_INVALID);
  }

  private FaultCode refused(StackId id, int limit, Caller caller) {
    return catchThrowableOfType(
            FederationFault.class, () -> lists.slice(id, EventQuery.ALL, 0, limit, caller))
        .code();
  }
}
