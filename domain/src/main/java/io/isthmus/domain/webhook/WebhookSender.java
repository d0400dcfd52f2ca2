package io.isthmus.domain.webhook;

import io.isthmus.domain.language.Phrase;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Port: sends a message to an address that somebody gave. The address is resolved once and checked,
 * and that very address is connected to, so that its name cannot lead elsewhere in between. No
 * redirect is followed, no proxy used. Never called within a transaction; thread-safe.
 */
public interface WebhookSender {

  /** Longest that a message takes, from the look-up of the name to the end of the answer. */
  Duration LONGEST = Duration.ofSeconds(15);

  /** Most bytes of a body that is sent. */
  int MOST_SENT = 48 * 1024;

  /** Most characters of an answer that are kept. */
  int MOST_READ = 1_000;

  /**
   * What came of it.
   *
   * @param status of HTTP; empty when there was no answer
   * @param answer the beginning of its body, without control characters
   * @param retryAfter how long it asks to be left alone
   * @param trouble why there was no answer; present when {@code status} is empty
   */
  record Answer(
      Optional<Integer> status,
      String answer,
      Optional<Duration> retryAfter,
      Optional<Phrase> trouble) {}

  /**
   * @param headers beside those of HTTP itself
   */
  Answer send(URI address, Map<String, String> headers, String body);
}
