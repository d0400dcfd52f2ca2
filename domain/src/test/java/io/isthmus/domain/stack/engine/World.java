package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.Standing;
import io.isthmus.domain.quota.Consumption;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.InMemoryStackStore;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.Relocations;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.SimulatedClouds.Thing;
import io.isthmus.domain.template.ResourceGraph;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Clouds, a store, and servers that share it, under one seed: the real engine with everything
 * around it simulated. What may never be, at no moment, is watched here; see {@link Truth} for what
 * has to hold when all is quiet.
 */
final class World {

  /** A call that was begun before may arrive so long after its stack was made another one. */
  static final Duration UNDER_WAY = Lease.CALLS_END.plusSeconds(5);

  /** Isthmus's servers look into the queue so often, when nobody wakes them. */
  private static final Duration POLL = Duration.ofSeconds(5);

  final Random random;
  final Simulation simulation;
  final SimulatedClouds clouds;
  final InMemoryStackStore store = new InMemoryStackStore();

  /** The store as people and servers know it. */
  final StackStore port;

  final List<Server> servers = new ArrayList<>();
  final Map<StackId, Wish> wishes = new LinkedHashMap<>();
  final Counts counts = new Counts();

  /** What was found wrong, in order. */
  final List<String> wrong = new ArrayList<>();

  /** Servers that may be in each cloud. */
  int quota = Integer.MAX_VALUE;

  /** Whether what happens is told on the way. */
  private final boolean telling = Boolean.getBoolean("simulation.tell");

  private Optional<Observer> observer = Optional.empty();
  private final ResourceDriver driver;
  private final Breakage breakage;
  private final Map<StackId, Long> fences = new HashMap<>();

  /** Nobody can know of what a cloud does long after it was given up. */
  private final Set<String> cameLate = new HashSet<>();

  private Instant databaseBack = Instant.MIN;
  private boolean commitIsLost;
  private long interactionsLeft = Long.MAX_VALUE;
  private long interactions;
  private long trace = 1;

  /** Sees each call to the store and to clouds. */
  interface Observer {

    /**
     * @param step its number; that after the call has the next
     */
    void begins(Method method, Object[] arguments, long step);

    void ended();
  }

  World(long seed, int count, Breakage breakage) {
    this.breakage = breakage;
    random = new Random(seed);
    simulation = new Simulation(random.nextLong());
    clouds = new SimulatedClouds(simulation);
    clouds.letPortsGo();
    clouds.watchedBy(new Guard());
    port = breakage.store().apply(store);
    driver = breakage.driver().apply(clouds);
    for (int number = 0; number < count; number++) {
      servers.add(new Server(number));
    }
  }

  /** As exactly as the database keeps it. */
  Instant now() {
    return simulation.now().truncatedTo(ChronoUnit.MICROS);
  }

  /** All that happened in one number: the same for the same seed, however often it is run. */
  long trace() {
    return trace;
  }

  void wrong(String what) {
    note("WRONG " + what);
    wrong.add(what);
  }

  void note(String what) {
    if (telling) {
      System.out.println(now() + " " + what);
    }
  }

  /** Tells what each stack is, generation by generation, but for what has gone. */
  void noteAll() {
    if (telling) {
      for (StackId id : wishes.keySet()) {
        Stack stack = store.find(id).orElseThrow();
        note(stack.name() + " is " + stack.status() + " on " + stack.course());
        store.parts(id).stream()
            .filter(part -> !part.isGone())
            .forEach(part -> note("  " + told(part)));
      }
    }
  }

  private static String told(StackPart part) {
    return part.key()
        + " "
        + part.goal()
        + " "
        + part.status()
        + " upon "
        + part.upon()
        + " for "
        + part.requires()
        + part.next().map(next -> " then for " + next.requires()).orElse("")
        + part.state().missingSince().map(since -> " missing since " + since).orElse("")
        + part.state().trouble().map(trouble -> " " + trouble.phrase()).orElse("");
  }

  /** What the stack is wished to be. */
  TestStacks wish(Stack stack) {
    return wishes.get(stack.id()).at(stack);
  }

  // ---- accidents

  /** Whichever server makes the n-th step from now is killed, before or after the step's effect. */
  void killAt(long step) {
    interactionsLeft = step;
  }

  /** The database answers nobody for so long. */
  void loseDatabase(Duration time) {
    databaseBack = now().plus(time);
  }

  /** The next write is done, and whoever wrote does not learn of it. */
  void loseACommit() {
    commitIsLost = true;
  }

  void noMoreAccidents() {
    interactionsLeft = Long.MAX_VALUE;
    databaseBack = Instant.MIN;
    commitIsLost = false;
  }

  /** One of Isthmus's servers; it lives as often as it is started. */
  final class Server {
    private final int number;
    private int lives;
    private Simulation.Process process;
    private StackReconciler reconciler;

    Server(int number) {
      this.number = number;
    }

    void start() {
      lives++;
      process = simulation.process();
      Engine engine =
          new Engine(
              "server-" + number + "-" + lives,
              breakage.limits(),
              simulation.clock(),
              process,
              simulation.random(),
              striking(StackStore.class, port, this::startLater),
              stack -> wish(stack).graph(),
              new Planner(),
              (project, cloud) -> Optional.of(EngineHarness.connection(cloud)),
              new Drivers(List.of(striking(ResourceDriver.class, driver, this::startLater))));
      reconciler = new StackReconciler(engine, 10, POLL);
      reconciler.start();
    }

    boolean isDead() {
      return process.isDead();
    }

    /** Ends between two steps, and is started again some time after. */
    void kill() {
      if (!isDead()) {
        process.kill();
        counts.count("servers killed");
        note("server " + number + " is killed");
        startLater();
      }
    }

    private void startLater() {
      simulation.happen(Duration.ofMillis(500 + random.nextInt(60_000)), this::start);
    }

    void pause(Duration time) {
      process.pause(time);
      counts.count("servers paused");
      note("server " + number + " is paused for " + time);
    }

    void wake(StackId stack) {
      if (!isDead()) {
        reconciler.wake(stack);
      }
    }
  }

  /** The store for a person's request, whose server may be killed at a step as well. */
  StackStore forPeople() {
    return striking(StackStore.class, port, () -> {});
  }

  private <T> T striking(Class<T> type, T target, Runnable whenKilled) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("types")) {
                return method.invoke(target, arguments);
              }
              strike(whenKilled);
              Optional<RuntimeException> away = away(type);
              if (away.isPresent()) {
                throw away.get();
              }
              observer.ifPresent(one -> one.begins(method, arguments, interactions));
              Object result = invoke(target, method, arguments);
              observer.ifPresent(Observer::ended);
              seen(method, arguments, result);
              strike(whenKilled);
              if (commitIsLost && type == StackStore.class && method.getName().equals("write")) {
                commitIsLost = false;
                counts.count("commits of which the answer was lost");
                throw new IllegalStateException("the connection broke while it was committed");
              }
              return result;
            }));
  }

  private void strike(Runnable whenKilled) {
    interactions++;
    if (--interactionsLeft == 0) {
      interactionsLeft = Long.MAX_VALUE;
      counts.count("servers killed");
      note("a server is killed at a step");
      whenKilled.run();
      throw new Simulation.Killed();
    }
  }

  private Optional<RuntimeException> away(Class<?> type) {
    return type == StackStore.class && now().isBefore(databaseBack)
        ? Optional.of(new IllegalStateException("the database does not answer"))
        : Optional.empty();
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** A write under an older lease than the last is never done. */
  private void seen(Method method, Object[] arguments, Object result) {
    trace = trace * 31 + method.getName().hashCode() + now().toEpochMilli();
    switch (method.getName()) {
      case "lease" ->
          ((Optional<?>) result)
              .map(Lease.class::cast)
              .ifPresent(lease -> fences.merge(lease.stack(), lease.fence(), Math::max));
      case "renew" -> requireFence((Lease) arguments[0], "renewed");
      case "write" -> {
        requireFence((Lease) arguments[0], "written");
        counts.count("durable writes");
        StackChange change = (StackChange) arguments[1];
        wishes.get(((Lease) arguments[0]).stack()).told(change.happenings());
      }
      default -> {
        // Of the others nothing is kept.
      }
    }
  }

  void observedBy(Observer one) {
    observer = Optional.of(one);
  }

  private void requireFence(Lease lease, String what) {
    if (lease.fence() < fences.getOrDefault(lease.stack(), 0L)) {
      wrong(what + " under fence " + lease.fence() + " though another has taken the stack");
    }
  }

  /** How many servers count against the quota of a cloud. */
  long consumed(CloudId cloud) {
    return store.consumed(TestStacks.PROJECT.tenant()).stream()
        .filter(one -> one.region().cloud().equals(cloud))
        .map(Consumption.Consumed::amounts)
        .mapToLong(amounts -> amounts.getOrDefault(LimitKind.INSTANCES, 0L))
        .sum();
  }

  boolean hasRoom(CloudId cloud, int servers) {
    return breakage.unbounded() || consumed(cloud) + servers <= quota;
  }

  private final class Planner implements Relocations {
    @Override
    public Relocation again(Stack stack, ResourceGraph graph, Standing standing) {
      TestStacks wish = wish(stack);
      if (breakage.unruly()) {
        wish = wish.elsewhere("", "").only(Set.copyOf(TestStacks.CLOUDS));
      }
      Relocation relocation = wish.again(standing, World.this::hasRoom);
      if (relocation instanceof Relocation.Moved) {
        counts.count("places looked for anew and found");
      }
      return relocation;
    }

    @Override
    public Map<Place, FederationFault> lacking(
        Stack stack, Map<Place, Map<LimitKind, Long>> needed) {
      Map<Place, FederationFault> lacking = new HashMap<>();
      needed.forEach(
          (place, amounts) -> {
            int servers = amounts.getOrDefault(LimitKind.INSTANCES, 0L).intValue();
            if (servers > 0 && !hasRoom(place.cloud(), servers)) {
              counts.count("ways back without room");
              lacking.put(
                  place,
                  new FederationFault(FaultCode.QUOTA_EXCEEDED, Phrase.verbatim("No room.")));
            }
          });
      return lacking;
    }
  }

  /** Sees what is asked of clouds and what comes of it. */
  private final class Guard implements SimulatedClouds.Watcher {
    @Override
    public void asked(String verb, DesiredPart part) {
      counts.count("calls that change something");
      note(
          verb
              + " "
              + part.mark().resource()
              + "#"
              + part.mark().generation()
              + " in "
              + part.id());
      Stack stack = store.find(part.mark().stack()).orElseThrow();
      boolean mayBeOfBefore = now().isBefore(stack.actionSince().plus(UNDER_WAY));
      String cloud = part.id().cloud().text();
      if (verb.equals("create")) {
        boolean allowed =
            wish(stack).allowed().contains(cloud)
                || mayBeOfBefore && wishes.get(stack.id()).everAllowed(cloud);
        if (!allowed) {
          wrong("policy: " + part.id() + " is asked for, and may be in " + wish(stack).allowed());
        }
      }
      if (!verb.equals("stop") && !stack.isLeaving() && !mayBeOfBefore && mayRun(stack, cloud)) {
        wrong(verb + " " + part.id() + " before what was replaced there is stopped");
      }
    }

    private boolean mayRun(Stack stack, String cloud) {
      return store.parts(stack.id()).stream()
          .filter(part -> part.id().cloud().text().equals(cloud))
          .anyMatch(part -> part.mayStillRun() && !part.cannotBeStopped());
    }

    @Override
    public void made(Thing thing, boolean twice, boolean late) {
      counts.count("resources made");
      if (late) {
        counts.count("resources that came late");
        cameLate.add(thing.id);
      }
      if (twice) {
        counts.count("doubles that arose");
      } else if (!late && thing.type.equals(TestStacks.SERVER)) {
        requireQuota(thing.part.cloud());
      }
    }

    @Override
    public void doubleRemoved(Thing thing) {
      counts.count("doubles found and removed");
    }
  }

  private void requireQuota(CloudId cloud) {
    Set<Object> there = new HashSet<>();
    for (Thing thing : clouds.things()) {
      if (thing.type.equals(TestStacks.SERVER)
          && thing.part.cloud().equals(cloud)
          && !cameLate.contains(thing.id)
          && part(thing).filter(part -> !part.isGone()).isPresent()) {
        there.add(thing.mark);
      }
    }
    if (there.size() > quota) {
      wrong("quota: " + there.size() + " servers in " + cloud + ", and " + quota + " may be");
    }
  }

  /** The part that a thing is the resource of. */
  Optional<StackPart> part(Thing thing) {
    PartKey key = new PartKey(thing.part, thing.mark.generation());
    return store.parts(thing.mark.stack(), thing.part).stream()
        .filter(part -> part.key().equals(key))
        .findFirst();
  }

  long interactions() {
    return interactions;
  }
}
