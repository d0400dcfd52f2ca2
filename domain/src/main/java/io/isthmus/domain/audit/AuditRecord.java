package io.isthmus.domain.audit;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
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
 * @param at to the microsecond
 * @param actor empty for what Isthmus does of itself, and for who has not signed in
 * @param project on whose behalf
 * @param action of CADF's taxonomy, such as {@code create} or {@code update/retry}
 * @param target what it was done to
 * @param where in which cloud and region; empty for what concerns Isthmus alone
 * @param reason why it failed
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
    Optional<Where> where,
    Outcome outcome,
    Optional<Reason> reason,
    RequestId request) {

  private static final Pattern ACTION = Pattern.compile("[a-z]+(/[a-z-]+)*");

  /** What no text may hold: what no line and no database takes. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

  private static final int LONGEST_ID = 256;
  private static final int LONGEST_REASON = 1000;

  /** Of what somebody sent, so much as fits, and nothing that could keep it from being written. */
  private static String plain(String text, int longest) {
    String printable = UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
    return printable.codePointCount(0, printable.length()) <= longest
        ? printable
        : printable.substring(0, printable.offsetByCodePoints(0, longest - 1)) + "…";
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
   * @param id empty when all of a type are meant, or none was made; at most 256 characters, of
   *     longer ones the beginning
   */
  public record Target(String type, String id) {
    public Target {
      id = plain(id, LONGEST_ID);
    }
  }

  /**
   * Where in the federation.
   *
   * @param region empty when the whole cloud is meant
   */
  public record Where(String cloud, Optional<String> region) {}

  /**
   * Why something failed.
   *
   * @param code of the fault, as the API tells it
   * @param words in English; at most 1,000 characters, of more the beginning
   */
  public record Reason(String code, String words) {
    public Reason {
      words = plain(words, LONGEST_REASON);
    }

    public static Reason of(FederationFault fault) {
      return new Reason(fault.code().text(), fault.phrase().in(Locale.ENGLISH));
    }
  }

  /** How it ended, in CADF's words. */
  public enum Outcome {
    /** It was begun; how it ended is told by a later record of the same target and request. */
    PENDING,
    SUCCESS,
    /** It was refused or broke. Of a refusal nothing stays but this record. */
    FAILURE,
    /** A cloud gave no answer, or none that can be believed: it may have happened. */
    UNKNOWN;

    /** {@code success}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException for any other text
     */
    public static Outcome of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  public AuditRecord {
    if (!ACTION.matcher(action).matches()) {
      throw new IllegalArgumentException("not an action of CADF's form: " + action);
    }
  }
}
