package io.isthmus.domain.campaign;

import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One change of many stacks, and how far it has come.
 *
 * @param secret whether the change gives a value that a stack's template hides
 * @param why what keeps it, if anything does
 * @param wave the last one of which stacks are begun; the first is 0
 * @param restsUntil until when it rests before the next wave
 * @param forgiven how many had failed when a person last let it go on
 * @param author in whose name it is carried on
 * @param createdBy name of who asked for its preview
 */
public record Campaign(
    UUID id,
    String name,
    String reason,
    CampaignScope scope,
    CampaignChange change,
    boolean secret,
    CampaignPace pace,
    Status status,
    Optional<Phrase> why,
    int wave,
    Optional<Instant> restsUntil,
    int forgiven,
    Author author,
    String createdBy,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt)
    implements AuditSubject {

  /** Most characters of a name. */
  public static final int LONGEST_NAME = 100;

  /** Most characters of a reason. */
  public static final int LONGEST_REASON = 500;

  /** Most stacks of one campaign. */
  public static final int MOST_STACKS = 1_000;

  /**
   * Who answers for what is done.
   *
   * @param organizations as they were when the person last had it go on; what the person may do in
   *     projects is read anew before each stack
   */
  public record Author(String subject, String name, Set<String> organizations) {
    public Author {
      organizations = Set.copyOf(organizations);
    }
  }

  /** How far it has come. */
  public enum Status {
    /** What would become of the stacks is being found out; nothing is done. */
    PREVIEWING,
    /** That is known, and a person may start it. */
    READY,
    /** It is started, and its moment has not come. */
    SCHEDULED,
    /** Stacks are updated, or it rests between two waves. */
    RUNNING,
    /** A wave is through, and a person has to let the next one begin. */
    WAITING,
    /** A person has it begin no further stack. */
    PAUSED,
    /** So has the stop rule, or that its author may not go on. */
    HALTED,
    /** Every stack is through. */
    COMPLETE,
    /** A person has ended it before. */
    ENDED,
    /** What was changed is changed back. */
    TAKING_BACK,
    /** That is done. */
    TAKEN_BACK;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** For keys of phrases: {@code taken-back}. */
    public String key() {
      return text().replace('_', '-');
    }

    /**
     * The reverse of {@link #text}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Status parse(String text) {
      return Arrays.stream(values())
          .filter(status -> status.text().equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no status of a campaign: " + text));
    }

    /** Whether nothing was begun. */
    public boolean isDraft() {
      return this == PREVIEWING || this == READY;
    }
  }

  /** Whether it has begun to change stacks. */
  public boolean hasBegun() {
    return wave >= 0;
  }

  @Override
  public String auditId() {
    return id.toString();
  }
}
