package io.isthmus.domain.stack.engine;

import static io.isthmus.domain.stack.StackHealth.HEALTHY;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackHealth.State;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Trouble;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of a part when it was looked at. Pure. Unreachable, absent and unhealthy are three
 * answers: only a cloud that answers can say that something is not there, and only when it says so
 * for a while is it believed.
 */
final class LookTurns {

  private final EngineLimits limits;
  private final PartTurns turns;

  LookTurns(EngineLimits limits, PartTurns turns) {
    this.limits = limits;
    this.turns = turns;
  }

  /**
   * @param stack the status of its stack; when that was complete before, failing now does not end
   *     it
   */
  Turn seen(StackPart part, Sighting sighting, StackStatus stack, Instant now) {
    if (part.state().isToBeAdopted()) {
      // That it is there does not make it ours.
      return Turn.NOTHING;
    }
    if (sighting instanceof Sighting.Unknown unknown) {
      return unreachable(part, unknown, now);
    }
    if (sighting instanceof Sighting.Present present) {
      if (part.isReplaced()) {
        return replacedAndThere(part, present, now);
      }
      if (isAnother(part, present)) {
        return wantedAndNotThere(part, now);
      }
      return part.goal() == Goal.PRESENT
          ? wantedAndThere(part, present, stack, now)
          : unwantedAndThere(part, present, now);
    }
    if (part.isReplaced()) {
      return replacedAndNotThere(part, now);
    }
    return part.goal() == Goal.PRESENT
        ? wantedAndNotThere(part, now)
        : unwantedAndNotThere(part, now);
  }

  /**
   * Whether what stood there is gone and another carries its mark, which came late: nothing was
   * ever written into that one, nor was it changed with the other.
   */
  static boolean isAnother(StackPart part, Sighting.Present present) {
    return part.goal() == Goal.PRESENT
        && part.isMade()
        && part.state().physicalId().filter(id -> !id.equals(present.physicalId())).isPresent();
  }

  private static Turn unreachable(StackPart part, Sighting.Unknown unknown, Instant now) {
    if (part.isGone() || part.isReplaced() && !part.isBack()) {
      return Turn.NOTHING;
    }
    Phrase reason = Words.because("unreachable", part, unknown.fault().phrase());
    StackHealth health = StackHealth.of(State.UNREACHABLE, reason);
    if (part.state().health().equals(health)) {
      return Turn.NOTHING;
    }
    boolean told = part.state().health().state() == State.UNREACHABLE || part.isReplaced();
    PartState state = part.state();
    // Nothing was seen: when it last was stays as it is.
    StackPart turned = part.with(state.healthy(health, state.missingSince(), state.updatedAt()));
    return told ? Turn.of(turned) : Turn.of(turned, reason, Trouble.of(unknown.fault(), now));
  }

  private Turn wantedAndThere(
      StackPart part, Sighting.Present present, StackStatus stack, Instant now) {
    StackPart known = part.with(known(part, present, now));
    if (part.status().action() == StackAction.UPDATE && !part.status().isWhole()) {
      return changedInPlace(part, known, present, stack, now);
    }
    if (part.status().isOfSleep() && !part.status().isWhole()) {
      return betweenSleepAndWaking(part, known, present, now);
    }
    boolean made = part.status().isWhole();
    switch (present.phase()) {
      case READY:
        return made ? keptWell(part, known, now) : turns.ready(known, now);
      case TO_CONFIRM:
        return made ? turns.toConfirm(known, now) : turns.ready(known, now);
      case FAILED:
        return made
            ? keptBadly(part, known, Words.because("broken", known, trouble(present)), now)
            : cameUpBroken(part, known, present, stack.isWhole(), now);
      case DELETING:
        return made
            ? keptBadly(part, known, Words.of("vanishing", known), now)
            : changed(part, known);
      case BUILDING:
        return changed(part, known);
    }
    throw new IllegalStateException("phase " + present.phase());
  }

  /** Its driver is asked on, which alone knows when it sleeps, or is awake. */
  private Turn betweenSleepAndWaking(
      StackPart part, StackPart known, Sighting.Present present, Instant now) {
    if (part.status().isTerminal()) {
      return changed(part, known);
    }
    return switch (present.phase()) {
      case READY, TO_CONFIRM -> askedOn(part, known, now);
      case FAILED ->
          turns.sleepOrWakingFailed(
              known,
              new Trouble(FaultCode.CLOUD_REJECTED, trouble(present), troubleOf(known), now),
              now);
      case DELETING, BUILDING -> changed(part, known);
    };
  }

  /** It was there before, and a cloud was asked to make something else of it. */
  private Turn changedInPlace(
      StackPart part, StackPart known, Sighting.Present present, StackStatus stack, Instant now) {
    if (!part.status().equals(StackStatus.UPDATING)) {
      return notChanged(part, known, present, stack, now);
    }
    return switch (present.phase()) {
      case READY, TO_CONFIRM -> askedOn(part, known, now);
      case FAILED ->
          turns.updateFailed(
              known,
              new Trouble(FaultCode.CLOUD_REJECTED, trouble(present), troubleOf(known), now),
              now);
      case DELETING, BUILDING -> changed(part, known);
    };
  }

  /**
   * It could not be changed. Nothing more is begun, but what was is brought to its end, not too
   * often; and nothing was wrong with what is as it was given.
   */
  private Turn notChanged(
      StackPart part, StackPart known, Sighting.Present present, StackStatus stack, Instant now) {
    boolean waits = present.phase() == Sighting.Phase.TO_CONFIRM;
    if (waits
        && stack.isAtRest()
        && !now.isBefore(part.state().since().plus(limits.repairPause()))) {
      return turns.toConfirm(known, now);
    }
    return stack.isWhole() && present.phase() == Sighting.Phase.READY
        ? turns.updatedAfterAll(known, now)
        : changed(part, known);
  }

  private Turn askedOn(StackPart part, StackPart known, Instant now) {
    Turn turn = turns.askedOn(known, now);
    return turn.parts().get(0).equals(known) ? changed(part, known) : turn;
  }

  private static JsonObject troubleOf(StackPart part) {
    return Json.createObjectBuilder()
        .add("cloud", part.id().cloud().text())
        .add("cloud_status", part.state().cloudStatus().orElse(""))
        .build();
  }

  private Turn cameUpBroken(
      StackPart before, StackPart part, Sighting.Present present, boolean repairing, Instant now) {
    if (part.status().equals(StackStatus.CREATE_FAILED)) {
      return changed(before, part);
    }
    Phrase trouble = trouble(present);
    int most = present.full() ? Math.min(1, limits.replacements()) : limits.replacements();
    if (part.state().replacements() < most) {
      return turns.replaced(part, trouble, now);
    }
    Trouble last =
        new Trouble(
            present.full() ? FaultCode.CLOUD_FULL : FaultCode.CLOUD_REJECTED,
            trouble,
            troubleOf(part),
            now);
    return turns.createFailed(part, last, repairing, now);
  }

  private Turn wantedAndNotThere(StackPart part, Instant now) {
    PartState state = part.state();
    if (part.isMade()) {
      return missing(part, now);
    }
    if (part.status().equals(StackStatus.CREATING) && state.physicalId().isPresent()) {
      if (isBelieved(part, now)) {
        // Taken and then not there: it is made again, under the same mark.
        return Turn.of(
            part.with(
                state
                    .known(Optional.empty(), Optional.empty(), JsonValue.EMPTY_JSON_OBJECT, now)
                    .healthy(StackHealth.UNKNOWN, Optional.empty(), now)),
            Words.of("lost", part));
      }
      return state.missingSince().isPresent()
          ? Turn.NOTHING
          : Turn.of(part.with(state.healthy(state.health(), Optional.of(now), now)));
    }
    return Turn.NOTHING;
  }

  private Turn missing(StackPart part, Instant now) {
    PartState state = part.state();
    if (state.missingSince().isEmpty()) {
      return Turn.of(part.with(state.healthy(state.health(), Optional.of(now), now)));
    }
    Phrase reason = Words.of("missing", part);
    StackHealth health = StackHealth.of(State.LOST, reason);
    if (!isBelieved(part, now) || state.health().equals(health)) {
      return Turn.NOTHING;
    }
    // What an update waits for does not come any more, and what is not there does not run.
    PartState left =
        state.status().equals(StackStatus.SUSPENDING)
            ? state.in(StackStatus.SUSPENDED, health, now)
            : state;
    PartState lost = left.troubled(left.trouble(), Optional.empty(), now);
    return Turn.of(part.with(lost.healthy(health, state.missingSince(), now)), reason);
  }

  private boolean isBelieved(StackPart part, Instant now) {
    return part.state()
        .missingSince()
        .filter(since -> !since.plus(limits.confirmMissing()).isAfter(now))
        .isPresent();
  }

  private static Turn unwantedAndThere(StackPart part, Sighting.Present present, Instant now) {
    if (!part.isGone()) {
      return changed(part, part.with(known(part, present, now)));
    }
    // Asked for before it was deleted, done after: the cloud, or one of us, was slow.
    StackPart late =
        part.with(known(part, present, now).in(StackStatus.DELETING, StackHealth.UNKNOWN, now));
    return Turn.of(late, Words.of("late", late));
  }

  /** Its cloud answers again, or still. */
  private Turn replacedAndThere(StackPart part, Sighting.Present present, Instant now) {
    PartState seen = known(part, present, now);
    StackPart known =
        part.with(
            seen.missingSince().isPresent()
                ? seen.healthy(StackHealth.UNKNOWN, Optional.empty(), now)
                : seen);
    if (part.mayStillRun() && !known.mayStillRun()) {
      return turns.stopped(known, now);
    }
    return changed(part, known);
  }

  /**
   * Its cloud has lost it, or somebody has removed it. Its driver is asked all the same, since a
   * look does not show what was made beside it, such as a server's ports.
   */
  private Turn replacedAndNotThere(StackPart part, Instant now) {
    if (isBelieved(part, now)) {
      return turns.unwanted(part, now);
    }
    return part.state().missingSince().isPresent()
        ? Turn.NOTHING
        : Turn.of(part.with(part.state().healthy(StackHealth.UNKNOWN, Optional.of(now), now)));
  }

  /**
   * Gone only when its cloud has taken the deletion: of one that may not have heard it the driver
   * is asked once more, since a look does not show what was made beside it, such as a server's
   * ports.
   */
  private Turn unwantedAndNotThere(StackPart part, Instant now) {
    boolean taken =
        part.status().equals(StackStatus.DELETING)
            && part.state().trouble().isEmpty()
            && part.state().nextTry().isPresent();
    return taken ? turns.gone(part, now) : Turn.NOTHING;
  }

  private static Turn keptWell(StackPart before, StackPart known, Instant now) {
    if (before.state().health().equals(HEALTHY) && before.state().missingSince().isEmpty()) {
      return changed(before, known);
    }
    boolean wasBad = before.state().health().state() != State.HEALTHY;
    StackPart well = known.with(known.state().in(known.status(), HEALTHY, now));
    return wasBad ? Turn.of(well, Words.of("well-again", well)) : Turn.of(well);
  }

  private static Turn keptBadly(StackPart before, StackPart known, Phrase reason, Instant now) {
    StackHealth health = StackHealth.of(State.DEGRADED, reason);
    if (before.state().health().equals(health)) {
      return changed(before, known);
    }
    return Turn.of(known.with(known.state().healthy(health, Optional.empty(), now)), reason);
  }

  private static PartState known(StackPart part, Sighting.Present present, Instant now) {
    PartState state = part.state();
    PartState known =
        state.known(
            Optional.of(present.physicalId()),
            Optional.of(present.cloudStatus()),
            present.attributes(),
            now);
    return known.health().state() == State.UNREACHABLE
        ? known.healthy(
            part.isComplete() ? state.health() : StackHealth.UNKNOWN, Optional.empty(), now)
        : known;
  }

  /** Nothing is written when nothing is new. */
  private static Turn changed(StackPart before, StackPart known) {
    PartState was = before.state();
    PartState is = known.state();
    boolean same =
        was.physicalId().equals(is.physicalId())
            && was.cloudStatus().equals(is.cloudStatus())
            && was.attributes().equals(is.attributes())
            && was.health().equals(is.health());
    return same ? Turn.NOTHING : Turn.of(known);
  }

  private static Phrase trouble(Sighting.Present present) {
    return present.trouble().orElseGet(() -> Phrase.of("stack.cloud-says", present.cloudStatus()));
  }
}
