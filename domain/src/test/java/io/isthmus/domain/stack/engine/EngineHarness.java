package io.isthmus.domain.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.Standing;
import io.isthmus.domain.stack.InMemoryStackStore;
import io.isthmus.domain.stack.PartReferences;
import io.isthmus.domain.stack.Relocations;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.StackUpdate;
import io.isthmus.domain.stack.TestUpdates;
import io.isthmus.domain.stack.engine.SimulatedClouds.Thing;
import io.isthmus.domain.template.ResourceGraph;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A stack, its clouds, and engines that can be killed at each step. */
final class EngineHarness {

  final Simulation simulation;
  final SimulatedClouds clouds;
  final InMemoryStackStore store = new InMemoryStackStore();
  TestStacks made;
  private final List<TestStacks> wishes = new ArrayList<>();
  private final StackId id = new StackId(new UUID(7, 7));

  /** Interactions with store and clouds that are still allowed before the process is killed. */
  private long interactionsLeft = Long.MAX_VALUE;

  private long interactions;
  private long meanwhileAt = -1;
  private Runnable meanwhile;
  private int engines;

  /** So many creations happen, and their driver returns nothing at all. */
  int creationsWithoutOutcome;

  /** Another has taken the last place when this stack's turn comes. */
  boolean othersWereFirst;

  int turns;

  /** Where others have taken what is needed on a way back. */
  Map<Place, FederationFault> lacking = Map.of();

  private final Relocations relocations =
      new Relocations() {
        private boolean inTurn;

        @Override
        public Relocation again(Stack stack, ResourceGraph graph, Standing standing) {
          return inTurn && othersWereFirst
              ? new Relocation.NoPlaceLeft(
                  new Placement.Unplaced(
                      List.of(), List.of(Phrase.verbatim("Others were first.")), List.of()),
                  true)
              : EngineHarness.this.made.again(standing);
        }

        @Override
        public Map<Place, FederationFault> lacking(
            Stack stack, Map<Place, Map<LimitKind, Long>> needed) {
          assertThat(inTurn).isTrue();
          return lacking;
        }

        @Override
        public <T> T inTurn(Stack stack, Supplier<T> work) {
          turns++;
          inTurn = true;
          try {
            return work.get();
          } finally {
            inTurn = false;
          }
        }
      };

  EngineHarness(long seed, TestStacks made) {
    simulation = new Simulation(seed);
    clouds = new SimulatedClouds(simulation);
    this.made = made;
    wishes.add(made);
    store.add(
        TestStacks.stack("shop", simulation.now(), id.value()),
        made.parts(simulation.now()),
        Phrase.verbatim("asked for"));
  }

  /** What the stack is wished to be. */
  private TestStacks wish(Stack stack) {
    return wishes.get(stack.policy().isEmpty() ? 0 : Integer.parseInt(stack.policy()));
  }

  TestStacks wished() {
    return wish(stack());
  }

  /** It shall be another from now on. */
  void update(TestStacks next, boolean rollsBack) {
    TestStacks before = wish(stack());
    wishes.add(next);
    made = next;
    List<StackPart> present =
        parts().stream().filter(part -> part.goal() == StackPart.Goal.PRESENT).toList();
    TestUpdates.apply(
        store,
        id,
        next.update(before, present),
        new PlanId(new UUID(1, wishes.size())),
        String.valueOf(wishes.size() - 1),
        next.graph(),
        rollsBack,
        simulation.now());
  }

  /** Its parts in that cloud are given up, and it shall be another from now on. */
  void failOver(TestStacks next, String cloud) {
    TestStacks before = wish(stack());
    wishes.add(next);
    made = next;
    List<StackPart> present =
        parts().stream().filter(part -> part.goal() == StackPart.Goal.PRESENT).toList();
    StackUpdate update = next.update(before, present);
    TestUpdates.apply(
        store,
        id,
        new StackUpdate(
            update.parts(), update.changes(), update.segments(), Set.of(new CloudId(cloud))),
        new PlanId(new UUID(1, wishes.size())),
        String.valueOf(wishes.size() - 1),
        next.graph(),
        false,
        simulation.now());
  }

  void cancel(boolean back) {
    store.requestCancel(
        id, OptionalLong.empty(), back, Phrase.verbatim("cancel"), simulation.now());
  }

  /** Everything in clouds is as the wish says, every change confirmed. */
  void assertAllIsAsWished() {
    StackReconcilerTest.assertExactlyOneOfEach(this);
    ResourceGraph graph = wish(stack()).graph();
    for (StackPart part : parts()) {
      if (part.goal() == StackPart.Goal.PRESENT) {
        PartReferences references =
            PartReferences.from(part.id().place(), graph, stack().computed(), parts());
        Thing thing =
            clouds.things().stream()
                .filter(one -> part.state().physicalId().orElseThrow().equals(one.id))
                .findFirst()
                .orElseThrow();
        assertThat(thing.properties)
            .as(part.key().toString())
            .isEqualTo(graph.find(part.id().resource()).orElseThrow().properties(references));
        assertThat(thing.toConfirm).as(part.key().toString()).isFalse();
        assertThat(part.isRight()).isTrue();
        assertThat(part.state().before()).isEmpty();
      } else {
        assertThat(part.isGone()).as(part.key().toString()).isTrue();
      }
    }
    assertThat(stack().course().back()).isEmpty();
  }

  /** Starts a process with an engine in it. */
  Simulation.Process startEngine() {
    Simulation.Process process = simulation.process();
    Engine engine =
        new Engine(
            "engine-" + engines++,
            EngineLimits.DEFAULT,
            simulation.clock(),
            process,
            simulation.random(),
            killing(StackStore.class, store),
            stack -> wish(stack).graph(),
            relocations,
            (project, cloud) -> Optional.of(connection(cloud)),
            new Drivers(List.of(killing(io.isthmus.domain.stack.ResourceDriver.class, clouds))));
    new StackReconciler(engine, 10, Duration.ofSeconds(1)).start();
    return process;
  }

  static CloudConnection connection(CloudId cloud) {
    return new CloudConnection(
        cloud,
        TestStacks.PROJECT,
        URI.create("https://" + cloud + ".example/v3"),
        "public",
        List.of(),
        Optional.empty(),
        (Credential) null);
  }

  /** Kills whichever process makes the n-th interaction from now: before or after its effect. */
  void killAt(long interaction) {
    interactionsLeft = interaction;
  }

  /** Somebody else does something right before, or right after, the n-th interaction from now. */
  void meanwhile(long interaction, Runnable what) {
    meanwhileAt = interactions + interaction;
    meanwhile = what;
  }

  long interactions() {
    return interactions;
  }

  private <T> T killing(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("types")) {
                return method.invoke(target, arguments);
              }
              strike();
              try {
                Object result = method.invoke(target, arguments);
                strike();
                if (method.getName().equals("create") && creationsWithoutOutcome > 0) {
                  creationsWithoutOutcome--;
                  return null;
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void strike() {
    interactions++;
    interactionsLeft--;
    if (interactions == meanwhileAt) {
      meanwhile.run();
    }
    if (interactionsLeft == 0) {
      throw new Simulation.Killed();
    }
  }

  Stack stack() {
    return store.find(id).orElseThrow();
  }

  StackStatus status() {
    return stack().status();
  }

  List<StackPart> parts() {
    return store.parts(id);
  }

  List<String> told() {
    return store.events(id, 0, 10_000).stream()
        .map(StackEvent::phrase)
        .map(Phrase::toString)
        .toList();
  }

  void delete() {
    store.requestDeletion(id, OptionalLong.empty(), Phrase.verbatim("delete"), simulation.now());
  }

  void retry() {
    simulation.run(Duration.ofSeconds(1));
    store.requestRetry(id, OptionalLong.empty(), Phrase.verbatim("retry"), simulation.now());
  }

  void act(StackAction action) {
    simulation.run(Duration.ofSeconds(1));
    store.requestAction(
        id, OptionalLong.empty(), action, Phrase.verbatim(action.name()), simulation.now());
  }

  boolean settles(Duration most) {
    return simulation.runUntil(() -> status().isTerminal(), most);
  }

  List<String> inClouds() {
    return clouds.things().stream().map(Thing::toString).sorted().toList();
  }
}
