package io.isthmus.rest.webhook;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.webhook.Webhook;
import io.isthmus.domain.webhook.WebhookKind;
import io.isthmus.domain.webhook.WebhookSecret;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Somebody who is told.
 *
 * @param project absent for the federation's
 * @param address without what follows its question mark
 * @param status {@code active} or {@code paused}
 * @param pausedBecause absent unless it paused by itself
 * @param pausedAt since when; absent unless it is paused, and where that is not known
 * @param waiting messages in its queue
 * @param formerSecretUntil until when the secret before signs too
 * @param secret only in the answer that makes it
 */
public record WebhookBody(
    String id,
    String project,
    String address,
    List<String> kinds,
    String status,
    String pausedBecause,
    Instant pausedAt,
    int waiting,
    String createdBy,
    Instant createdAt,
    Instant formerSecretUntil,
    String secret) {

  static WebhookBody of(Webhook webhook, Locale locale) {
    return of(webhook, null, locale);
  }

  static WebhookBody of(Webhook webhook, WebhookSecret secret, Locale locale) {
    return new WebhookBody(
        webhook.id().toString(),
        webhook.project().map(ProjectId::toString).orElse(null),
        webhook.shown(),
        webhook.kinds().stream().sorted().map(WebhookKind::text).toList(),
        webhook.status().name().toLowerCase(Locale.ROOT),
        webhook.pausedBecause().map(why -> why.in(locale)).orElse(null),
        webhook.pausedAt().orElse(null),
        webhook.waiting(),
        webhook.createdBy(),
        webhook.createdAt(),
        webhook.formerUntil().orElse(null),
        secret == null ? null : secret.text());
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "webhook " + id;
  }
}
