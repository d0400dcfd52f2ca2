package io.isthmus.domain.cloud;

import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.Optional;

/**
 * What the last look at a cloud showed.
 *
 * @param state UNKNOWN before the first look
 * @param since when it came into this state
 * @param seenAt when the cloud last answered; empty when it never has
 * @param reason why it is not REACHABLE
 */
public record CloudHealth(
    State state, Instant since, Optional<Instant> seenAt, Optional<Phrase> reason) {

  /** DEGRADED: Keystone answers, a service does not. */
  public enum State {
    REACHABLE,
    DEGRADED,
    UNREACHABLE,
    UNKNOWN
  }
}
