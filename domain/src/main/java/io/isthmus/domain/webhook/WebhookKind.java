package io.isthmus.domain.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a webhook may tell of. */
public enum WebhookKind {
  /** A stack as a whole has another status. */
  STACK_STATUS,
  /** A stack does better or worse. */
  STACK_HEALTH,
  /** Anything that happens to one resource of a stack. */
  STACK_RESOURCE,
  /** A cloud answers, or does not, otherwise than before. */
  CLOUD_HEALTH;

  /** {@code stack.status}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** The CloudEvents type: {@code io.isthmus.stack.status}. */
  public String type() {
    return "io.isthmus." + text();
  }

  /** Reads {@code stack.status}. */
  public static Optional<WebhookKind> find(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
