package io.isthmus.domain.stack.engine;

import static io.isthmus.domain.stack.StackHealth.HEALTHY;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.domain.template.DeletionPolicy;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of a part when it is asked for, and when a cloud has answered. Pure but for jitter.
 */
final class PartTurns {

  /** May be different the next time. */
  private static final Set<FaultCode> PASSING =
      EnumSet.of(
          FaultCode.CONFLICT,
          FaultCode.CLOUD_UNAVAILABLE,
          FaultCode.CLOUD_TIMEOUT,
          FaultCode.CLOUD_GARBLED);

  /**
   * Which conflict of a part is told. What it waits for, such as a load balancer that takes one
   * change at a time, is most often over before, and comes soon, so that the waits stay short.
   */
  private static final int TOLD_CONFLICT = 3;

  private final EngineLimits limits;
  private final Backoff backoff;

  PartTurns(EngineLimits limits, Backoff backoff) {
    this.limits = limits;
    this.backoff = backoff;
  }

  /** A cloud is about to be asked for it. */
  Turn askedToCreate(StackPart part, JsonObject properties, Instant now) {
    StackPart asked =
        part.with(part.state().asking(StackStatus.CREATING, Optional.of(properties), now));
    return asked.state().attempts() == 1
        ? Turn.of(asked, Words.of("creating", asked))
        : Turn.of(asked);
  }

  /** A cloud is about to be asked to remove it. */
  Turn askedToDelete(StackPart part, Instant now) {
    StackPart asked = part.with(part.state().asking(StackStatus.DELETING, Optional.empty(), now));
    return asked.state().attempts() == 1
        ? Turn.of(asked, Words.of("deleting", asked))
        : Turn.of(asked);
  }

  Turn created(StackPart part, Outcome outcome, boolean repairing, Instant now) {
    if (outcome instanceof Outcome.Taken taken) {
      PartState known =
          part.state()
              .known(
                  Optional.of(taken.physicalId()),
                  part.state().cloudStatus(),
                  taken.attributes(),
                  now);
      return taken.ready() ? ready(part.with(known), now) : Turn.of(part.with(known));
    }
    if (outcome instanceof Outcome.Refused refused) {
      return refusedToCreate(part, refused.fault(), repairing, now);
    }
    if (outcome instanceof Outcome.Uncertain uncertain) {
      return tryAgainOrFail(part, uncertain.fault(), repairing, now);
    }
    throw new IllegalArgumentException("no outcome of a creation: " + outcome);
  }

  /** Something that lies with us, such as a reference that cannot be resolved. */
  Turn notCreatable(StackPart part, FederationFault fault, boolean repairing, Instant now) {
    return createFailed(part, Trouble.of(fault, now), repairing, now);
  }

  /** The cloud cannot even be asked, because the project has no way into it now. */
  Turn noWayIn(StackPart part, FederationFault fault, Instant now) {
    return again(part, Trouble.of(fault, now), now);
  }

  Turn ready(StackPart part, Instant now) {
    StackPart ready = part.with(part.state().in(StackStatus.CREATED, HEALTHY, now));
    return Turn.of(ready, Words.of("created", ready));
  }

  private Turn refusedToCreate(
      StackPart part, FederationFault fault, boolean repairing, Instant now) {
    return PASSING.contains(fault.code())
        ? again(part, Trouble.of(fault, now), now)
        : createFailed(part, Trouble.of(fault, now), repairing, now);
  }

  private Turn tryAgainOrFail(
      StackPart part, FederationFault fault, boolean repairing, Instant now) {
    boolean hopeless =
        fault.code() == FaultCode.UNEXPECTED
            && part.state().attempts() >= limits.unexplainedTries();
    return hopeless
        ? createFailed(part, Trouble.of(fault, now), repairing, now)
        : again(part, Trouble.of(fault, now), now);
  }

  Turn createFailed(StackPart part, Trouble trouble, boolean repairing, Instant now) {
    PartState failed =
        part.state()
            .in(
                StackStatus.CREATE_FAILED,
                StackHealth.of(
                    StackHealth.State.DEGRADED,
                    Words.because("create-failed", part, trouble.phrase())),
                now)
            .troubled(
                trouble,
                repairing ? Optional.of(now.plus(limits.repairPause())) : Optional.empty(),
                now);
    StackPart turned = part.with(failed);
    return Turn.of(turned, Words.because("create-failed", turned, trouble.phrase()), trouble);
  }

  /** Another generation takes the part's place as soon as this one is gone. */
  Turn replaced(StackPart part, Phrase reason, Instant now) {
    StackPart leaving = part.with(Goal.ABSENT, part.state());
    StackPart next = part.successor(now);
    return new Turn(
        List.of(leaving, next),
        List.of(Happening.of(leaving, Words.because("replacing", leaving, reason))));
  }

  Turn deleted(StackPart part, Outcome outcome, Instant now) {
    if (outcome instanceof Outcome.Gone gone && gone.finished()) {
      return gone(part, now);
    }
    if (outcome instanceof Outcome.Refused refused) {
      return notDeleted(part, refused.fault(), !PASSING.contains(refused.fault().code()), now);
    }
    if (outcome instanceof Outcome.Uncertain uncertain) {
      return notDeleted(
          part, uncertain.fault(), uncertain.fault().code() == FaultCode.UNEXPECTED, now);
    }
    // On its way out; asked again only if nothing comes of it.
    return Turn.of(
        part.with(
            part.state()
                .troubled(part.state().trouble(), Optional.of(now.plus(limits.askAgain())), now)));
  }

  Turn gone(StackPart part, Instant now) {
    StackPart gone = part.with(part.state().in(StackStatus.DELETED, StackHealth.UNKNOWN, now));
    return Turn.of(gone, Words.of("deleted", gone));
  }

  private Turn notDeleted(StackPart part, FederationFault fault, boolean counts, Instant now) {
    Trouble trouble = Trouble.of(fault, now);
    return counts && part.state().attempts() >= limits.unexplainedTries()
        ? deleteFailed(part, trouble, now)
        : again(part, trouble, now);
  }

  Turn deleteFailed(StackPart part, Trouble trouble, Instant now) {
    StackPart failed =
        part.with(
            part.state()
                .in(
                    StackStatus.DELETE_FAILED,
                    StackHealth.of(
                        StackHealth.State.DEGRADED,
                        Words.because("delete-failed", part, trouble.phrase())),
                    now)
                .troubled(Optional.of(trouble), Optional.empty(), now));
    return Turn.of(failed, Words.because("delete-failed", failed, trouble.phrase()), trouble);
  }

  /** The stack shall go, and this part with it. */
  Turn unwanted(StackPart part, Instant now) {
    if (part.goal() == Goal.PRESENT && part.isUntouched()) {
      return Turn.of(
          part.with(Goal.ABSENT, part.state().in(StackStatus.DELETED, StackHealth.UNKNOWN, now)));
    }
    if (part.goal() == Goal.PRESENT && part.deletionPolicy() != DeletionPolicy.DELETE) {
      StackPart left =
          part.with(Goal.RETAINED, part.state().in(StackStatus.DELETED, StackHealth.UNKNOWN, now));
      return Turn.of(left, Words.of("retained", left));
    }
    return Turn.of(
        part.with(
            Goal.ABSENT, part.state().troubled(part.state().trouble(), Optional.empty(), now)));
  }

  private Turn again(StackPart part, Trouble trouble, Instant now) {
    int attempts = Math.max(1, part.state().attempts());
    boolean conflict = trouble.code() == FaultCode.CONFLICT;
    Duration pause = backoff.after(conflict ? Math.min(attempts, TOLD_CONFLICT) : attempts);
    // What a cloud asks for is the least; the jitter on top keeps many from coming back at once.
    Instant next = now.plus(trouble.rest().map(pause::plus).orElse(pause));
    StackPart waiting = part.with(part.state().troubled(trouble, Optional.of(next), now));
    boolean told =
        conflict
            ? attempts != TOLD_CONFLICT
            : part.state()
                .trouble()
                .filter(known -> known.phrase().equals(trouble.phrase()))
                .isPresent();
    return told
        ? Turn.of(waiting)
        : Turn.of(
            waiting,
            Words.of("again", waiting, trouble.phrase(), Words.wait(Duration.between(now, next))),
            trouble);
  }
}
