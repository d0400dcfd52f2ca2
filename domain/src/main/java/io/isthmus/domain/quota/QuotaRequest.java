package io.isthmus.domain.quota;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * That a project's people want more than they may have.
 *
 * @param project who asks
 * @param of which quota is to be larger: the project's own, or that of its tenant
 * @param wanted the limits that it asks for, by kind; −1 without limit
 * @param reason why, in the words of who asks
 * @param decision empty while it is open
 */
public record QuotaRequest(
    UUID id,
    ProjectId project,
    Allowance.Of of,
    Extent extent,
    Map<LimitKind, Long> wanted,
    String reason,
    String askedBy,
    Instant askedAt,
    State state,
    Optional<Decision> decision)
    implements AuditSubject {

  /** What has become of a request. */
  public enum State {
    OPEN,
    APPROVED,
    DENIED,
    /** Taken back by the project's people. */
    WITHDRAWN;

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
          .orElseThrow(() -> new IllegalArgumentException("no state of a request: " + text));
    }
  }

  /**
   * How it ended.
   *
   * @param by who said so
   * @param answer what they said; may be empty
   * @param granted the limits that were set; empty unless it was approved
   */
  public record Decision(String by, Instant at, String answer, Map<LimitKind, Long> granted) {
    public Decision {
      granted = Map.copyOf(granted);
    }
  }

  public QuotaRequest {
    wanted = Map.copyOf(wanted);
  }

  /** Whose quota is to be larger. */
  public QuotaHolder holder() {
    return of == Allowance.Of.PROJECT
        ? QuotaHolder.project(project)
        : QuotaHolder.tenant(project.tenant());
  }

  @Override
  public String auditId() {
    return id.toString();
  }

  QuotaRequest decided(State end, Decision how) {
    return new QuotaRequest(
        id, project, of, extent, wanted, reason, askedBy, askedAt, end, Optional.of(how));
  }
}
