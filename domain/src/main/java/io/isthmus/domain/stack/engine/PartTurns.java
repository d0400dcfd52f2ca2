package io.isthmus.domain.stack.engine;

import static io.isthmus.domain.stack.StackHealth.HEALTHY;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.domain.template.DeletionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

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

  /** For how long what is locked holds up what else is to be done where it runs. */
  private static final Duration LOCKED = Duration.ofMinutes(30);

  private final EngineLimits limits;
  private final Backoff backoff;
  private final ToIntFunction<PartId> generations;

  /**
   * @param generations the number of the next generation of a part
   */
  PartTurns(EngineLimits limits, Backoff backoff, ToIntFunction<PartId> generations) {
    this.limits = limits;
    this.backoff = backoff;
    this.generations = generations;
  }

  /**
   * A cloud is about to be asked for it.
   *
   * @param asked the part, with what it is asked for and upon what it is built
   */
  Turn askedToCreate(StackPart asked) {
    return asked.state().attempts() == 1
        ? Turn.of(asked, Words.of("creating", asked))
        : Turn.of(asked);
  }

  /**
   * A cloud is about to be asked to bring it to what it shall be.
   *
   * @param asked the part, with what it is asked for and upon what it is built
   */
  Turn askedToUpdate(StackPart asked) {
    return asked.state().attempts() == 1
        ? Turn.of(asked, Words.of("updating", asked))
        : Turn.of(asked);
  }

  /** It has what it shall have already. */
  Turn right(StackPart part, Set<PartKey> built) {
    return Turn.of(part.arrived(part.state(), built));
  }

  /**
   * A cloud was asked to bring it to what it shall be.
   *
   * @param built the generations of what it requires; empty when it shall be something else
   *     meanwhile than what the cloud was asked for
   */
  Turn updated(StackPart part, Outcome outcome, Optional<Set<PartKey>> built, Instant now) {
    if (outcome instanceof Outcome.Taken taken) {
      PartState known = part.state();
      known =
          known.known(
              Optional.of(taken.physicalId()),
              known.cloudStatus(),
              taken.attributes().isEmpty() ? known.attributes() : taken.attributes(),
              now);
      if (taken.ready()) {
        PartState done = known.in(StackStatus.UPDATED, HEALTHY, now);
        StackPart ready =
            built.map(all -> part.arrived(done, all)).orElseGet(() -> part.with(done));
        return Turn.of(ready, Words.of("updated", ready));
      }
      // Asked on when a look shows that the cloud is done with this.
      return Turn.of(
          part.with(
              known.troubled(
                  Optional.empty(), Optional.of(now.plus(limits.createTimeout())), now)));
    }
    if (outcome instanceof Outcome.Refused refused) {
      return PASSING.contains(refused.fault().code())
          ? again(part, Trouble.of(refused.fault(), now), now)
          : updateFailed(part, Trouble.of(refused.fault(), now), now);
    }
    if (outcome instanceof Outcome.Uncertain uncertain) {
      return isHopeless(part, uncertain.fault())
          ? updateFailed(part, Trouble.of(uncertain.fault(), now), now)
          : again(part, Trouble.of(uncertain.fault(), now), now);
    }
    throw new IllegalArgumentException("no outcome of an update: " + outcome);
  }

  /**
   * Something that it was asked to become, perhaps long ago, waits for a word: it is asked on until
   * it is what it was given.
   */
  Turn toConfirm(StackPart part, Instant now) {
    StackPart waiting =
        part.becoming(part.goalSpec())
            .with(part.state().in(StackStatus.UPDATING, part.state().health(), now));
    return Turn.of(waiting, Words.of("to-confirm", waiting));
  }

  /** What could not be changed is as it was given after all. */
  Turn updatedAfterAll(StackPart part, Instant now) {
    StackPart ready = part.arrived(part.state().in(StackStatus.UPDATED, HEALTHY, now), part.upon());
    return Turn.of(ready, Words.of("updated", ready));
  }

  /** The cloud is done with what it was asked; whether more is left the next call tells. */
  Turn askedOn(StackPart part, Instant now) {
    boolean waits = part.state().trouble().isEmpty() && part.state().nextTry().isPresent();
    return waits
        ? Turn.of(part.with(part.state().troubled(Optional.empty(), Optional.empty(), now)))
        : Turn.of(part);
  }

  Turn updateFailed(StackPart part, Trouble trouble, Instant now) {
    StackPart failed =
        part.with(
            part.state()
                .in(
                    StackStatus.UPDATE_FAILED,
                    StackHealth.of(
                        StackHealth.State.DEGRADED,
                        Words.because("update-failed", part, trouble.phrase())),
                    now)
                .troubled(trouble, Optional.empty(), now));
    return Turn.of(failed, Words.because("update-failed", failed, trouble.phrase()), trouble);
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

  /**
   * A cloud is about to be asked for what it has already.
   *
   * @param asked the part, with what its template says of it and upon what it is built
   */
  Turn askedToAdopt(StackPart asked) {
    return asked.state().attempts() == 1
        ? Turn.of(asked, Words.of("adopting", asked))
        : Turn.of(asked);
  }

  /** A cloud was asked for what it has already. */
  Turn adopted(StackPart part, Outcome outcome, Instant now) {
    if (outcome instanceof Outcome.Adopted taken) {
      PartState known =
          part.state()
              .known(
                  Optional.of(taken.physicalId()),
                  part.state().cloudStatus(),
                  taken.attributes(),
                  now)
              .named(taken.name());
      StackPart ready = part.with(known.in(StackStatus.ADOPTED, HEALTHY, now));
      return Turn.of(ready, Words.of("adopted", ready, taken.physicalId()));
    }
    if (outcome instanceof Outcome.Refused refused) {
      Trouble trouble = Trouble.of(refused.fault(), now);
      return PASSING.contains(refused.fault().code())
          ? again(part, trouble, now)
          : adoptFailed(part, trouble, now);
    }
    if (outcome instanceof Outcome.Uncertain uncertain) {
      Trouble trouble = Trouble.of(uncertain.fault(), now);
      return isHopeless(part, uncertain.fault())
          ? adoptFailed(part, trouble, now)
          : again(part, trouble, now);
    }
    throw new IllegalArgumentException("no outcome of an adoption: " + outcome);
  }

  Turn adoptFailed(StackPart part, Trouble trouble, Instant now) {
    StackPart failed =
        part.with(
            part.state()
                .in(
                    StackStatus.ADOPT_FAILED,
                    StackHealth.of(
                        StackHealth.State.DEGRADED,
                        Words.because("adopt-failed", part, trouble.phrase())),
                    now)
                .troubled(trouble, Optional.empty(), now));
    return Turn.of(failed, Words.because("adopt-failed", failed, trouble.phrase()), trouble);
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
    return isHopeless(part, fault)
        ? createFailed(part, Trouble.of(fault, now), repairing, now)
        : again(part, Trouble.of(fault, now), now);
  }

  private boolean isHopeless(StackPart part, FederationFault fault) {
    return fault.code() == FaultCode.UNEXPECTED
        && part.state().attempts() >= limits.unexplainedTries();
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

  /** It makes room elsewhere, and stays until all that is wanted is there. */
  Turn outgoing(StackPart part, Instant now) {
    return Turn.of(
        part.with(
            Goal.OUTGOING, part.state().troubled(part.state().trouble(), Optional.empty(), now)));
  }

  /**
   * Another generation takes the part's place, and this one goes when all that is wanted is there.
   */
  Turn succeeded(StackPart part, Phrase reason, Instant now) {
    return new Turn(
        List.of(outgoing(part, now).parts().get(0), successor(part, now)),
        List.of(Happening.of(part, Words.because("replacing", part, reason))));
  }

  /** Another generation takes the part's place as soon as this one is gone. */
  Turn replaced(StackPart part, Phrase reason, Instant now) {
    StackPart leaving = part.with(Goal.ABSENT, part.state());
    StackPart next = successor(part, now);
    return new Turn(
        List.of(leaving, next),
        List.of(Happening.of(leaving, Words.because("replacing", leaving, reason))));
  }

  /** It goes at once, since something waits for that, and another generation takes its place. */
  Turn madeRoomFor(StackPart part, Phrase reason, Instant now) {
    return Turn.all(
        List.of(
            new Turn(
                List.of(), List.of(Happening.of(part, Words.because("replacing", part, reason)))),
            unwanted(part, now),
            Turn.of(successor(part, now))));
  }

  /**
   * Another generation takes the place of what those were built upon; whether anything changes for
   * one, it finds out.
   */
  Turn rebuilt(Collection<StackPart> parts, PartId upon) {
    return Turn.all(
        parts.stream()
            .filter(StackPart::isRight)
            .filter(other -> other.requires().contains(upon))
            .map(other -> Turn.of(other.becoming(other.spec())))
            .toList());
  }

  private StackPart successor(StackPart part, Instant now) {
    return part.successor(generations.applyAsInt(part.id()), now);
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
                .troubled(Optional.empty(), Optional.of(now.plus(limits.askAgain())), now)));
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

  /** A cloud is about to be asked to stop it. */
  Turn askedToStop(StackPart part, Instant now) {
    boolean first = part.state().nextTry().isEmpty() && part.state().trouble().isEmpty();
    StackPart asked =
        part.with(
            part.state()
                .troubled(part.state().trouble(), Optional.of(now.plus(limits.askAgain())), now));
    return first ? Turn.of(asked, Words.of("stopping", asked)) : Turn.of(asked);
  }

  /** A cloud was asked to stop it; that it has, a look tells. */
  Turn stopAsked(StackPart part, Outcome outcome, Instant now) {
    if (outcome instanceof Outcome.Refused refused) {
      return notStopped(part, refused.fault(), now);
    }
    if (outcome instanceof Outcome.Uncertain uncertain) {
      return again(part, Trouble.of(uncertain.fault(), now), now);
    }
    Instant next = now.plus(limits.askAgain());
    return Turn.of(part.with(part.state().troubled(Optional.empty(), Optional.of(next), now)));
  }

  /**
   * Its cloud never stops it, or cannot now, as when somebody has locked it; told once. What is
   * locked for long holds up nothing else there any more, and is tried again now and then.
   */
  private Turn notStopped(StackPart part, FederationFault fault, Instant now) {
    boolean never = fault.code() == FaultCode.CLOUD_REJECTED;
    if (!never && fault.code() != FaultCode.CONFLICT) {
      return again(part, Trouble.of(fault, now), now);
    }
    Optional<Trouble> before = part.state().trouble();
    Optional<Trouble> told = before.filter(one -> one.phrase().equals(fault.phrase()));
    if (!never && part.cannotBeStopped()) {
      return Turn.of(stillRuns(part, before.orElseThrow(), limits.repairPause(), now));
    }
    if (!never && told.filter(one -> !now.isBefore(one.at().plus(LOCKED))).isPresent()) {
      Trouble forLong = new Trouble(FaultCode.CLOUD_REJECTED, fault.phrase(), fault.details(), now);
      StackPart runs = stillRuns(part, forLong, limits.repairPause(), now);
      return Turn.of(runs, Words.because("stop-given-up", runs, fault.phrase()), forLong);
    }
    Instant since = told.map(Trouble::at).orElse(now);
    Trouble trouble = Trouble.of(fault, since);
    StackPart runs =
        stillRuns(part, trouble, never ? limits.repairPause() : limits.askAgain(), now);
    return told.isPresent()
        ? Turn.of(runs)
        : Turn.of(runs, Words.because("stop-failed", runs, trouble.phrase()), trouble);
  }

  private static StackPart stillRuns(StackPart part, Trouble trouble, Duration pause, Instant now) {
    return part.with(
        part.state().troubled(Optional.of(trouble), Optional.of(now.plus(pause)), now));
  }

  /**
   * A cloud is about to be asked to put it to sleep, or to wake it.
   *
   * @param asking SUSPEND_IN_PROGRESS or RESUME_IN_PROGRESS
   */
  Turn askedToSleepOrWake(StackPart part, StackStatus asking, Instant now) {
    StackPart asked = part.with(part.state().asking(asking, Optional.empty(), now));
    return asked.state().attempts() == 1
        ? Turn.of(asked, Words.of(isFalling(asked) ? "suspending" : "resuming", asked))
        : Turn.of(asked);
  }

  /** A cloud was asked to put it to sleep, or to wake it. */
  Turn sleepOrWakingAsked(StackPart part, Outcome outcome, Instant now) {
    if (outcome instanceof Outcome.Taken taken) {
      return taken.ready()
          ? sleepsOrWakes(part, now)
          // Asked on when a look shows it.
          : Turn.of(
              part.with(
                  part.state()
                      .troubled(
                          Optional.empty(), Optional.of(now.plus(limits.createTimeout())), now)));
    }
    if (outcome instanceof Outcome.Refused refused) {
      Trouble trouble = Trouble.of(refused.fault(), now);
      return PASSING.contains(refused.fault().code())
          ? again(part, trouble, now)
          : sleepOrWakingFailed(part, trouble, now);
    }
    if (outcome instanceof Outcome.Uncertain uncertain) {
      Trouble trouble = Trouble.of(uncertain.fault(), now);
      return isHopeless(part, uncertain.fault())
          ? sleepOrWakingFailed(part, trouble, now)
          : again(part, trouble, now);
    }
    // Not there: looks tell whether that is so.
    Instant missing = part.state().missingSince().orElse(now);
    return Turn.of(
        part.with(
            part.state()
                .troubled(part.state().trouble(), Optional.of(now.plus(limits.askAgain())), now)
                .healthy(part.state().health(), Optional.of(missing), now)));
  }

  private Turn sleepsOrWakes(StackPart part, Instant now) {
    boolean falling = isFalling(part);
    StackPart there =
        part.with(
            part.state().in(falling ? StackStatus.SUSPENDED : StackStatus.RESUMED, HEALTHY, now));
    return Turn.of(there, Words.of(falling ? "suspended" : "resumed", there));
  }

  /** What was not put to sleep works as before; what was not woken does not. */
  Turn sleepOrWakingFailed(StackPart part, Trouble trouble, Instant now) {
    return sleepOrWakingFailed(part, isFalling(part), trouble, now);
  }

  /**
   * It was not put to sleep, or not woken.
   *
   * @param falling whether it was to be put to sleep
   */
  Turn sleepOrWakingFailed(StackPart part, boolean falling, Trouble trouble, Instant now) {
    String key = falling ? "suspend-failed" : "resume-failed";
    StackHealth health = part.state().health();
    if (!falling && health.state() != StackHealth.State.LOST) {
      health =
          StackHealth.of(StackHealth.State.DEGRADED, Words.because(key, part, trouble.phrase()));
    }
    PartState failed =
        part.state()
            .in(falling ? StackStatus.SUSPEND_FAILED : StackStatus.RESUME_FAILED, health, now)
            .healthy(health, part.state().missingSince(), now)
            .troubled(trouble, Optional.empty(), now);
    StackPart turned = part.with(failed);
    return Turn.of(turned, Words.because(key, turned, trouble.phrase()), trouble);
  }

  private static boolean isFalling(StackPart part) {
    return part.status().action() == StackAction.SUSPEND;
  }

  /** A look shows that what was replaced does not run any more. */
  Turn stopped(StackPart part, Instant now) {
    StackPart stopped = part.with(part.state().troubled(Optional.empty(), Optional.empty(), now));
    return Turn.of(stopped, Words.of("stopped", stopped));
  }

  /** It shall go: its stack does, it goes elsewhere, or an update has come so far. */
  Turn unwanted(StackPart part, Instant now) {
    boolean ours =
        part.goal() == Goal.PRESENT || part.goal() == Goal.OUTGOING || part.goal() == Goal.REPLACED;
    if (ours && part.isUntouched()) {
      return Turn.of(
          part.with(Goal.ABSENT, part.state().in(StackStatus.DELETED, StackHealth.UNKNOWN, now)));
    }
    // What was not taken over, as far as is known, is not the stack's to delete.
    if (ours && (part.deletionPolicy() != DeletionPolicy.DELETE || part.state().isToBeAdopted())) {
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
