package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.QuotaReading;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.engine.TestStacks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever is accepted, made, refused, deleted and looked at, in any order. */
class ReservationsPropertiesTest {

  private static final int QUOTA = 6;
  private static final CloudId GRA = new CloudId("gra");
  private static final Place REGION = Place.inRegion(GRA, "R1");

  @Property(tries = 3000)
  void noMoreIsPromisedThanTheQuotaHoldsAndNothingStaysReserved(
      @ForAll @Size(max = 60) List<@IntRange(max = 999) Integer> choices) {
    World world = new World();
    for (int choice : choices) {
      world.step(choice);
      assertThat(world.existing + world.toCome()).as("after %s", choice).isLessThanOrEqualTo(QUOTA);
    }
    world.settle();
    world.look();

    assertThat(world.reserved()).isZero();
    assertThat(world.left()).isEqualTo((long) QUOTA - world.existing);
  }

  /** Two projects whose accesses lead into one OpenStack project; a third has its own. */
  @Test
  void whatOneProjectReservesIsNotLeftToThoseWhoShareItsQuotas() {
    ProjectId sharer = new ProjectId("globex", "demo");
    ProjectId other = new ProjectId("globex", "other");
    InMemoryStackStore store = new InMemoryStackStore();
    Instant now = Instant.parse("2026-11-27T00:00:00Z");
    Stack stack = TestStacks.stack("shop", now, UUID.randomUUID());
    store.add(
        stack,
        new TestStacks()
            .add("web", TestStacks.SERVER, "gra")
            .add("far", TestStacks.SERVER, "bhs")
            .parts(now),
        Phrase.of("stack.requested", "shop", "alice"));
    StackReservations reservations = new StackReservations(store);
    QuotaReading shared = new QuotaReading(now, Set.of(TestStacks.PROJECT, sharer));
    QuotaReading alone = new QuotaReading(now, Set.of(other));
    Map<Place, Map<LimitKind, Long>> one = Map.of(REGION, Map.of(LimitKind.INSTANCES, 1L));

    assertThat(
            reservations.of(
                Map.of(GRA, shared, new CloudId("bhs"), new QuotaReading(now, Set.of(sharer))),
                Optional.empty()))
        .isEqualTo(one);
    assertThat(reservations.of(Map.of(GRA, shared), Optional.of(stack.id().value()))).isEmpty();
    assertThat(
            reservations.in(GRA, Map.of(TestStacks.PROJECT, shared, sharer, shared, other, alone)))
        .isEqualTo(Map.of(TestStacks.PROJECT, one, sharer, one));
  }

  /** What it has not begun is counted by who looks for a place for it. */
  @Test
  void ofAStackThatMovesOnlyWhatACloudWasAskedForStaysReserved() {
    InMemoryStackStore store = new InMemoryStackStore();
    Instant now = Instant.parse("2026-11-27T00:00:00Z");
    Stack stack = TestStacks.stack("shop", now, UUID.randomUUID());
    List<StackPart> parts =
        new TestStacks()
            .add("begun", TestStacks.SERVER, "gra")
            .add("refused", TestStacks.SERVER, "gra")
            .add("untouched", TestStacks.SERVER, "gra")
            .parts(now);
    store.add(stack, parts, Phrase.of("stack.requested", "shop", "alice"));
    StackPart begun = parts.get(0);
    StackPart refused = parts.get(1);
    store.write(
        store.lease("one", now, Duration.ofDays(1)).orElseThrow(),
        new StackChange(
            Optional.empty(),
            List.of(
                begun.with(begun.state().asking(StackStatus.CREATING, Optional.empty(), now)),
                refused.with(
                    refused.state().in(StackStatus.CREATE_FAILED, StackHealth.UNKNOWN, now))),
            List.of()),
        now);
    StackReservations reservations = new StackReservations(store);
    Map<CloudId, QuotaReading> read =
        Map.of(GRA, new QuotaReading(now, Set.of(TestStacks.PROJECT)));

    assertThat(reservations.of(read, Optional.empty()))
        .isEqualTo(Map.of(REGION, Map.of(LimitKind.INSTANCES, 2L)));
    assertThat(reservations.of(read, Optional.of(stack.id().value())))
        .isEqualTo(Map.of(REGION, Map.of(LimitKind.INSTANCES, 1L)));
  }

  /** One region with a quota, looked at now and then, and the stacks that are made there. */
  private static final class World {

    private final InMemoryStackStore store = new InMemoryStackStore();
    private final StackReservations reservations = new StackReservations(store);
    private final Map<StackId, Lease> leases = new HashMap<>();

    /** Parts that the cloud has made, though nobody here has been told yet. */
    private final List<PartKey> untold = new ArrayList<>();

    private Instant now = Instant.parse("2026-11-27T00:00:00Z");
    private int existing;

    private Instant read = now;
    private int readUse;
    private Optional<Instant> lookBegun = Optional.empty();
    private int seen;
    private int names;

    void step(int choice) {
      now = now.plusSeconds(1);
      switch (choice % 9) {
        case 0, 1 -> accept(1 + choice / 9 % 3);
        case 2 -> lookBegins();
        case 3 -> seen = existing;
        case 4 -> lookEnds();
        case 5 -> some(choice, this::fail);
        case 6 -> delete(choice);
        default -> some(choice, this::further);
      }
    }

    private void accept(int servers) {
      if (left() < servers) {
        return;
      }
      Stack stack = TestStacks.stack("s" + names++, now, UUID.randomUUID());
      TestStacks wanted = new TestStacks();
      for (int i = 0; i < servers; i++) {
        wanted.add("web" + i, TestStacks.SERVER, "gra");
      }
      store.add(stack, wanted.parts(now), Phrase.of("stack.requested", stack.name(), "alice"));
      leases.put(stack.id(), store.lease("one", now, Duration.ofDays(1)).orElseThrow());
    }

    /** Reading takes a while: the use that it finds is that of some moment within. */
    private void lookEnds() {
      if (lookBegun.isPresent()) {
        read = lookBegun.get();
        readUse = seen;
        lookBegun = Optional.empty();
      }
    }

    private void lookBegins() {
      lookBegun = Optional.of(now);
      seen = existing;
    }

    void look() {
      now = now.plusSeconds(1);
      lookBegins();
      lookEnds();
    }

    private void some(int choice, BiConsumer<Stack, StackPart> what) {
      List<Runnable> possible = new ArrayList<>();
      for (StackId id : leases.keySet().stream().sorted(byName()).toList()) {
        Stack stack = store.find(id).orElseThrow();
        if (stack.status().equals(StackStatus.CREATING)) {
          store.parts(id).stream()
              .filter(part -> !part.isComplete())
              .sorted((a, b) -> a.id().compareTo(b.id()))
              .forEach(part -> possible.add(() -> what.accept(stack, part)));
        }
      }
      if (!possible.isEmpty()) {
        possible.get(choice / 9 % possible.size()).run();
      }
    }

    private Comparator<StackId> byName() {
      return Comparator.comparing(id -> store.find(id).orElseThrow().name());
    }

    /** Asked for, made by the cloud, told, complete: one of them. */
    private void further(Stack stack, StackPart part) {
      PartState state = part.state();
      if (part.isUntouched()) {
        write(stack, part.with(state.asking(StackStatus.CREATING, Optional.empty(), now)));
      } else if (state.physicalId().isPresent()) {
        write(stack, part.with(state.in(StackStatus.CREATED, StackHealth.UNKNOWN, now)));
      } else if (untold.remove(key(stack, part))) {
        write(
            stack,
            part.with(
                state.known(Optional.of("id"), Optional.of("BUILD"), state.attributes(), now)));
      } else {
        untold.add(key(stack, part));
        existing++;
      }
    }

    /** The cloud refuses it, and with it the stack's creation has failed. */
    private void fail(Stack stack, StackPart part) {
      if (part.isUntouched()
          || part.state().physicalId().isPresent()
          || untold.contains(key(stack, part))) {
        return;
      }
      settleRest(stack, part);
      StackPart failed =
          part.with(part.state().in(StackStatus.CREATE_FAILED, StackHealth.UNKNOWN, now));
      store.write(
          leases.get(stack.id()),
          new StackChange(
              Optional.of(
                  new StackChange.Header(
                      stack.actionSince(),
                      StackStatus.CREATE_FAILED,
                      Phrase.of("stack.accepted", stack.name()),
                      StackHealth.UNKNOWN)),
              List.of(failed),
              List.of()),
          now);
    }

    /** A creation fails at its end: what was begun is brought to an end first. */
    private void settleRest(Stack stack, StackPart failing) {
      for (StackPart part : store.parts(stack.id())) {
        if (part.id().equals(failing.id()) || part.isUntouched()) {
          continue;
        }
        for (StackPart at = part; !at.isComplete(); at = same(stack, at)) {
          further(stack, at);
        }
      }
    }

    private StackPart same(Stack stack, StackPart part) {
      return store.parts(stack.id(), part.id()).get(0);
    }

    private void delete(int choice) {
      List<StackId> all = leases.keySet().stream().sorted(byName()).toList();
      if (all.isEmpty()) {
        return;
      }
      StackId id = all.get(choice / 9 % all.size());
      Stack stack = store.find(id).orElseThrow();
      for (StackPart part : store.parts(id)) {
        if (part.goal() == Goal.PRESENT
            && (untold.remove(key(stack, part)) || part.state().physicalId().isPresent())) {
          existing--;
        }
        write(
            stack,
            part.with(Goal.ABSENT, part.state().in(StackStatus.DELETED, StackHealth.UNKNOWN, now)));
      }
      leases.remove(id);
    }

    void settle() {
      for (StackId id : leases.keySet().stream().sorted(byName()).toList()) {
        Stack stack = store.find(id).orElseThrow();
        if (stack.status().equals(StackStatus.CREATING)) {
          for (StackPart part : store.parts(id)) {
            for (StackPart at = part; !at.isComplete(); at = same(stack, at)) {
              now = now.plusSeconds(1);
              further(stack, at);
              assertThat(existing).isLessThanOrEqualTo(QUOTA);
            }
          }
        }
      }
    }

    /** What stacks that are being made have still to ask of the cloud. */
    int toCome() {
      int toCome = 0;
      for (StackId id : leases.keySet()) {
        Stack stack = store.find(id).orElseThrow();
        if (stack.status().equals(StackStatus.CREATING)) {
          for (StackPart part : store.parts(id)) {
            boolean there =
                part.state().physicalId().isPresent() || untold.contains(key(stack, part));
            toCome += there ? 0 : 1;
          }
        }
      }
      return toCome;
    }

    long left() {
      return Math.max(0, QUOTA - readUse - reserved());
    }

    long reserved() {
      return reservations
          .of(Map.of(GRA, new QuotaReading(read, Set.of(TestStacks.PROJECT))), Optional.empty())
          .getOrDefault(REGION, Map.of())
          .getOrDefault(LimitKind.INSTANCES, 0L);
    }

    private void write(Stack stack, StackPart part) {
      store.write(
          leases.get(stack.id()), new StackChange(Optional.empty(), List.of(part), List.of()), now);
    }

    /** Parts of several stacks have the same names. */
    private static PartKey key(Stack stack, StackPart part) {
      return new PartKey(
          new PartId(stack.id() + part.id().resource(), part.id().cloud(), part.id().region()),
          part.key().generation());
    }
  }
}
