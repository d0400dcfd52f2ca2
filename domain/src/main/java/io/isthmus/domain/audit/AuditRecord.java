package io.isthmus.domain.audit;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.trace.RequestId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One thing that was asked for or done. It holds no secret: it names what was acted on and never
 * what was sent.
 *
 * @param id tells records apart, and joins what was asked to how it ended: both carry the same
 * @param at to the microsecond
 * @param actor empty for what Isthmus does of itself and for a stranger
 * @param project on whose behalf
 * @param action of CADF's taxonomy, such as {@code create} or {@code update/retry}
 * @param target what it was done to
 * @param where in which cloud and region; empty for what concerns Isthmus alone
 * @param reason why it was refused or failed: a fault's code and its words in English
 * @see "DMTF DSP0262, Cloud Auditing Data Federation (CADF), 6.2 and A.3"
 */
public record AuditRecord(
    UUID id,
    Instant at,
    Face face,
    Optional<Actor> actor,
    Optional<ProjectId> project,
    String action,
    Target target,
    Optional<Place> where,
    Outcome outcome,
    Optional<String> reason,
    RequestId request) {

  private static final Pattern ACTION = Pattern.compile("[a-z]+(/[a-z-]+)*");

  /** Where it was asked for. */
  public enum Face {
    API,
    PORTAL,
    /** What Isthmus does of itself to bring about what was asked for. */
    ENGINE;

    /** {@code api}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A person.
   *
   * @param subject the identity provider's stable id
   * @param name the name to sign in with, as it was then
   */
  public record Actor(String subject, String name) {
    public static Actor of(Caller caller) {
      return new Actor(caller.subject(), caller.name());
    }
  }

  /**
   * A thing.
   *
   * @param type such as {@code stack} or {@code OS::Nova::Server}
   * @param id empty when it has none yet, or when all of a type are meant
   */
  public record Target(String type, String id) {}

  /** How it ended. */
  public enum Outcome {
    /** It was asked for; how it ended is told by the next record with the same id. */
    PENDING,
    SUCCESS,
    /** It was not allowed, or could not be done as asked: nothing was changed. */
    REFUSED,
    /** Something broke; the reason says whether it is known what was changed. */
    FAILURE;

    /** {@code success}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public AuditRecord {
    if (!ACTION.matcher(action).matches()) {
      throw new IllegalArgumentException("not an action of CADF's form: " + action);
    }
  }

  /** How it ended, told by a record of its own. */
  public AuditRecord ended(Outcome how, Optional<String> why, Instant when) {
    return new AuditRecord(
        id, when, face, actor, project, action, target, where, how, why, request);
  }
}
