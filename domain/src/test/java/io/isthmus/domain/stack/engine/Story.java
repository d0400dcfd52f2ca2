package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Deviation;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.StackUpdate;
import io.isthmus.domain.stack.TestUpdates;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One stack with a resource of some type, in a chapter of its life that is the same each time, but
 * for the one step at which a server is killed. Whoever was asked by a person when it was killed is
 * asked again.
 */
final class Story {

  private static final Duration LONGEST = Duration.ofHours(5);
  private static final Duration QUIET = Duration.ofMinutes(4);
  private static final FederationFault NO =
      new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim("No, not so."));
  private static final FederationFault NO_ROOM =
      new FederationFault(FaultCode.QUOTA_EXCEEDED, Phrase.verbatim("Quota exceeded."));

  /** What a stack with a resource of any type may live through. */
  enum Chapter {
    COMES_AND_GOES(story -> story.create(story.made())),
    BECOMES_ANOTHER(
        story -> {
          story.create(story.made());
          story.settle();
          story.become(
              story.made().value("it", "v").add("more", story.type, "gra", "net"), false, "");
          story.settle();
          story.become(story.made().value("it", "v").image("it", "i"), false, "");
          story.settle();
          story.become(story.made().value("it", "v").image("it", "j").oldFirst("it"), false, "");
        }),
    GOES_BACK(
        story -> {
          story.create(story.made());
          story.settle();
          story.world.clouds.refuse("extra", NO);
          story.become(
              story.made().value("it", "v").add("extra", TestStacks.SERVER, "gra", "it"), true, "");
          story.settle();
        }),
    FAILS_TO_GO_BACK(
        story -> {
          story.create(story.made());
          story.settle();
          story.world.clouds.refuse("extra", NO);
          story.become(
              story
                  .made()
                  .image("it", "j")
                  .oldFirst("it")
                  .add("extra", TestStacks.SERVER, "gra", "it"),
              true,
              "");
          story.until(StackStatus.ROLLING_BACK);
          story.world.clouds.refuse("it", NO);
          story.settle();
          story.accept();
          story.retry();
        }),
    IS_REFUSED_AND_TAKEN_UP(
        story -> {
          story.world.clouds.refuse("it", NO);
          story.create(story.made());
          story.settle();
          story.accept();
          story.retry();
          story.settle();
          story.world.clouds.refuseUpdate("it", NO);
          story.world.clouds.refuse("it", NO);
          story.become(story.made().value("it", "v"), false, "");
          story.settle();
          story.accept();
          story.retry();
        }),
    IS_ENDED(
        story -> {
          story.create(story.made());
          story.settle();
          story.become(story.made().value("it", "v").image("web", "i"), false, "");
          story.world.simulation.run(Duration.ofMillis(1500));
          story.cancel(false);
          story.settle();
          story.cancel(true);
          story.settle();
          story.tell();
        }),
    VANISHES_AND_IS_TWICE(
        story -> {
          story.create(story.made());
          story.settle();
          story.chooseOnDrift(DriftChoice.REPORT);
          story.world.clouds.vanish("web");
          story.world.clouds.twice("it");
          story.world.simulation.run(Duration.ofMinutes(3));
          story.chooseOnDrift(DriftChoice.REPLACE_VANISHED);
          story.world.simulation.run(Duration.ofMinutes(3));
        }),
    VANISH_TOGETHER(
        story -> {
          story.create(story.made());
          story.settle();
          story.world.clouds.vanish("it");
          story.world.clouds.vanish("web");
          story.world.simulation.run(Duration.ofMinutes(6));
        }),
    IS_CHANGED_BEHIND_ITS_BACK(
        story -> {
          story.create(story.made().value("it", "v"));
          story.settle();
          story.chooseOnDrift(DriftChoice.REPAIR);
          story.changed();
          story.world.simulation.run(Duration.ofMinutes(3));
        }),
    COMES_BROKEN(
        story -> {
          story.world.clouds.breakAtBirth("it", 4);
          story.create(story.made());
          story.settle();
        }),
    FINDS_NO_ROOM(
        story -> {
          story.world.clouds.refuse("it", NO_ROOM);
          story.create(story.made());
          story.world.simulation.run(Duration.ofSeconds(7));
          story.accept();
          story.settle();
        }),
    LOSES_ITS_CLOUD(
        story -> {
          story.create(story.made());
          story.settle();
          story.world.clouds.goAway("gra");
          story.world.simulation.run(Duration.ofMinutes(3));
          story.become(story.made().elsewhere("gra", "bhs"), false, "gra");
          story.settle();
          story.world.clouds.comeBack("gra");
          story.world.simulation.run(Duration.ofMinutes(4));
          story.world.store.removeReplaced(new CloudId("gra"));
          story.world.simulation.run(Duration.ofMinutes(3));
        }),
    IS_LEFT(
        story ->
            story.create(
                new TestStacks()
                    .add("it", story.type, "gra")
                    .add("web", TestStacks.SERVER, "gra", "it")
                    .retain("it"))),
    SLEEPS_AND_WAKES(
        story -> {
          story.create(story.made());
          story.settle();
          story.act(StackAction.SUSPEND);
          story.settle();
          story.act(StackAction.RESUME);
          story.settle();
        }),
    FAILS_TO_SLEEP(
        story -> {
          story.create(story.made());
          story.settle();
          story.world.clouds.refuseSleep("web", NO);
          story.act(StackAction.SUSPEND);
          story.settle();
          story.world.clouds.acceptSleep();
          story.act(StackAction.SUSPEND);
          story.settle();
          story.world.clouds.refuseSleep("web", NO);
          story.act(StackAction.RESUME);
          story.settle();
          story.world.clouds.acceptSleep();
          story.act(StackAction.RESUME);
          story.settle();
        }),
    IS_CHECKED(
        story -> {
          story.create(story.made());
          story.settle();
          story.act(StackAction.CHECK);
          story.settle();
          story.chooseOnDrift(DriftChoice.REPORT);
          story.world.clouds.vanish("web");
          story.act(StackAction.CHECK);
          story.settle();
          story.chooseOnDrift(DriftChoice.REPLACE_VANISHED);
          story.world.simulation.run(Duration.ofMinutes(3));
        }),
    IS_ABANDONED(
        story -> {
          story.create(story.made());
          story.settle();
          story.abandon();
        }),
    IS_ADOPTED(story -> story.adopt(story.made())),
    FAILS_TO_BE_ADOPTED(
        story -> {
          story.world.clouds.refuse("it", NO);
          story.adopt(story.made());
          story.settle();
          story.accept();
          story.retry();
        }),
    FAILS_TO_GO(
        story -> {
          story.create(story.made());
          story.settle();
          story.world.clouds.refuseDelete("it", NO);
          story.delete();
          story.settle();
          story.world.clouds.acceptDeletes();
        });

    private final Consumer<Story> lives;

    Chapter(Consumer<Story> lives) {
      this.lives = lives;
    }
  }

  final World world;
  private final StackStore asking;
  private final StackId id = new StackId(new UUID(5, 5));
  private final String type;
  private Wish wish;
  private int asked;

  Story(String type) {
    this(type, Breakage.NONE);
  }

  Story(String type, Breakage breakage) {
    this.type = type;
    world = new World(1, 2, breakage);
    asking = world.forPeople();
  }

  /**
   * Lives the chapter and what follows to the end.
   *
   * @throws AssertionError with what is wrong
   */
  void live(Chapter chapter) {
    Life.hush(1);
    try {
      world.servers.forEach(World.Server::start);
      chapter.lives.accept(this);
      end();
    } finally {
      Life.hush(-1);
    }
    if (!world.wrong.isEmpty()) {
      throw new AssertionError(type + " " + chapter + ":\n  " + String.join("\n  ", world.wrong));
    }
  }

  private void end() {
    accept();
    settle();
    for (int time = 0; time < 4 && stack().status().status() == ActionStatus.FAILED; time++) {
      if (stack().isLeaving()) {
        delete();
      } else {
        retry();
      }
      settle();
    }
    world.simulation.run(QUIET);
    new Truth(world).check();
    for (int time = 0; time < 4 && !stack().status().equals(StackStatus.DELETED); time++) {
      delete();
      settle();
    }
    world.simulation.run(QUIET);
    Truth truth = new Truth(world);
    truth.check();
    truth.left().forEach(thing -> world.wrong("left behind: " + thing));
    if (!stack().status().equals(StackStatus.DELETED)) {
      world.wrong("not deleted: " + stack().status());
    }
  }

  private Stack stack() {
    return world.store.find(id).orElseThrow();
  }

  private TestStacks made() {
    return new TestStacks()
        .add("net", TestStacks.NET, "gra")
        .add("it", type, "gra", "net")
        .add("web", TestStacks.SERVER, "gra", "it");
  }

  private void settle() {
    world.simulation.runUntil(() -> stack().status().isTerminal(), LONGEST);
    world.simulation.run(Duration.ofSeconds(20));
  }

  private void until(StackStatus status) {
    world.simulation.runUntil(() -> stack().status().equals(status), Duration.ofMinutes(10));
  }

  private void accept() {
    for (String resource : List.of("it", "web", "extra", "more")) {
      world.clouds.accept(resource);
    }
    world.clouds.acceptUpdates();
    world.clouds.acceptDeletes();
  }

  /**
   * Whoever does not learn what became of a request asks again, and may be told that it is done.
   */
  private void ask(String what, Consumer<Phrase> call) {
    String words = what + " " + ++asked;
    try {
      call.accept(Phrase.verbatim(words));
      wish.acknowledged.add(words);
    } catch (Simulation.Killed e) {
      wish.unanswered.add(words);
      String again = what + " " + ++asked;
      wish.unanswered.add(again);
      refusable(() -> call.accept(Phrase.verbatim(again)));
    } catch (FederationFault refused) {
      // As when what failed has come all the same.
      world.note("refused: " + words);
    }
  }

  private void refusable(Runnable request) {
    try {
      request.run();
    } catch (FederationFault refused) {
      world.note("refused: " + refused.phrase());
    }
  }

  private void create(TestStacks made) {
    wish = new Wish(id, "shop", made);
    world.wishes.put(id, wish);
    ask(
        "create",
        happened ->
            asking.add(
                TestStacks.stack("shop", world.now(), id.value()),
                made.parts(world.now()),
                happened));
  }

  /** What was made by a stack that was abandoned, or by hand, is there already. */
  private void adopt(TestStacks made) {
    wish = new Wish(id, "shop", made);
    world.wishes.put(id, wish);
    List<StackPart> parts =
        made.parts(world.now()).stream()
            .map(
                part -> {
                  Mark from = new Mark(new StackId(new UUID(7, 7)), part.id().resource(), 2);
                  boolean marked = !part.id().resource().equals("net");
                  String there = world.clouds.strew(strewn(part), marked ? from : null);
                  return part.with(
                      PartState.toBeAdopted(
                          there, marked ? Optional.of(from) : Optional.empty(), world.now()));
                })
            .toList();
    Stack stack =
        TestStacks.stack("shop", world.now(), id.value())
            .with(
                StackStatus.ADOPTING,
                Phrase.verbatim("to be taken over"),
                StackHealth.UNKNOWN,
                world.now());
    ask("adopt", happened -> asking.add(stack, parts, happened));
  }

  private static DesiredPart strewn(StackPart part) {
    return new DesiredPart(
        part.id(),
        part.type(),
        new Mark(new StackId(new UUID(7, 7)), part.id().resource(), 2),
        part.id().resource(),
        Optional.empty(),
        Optional.empty(),
        Json.createObjectBuilder().add("uses", Json.createArrayBuilder()).build());
  }

  private void become(TestStacks next, boolean rollsBack, String lost) {
    List<StackPart> present =
        world.store.parts(id).stream().filter(part -> part.goal() == Goal.PRESENT).toList();
    StackUpdate update = next.update(wish.at(stack()), present);
    Set<CloudId> given = lost.isEmpty() ? Set.of() : Set.of(new CloudId(lost));
    int number = wish.add(next);
    ask(
        "update",
        happened ->
            TestUpdates.apply(
                asking,
                id,
                new StackUpdate(update.parts(), update.changes(), update.segments(), given),
                new PlanId(new UUID(6, number)),
                String.valueOf(number),
                next.graph(),
                rollsBack,
                happened,
                world.now()));
    wish.follows(number);
  }

  private void retry() {
    world.simulation.run(Duration.ofSeconds(1));
    ask("retry", happened -> asking.requestRetry(id, OptionalLong.empty(), happened, world.now()));
  }

  private void act(StackAction action) {
    ask(
        action.name().toLowerCase(Locale.ROOT),
        happened -> asking.requestAction(id, OptionalLong.empty(), action, happened, world.now()));
  }

  private void abandon() {
    ask(
        "abandon",
        happened -> {
          Stack stack = asking.lock(id).orElseThrow();
          if (asking.abandonment(id).isPresent()) {
            return;
          }
          stack.requireAbandonable();
          asking.abandon(
              stack.abandoned(happened, world.now(), RequestId.currentOrFresh()),
              asking.parts(id).stream().map(part -> part.leftBehind(world.now())).toList(),
              JsonValue.EMPTY_JSON_OBJECT,
              happened,
              world.now());
        });
    wish.deletionAcknowledged();
  }

  private void cancel(boolean back) {
    ask(
        "cancel",
        happened -> asking.requestCancel(id, OptionalLong.empty(), back, happened, world.now()));
  }

  private void delete() {
    ask(
        "delete",
        happened -> asking.requestDeletion(id, OptionalLong.empty(), happened, world.now()));
    wish.deletionAcknowledged();
  }

  /** Something that the stack's people are told, and the engine has no part in; not repeated. */
  private void tell() {
    String words = "tell " + ++asked;
    wish.unanswered.add(words);
    try {
      asking.tell(id, List.of(Happening.of(stack().status(), Phrase.verbatim(words))), world.now());
    } catch (Simulation.Killed e) {
      world.note("nobody knows whether it was told: " + words);
    }
  }

  /** Somebody changes the resource in its cloud, and that is found out; not repeated. */
  private void changed() {
    if (TestStacks.isUpdatable(type)) {
      world.clouds.change("it", "theirs");
      PartKey part =
          world.store.parts(id).stream()
              .map(StackPart::key)
              .filter(key -> key.id().resource().equals("it"))
              .findFirst()
              .orElseThrow();
      world.store.deviate(
          id,
          part,
          new Deviation(
              "value",
              Optional.of(Json.createValue("v")),
              Optional.of(Json.createValue("theirs")),
              Optional.empty(),
              world.now(),
              0));
    }
    try {
      asking.wake(id, world.now());
    } catch (Simulation.Killed e) {
      world.note("nobody was woken");
    }
  }

  private void chooseOnDrift(DriftChoice choice) {
    ask(
        "choose",
        happened -> asking.chooseOnDrift(id, OptionalLong.empty(), choice, happened, world.now()));
  }
}
