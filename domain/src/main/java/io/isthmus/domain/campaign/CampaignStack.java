package io.isthmus.domain.campaign;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What would become, becomes and has become of one stack of a campaign.
 *
 * @param place in the order in which the stacks were found
 * @param wave in which it is changed; the first is 0
 * @param digest of the template and policy that were previewed
 * @param shape {@link StackPreview#shape} of the preview
 * @param preview what would become of it; empty while that is not known, when it is not asked for,
 *     and for what is not concerned or refused
 * @param before the plan that it had when it was begun
 * @param plan by which it is or was changed
 * @param healthy whether it was when it was begun
 * @param why what keeps it, or what came of it
 * @param nextTry when it is looked at again; empty for as soon as it is its turn
 */
public record CampaignStack(
    StackId stack,
    ProjectId project,
    String name,
    int place,
    int wave,
    State state,
    Optional<String> digest,
    Optional<String> shape,
    Optional<StackPreview> preview,
    Optional<PlanId> before,
    Optional<PlanId> plan,
    boolean healthy,
    Optional<Phrase> why,
    Optional<Instant> nextTry,
    Optional<Instant> begunAt,
    Optional<Instant> endedAt,
    Instant changedAt) {

  /** What becomes of it. */
  public enum State {
    /** What would become of it is not known yet. */
    UNSEEN,
    /** The change makes nothing other of it. */
    UNCONCERNED,
    /** It cannot be changed so. */
    REFUSED,
    /** Its turn has not come. */
    WAITING,
    /** Something else is done to it, which is waited for. */
    AT_WORK,
    /** It is being changed. */
    UPDATING,
    /** It is changed, and is looked at for a while. */
    WATCHED,
    /** It is changed and healthy. */
    DONE,
    /** It is changed, and has become unhealthy. */
    UNHEALTHY,
    /** Changing it has failed. */
    FAILED,
    /** It was left as it is, since it is not what was previewed any more. */
    SKIPPED,
    /** Somebody has changed it otherwise since. */
    OVERTAKEN,
    /** It was deleted. */
    GONE,
    /** It is to be changed back. */
    GOES_BACK,
    /** It is being changed back. */
    GOING_BACK,
    /** It is what it was before. */
    TAKEN_BACK,
    /** It was to be changed back, and could not be. */
    KEPT;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The reverse of {@link #text}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static State parse(String text) {
      return Arrays.stream(values())
          .filter(state -> state.text().equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no state of a stack: " + text));
    }

    /** Whether something of the campaign is being done to it. */
    public boolean isUnderWay() {
      return this == UPDATING || this == WATCHED || this == GOING_BACK;
    }

    /** Whether it is its turn, once its wave's has come. */
    public boolean isToBegin() {
      return this == WAITING || this == AT_WORK;
    }

    /** Whether it counts for the stop rule. */
    public boolean isFailure() {
      return this == FAILED || this == UNHEALTHY;
    }

    /** Whether the campaign changes it, or would have. */
    public boolean isConcerned() {
      return this != UNSEEN && this != UNCONCERNED && this != REFUSED;
    }
  }

  /** How long it has taken, or takes so far; empty when it was not begun. */
  public Optional<Duration> took(Instant now) {
    return begunAt.map(from -> Duration.between(from, endedAt.orElse(now)));
  }

  /** Whether it may be looked at now. */
  boolean isDue(Instant now) {
    return nextTry.map(at -> !at.isAfter(now)).orElse(true);
  }

  static CampaignStack found(
      StackId stack, ProjectId project, String name, int place, Instant now) {
    return new CampaignStack(
        stack,
        project,
        name,
        place,
        0,
        State.UNSEEN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now);
  }

  /** What would become of it is known. */
  CampaignStack seen(String of, StackPreview foreseen, Instant now) {
    return new CampaignStack(
        stack,
        project,
        name,
        place,
        wave,
        State.WAITING,
        Optional.of(of),
        Optional.of(foreseen.shape()),
        Optional.of(foreseen),
        before,
        plan,
        healthy,
        Optional.empty(),
        Optional.empty(),
        begunAt,
        endedAt,
        now);
  }

  CampaignStack in(int newWave) {
    return new CampaignStack(
        stack, project, name, place, newWave, state, digest, shape, preview, before, plan, healthy,
        why, nextTry, begunAt, endedAt, changedAt);
  }

  /** It is in another state, with a reason if there is one. */
  CampaignStack is(State other, Optional<Phrase> reason, Instant now) {
    return with(other, reason, Optional.empty(), now);
  }

  /** The same, and is looked at again. */
  CampaignStack waits(State other, Optional<Phrase> reason, Instant next, Instant now) {
    return with(other, reason, Optional.of(next), now);
  }

  private CampaignStack with(
      State other, Optional<Phrase> reason, Optional<Instant> next, Instant now) {
    return new CampaignStack(
        stack,
        project,
        name,
        place,
        wave,
        other,
        digest,
        shape,
        preview,
        before,
        plan,
        healthy,
        reason,
        next,
        begunAt,
        endedAt,
        other == state ? changedAt : now);
  }

  CampaignStack begun(PlanId was, PlanId by, boolean isHealthy, Instant now) {
    return new CampaignStack(
        stack,
        project,
        name,
        place,
        wave,
        State.UPDATING,
        digest,
        shape,
        preview,
        Optional.of(was),
        Optional.of(by),
        isHealthy,
        Optional.empty(),
        Optional.empty(),
        Optional.of(now),
        Optional.empty(),
        now);
  }

  /** What came of it. */
  CampaignStack ended(State as, Optional<Phrase> reason, Instant now) {
    CampaignStack done = with(as, reason, Optional.empty(), now);
    return begunAt.isEmpty() || endedAt.isPresent()
        ? done
        : new CampaignStack(
            stack,
            project,
            name,
            place,
            wave,
            as,
            digest,
            shape,
            preview,
            before,
            plan,
            healthy,
            reason,
            Optional.empty(),
            begunAt,
            Optional.of(now),
            done.changedAt());
  }

  /** It goes back by a plan. */
  CampaignStack goingBack(PlanId by, Instant now) {
    return new CampaignStack(
        stack,
        project,
        name,
        place,
        wave,
        State.GOING_BACK,
        digest,
        shape,
        preview,
        before,
        Optional.of(by),
        healthy,
        Optional.empty(),
        Optional.empty(),
        begunAt,
        endedAt,
        now);
  }
}
