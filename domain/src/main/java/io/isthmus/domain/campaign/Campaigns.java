package io.isthmus.domain.campaign;

import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.Optional;

/** Makes a campaign that is other than one that is there. */
final class Campaigns {

  private final Campaign from;
  private boolean secret;
  private Campaign.Status status;
  private Optional<Phrase> why;
  private int wave;
  private Optional<Instant> restsUntil;
  private int forgiven;
  private Campaign.Author author;
  private Optional<Instant> startedAt;
  private Optional<Instant> endedAt;

  private Campaigns(Campaign from) {
    this.from = from;
    secret = from.secret();
    status = from.status();
    why = from.why();
    wave = from.wave();
    restsUntil = from.restsUntil();
    forgiven = from.forgiven();
    author = from.author();
    startedAt = from.startedAt();
    endedAt = from.endedAt();
  }

  static Campaigns of(Campaign from) {
    return new Campaigns(from);
  }

  Campaigns secret(boolean hidden) {
    secret = hidden;
    return this;
  }

  Campaigns status(Campaign.Status other) {
    status = other;
    return this;
  }

  Campaigns why(Optional<Phrase> reason) {
    why = reason;
    return this;
  }

  Campaigns wave(int other) {
    wave = other;
    return this;
  }

  Campaigns restsUntil(Instant until) {
    restsUntil = Optional.of(until);
    return this;
  }

  Campaigns rested() {
    restsUntil = Optional.empty();
    return this;
  }

  Campaigns forgiven(int failures) {
    forgiven = failures;
    return this;
  }

  Campaigns author(Campaign.Author other) {
    author = other;
    return this;
  }

  Campaigns startedAt(Instant at) {
    startedAt = Optional.of(at);
    return this;
  }

  Campaigns endedAt(Instant at) {
    endedAt = Optional.of(at);
    return this;
  }

  Campaign done() {
    return new Campaign(
        from.id(),
        from.name(),
        from.reason(),
        from.scope(),
        from.change(),
        secret,
        from.pace(),
        status,
        why,
        wave,
        restsUntil,
        forgiven,
        author,
        from.createdBy(),
        from.createdAt(),
        startedAt,
        endedAt);
  }
}
