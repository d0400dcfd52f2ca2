package io.isthmus.rest.idempotency;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;

/** The request under way, if it has a key: which attempt it is, and whether its answer is kept. */
@RequestScoped
public class ServedRequest {

  private UUID attempt;
  private boolean whole;
  private boolean kept;

  /**
   * @param isWhole whether it is {@link AnsweredWhole}
   */
  public void begin(UUID newAttempt, boolean isWhole) {
    attempt = newAttempt;
    whole = isWhole;
  }

  /** The attempt whose answer is to be kept with what it does. */
  public Optional<UUID> wholeAttempt() {
    return Optional.ofNullable(attempt).filter(any -> whole);
  }

  /** What it does and its answer are committed. */
  public void keep() {
    kept = true;
  }

  public boolean isKept() {
    return kept;
  }
}
