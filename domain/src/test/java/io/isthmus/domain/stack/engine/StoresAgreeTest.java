package io.isthmus.domain.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.store.TransactionPerCall;
import io.isthmus.domain.start.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the simulation proves it proves of the database too: all that is asked of the store in
 * memory in a simulated life is asked of PostgreSQL as well, and both answer the same. On the way
 * they are asked what others would ask them.
 */
class StoresAgreeTest {

  /** What they learn from tables of others. */
  private static final Set<String> OF_OTHERS = Set.of("replacedToRemove", "failingProbes");

  private static final int ALL = 100_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void answerTheSame(long seed) {
    try (TestDatabase database = TestDatabase.create()) {
      StackStore real = new TransactionPerCall(database.dataSource()).stacks();
      Both both = new Both(real);
      Life.of(seed, Breakage.store(both::of));
      assertThat(both.differences).isEmpty();
      assertThat(both.calls).isGreaterThan(300);
      assertThat(both.writes).isGreaterThan(50);
    }
  }

  private static final class Both {
    private final StackStore real;
    private final List<StackId> stacks = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private StackStore memory;
    private int calls;
    private int writes;
    private int polls;

    Both(StackStore real) {
      this.real = real;
    }

    StackStore of(StackStore given) {
      memory = given;
      return (StackStore)
          Proxy.newProxyInstance(
              StackStore.class.getClassLoader(),
              new Class<?>[] {StackStore.class},
              (proxy, method, arguments) -> answer(method, arguments));
    }

    private Object answer(Method method, Object[] arguments) throws Throwable {
      Object answer = ask(memory, method, arguments);
      // Servers ask every second whether there is anything to do.
      boolean idle = answer.equals(Optional.empty()) && polls++ % 10 != 0;
      if (!idle && !OF_OTHERS.contains(method.getName())) {
        calls++;
        compare(method.getName(), plain(answer), plain(ask(real, method, arguments)));
        if (method.getName().equals("add") && !(answer instanceof Throwable)) {
          stacks.add(((Stack) arguments[0]).id());
        }
        if (method.getName().equals("write") && writes++ % 25 == 0) {
          compareAll();
        }
      }
      if (answer instanceof Throwable failure) {
        throw failure;
      }
      return answer == NOTHING ? null : answer;
    }

    private void compare(String what, Object one, Object other) {
      if (!one.equals(other)) {
        differences.add(what + "\n  memory:   " + one + "\n  database: " + other);
      }
    }

    private void compareAll() {
      Instant ever = Instant.EPOCH;
      for (StackId stack : stacks) {
        compare("parts", plain(memory.parts(stack)), plain(real.parts(stack)));
        compare("events", memory.events(stack, 0, ALL), real.events(stack, 0, ALL));
        compare("refusals", memory.refusals(stack), real.refusals(stack));
        compare("earlier", memory.earlier(stack), real.earlier(stack));
        compare("onDrift", memory.onDrift(stack), real.onDrift(stack));
      }
      compare("tallies", memory.tallies(stacks), real.tallies(stacks));
      compare(
          "projectEvents",
          memory.projectEvents(TestStacks.PROJECT, 0, ALL),
          real.projectEvents(TestStacks.PROJECT, 0, ALL));
      compare("counts", memory.counts(TestStacks.PROJECT), real.counts(TestStacks.PROJECT));
      String tenant = TestStacks.PROJECT.tenant();
      compare("consumed", memory.consumed(tenant), real.consumed(tenant));
      compare("awaited", memory.awaited(TestStacks.PROJECT), real.awaited(TestStacks.PROJECT));
      compare(
          "growing",
          Set.copyOf(memory.growing(TestStacks.PROJECT)),
          Set.copyOf(real.growing(TestStacks.PROJECT)));
      compare(
          "claims",
          Set.copyOf(memory.claims(List.of(TestStacks.PROJECT), ever)),
          Set.copyOf(real.claims(List.of(TestStacks.PROJECT), ever)));
    }
  }

  private static final Object NOTHING = "nothing";

  private static Object ask(StackStore store, Method method, Object[] arguments) {
    try {
      Object answer = method.invoke(store, arguments);
      return answer == null ? NOTHING : answer;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** Parts come in no order; of a failure it counts which it is. */
  private static Object plain(Object answer) {
    if (answer instanceof FederationFault fault) {
      return fault.code();
    }
    if (answer instanceof Throwable failure) {
      return failure.getClass();
    }
    if (answer instanceof Collection<?> all && all.stream().anyMatch(StackPart.class::isInstance)) {
      return all.stream()
          .map(StackPart.class::cast)
          .sorted(Comparator.comparing(StackPart::key))
          .toList();
    }
    return answer;
  }
}
