package io.isthmus.domain.failover;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A cloud of a stack that is silent, or in which something of the stack was replaced while it was.
 *
 * @param silentSince when it was found not to answer
 * @param checks how often it was found silent since, at the pauses that the policy asks for
 * @param checkedAt when last
 * @param why what is waited for, or what came of it
 * @param held what should be made anew elsewhere and cannot, with every reason
 * @param plan by which it is made anew, or was last
 * @param tries how often that has failed, or found no place
 * @param removes whether the policy has what was replaced removed when the cloud is back
 * @param decided that a person has said that it shall fail over now
 * @param removeAt from when what was replaced is removed; empty until a rule or a person says so
 */
public record LostCloud(
    StackId stack,
    CloudId cloud,
    State state,
    Instant silentSince,
    int checks,
    Optional<Instant> checkedAt,
    Optional<Phrase> why,
    List<Leaving.Held> held,
    Optional<PlanId> plan,
    int tries,
    boolean removes,
    Optional<Decision> decided,
    Optional<Instant> removeAt,
    Instant changedAt) {

  /** What becomes of it. */
  public enum State {
    /** It is found out whether it is lost. */
    WATCHING,
    /** It may be lost; there is one place from which that is seen, and a person has to say so. */
    ASKING,
    /** Something else is done to the stack, which is waited for. */
    AT_WORK,
    /** What is standby is being made anew elsewhere. */
    MOVING,
    /** It is there. */
    MOVED,
    /** No other place can have it; that is tried again. */
    HELD,
    /** Making it anew has failed; that is tried again. */
    FAILED,
    /** The cloud answers again; what was replaced is stopped, and is there still. */
    BACK;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * That a person has said so.
   *
   * @param subject id of the person
   */
  public record Decision(String by, String subject, String because, Instant at) {}

  public LostCloud {
    held = List.copyOf(held);
  }

  static LostCloud watching(StackId stack, CloudId cloud, Instant silentSince, Instant now) {
    return new LostCloud(
        stack,
        cloud,
        State.WATCHING,
        silentSince,
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        now);
  }

  /** It was found silent once more; a silence that began later is another one. */
  LostCloud silent(Instant since, Duration pause, Instant now) {
    boolean same = since.equals(silentSince);
    boolean counts = !same || checkedAt.map(at -> !now.isBefore(at.plus(pause))).orElse(true);
    return new LostCloud(
        stack,
        cloud,
        same && state != State.BACK ? state : State.WATCHING,
        since,
        (same ? checks : 0) + (counts ? 1 : 0),
        counts ? Optional.of(now) : checkedAt,
        same ? why : Optional.empty(),
        held,
        plan,
        same ? tries : 0,
        removes,
        decided,
        removeAt,
        changedAt);
  }

  /** The same in another state, or for another reason. */
  LostCloud in(State next, Phrase reason, List<Leaving.Held> stays, int newTries, Instant now) {
    return new LostCloud(
        stack,
        cloud,
        next,
        silentSince,
        checks,
        checkedAt,
        Optional.of(reason),
        stays,
        plan,
        newTries,
        removes,
        decided,
        removeAt,
        state == next && why.filter(reason::equals).isPresent() ? changedAt : now);
  }

  LostCloud in(State next, Phrase reason, Instant now) {
    return in(next, reason, List.of(), tries, now);
  }

  LostCloud moving(
      PlanId by, boolean willRemove, Phrase reason, List<Leaving.Held> stays, Instant now) {
    return new LostCloud(
        stack,
        cloud,
        State.MOVING,
        silentSince,
        checks,
        checkedAt,
        Optional.of(reason),
        stays,
        Optional.of(by),
        tries,
        willRemove,
        decided,
        removeAt,
        now);
  }
}
