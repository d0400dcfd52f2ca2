package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.PartChange;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackUpdate;
import io.isthmus.domain.stack.TestUpdates;
import io.isthmus.domain.trace.RequestId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/** Who asks for things, through whichever server; what they are told, and what not. */
final class People {

  private final World world;
  private final Random random;
  private final Weathers weathers;
  private int asked;
  private int stacks;

  People(World world, Weathers weathers) {
    this.world = world;
    this.random = world.random;
    this.weathers = weathers;
  }

  /** Somebody asks something of some stack, or for a new one. */
  void act(int mostStacks) {
    List<Wish> known = new ArrayList<>(world.wishes.values());
    if (known.size() < mostStacks || random.nextInt(20) == 0 && known.size() < 4) {
      create();
      return;
    }
    Wish wish = known.get(random.nextInt(known.size()));
    world.store.find(wish.id).ifPresent(stack -> act(wish, stack));
  }

  private void act(Wish wish, Stack stack) {
    StackStatus status = stack.status();
    int dice = random.nextInt(12);
    if (stack.isLeaving()) {
      if (status.equals(StackStatus.DELETE_FAILED) || dice == 0) {
        delete(wish);
      }
    } else if (status.equals(StackStatus.UPDATING)) {
      if (dice < 5) {
        cancel(wish, dice < 3);
      } else if (dice == 5) {
        delete(wish);
      }
    } else if (!status.isTerminal()) {
      if (dice == 0) {
        delete(wish);
      } else if (dice == 1) {
        retry(wish, stack);
      }
    } else if (status.status() == ActionStatus.FAILED && dice < 6) {
      retry(wish, stack);
    } else if (status.equals(StackStatus.UPDATE_FAILED) && dice < 8) {
      cancel(wish, true);
    } else if (dice == 11) {
      delete(wish);
    } else if (dice == 10) {
      chooseOnDrift(
          wish, random.nextInt(3) == 0 ? DriftChoice.REPORT : DriftChoice.REPLACE_VANISHED);
    } else if (dice == 9 || !failOver(wish, stack)) {
      update(wish, stack);
    }
  }

  /**
   * The server that was asked may die before, or after, what was asked is done.
   *
   * @return whether it was done, and who asked knows it
   */
  private boolean ask(Wish wish, String what, Consumer<Phrase> call) {
    String words = what + " " + ++asked;
    int fate = random.nextInt(16);
    if (fate == 0) {
      world.counts.count("requests lost on their way");
      return false;
    }
    RequestId request = new RequestId("req-" + new UUID(11, asked));
    long before = events(wish);
    try (RequestId.Scope scope = request.serve()) {
      call.accept(Phrase.verbatim(words));
    } catch (FederationFault refused) {
      world.counts.count("requests refused");
      return false;
    }
    if (events(wish) == before) {
      world.counts.count("requests for what was so already");
      return fate != 1;
    }
    world.note("asked: " + words + " of " + wish.name);
    if (fate == 1) {
      world.counts.count("requests of which the answer was lost");
      wish.unanswered.add(words);
    } else {
      world.counts.count("requests acknowledged");
      wish.acknowledged.add(words);
    }
    if (random.nextBoolean()) {
      world.servers.get(random.nextInt(world.servers.size())).wake(wish.id);
    }
    return fate != 1;
  }

  private long events(Wish wish) {
    return world.store.find(wish.id).map(Stack::lastEvent).orElse(0L);
  }

  private void create() {
    TestStacks made = TestStacks.random(random, 2);
    Set<String> used = new TreeSet<>();
    made.planned().forEach(part -> used.add(part.id().cloud().text()));
    made.planned().stream()
        .filter(part -> part.type().equals(TestStacks.VOLUME) && random.nextInt(12) == 0)
        .forEach(part -> made.retain(part.id().resource()));
    TestStacks.CLOUDS.stream().filter(cloud -> random.nextInt(3) > 0).forEach(used::add);
    made.only(used);
    if (!hasRoom(serversBy(made.planned().stream().map(part -> part.id()).toList(), made))) {
      world.counts.count("requests refused");
      return;
    }
    StackId id = new StackId(new UUID(7, ++stacks));
    Wish wish = new Wish(id, "shop-" + random.nextInt(3), made);
    world.wishes.put(id, wish);
    ask(
        wish,
        "create",
        happened ->
            world.port.add(
                TestStacks.stack(wish.name, world.now(), id.value()),
                made.parts(world.now()),
                happened));
    if (world.store.find(id).isEmpty()) {
      world.wishes.remove(id);
    }
  }

  private void update(Wish wish, Stack stack) {
    TestStacks before = wish.at(stack);
    TestStacks next = before.changed(random);
    if (random.nextInt(3) == 0) {
      Set<String> allowed = new TreeSet<>();
      TestStacks.CLOUDS.stream().filter(cloud -> random.nextInt(2) == 0).forEach(allowed::add);
      allowed.add(TestStacks.CLOUDS.get(random.nextInt(TestStacks.CLOUDS.size())));
      next.only(allowed);
      List<String> some = new ArrayList<>(allowed);
      for (String cloud : TestStacks.CLOUDS) {
        if (!allowed.contains(cloud)) {
          next = next.elsewhere(cloud, some.get(random.nextInt(some.size())));
        }
      }
    } else if (random.nextInt(5) == 0) {
      List<String> some = new ArrayList<>(new TreeSet<>(next.allowed()));
      Collections.shuffle(some, random);
      next = next.elsewhere(some.get(0), some.get(some.size() - 1));
    }
    become(wish, stack, next, Set.of(), "update");
  }

  /**
   * What was in a cloud that is dark is made anew elsewhere, unless something of it holds data.
   *
   * @return whether there was something to do
   */
  private boolean failOver(Wish wish, Stack stack) {
    Optional<String> dark = weathers.longDark();
    if (dark.isEmpty()) {
      return false;
    }
    CloudId cloud = new CloudId(dark.get());
    List<StackPart> there =
        present(wish.id).stream().filter(part -> part.id().cloud().equals(cloud)).toList();
    Optional<String> target =
        wish.at(stack).allowed().stream()
            .sorted()
            .filter(other -> !weathers.isDark(other))
            .findFirst();
    if (there.isEmpty() || there.stream().anyMatch(StackPart::isVolume) || target.isEmpty()) {
      return false;
    }
    TestStacks next = wish.at(stack).elsewhere(dark.get(), target.get());
    if (become(wish, stack, next, Set.of(cloud), "failover")) {
      world.counts.count("stacks failed over");
    }
    return true;
  }

  private boolean become(Wish wish, Stack stack, TestStacks next, Set<CloudId> lost, String what) {
    List<StackPart> present = present(wish.id);
    StackUpdate update = next.update(wish.at(stack), present);
    Set<PartId> there = new TreeSet<>();
    present.stream()
        .filter(part -> part.state().physicalId().isPresent())
        .forEach(part -> there.add(part.id()));
    List<PartId> more =
        update.changes().stream()
            .filter(change -> change.kind() != PartChange.Kind.REMOVED)
            .filter(
                change -> change.kind() == PartChange.Kind.REPLACED || !there.contains(change.id()))
            .map(PartChange::id)
            .toList();
    if (!next.keepsItsRule() || !hasRoom(serversBy(more, next))) {
      world.counts.count("requests refused");
      return false;
    }
    int number = wish.add(next);
    boolean rollsBack = lost.isEmpty() && random.nextBoolean();
    boolean answered =
        ask(
            wish,
            what,
            happened ->
                TestUpdates.apply(
                    world.port,
                    wish.id,
                    new StackUpdate(update.parts(), update.changes(), update.segments(), lost),
                    new PlanId(new UUID(wish.id.value().getLeastSignificantBits(), number)),
                    String.valueOf(number),
                    next.graph(),
                    rollsBack,
                    happened,
                    world.now()));
    if (answered) {
      wish.follows(number);
    }
    return answered;
  }

  void delete(Wish wish) {
    boolean answered =
        ask(
            wish,
            "delete",
            happened ->
                world.port.requestDeletion(wish.id, OptionalLong.empty(), happened, world.now()));
    if (answered) {
      wish.deletionAcknowledged();
    }
  }

  void retry(Wish wish, Stack stack) {
    List<PartId> open =
        present(wish.id).stream()
            .filter(part -> part.state().physicalId().isEmpty())
            .map(StackPart::id)
            .toList();
    if (!hasRoom(serversBy(open, wish.at(stack)))) {
      world.counts.count("requests refused");
      return;
    }
    ask(
        wish,
        "retry",
        happened -> world.port.requestRetry(wish.id, OptionalLong.empty(), happened, world.now()));
  }

  private void cancel(Wish wish, boolean back) {
    ask(
        wish,
        back ? "back" : "cancel",
        happened ->
            world.port.requestCancel(wish.id, OptionalLong.empty(), back, happened, world.now()));
  }

  void chooseOnDrift(Wish wish, DriftChoice choice) {
    if (world.store.onDrift(wish.id) != choice) {
      ask(
          wish,
          "choose",
          happened ->
              world.port.chooseOnDrift(
                  wish.id, OptionalLong.empty(), choice, happened, world.now()));
    }
  }

  private List<StackPart> present(StackId id) {
    return world.store.parts(id).stream().filter(part -> part.goal() == Goal.PRESENT).toList();
  }

  private static Map<CloudId, Integer> serversBy(List<PartId> parts, TestStacks of) {
    Map<CloudId, Integer> servers = new HashMap<>();
    for (PartId part : parts) {
      boolean server =
          of.graph()
              .find(part.resource())
              .filter(node -> node.type().name().equals(TestStacks.SERVER))
              .isPresent();
      if (server) {
        servers.merge(part.cloud(), 1, Integer::sum);
      }
    }
    return servers;
  }

  private boolean hasRoom(Map<CloudId, Integer> servers) {
    return servers.entrySet().stream()
        .allMatch(entry -> world.hasRoom(entry.getKey(), entry.getValue()));
  }
}
