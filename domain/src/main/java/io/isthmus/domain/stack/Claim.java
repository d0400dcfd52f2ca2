package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a resource that is wished for counts against its region's quotas. Of one that is to grow in
 * place it is what it will count more, and nobody has made that until it has grown.
 *
 * @param region where
 * @param pursued whether its stack is being made; when that has failed, nothing more is asked for
 * @param status the resource's
 * @param made whether its cloud has told an id for it
 * @param since when it came into its status
 * @param updatedAt when something was last done about it
 */
public record Claim(
    ProjectId project,
    StackId stack,
    Place region,
    boolean pursued,
    StackStatus status,
    boolean made,
    Instant since,
    Instant updatedAt,
    Map<LimitKind, Long> counts) {

  public Claim {
    counts = Map.copyOf(counts);
  }

  /** Of the part of a stack. */
  static Claim of(Stack stack, StackPart part) {
    boolean grows = part.next().isPresent() && part.isMade();
    return new Claim(
        stack.project(),
        stack.id(),
        part.id().place(),
        stack.status().isMaking(),
        grows && part.status().isWhole() ? StackStatus.INIT : part.status(),
        !grows && part.state().physicalId().isPresent(),
        part.state().since(),
        part.state().updatedAt(),
        grows ? growth(part.counts(), part.next().get().counts()) : part.counts());
  }

  /** By how much each kind is more. */
  public static Map<LimitKind, Long> growth(Map<LimitKind, Long> from, Map<LimitKind, Long> to) {
    Map<LimitKind, Long> growth = new EnumMap<>(LimitKind.class);
    to.forEach(
        (kind, amount) -> {
          long more = amount - from.getOrDefault(kind, 0L);
          if (more > 0) {
            growth.put(kind, more);
          }
        });
    return growth;
  }

  /** Whether its cloud was asked for it, and has not refused. */
  boolean isAskedFor() {
    return (status.action() == StackAction.CREATE || status.action() == StackAction.UPDATE)
        && status.status() != ActionStatus.FAILED;
  }

  /**
   * Whether it must be counted beside what the cloud counts. What is being made may be in both for
   * a moment, never in none.
   *
   * @param read when the reading of the cloud's quotas began
   */
  public boolean isHeld(Instant read) {
    if (!made) {
      return pursued && status.status() != ActionStatus.FAILED;
    }
    boolean adopted = status.action() == StackAction.ADOPT || status.equals(StackStatus.INIT);
    if (status.isOfSleep() || adopted) {
      // Its cloud has counted it since long before.
      return false;
    }
    Instant lastKnown = status.status() == ActionStatus.IN_PROGRESS ? updatedAt : since;
    return !lastKnown.isBefore(read);
  }
}
