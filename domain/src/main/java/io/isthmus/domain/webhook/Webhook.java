package io.isthmus.domain.webhook;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.language.Phrase;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody who wants to be told. Its messages are sent one after the other; one that is not taken
 * is sent again until it is given up, and when {@link #MOST_GIVEN_UP} were given up one after
 * another it is paused.
 *
 * @param project whose stacks and clouds; empty for the federation's clouds
 * @param address where messages go; a secret, as its path and query may let one in
 * @param pausedBecause why it was paused; empty when a person has paused it
 * @param pausedAt since when it is paused, as far as that is known
 * @param waiting messages in its queue
 * @param formerUntil until when the former secret signs too
 */
public record Webhook(
    UUID id,
    Optional<ProjectId> project,
    URI address,
    Set<WebhookKind> kinds,
    Status status,
    Optional<Phrase> pausedBecause,
    Optional<Instant> pausedAt,
    String createdBy,
    Instant createdAt,
    int waiting,
    Optional<Instant> formerUntil)
    implements AuditSubject {

  /** Messages given up one after another before it is paused. */
  public static final int MOST_GIVEN_UP = 3;

  /** Whether it is told anything. */
  public enum Status {
    ACTIVE,
    PAUSED
  }

  public Webhook {
    kinds = Set.copyOf(kinds);
  }

  @Override
  public String auditId() {
    return id.toString();
  }

  /** The address as it is told in words: without what follows its question mark. */
  public String shown() {
    return shown(address);
  }

  static String shown(URI address) {
    String text = address.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query) + "?…";
  }
}
