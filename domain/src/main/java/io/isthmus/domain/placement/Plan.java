package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kept answer to "what would happen". It is made once, never changes, holds for an hour, and
 * becomes at most one stack, or one update of a stack.
 *
 * @param name the stack's name that is meant; may be empty
 * @param parameters as given, hidden ones masked
 * @param policy the policy's text; empty when there is none
 * @param fingerprint SHA-256 of all that it was made from and of the parts that came of it
 * @param acceptedAt when a stack was made or updated by it
 * @param update what it makes of a stack that is there; empty for one that becomes a new stack
 */
public record Plan(
    PlanId id,
    ProjectId project,
    String name,
    TemplateSource template,
    JsonObject parameters,
    String policy,
    Placement.Placed placement,
    String fingerprint,
    Instant createdAt,
    Instant expiresAt,
    String createdBy,
    Optional<Instant> acceptedAt,
    Optional<PlannedUpdate> update)
    implements AuditSubject {

  /** One that becomes a new stack. */
  public Plan(
      PlanId id,
      ProjectId project,
      String name,
      TemplateSource template,
      JsonObject parameters,
      String policy,
      Placement.Placed placement,
      String fingerprint,
      Instant createdAt,
      Instant expiresAt,
      String createdBy,
      Optional<Instant> acceptedAt) {
    this(
        id,
        project,
        name,
        template,
        parameters,
        policy,
        placement,
        fingerprint,
        createdAt,
        expiresAt,
        createdBy,
        acceptedAt,
        Optional.empty());
  }

  @Override
  public String auditId() {
    return id.toString();
  }

  /** What the policy says of servers whose place is lost, by path. */
  public Map<String, Failover> failovers() {
    Map<String, Failover> said = new TreeMap<>();
    placement
        .parts()
        .forEach(part -> part.failover().ifPresent(one -> said.put(part.id().resource(), one)));
    return said;
  }

  public PlanState state(Instant now) {
    return PlanState.of(acceptedAt, expiresAt, now);
  }

  /** Whether it can no longer become a stack. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
