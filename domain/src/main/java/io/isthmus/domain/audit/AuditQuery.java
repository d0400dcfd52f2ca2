package io.isthmus.domain.audit;

import io.isthmus.domain.access.ProjectId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which records to list. What is empty does not matter.
 *
 * @param from the earliest moment, inclusive
 * @param to the latest moment, exclusive
 * @param text a person's name, a type of target, a target's id or how it begins up to a slash, or a
 *     request's id
 * @param tenant whichever of its projects
 * @param name the person's
 * @param action such as {@code update}, which finds {@code update/retry} too
 * @param target type of target
 * @param targetId of the target, or how it begins up to a slash: a stack's finds its resources too
 */
public record AuditQuery(
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<String> text,
    Optional<String> tenant,
    Optional<ProjectId> project,
    Optional<String> name,
    Optional<Face> face,
    Optional<String> action,
    Optional<String> target,
    Optional<String> targetId,
    Optional<String> cloud,
    Optional<AuditRecord.Outcome> outcome,
    Optional<String> request) {

  /** All records of a project; of all and of nobody's when there is none. */
  public static AuditQuery of(Optional<ProjectId> project) {
    return new AuditQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        project,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
