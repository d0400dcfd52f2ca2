package io.isthmus.domain.insurance;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.LossPlan;
import io.isthmus.domain.stack.StackId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * That somebody has played the loss of a cloud for a stack, and what came of it.
 *
 * @param stackName as it was then
 * @param askedBy name of who asked
 */
public record Rehearsal(
    UUID id,
    StackId stack,
    ProjectId project,
    String stackName,
    CloudId cloud,
    Mode mode,
    String askedBy,
    Instant askedAt,
    LossPlan report)
    implements AuditSubject {

  /** How far it is played. */
  public enum Mode {
    /** It is planned only. */
    DRY;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String auditId() {
    return id.toString();
  }
}
