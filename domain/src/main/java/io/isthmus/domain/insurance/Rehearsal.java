package io.isthmus.domain.insurance;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.LossPlan;
import io.isthmus.domain.stack.StackId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * That somebody has played the loss of a cloud for a stack, and what came of it.
 *
 * @param stackName as it was then
 * @param askedBy name of who asked
 * @param report what was foreseen when it was asked for
 * @param run how far it was played really; empty when it was planned only
 */
public record Rehearsal(
    UUID id,
    StackId stack,
    ProjectId project,
    String stackName,
    CloudId cloud,
    String askedBy,
    Instant askedAt,
    LossPlan report,
    Optional<RehearsalRun> run)
    implements AuditSubject {

  /** How far it is played. */
  public enum Mode {
    /** It is planned only. */
    DRY,
    /** The stack moves as it would, and moves back. */
    REAL;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The reverse of {@link #text}.
     *
     * @throws FederationFault REQUEST_INVALID for anything else
     */
    public static Mode parse(String text) {
      return Arrays.stream(values())
          .filter(mode -> mode.text().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  FederationFault.invalid(
                      "mode",
                      Phrase.of("insurance.mode-unknown", text),
                      Phrase.of("insurance.mode-remedy")));
    }
  }

  public Mode mode() {
    return run.isPresent() ? Mode.REAL : Mode.DRY;
  }

  @Override
  public String auditId() {
    return id.toString();
  }
}
