package io.isthmus.domain.leak;

import io.isthmus.domain.audit.AuditSubject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One comparison of everything that carries our mark with what we know, and the reverse.
 *
 * @param askedBy the person's name
 * @param endedAt when it, or the last repair, ended; empty while it goes on
 * @param steps regions that are looked at, once for each access; 0 until known
 * @param stepsDone how many of them are done
 * @param lists how many lists were read from clouds
 * @param marked things that carry a mark of ours
 * @param parts known parts that were looked for
 * @param findings the first of them, at most {@link #MOST_FINDINGS}
 * @param more how many more findings there are that are not kept
 */
public record LeakCheck(
    UUID id,
    State state,
    String askedBy,
    Instant beganAt,
    Optional<Instant> endedAt,
    int steps,
    int stepsDone,
    long lists,
    long marked,
    long parts,
    List<Finding> findings,
    long more,
    List<Unseen> unseen)
    implements AuditSubject {

  public static final int MOST_FINDINGS = 5_000;

  /** Where it stands. */
  public enum State {
    RUNNING,
    DONE,
    REPAIRING,
    /** The server that did it has stopped; what it found until then is kept. */
    INTERRUPTED
  }

  public LeakCheck {
    findings = List.copyOf(findings);
    unseen = List.copyOf(unseen);
  }

  static LeakCheck begun(UUID id, String askedBy, Instant now) {
    return new LeakCheck(
        id, State.RUNNING, askedBy, now, Optional.empty(), 0, 0, 0, 0, 0, List.of(), 0, List.of());
  }

  LeakCheck in(State newState, Optional<Instant> newEnd, List<Finding> newFindings) {
    return new LeakCheck(
        id,
        newState,
        askedBy,
        beganAt,
        newEnd,
        steps,
        stepsDone,
        lists,
        marked,
        parts,
        newFindings,
        more,
        unseen);
  }

  /** Whether something is being done. */
  public boolean isUnderWay() {
    return state == State.RUNNING || state == State.REPAIRING;
  }

  /** Findings of a kind about which nothing was done yet, or in vain. */
  public long open(Finding.Kind kind) {
    return findings.stream()
        .filter(finding -> finding.kind() == kind)
        .filter(
            finding ->
                finding.repair() != Finding.Repair.REMOVED
                    && finding.repair() != Finding.Repair.NOT_NEEDED)
        .count();
  }

  /** How many of the findings a repair has removed. */
  public long removed() {
    return findings.stream().filter(finding -> finding.repair() == Finding.Repair.REMOVED).count();
  }

  /** What is to be said in one word. */
  public Result result() {
    if (isUnderWay()) {
      return Result.OPEN;
    }
    boolean found = more > 0;
    for (Finding.Kind kind : Finding.Kind.values()) {
      found |= open(kind) > 0;
    }
    if (found) {
      return Result.FOUND;
    }
    if (state == State.INTERRUPTED || !unseen.isEmpty()) {
      return Result.INCOMPLETE;
    }
    return removed() > 0 ? Result.REPAIRED : Result.CLEAN;
  }

  /** What came of a check. */
  public enum Result {
    /** It goes on. */
    OPEN,
    /** All was looked at, and all is as it is known. */
    CLEAN,
    /** Something leaked, is missing or is unknown. */
    FOUND,
    /** All that was found was removed, and all was looked at. */
    REPAIRED,
    /** Nothing was found, but not all could be looked at. */
    INCOMPLETE
  }

  @Override
  public String auditId() {
    return id.toString();
  }
}
