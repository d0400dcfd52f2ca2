package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.trace.RequestId;
import io.isthmus.domain.usage.Observation;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What a project wants to exist, and how far it has come.
 *
 * <p>A stack begins when a plan is accepted: CREATE_IN_PROGRESS, its parts stored and none made.
 * The reconciler makes the parts, cloud by cloud, until all are complete (CREATE_COMPLETE) or one
 * cannot be made (CREATE_FAILED, the reason naming it). From then on it is kept: looked at again
 * and again, its health told beside its status. It can be checked, put to sleep and woken; while it
 * sleeps it is watched, and not changed. A person's wish to delete it makes it DELETE_IN_PROGRESS
 * at any time; when every part is gone it is DELETE_COMPLETE, its name is free, and it is looked at
 * for some minutes more, in case a cloud still does something that it was asked long before.
 *
 * @param parameters as given, hidden ones in clear; encrypted at rest
 * @param computed values drawn once and kept, such as random strings, by resource path; encrypted
 *     at rest
 * @param reason why it is in this status
 * @param actionSince when its present action was asked for
 * @param version changes with each change of the stack or a part
 * @param lastEvent sequence of its newest event
 * @param request that asked for its present action; goes along with all calls made for it
 * @param course which revision it is at, where it goes back to, and whether it shall sleep
 */
public record Stack(
    StackId id,
    ProjectId project,
    String name,
    TemplateSource template,
    JsonObject parameters,
    JsonObject computed,
    String policy,
    PlanId plan,
    StackStatus status,
    Phrase reason,
    StackHealth health,
    Instant actionSince,
    long version,
    long lastEvent,
    Instant createdAt,
    Instant updatedAt,
    String createdBy,
    RequestId request,
    StackCourse course) {

  /** Whether it is being deleted or is deleted. */
  public boolean isLeaving() {
    return status.action() == StackAction.DELETE;
  }

  /** Whether it sleeps, or was to sleep or to wake and not all of it has come so far. */
  public boolean isAsleep() {
    return !isLeaving() && (course.suspended() || status.isOfSleep() && !status.isWhole());
  }

  /** The same stack with its computed values drawn. */
  Stack with(JsonObject drawn) {
    return new Stack(
        id,
        project,
        name,
        template,
        parameters,
        drawn,
        policy,
        plan,
        status,
        reason,
        health,
        actionSince,
        version,
        lastEvent,
        createdAt,
        updatedAt,
        createdBy,
        request,
        course);
  }

  /** The same stack after the engine's or a person's change. */
  public Stack with(StackStatus newStatus, Phrase newReason, StackHealth newHealth, Instant now) {
    return at(
        newStatus,
        newReason,
        newHealth,
        newStatus.action() == status.action() ? actionSince : now,
        now,
        request,
        newStatus.isWhole() ? course.through() : course);
  }

  /** The same stack from when a person wished it away. */
  public Stack leaving(Phrase why, Instant now, RequestId by) {
    return at(StackStatus.DELETING, why, health, now, now, by, course);
  }

  /** The same stack from when a person wished that what failed be taken up again. */
  public Stack retrying(Phrase why, Instant now, RequestId by) {
    return at(
        new StackStatus(status.action(), ActionStatus.IN_PROGRESS),
        why,
        health,
        now,
        now,
        by,
        course);
  }

  /**
   * The same stack from when a person wished that it be checked, put to sleep or woken.
   *
   * @param action CHECK, SUSPEND or RESUME
   */
  public Stack acting(StackAction action, Phrase why, Instant now, RequestId by) {
    boolean sleeps =
        action == StackAction.SUSPEND || action == StackAction.CHECK && course.suspended();
    return at(
        new StackStatus(action, ActionStatus.IN_PROGRESS),
        why,
        health,
        now,
        now,
        by,
        course.suspended(sleeps));
  }

  /** The same stack when nobody knows it any more, and what it has stays in its clouds. */
  public Stack abandoned(Phrase why, Instant now, RequestId by) {
    return at(StackStatus.DELETED, why, StackHealth.UNKNOWN, now, now, by, course.onward());
  }

  /**
   * @throws io.isthmus.domain.fault.FederationFault CONFLICT while something is done to it, and
   *     when it is deleted
   */
  public void requireAbandonable() {
    if (status.equals(StackStatus.DELETED)) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("stack.leaving-already", name, status));
    }
    if (!status.isTerminal()) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("stack.at-work", name, status));
    }
  }

  /**
   * The same stack from when a person wished that its update end.
   *
   * @param back whether it goes back to what was before; else it stays where it stands
   */
  public Stack cancelled(boolean back, Phrase why, Instant now, RequestId by) {
    return at(
        back ? StackStatus.ROLLING_BACK : StackStatus.UPDATE_FAILED,
        why,
        health,
        now,
        now,
        by,
        course);
  }

  /** The same stack from when a person wished that it become another. */
  Stack updating(StackRevision next, StackCourse newCourse, Phrase why, Instant now, RequestId by) {
    return at(StackStatus.UPDATING, why, health, now, now, by, newCourse).of(next);
  }

  /** The same stack on another way, made of what the engine took from a revision before. */
  public Stack with(StackChange.Reform reform) {
    Stack turned = at(status, reason, health, actionSince, updatedAt, request, reform.course());
    return reform.sources().map(turned::of).orElse(turned);
  }

  private Stack at(
      StackStatus newStatus,
      Phrase newReason,
      StackHealth newHealth,
      Instant since,
      Instant now,
      RequestId by,
      StackCourse newCourse) {
    return new Stack(
        id,
        project,
        name,
        template,
        parameters,
        computed,
        policy,
        plan,
        newStatus,
        newReason,
        newHealth,
        since,
        version,
        lastEvent,
        createdAt,
        now,
        createdBy,
        by,
        newCourse);
  }

  /** The same stack as it was wished to be at one time. */
  public Stack at(StackRevision revision) {
    return of(revision);
  }

  private Stack of(StackRevision sources) {
    return new Stack(
        id,
        project,
        name,
        sources.template(),
        sources.parameters(),
        sources.computed(),
        sources.policy(),
        sources.plan(),
        status,
        reason,
        health,
        actionSince,
        version,
        lastEvent,
        createdAt,
        updatedAt,
        createdBy,
        request,
        course);
  }

  /** What it is made of now, to come back to. */
  public StackRevision revision(List<StackPart> parts) {
    return new StackRevision(
        course.revision(),
        template,
        parameters,
        computed,
        policy,
        plan,
        parts.stream()
            .filter(part -> part.goal() == StackPart.Goal.PRESENT)
            .map(
                part ->
                    new StackRevision.Part(
                        part.key(), part.type(), part.goalSpec(), part.next().isPresent()))
            .toList());
  }

  /**
   * Whether what failed has to be taken up again; not while it is under way.
   *
   * @throws io.isthmus.domain.fault.FederationFault CONFLICT when there is nothing to take up
   */
  public boolean requireRetry() {
    if (!isLeaving() && !status.isTerminal()) {
      return false;
    }
    if (isLeaving() || status.status() != ActionStatus.FAILED) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("stack.nothing-to-retry", name, status));
    }
    return true;
  }

  /**
   * Whether it has to be checked, put to sleep or woken; not while that is under way, nor when it
   * sleeps or was woken already.
   *
   * @param action CHECK, SUSPEND or RESUME
   * @throws io.isthmus.domain.fault.FederationFault CONFLICT when its status does not allow it,
   *     saying what to do
   */
  public boolean requireAction(StackAction action) {
    if (isLeaving()) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("stack.leaving-already", name, status));
    }
    boolean same = status.action() == action;
    boolean stays = action != StackAction.CHECK && status.status() == ActionStatus.COMPLETE;
    if (same && (!status.isTerminal() || stays)) {
      return false;
    }
    if (!status.isTerminal()) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("stack.at-work", name, status));
    }
    if (action == StackAction.RESUME && !isAsleep()) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("stack.nothing-to-resume", name, status));
    }
    boolean failedToSleepOrWake = action != StackAction.CHECK && status.isOfSleep();
    if (!status.isWhole() && !failedToSleepOrWake) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("stack.not-whole", name, status));
    }
    return true;
  }

  /**
   * @throws io.isthmus.domain.fault.FederationFault CONFLICT when it cannot be updated now, saying
   *     what to do
   */
  public void requireRest() {
    if (isLeaving()) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("stack.leaving", name, status));
    }
    if (!status.isTerminal()) {
      throw new FederationFault(
          FaultCode.CONFLICT,
          Phrase.of(
              status.equals(StackStatus.UPDATING) ? "stack.update-under-way" : "stack.not-at-rest",
              name,
              status));
    }
    requireAwake();
  }

  /**
   * @throws io.isthmus.domain.fault.FederationFault CONFLICT when it sleeps, wholly or in part:
   *     what sleeps is not changed; or when not all of it could be taken over
   */
  public void requireAwake() {
    if (status.equals(StackStatus.ADOPT_FAILED)) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("stack.adopt-unfinished", name));
    }
    if (isAsleep()) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("stack.asleep", name, status));
    }
  }

  /**
   * Whether its update has to be ended; not when it has been already.
   *
   * @param back whether it shall go back to what was before
   * @throws io.isthmus.domain.fault.FederationFault CONFLICT when no update is under way, or there
   *     is nothing to go back to any more
   */
  public boolean requireCancel(boolean back) {
    boolean already = back && status.equals(StackStatus.ROLLING_BACK);
    if (already || !back && status.equals(StackStatus.UPDATE_FAILED)) {
      return false;
    }
    boolean failedBefore = back && status.equals(StackStatus.UPDATE_FAILED);
    if (!status.equals(StackStatus.UPDATING) && !failedBefore) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("stack.nothing-to-cancel", name, status));
    }
    if (back && course.back().isEmpty()) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("stack.no-way-back", name));
    }
    return true;
  }

  /**
   * @throws io.isthmus.domain.fault.FederationFault STALE_VERSION when the version is another
   */
  public void requireVersion(OptionalLong seen) {
    if (seen.isPresent() && seen.getAsLong() != version) {
      throw new FederationFault(
          FaultCode.STALE_VERSION, Phrase.of("stack.stale-version", seen.getAsLong(), version));
    }
  }

  /** The same stack with its counters moved on. */
  public Stack counted(long newVersion, long newLastEvent) {
    return new Stack(
        id,
        project,
        name,
        template,
        parameters,
        computed,
        policy,
        plan,
        status,
        reason,
        health,
        actionSince,
        newVersion,
        newLastEvent,
        createdAt,
        updatedAt,
        createdBy,
        request,
        course);
  }

  /**
   * What is known of those of its parts that are paid for.
   *
   * @param gone since when, of those of which their cloud has told it before the stack looked
   * @param now when it became known
   */
  public List<Observation> observations(
      List<StackPart> parts, Function<StackPart, Optional<Instant>> gone, Instant now) {
    return parts.stream()
        .filter(part -> !part.isUntouched() && part.measure().isPresent())
        .map(
            part ->
                new Observation(
                    project,
                    id.value(),
                    name,
                    part.id().resource(),
                    Place.inRegion(part.id().cloud(), part.id().region()),
                    part.key().generation(),
                    part.measure().get(),
                    part.exists(),
                    moment(part, gone, now)))
        .toList();
  }

  /** The stack's own look says whether a part is there, and what told it first since when not. */
  private static Instant moment(
      StackPart part, Function<StackPart, Optional<Instant>> gone, Instant now) {
    Instant looked = part.state().missingSince().orElse(now);
    return part.exists() ? looked : gone.apply(part).filter(looked::isAfter).orElse(looked);
  }
}
