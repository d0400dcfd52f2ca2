package io.isthmus.rest.webhook;

import io.isthmus.domain.webhook.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One message, and what became of it.
 *
 * @param message its id, the same each time it is sent
 * @param state {@code waiting}, {@code failing}, {@code delivered} or {@code given_up}
 * @param nextTry absent when it is done
 * @param answerStatus of HTTP
 * @param milliseconds from the last sending to its answer
 * @param answer the beginning of the last answer
 * @param trouble why the last try failed
 * @param body what is sent, to the byte
 */
public record DeliveryBody(
    String message,
    String type,
    String state,
    int tries,
    Instant queuedAt,
    Instant firstTry,
    Instant lastTry,
    Instant nextTry,
    Integer answerStatus,
    Long milliseconds,
    String answer,
    String trouble,
    String body) {

  static DeliveryBody of(Delivery delivery, Locale locale) {
    boolean isOpen =
        delivery.state() == Delivery.State.WAITING || delivery.state() == Delivery.State.FAILING;
    return new DeliveryBody(
        delivery.message(),
        delivery.type(),
        delivery.state().name().toLowerCase(Locale.ROOT),
        delivery.tries(),
        delivery.queuedAt(),
        delivery.firstTry().orElse(null),
        delivery.lastTry().orElse(null),
        isOpen ? delivery.nextTry() : null,
        delivery.status().orElse(null),
        delivery.took().map(Duration::toMillis).orElse(null),
        delivery.answer().orElse(null),
        delivery.trouble().map(why -> why.in(locale)).orElse(null),
        delivery.body());
  }
}
