package io.isthmus.domain.stack.engine;

import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.StackStore.Backlog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while this server's reconciler looks into the queue, and takes what is due when it has
 * room. Tells how many stacks wait, and for how long.
 */
@Readiness
@ApplicationScoped
public class QueueReady implements HealthCheck {

  /** The queue is looked into every second; a machine under load may need a few. */
  static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  /** What is due and not taken for so long is not going to be. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /**
   * @param failure why the queue does not work; empty when it does
   * @param backlog what waits, where it could be read
   */
  record Finding(Optional<String> failure, Optional<Backlog> backlog) {}

  private Supplier<Pulse> pulse;
  private StackStore store;
  private Clock clock;

  @Inject
  QueueReady(ReconcilerStart reconciler, StackStore store) {
    this(reconciler::pulse, store, Clock.systemUTC());
  }

  QueueReady(Supplier<Pulse> pulse, StackStore store, Clock clock) {
    this.pulse = pulse;
    this.store = store;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected QueueReady() {}

  @Override
  public HealthCheckResponse call() {
    Finding finding = look();
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("queue").status(finding.failure().isEmpty());
    finding.failure().ifPresent(failure -> answer.withData("failure", failure));
    finding.backlog().ifPresent(backlog -> answer.withData("waiting", backlog.stacks()));
    return answer.build();
  }

  Finding look() {
    Instant now = clock.instant();
    Pulse last = pulse.get();
    long silence = Duration.between(last.at(), now).toSeconds();
    if (last.failure().isPresent() || silence > LONGEST_SILENCE.toSeconds()) {
      String failure = last.failure().orElse("not looked into for %d s".formatted(silence));
      return new Finding(Optional.of(failure), Optional.empty());
    }
    try {
      Backlog backlog = store.backlog(now);
      return new Finding(stuck(backlog, last, now), Optional.of(backlog));
    } catch (RuntimeException e) {
      return new Finding(Optional.of(String.valueOf(e.getMessage())), Optional.empty());
    }
  }

  private static Optional<String> stuck(Backlog backlog, Pulse last, Instant now) {
    return backlog
        .oldestDue()
        .map(due -> Duration.between(due, now))
        .filter(wait -> last.hasRoom() && wait.compareTo(LONGEST_WAIT) > 0)
        .map(wait -> "a stack waits for %d s and is not taken".formatted(wait.toSeconds()));
  }
}
