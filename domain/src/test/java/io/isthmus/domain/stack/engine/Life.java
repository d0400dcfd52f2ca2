package io.isthmus.domain.stack.engine;

import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The life of some stacks from the first wish to the last trace of them, under one seed: what
 * people ask, what befalls servers, clouds and the database, and, whenever all has become quiet, a
 * comparison of what Isthmus says with what is in the clouds. The same seed is the same life to the
 * last event, in every process.
 */
final class Life {

  /** Something that was not done by then is never done. */
  private static final Duration LONGEST = Duration.ofHours(5);

  /** What a cloud does late it has done by then, and somebody has looked. */
  private static final Duration QUIET = Duration.ofMinutes(15);

  private static final Logger ENGINES = Logger.getLogger(Life.class.getPackageName());
  private static int hushed;

  private final long seed;
  private final World world;
  private final Random random;
  private final Weathers weathers;
  private final People people;
  private final int stacks;

  private Life(long seed, Breakage breakage) {
    this.seed = seed;
    Random of = new Random(seed);
    world = new World(of.nextLong(), 2 + of.nextInt(2), breakage);
    random = world.random;
    weathers = new Weathers(world);
    people = new People(world, weathers);
    stacks = random.nextInt(3) == 0 ? 2 : 1;
    world.quota = random.nextBoolean() ? 2 + random.nextInt(4) : Integer.MAX_VALUE;
  }

  /**
   * @return all that happened, counted
   * @throws AssertionError with what is wrong and how the life is lived again
   */
  static World of(long seed) {
    return of(seed, Breakage.NONE);
  }

  static World of(long seed, Breakage breakage) {
    hush(1);
    Life life = new Life(seed, breakage);
    try {
      life.live();
    } catch (RuntimeException e) {
      throw new AssertionError(life.failure("it ended by an exception"), e);
    } finally {
      hush(-1);
    }
    return life.world;
  }

  /** What engines log in a storm helps nobody; several lives may be lived at the same time. */
  static synchronized void hush(int more) {
    hushed += more;
    ENGINES.setLevel(hushed > 0 ? Level.OFF : null);
  }

  private void live() {
    world.servers.forEach(World.Server::start);
    int rounds = 1 + random.nextInt(2);
    for (int round = 0; round < rounds; round++) {
      storm(Duration.ofSeconds(60L + random.nextInt(240)));
      if (random.nextInt(4) == 0) {
        rest();
      }
    }
    rest();
    takeUpWhatFailed();
    deleteAll();
    world.counts.count("lives");
    world.counts.add("steps", world.interactions());
    world.counts.add("events", events());
  }

  private long events() {
    return world.store.newestEvent(TestStacks.PROJECT);
  }

  /** People ask, and accidents happen. */
  private void storm(Duration time) {
    weathers.change();
    for (Duration spent = Duration.ZERO; spent.compareTo(time) < 0; ) {
      if (random.nextInt(3) == 0) {
        people.act(stacks);
      }
      weathers.strike();
      Duration step = Duration.ofMillis(1000L + random.nextInt(20_000));
      world.simulation.run(step);
      spent = spent.plus(step);
      requireNothingWrong();
    }
  }

  /** All is well until nothing moves any more; then what Isthmus says has to be the truth. */
  private void rest() {
    weathers.clear();
    world.note("all is quiet");
    world.simulation.runUntil(() -> all(stack -> stack.status().isTerminal()), LONGEST);
    world.simulation.run(QUIET);
    world.noteAll();
    new Truth(world).check();
    world.wishes.keySet().stream()
        .map(id -> world.store.find(id).orElseThrow().status())
        .forEach(status -> world.counts.count("stacks at rest: " + status));
    requireNothingWrong();
  }

  private boolean all(Predicate<Stack> condition) {
    return world.wishes.keySet().stream()
        .map(id -> world.store.find(id).orElseThrow())
        .allMatch(condition);
  }

  /** When clouds serve, and there is room, everything that failed can be brought to its end. */
  private void takeUpWhatFailed() {
    world.quota = Integer.MAX_VALUE;
    for (int time = 0; time < 6 && !all(Life::isDone); time++) {
      for (Wish wish : world.wishes.values()) {
        people.chooseOnDrift(wish, DriftChoice.REPLACE_VANISHED);
        Stack stack = world.store.find(wish.id).orElseThrow();
        if (stack.status().equals(StackStatus.DELETE_FAILED)) {
          people.delete(wish);
        } else if (stack.status().status() == ActionStatus.FAILED) {
          people.retry(wish, stack);
        }
      }
      rest();
    }
    world.wishes.keySet().stream()
        .map(id -> world.store.find(id).orElseThrow())
        .filter(stack -> !isDone(stack))
        .forEach(
            stack ->
                world.wrong(
                    stack.name()
                        + " cannot be brought to its end: "
                        + stack.status()
                        + " "
                        + stack.reason()));
    requireNothingWrong();
  }

  private static boolean isDone(Stack stack) {
    return stack.status().isWhole() || stack.status().equals(StackStatus.DELETED);
  }

  private void deleteAll() {
    world.clouds.badWeather(random.nextInt(3) == 0 ? 0.1 : 0);
    for (int time = 0; time < 6 && !all(Life::isDeleted); time++) {
      for (Wish wish : world.wishes.values()) {
        people.delete(wish);
      }
      if (time == 0 && random.nextBoolean()) {
        storm(Duration.ofSeconds(60));
      }
      rest();
    }
    if (!all(Life::isDeleted)) {
      world.wrong("not all is deleted");
    }
    new Truth(world).left().forEach(thing -> world.wrong("left behind: " + thing));
    requireNothingWrong();
  }

  private static boolean isDeleted(Stack stack) {
    return stack.status().equals(StackStatus.DELETED);
  }

  private void requireNothingWrong() {
    if (!world.wrong.isEmpty()) {
      throw new AssertionError(failure(String.join("\n  ", world.wrong)));
    }
  }

  private String failure(String what) {
    return "seed "
        + seed
        + " at "
        + world.now()
        + ":\n  "
        + what
        + "\nTo see it again: mvn test -pl domain -Dtest=SimulationTest -Dsimulation.seed="
        + seed
        + " -Dsimulation.tell=true";
  }

  /** What is wrong in that life; empty when nothing is. */
  static Optional<AssertionError> wrong(long seed, Breakage breakage) {
    try {
      of(seed, breakage);
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(e);
    }
  }
}
