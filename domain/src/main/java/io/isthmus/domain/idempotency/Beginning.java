package io.isthmus.domain.idempotency;

import java.util.UUID;

/** What to do with a request that has a key. */
public sealed interface Beginning {

  /** Serve it, and tell the outcome under the attempt's id. */
  record Fresh(UUID attempt) implements Beginning {}

  /** It was served: answer the same. */
  record Answered(RememberedAnswer answer) implements Beginning {}
}
