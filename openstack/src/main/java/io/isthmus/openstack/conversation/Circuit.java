package io.isthmus.openstack.conversation;

import io.isthmus.domain.language.Phrase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Spares a server that does not serve, and those who would wait for it. After so many failures in a
 * row it is not asked for a while; then one call tries it, and its success lets all through again.
 * Thread-safe.
 */
final class Circuit {

  private final int failures;
  private final Duration pause;
  private final Clock clock;
  private int inARow;
  private Failure lastFailure;
  private Optional<Instant> openUntil = Optional.empty();

  /**
   * @param failures in a row after which it opens
   * @param pause how long it stays open, and how long the one call that tries has time
   */
  Circuit(int failures, Duration pause, Clock clock) {
    this.failures = failures;
    this.pause = pause;
    this.clock = clock;
  }

  /**
   * How a server failed.
   *
   * @param status of its answer; 0 when there was none
   */
  record Failure(Phrase why, int status) {}

  /**
   * Why a call is not made.
   *
   * @param until when the server is tried again
   */
  record Refusal(Instant until, Failure last) {}

  /**
   * Asks for leave to call. Whoever gets it must tell how the call went.
   *
   * @return empty when the call may be made
   */
  synchronized Optional<Refusal> refusal() {
    Instant now = clock.instant();
    if (openUntil.filter(now::isBefore).isEmpty()) {
      // The one that tries keeps all others out until it is done.
      openUntil = openUntil.map(over -> now.plus(pause));
      return Optional.empty();
    }
    return openUntil.map(until -> new Refusal(until, lastFailure));
  }

  /** Whether {@link #refusal} would refuse; nobody gets leave by asking this. */
  synchronized boolean isRefusing() {
    return openUntil.filter(clock.instant()::isBefore).isPresent();
  }

  /** Whether the server is left alone now. */
  synchronized boolean isOpen() {
    return openUntil.isPresent();
  }

  /** The server served, if only to refuse. */
  synchronized void served() {
    inARow = 0;
    openUntil = Optional.empty();
  }

  /** The server did not answer, or said that it cannot serve. */
  synchronized void failed(Failure failure) {
    lastFailure = failure;
    inARow++;
    if (inARow >= failures) {
      openUntil = Optional.of(clock.instant().plus(pause));
    }
  }
}
