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
import java.util.OptionalLong;

/**
 * What a project wants to exist, and how far it has come.
 *
 * <p>A stack begins when a plan is accepted: CREATE_IN_PROGRESS, its parts stored and none made.
 * The reconciler makes the parts, cloud by cloud, until all are complete (CREATE_COMPLETE) or one
 * cannot be made (CREATE_FAILED, the reason naming it). From then on it is kept: looked at again
 * and again, its health told beside its status. A person's wish to delete it makes it
 * DELETE_IN_PROGRESS at any time; when every part is gone it is DELETE_COMPLETE, its name is free,
 * and it is looked at for some minutes more, in case a cloud still does something that it was asked
 * long before.
 *
 * @param parameters as given, hidden ones in clear; encrypted at rest
 * @param computed values drawn once and kept, such as random strings, by resource path; encrypted
 *     at rest
 * @param reason why it is in this status
 * @param actionSince when its present action was asked for
 * @param version changes with each change of the stack or a part
 * @param lastEvent sequence of its newest event
 * @param request that asked for its present action; goes along with all calls made for it
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
    RequestId request) {

  /** Whether it is being deleted or is deleted. */
  public boolean isLeaving() {
    return status.action() == StackAction.DELETE;
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
        request);
  }

  /** The same stack after the engine's or a person's change. */
  public Stack with(StackStatus newStatus, Phrase newReason, StackHealth newHealth, Instant now) {
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
        newStatus.action() == status.action() ? actionSince : now,
        version,
        lastEvent,
        createdAt,
        now,
        createdBy,
        request);
  }

  /** The same stack from when a person wished it away. */
  public Stack leaving(Phrase why, Instant now, RequestId by) {
    return new Stack(
        id,
        project,
        name,
        template,
        parameters,
        computed,
        policy,
        plan,
        StackStatus.DELETING,
        why,
        health,
        now,
        version,
        lastEvent,
        createdAt,
        now,
        createdBy,
        by);
  }

  /** The same stack from when a person wished that its creation be taken up again. */
  public Stack retrying(Phrase why, Instant now, RequestId by) {
    return new Stack(
        id,
        project,
        name,
        template,
        parameters,
        computed,
        policy,
        plan,
        StackStatus.CREATING,
        why,
        health,
        now,
        version,
        lastEvent,
        createdAt,
        now,
        createdBy,
        by);
  }

  /**
   * Whether its creation has to be taken up again; not while it is under way.
   *
   * @throws io.isthmus.domain.fault.FederationFault CONFLICT when there is nothing to take up
   */
  public boolean requireRetry() {
    if (status.equals(StackStatus.CREATING)) {
      return false;
    }
    if (!status.equals(StackStatus.CREATE_FAILED)) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("stack.nothing-to-retry", name, status));
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
        request);
  }

  /**
   * What is known of those of its parts that are paid for.
   *
   * @param now when it became known
   */
  public List<Observation> observations(List<StackPart> parts, Instant now) {
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
                    part.state().missingSince().orElse(now)))
        .toList();
  }
}
