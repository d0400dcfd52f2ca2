package io.isthmus.domain.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.InMemoryStackStore;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.Story.Chapter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A server is killed before and after each durable step, of a resource of each type: what is
 * written, and what is asked of a cloud. Which steps there are is not listed anywhere: they are
 * found by living, and by what the code says that there is. A method of the store that writes, a
 * type, a step, a status or a goal that no story comes to makes this test fail.
 *
 * <p>Usually a server is killed at the first of each kind of step; at every single one with {@code
 * -Dlong=true}.
 */
class DurableStepsTest {

  /** What only servers are asked for. */
  private static final Set<Class<?>> OF_SERVERS =
      Set.of(Step.Stop.class, Step.Suspend.class, Step.Resume.class);

  private static final boolean EVERY = Boolean.getBoolean("long");

  /**
   * A call that has an effect.
   *
   * @param number of the interaction right before its effect
   * @param kinds of what it does
   */
  private record Effect(long number, Set<String> kinds) {}

  /** Writes down which steps there are while a story is lived. */
  private static final class Recorder implements World.Observer {
    private final World world;
    private final String type;
    private final List<Effect> steps = new ArrayList<>();
    private final Set<Method> called = new HashSet<>();
    private Method method;
    private Object[] arguments;
    private long number;
    private List<Object> before;
    private Set<String> kinds;

    Recorder(World world, String type) {
      this.world = world;
      this.type = type;
    }

    @Override
    public void begins(Method begun, Object[] given, long step) {
      method = begun;
      arguments = given;
      number = step;
      called.add(begun);
      boolean ofStore = begun.getDeclaringClass() == StackStore.class;
      before = ofStore ? world.store.kept() : List.of();
      kinds = ofStore ? written() : asked();
    }

    @Override
    public void ended() {
      boolean durable =
          method.getDeclaringClass() == StackStore.class
              ? !before.equals(world.store.kept())
              : !kinds.isEmpty();
      if (durable) {
        steps.add(new Effect(number, kinds));
      }
    }

    private Set<String> asked() {
      return method.getName().equals("observe") ? Set.of() : Set.of("cloud: " + method.getName());
    }

    private Set<String> written() {
      Set<String> all = new TreeSet<>(Set.of("store." + method.getName()));
      for (Object argument : arguments) {
        if (argument instanceof StackChange change) {
          all.addAll(written(change));
          all.addAll(written(change.parts()));
        } else if (argument instanceof List<?> parts) {
          all.addAll(written(parts));
        }
      }
      return all;
    }

    private Set<String> written(StackChange change) {
      Set<String> all = new TreeSet<>();
      Stack stack = world.store.find(((Lease) arguments[0]).stack()).orElseThrow();
      change
          .header()
          .filter(header -> header.isOf(stack) && !header.status().equals(stack.status()))
          .ifPresent(header -> all.add("write: stack becomes " + header.status()));
      change.reform().ifPresent(reform -> all.add("write: stack takes another way"));
      change.refusals().forEach(refusal -> all.add("write: a place has refused"));
      change.acts().stream()
          .filter(act -> act.type().equals(type))
          .forEach(act -> all.add("write: " + act.action() + " " + act.outcome()));
      return all;
    }

    /** Of those of the type. */
    private Set<String> written(List<?> parts) {
      Set<String> all = new TreeSet<>();
      Map<PartKey, StackPart> known =
          world.wishes.keySet().stream()
              .flatMap(stack -> world.store.parts(stack).stream())
              .collect(Collectors.toMap(StackPart::key, Function.identity()));
      parts.stream()
          .filter(StackPart.class::isInstance)
          .map(StackPart.class::cast)
          .filter(part -> part.type().equals(type))
          .forEach(part -> all.addAll(kinds(Optional.ofNullable(known.get(part.key())), part)));
      return all;
    }

    private static Set<String> kinds(Optional<StackPart> before, StackPart after) {
      Set<String> all = new TreeSet<>();
      if (before.filter(part -> part.status().equals(after.status())).isEmpty()) {
        all.add("write: resource becomes " + after.status());
      }
      if (before.filter(part -> part.goal() == after.goal()).isEmpty()) {
        all.add("write: resource shall be " + after.goal());
      }
      if (all.isEmpty()) {
        all.add("write: more is known of a resource");
      }
      return all;
    }
  }

  @Test
  void everyStepOfEveryTypeIsSurvivedOnBothSides() throws IOException {
    Map<String, Set<String>> covered = new ConcurrentSkipListMap<>();
    Set<Method> called = ConcurrentHashMap.newKeySet();
    long kills =
        SimulatedClouds.TYPES.parallelStream()
            .mapToLong(
                type ->
                    everyStep(type, covered.computeIfAbsent(type, of -> new TreeSet<>()), called))
            .sum();
    tell(covered, kills);
    requireEachKindOfStep(covered);
    requireEachMethod(covered, called);
  }

  /**
   * @return how often a server was killed
   */
  private static long everyStep(String type, Set<String> covered, Set<Method> called) {
    long kills = 0;
    for (Chapter chapter : Chapter.values()) {
      Story whole = new Story(type);
      Recorder recorder = new Recorder(whole.world, type);
      whole.world.observedBy(recorder);
      whole.live(chapter);
      called.addAll(recorder.called);
      for (Effect step : recorder.steps) {
        if (covered.addAll(step.kinds()) | EVERY) {
          killed(type, chapter, step.number());
          killed(type, chapter, step.number() + 1);
          kills += 2;
        }
      }
    }
    return kills;
  }

  private static void killed(String type, Chapter chapter, long at) {
    Story story = new Story(type);
    story.world.killAt(at);
    assertThatCode(() -> story.live(chapter))
        .as("%s, %s, killed at step %d", type, chapter, at)
        .doesNotThrowAnyException();
    assertThat(story.world.counts.of("servers killed")).isEqualTo(1);
  }

  /** All that the code knows of steps, statuses and goals is come to. */
  private static void requireEachKindOfStep(Map<String, Set<String>> covered) {
    for (Class<?> step : Step.class.getPermittedSubclasses()) {
      String action = Asking.action(any(step));
      covered.forEach(
          (type, kinds) -> {
            boolean possible =
                !(OF_SERVERS.contains(step) && !type.equals(TestStacks.SERVER))
                    && !(step == Step.Update.class && !TestStacks.isUpdatable(type));
            if (possible) {
              assertThat(kinds).as(type).contains("write: " + action + " PENDING");
              assertThat(kinds).as(type).contains("write: " + action + " SUCCESS");
            }
          });
    }
    for (Map.Entry<String, Set<String>> one : covered.entrySet()) {
      for (Goal goal : Goal.values()) {
        assertThat(one.getValue()).as(one.getKey()).contains("write: resource shall be " + goal);
      }
      for (StackStatus status : ended()) {
        assertThat(one.getValue()).as(one.getKey()).contains("write: stack becomes " + status);
      }
    }
  }

  /** What the engine brings stacks to: all statuses in which one is at rest, and the way back. */
  private static List<StackStatus> ended() {
    List<StackStatus> all = new ArrayList<>(List.of(StackStatus.ROLLING_BACK));
    for (Field field : StackStatus.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == StackStatus.class) {
        StackStatus status = constant(field);
        if (status.isTerminal() && !status.equals(StackStatus.INIT)) {
          all.add(status);
        }
      }
    }
    return all;
  }

  private static StackStatus constant(Field field) {
    try {
      return (StackStatus) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Step any(Class<?> step) {
    Constructor<?> constructor = step.getDeclaredConstructors()[0];
    try {
      return (Step) constructor.newInstance(new Object[constructor.getParameterCount()]);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Each method of the store is either a durable step at which servers were killed, or changes
   * nothing, whoever calls it; each of the driver that changes something in a cloud is a step too.
   */
  private static void requireEachMethod(Map<String, Set<String>> covered, Set<Method> called) {
    InMemoryStackStore store = new InMemoryStackStore();
    Stack stack = TestStacks.stack("shop", Instant.EPOCH, new UUID(3, 3));
    store.add(
        stack,
        new TestStacks().add("web", TestStacks.SERVER, "gra").parts(Instant.EPOCH),
        Phrase.verbatim("asked for"));
    Set<String> steps = new TreeSet<>();
    covered.values().forEach(steps::addAll);
    steps.removeIf(kind -> !kind.startsWith("store."));
    covered.forEach((type, kinds) -> assertThat(kinds).as(type).containsAll(steps));
    for (Method method : StackStore.class.getMethods()) {
      boolean durable =
          covered.values().stream().allMatch(kinds -> kinds.contains("store." + method.getName()));
      if (!durable && !called.contains(method)) {
        List<Object> before = store.kept();
        try {
          method.invoke(store, arguments(method, stack.id()));
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new AssertionError("nobody knows whether it writes: " + method, e);
        }
        assertThat(store.kept())
            .as("a durable step that no story comes to: " + method)
            .isEqualTo(before);
      }
    }
    for (Method method : ResourceDriver.class.getMethods()) {
      boolean reads = Set.of("types", "observe", "tried", "found").contains(method.getName());
      assertThat(reads || called.contains(method)).as(method.toString()).isTrue();
    }
  }

  private static Object[] arguments(Method method, StackId stack) {
    return Arrays.stream(method.getParameters())
        .map(
            parameter ->
                argument(
                    parameter.getParameterizedType().getTypeName(), parameter.getType(), stack))
        .toArray();
  }

  private static Object argument(String name, Class<?> type, StackId stack) {
    if (type == Collection.class || type == List.class) {
      return name.contains("ProjectId") ? List.of(TestStacks.PROJECT) : List.of(stack);
    }
    Map<Class<?>, Object> some =
        Map.of(
            StackId.class,
            stack,
            ProjectId.class,
            TestStacks.PROJECT,
            CloudId.class,
            new CloudId("gra"),
            PartId.class,
            new PartId("web", new CloudId("gra"), "R1"),
            PlanId.class,
            new PlanId(new UUID(1, 1)),
            Instant.class,
            Instant.EPOCH,
            String.class,
            TestStacks.PROJECT.tenant(),
            Optional.class,
            Optional.empty(),
            OptionalLong.class,
            OptionalLong.empty(),
            Set.class,
            Set.of());
    if (type == int.class) {
      return 1;
    }
    return type == long.class ? (Object) 0L : some.get(type);
  }

  /** Which kind of step was survived with a resource of how many types. */
  private static void tell(Map<String, Set<String>> covered, long kills) throws IOException {
    Map<String, Integer> types = new TreeMap<>();
    covered.values().forEach(kinds -> kinds.forEach(kind -> types.merge(kind, 1, Integer::sum)));
    StringBuilder table = new StringBuilder("| step | types |\n|---|---|\n");
    types.forEach((kind, count) -> table.append("| " + kind + " | " + count + " |\n"));
    table.append(
        String.format(
            "%n%d kinds of steps, %d types, %,d kills%n", types.size(), covered.size(), kills));
    Path folder = Files.createDirectories(Path.of("target", "simulation"));
    Files.writeString(folder.resolve("durable-steps.md"), table);
    System.out.println(table);
  }
}
