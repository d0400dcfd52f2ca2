package io.isthmus.domain.webhook;

import io.isthmus.domain.language.Phrase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One message of a webhook, and what became of it.
 *
 * @param number counts the webhook's messages, in the order in which they are sent
 * @param message its id, the same each time it is sent
 * @param type of CloudEvents
 * @param body what is sent, to the byte
 * @param tries so often it was sent
 * @param nextTry when it is sent next, while it is WAITING or FAILING
 * @param status HTTP status of the last answer
 * @param took from the last sending to its answer
 * @param answer the beginning of the last answer's body
 * @param trouble why the last try failed
 */
public record Delivery(
    long number,
    String message,
    String type,
    String body,
    State state,
    int tries,
    Instant queuedAt,
    Optional<Instant> firstTry,
    Optional<Instant> lastTry,
    Instant nextTry,
    Optional<Integer> status,
    Optional<Duration> took,
    Optional<String> answer,
    Optional<Phrase> trouble) {

  /** How far it is. */
  public enum State {
    WAITING,
    /** Was not taken, and is sent again. */
    FAILING,
    DELIVERED,
    /** Was not taken, and is not sent again unless a person says so. */
    GIVEN_UP
  }
}
