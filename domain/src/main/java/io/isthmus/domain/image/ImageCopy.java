package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where an image is, or is to come: one for each OpenStack project and region.
 *
 * @param account the OpenStack project that it is for
 * @param mark what it carries in Glance as {@code isthmus_copy} if it is ours
 * @param glanceId empty before it is registered
 * @param made whether it was made by us; what was recognised is never deleted
 * @param sent bytes sent so far
 * @param trouble the last thing that went wrong; {@code code} tells its kind
 * @param changedAt when its state changed last
 * @param checkedAt when the cloud told its digest last, and it was the right one
 * @param lastUsed when a stack asked for it last, or needed it no more
 */
public record ImageCopy(
    UUID id,
    ImageId image,
    ProjectId project,
    Account account,
    String region,
    State state,
    String mark,
    Optional<String> glanceId,
    boolean made,
    Optional<ImageDriver.Way> way,
    long sent,
    Optional<Phrase> trouble,
    Optional<FaultCode> code,
    int attempts,
    Instant createdAt,
    Instant changedAt,
    Optional<Instant> checkedAt,
    Instant lastUsed) {

  /** How far a copy is. */
  public enum State {
    WANTED,
    COPYING,
    /** The cloud has all of it, and has still to make it active and tell its digest. */
    VERIFYING,
    /** It is there, and its digest is that of the image. */
    ACTIVE,
    FAILED,
    REMOVING,
    /** It was removed a moment ago; what comes late is still looked for. */
    GONE;

    /** Whether it is to be brought. */
    boolean isComing() {
      return this == WANTED || this == COPYING || this == VERIFYING;
    }
  }

  /** Whether the cloud has none of it, nor will have. */
  public boolean isGone() {
    return state == State.GONE;
  }

  /** In whole percent of the image's size. */
  public int percent(long size) {
    return size == 0 ? 100 : (int) Math.min(100, sent * 100 / size);
  }
}
