package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.Standing;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.Relocations;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStanding;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.ResourceGraph;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Takes what its place refused to another one, while a stack is created or updated. What is not
 * wanted any more where it was goes by the ordinary difference; what is wanted instead comes by it.
 *
 * <p>A cloud that answers a creation time and again with errors of its own refuses too, if there is
 * another place; if there is none, it is asked on. What it may have made all the same is found by
 * its mark and removed with the rest.
 *
 * <p>Only what can be made anew without loss is moved: once a server has come up its volumes may
 * hold what is nowhere else, and it stays, as does all that has to be with it. What an update found
 * there stays too. A stack that was complete once is repaired in place.
 */
final class Moving {

  private static final Logger LOG = Logger.getLogger(Moving.class.getName());

  /** Another place may do. */
  private static final Set<FaultCode> OF_THE_PLACE =
      EnumSet.of(FaultCode.CLOUD_FULL, FaultCode.QUOTA_EXCEEDED);

  private static final String SERVER = "OS::Nova::Server";

  private final Ledger ledger;
  private final Relocations relocations;
  private final Supplier<ResourceGraph> graph;
  private final PartTurns turns;
  private final int erringTries;

  /** With how many tries another place was looked for and not found. */
  private final Map<PartKey, Integer> stayedAt = new HashMap<>();

  /**
   * @param erringTries after so many tries that end in an error of the cloud another place is
   *     looked for
   */
  Moving(
      Ledger ledger,
      Relocations relocations,
      Supplier<ResourceGraph> graph,
      PartTurns turns,
      int erringTries) {
    this.ledger = ledger;
    this.erringTries = erringTries;
    this.relocations = relocations;
    this.graph = graph;
    this.turns = turns;
  }

  /**
   * Notes where things go instead, or that there is no place left; when no call is under way.
   *
   * @param write writes what was noted, where others must not take the place meanwhile
   * @return what writing has answered; false when there was nothing to be written at once
   */
  boolean move(Instant now, BooleanSupplier write) {
    Stack stack = ledger.stack();
    if (!stack.status().equals(StackStatus.CREATING)
        && !stack.status().equals(StackStatus.UPDATING)) {
      return false;
    }
    Map<PartId, StackPart> wanted =
        ledger.parts().stream()
            .filter(part -> part.goal() == Goal.PRESENT)
            .collect(Collectors.toMap(StackPart::id, Function.identity()));
    List<StackPart> failed =
        wanted.values().stream().filter(part -> Difference.hasFailedToCome(stack, part)).toList();
    if (failed.isEmpty()) {
      return moveWhatErrs(stack, wanted, now, write);
    }
    return failed.stream().allMatch(Moving::isRefusedByItsPlace)
        && moveWhatFailed(stack, wanted, failed, now, write);
  }

  private boolean moveWhatFailed(
      Stack stack,
      Map<PartId, StackPart> wanted,
      List<StackPart> failed,
      Instant now,
      BooleanSupplier write) {
    failed.forEach(part -> ledger.note(refusal(part)));
    Standing standing = standing(stack, wanted, failed, ledger.refusals());
    return decide(stack, standing, answer -> noteWhatFailed(answer, wanted, failed, now), write);
  }

  /**
   * Looks for another place, and where there is one does so once more in the project's turn: who
   * else moves or is accepted may have taken it since.
   */
  private boolean decide(
      Stack stack, Standing standing, Consumer<Relocation> note, BooleanSupplier write) {
    Relocation answer = again(stack, standing);
    if (!(answer instanceof Relocation.Moved)) {
      note.accept(answer);
      return false;
    }
    return relocations.inTurn(
        stack,
        () -> {
          note.accept(relocations.again(stack, graph.get(), standing));
          return write.getAsBoolean();
        });
  }

  private void noteWhatFailed(
      Relocation answer, Map<PartId, StackPart> wanted, List<StackPart> failed, Instant now) {
    if (answer instanceof Relocation.Moved moved) {
      tell(failed, moved);
      follow(moved, wanted, now);
    } else if (answer instanceof Relocation.NoPlaceLeft none) {
      Trouble trouble = Trouble.of(none.fault(), now);
      failed.forEach(part -> ledger.note(turns.createFailed(part, trouble, false, now)));
    }
  }

  private boolean moveWhatErrs(
      Stack stack, Map<PartId, StackPart> wanted, Instant now, BooleanSupplier write) {
    List<StackPart> erring = wanted.values().stream().filter(part -> errs(stack, part)).toList();
    if (erring.isEmpty()) {
      return false;
    }
    List<Refusal> refusals = new ArrayList<>(ledger.refusals());
    erring.forEach(part -> refusals.add(refusal(part)));
    return decide(
        stack,
        standing(stack, wanted, erring, refusals),
        answer -> noteWhatErrs(answer, wanted, erring, now),
        write);
  }

  private void noteWhatErrs(
      Relocation answer, Map<PartId, StackPart> wanted, List<StackPart> erring, Instant now) {
    if (answer instanceof Relocation.Moved moved) {
      erring.forEach(part -> ledger.note(refusal(part)));
      tell(erring, moved);
      follow(moved, wanted, now);
    } else {
      erring.forEach(part -> stayedAt.put(part.key(), part.state().attempts()));
    }
  }

  /**
   * Whether its creation ends in errors of the cloud, and it was not decided yet what follows. What
   * the cloud answered before somebody asked anew does not count.
   */
  private boolean errs(Stack stack, StackPart part) {
    PartState state = part.state();
    return part.status().equals(StackStatus.CREATING)
        && state.physicalId().isEmpty()
        && state.attempts() >= erringTries
        && state.attempts() > stayedAt.getOrDefault(part.key(), 0)
        && state
            .trouble()
            .filter(Trouble::isCloudsOwnError)
            .filter(trouble -> !trouble.at().isBefore(stack.actionSince()))
            .isPresent();
  }

  /** Refused by its place, and no other was looked for since. */
  private static boolean isRefusedByItsPlace(StackPart part) {
    return part.status().equals(StackStatus.CREATE_FAILED)
        && part.state()
            .trouble()
            .filter(trouble -> OF_THE_PLACE.contains(trouble.code()))
            .filter(trouble -> trouble.unplaced().isEmpty())
            .isPresent();
  }

  private static Refusal refusal(StackPart part) {
    Trouble trouble = part.state().trouble().orElseThrow();
    Place region = part.id().place();
    Optional<String> zone =
        part.availabilityZone()
            .filter(it -> part.type().equals(SERVER) && trouble.code() == FaultCode.CLOUD_FULL);
    return new Refusal(
        part.id().resource(),
        zone.map(it -> Place.inZone(region.cloud(), region.region(), it)).orElse(region),
        trouble.code(),
        trouble.phrase(),
        trouble.at());
  }

  private static Standing standing(
      Stack stack, Map<PartId, StackPart> wanted, List<StackPart> failed, List<Refusal> refusals) {
    return StackStanding.of(
        wanted.values(),
        failed,
        // What an update found there is not made anew elsewhere for what is new.
        part ->
            stack.status().equals(StackStatus.UPDATING)
                && part.isMade()
                && part.state().since().isBefore(stack.actionSince()),
        // Who tries again may have made room.
        refusals.stream().filter(refusal -> !refusal.at().isBefore(stack.actionSince())).toList());
  }

  private Relocation again(Stack stack, Standing standing) {
    try {
      return relocations.again(stack, graph.get(), standing);
    } catch (FederationFault fault) {
      LOG.log(Level.INFO, fault, () -> "stack " + stack.id() + " cannot be placed anew");
      return new Relocation.Stays();
    }
  }

  private void tell(List<StackPart> failed, Relocation.Moved moved) {
    for (StackPart part : failed) {
      PlannedPart next =
          moved.added().stream()
              .filter(added -> added.id().resource().equals(part.id().resource()))
              .findFirst()
              .orElse(moved.added().get(0));
      ledger.note(
          new Turn(
              List.of(),
              List.of(
                  Happening.of(
                      part,
                      Words.of(
                          "moving",
                          part,
                          part.state().trouble().orElseThrow().phrase(),
                          Words.place(next.id(), next.availabilityZone())),
                      part.state().trouble().flatMap(Trouble::cloudRequest)))));
    }
  }

  private void follow(Relocation.Moved moved, Map<PartId, StackPart> wanted, Instant now) {
    moved.removed().stream()
        .sorted()
        .map(wanted::get)
        .forEach(part -> ledger.note(turns.unwanted(part, now)));
    moved
        .requires()
        .forEach((id, requires) -> ledger.note(Turn.of(wanted.get(id).requiring(requires))));
    for (PlannedPart part : moved.added()) {
      DeletionPolicy policy = graph.get().find(part.id().resource()).orElseThrow().deletionPolicy();
      ledger.note(Turn.of(StackPart.planned(part, policy, ledger.nextGeneration(part.id()), now)));
    }
    ledger.noteAddresses(moved.segments());
  }
}
