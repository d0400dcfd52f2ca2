package io.isthmus.domain.drain;

import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.cloud.Area;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * That a cloud, region or zone is emptied. From its start until it is taken back nothing new is
 * placed there.
 *
 * @param reason in the words of who started it; tenants read it
 * @param atOnce most stacks that are moved at the same time, 1 to {@link #MOST_AT_ONCE}
 * @param withData whether what holds data is made anew elsewhere too, without its data
 * @param startedBy name of who started it; all that is done is recorded as in this person's name
 * @param endedAt when the place was empty, or it was taken back
 */
public record Drain(
    UUID id,
    Area area,
    String reason,
    int atOnce,
    boolean withData,
    Status status,
    String startedBy,
    String startedBySubject,
    Instant startedAt,
    Optional<Instant> endedAt)
    implements AuditSubject {

  public static final int MOST_AT_ONCE = 20;

  /** Most characters of a reason. */
  public static final int LONGEST_REASON = 500;

  /** How far it has come. */
  public enum Status {
    /** Stacks are moved, or wait until they can be. */
    RUNNING,
    /** No further stack is begun. */
    PAUSED,
    /** Nothing is there any more. The place stays closed until the drain is taken back. */
    COMPLETE,
    /** The place is open again. What was under way is finished. */
    TAKEN_BACK;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
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
          .orElseThrow(() -> new IllegalArgumentException("no status of a drain: " + text));
    }
  }

  /** Whether nothing new comes to its place. */
  public boolean closes() {
    return status != Status.TAKEN_BACK;
  }

  @Override
  public String auditId() {
    return id.toString();
  }
}
