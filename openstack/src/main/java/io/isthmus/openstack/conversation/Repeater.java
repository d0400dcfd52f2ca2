package io.isthmus.openstack.conversation;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.http.Answer;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.http.ConversationLog;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.http.RetryAfter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests, and sends them again where that is safe and may help. Between two tries a timer
 * runs; only whoever asked waits, and at one place.
 */
final class Repeater {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final Sender sender;
  private final Gate gate;
  private final DriverConfig config;
  private final Clock clock;

  Repeater(Sender sender, Gate gate, DriverConfig config, Clock clock) {
    this.sender = sender;
    this.gate = gate;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Sends and waits for the answer, whatever its status.
   *
   * @throws io.isthmus.domain.fault.FederationFault CLOUD_UNAVAILABLE, CLOUD_TIMEOUT,
   *     CLOUD_GARBLED; CLOUD_INVALID for an address that must not be spoken to
   */
  Answer converse(Exchange exchange, Deadline caller) {
    CompletableFuture<Answer> answer = answer(exchange, caller);
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NotSent why) {
        throw why.fault();
      }
      ConversationLog.failed(cloud().text(), exchange.call(), String.valueOf(e.getCause()));
      throw CloudFaults.broken(cloud(), exchange.call(), e.getCause());
    } catch (InterruptedException e) {
      // What was sent comes to its end by its own deadline; nothing is sent any more.
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw CloudFaults.late(cloud(), exchange.call(), "interrupted");
    }
  }

  private CloudId cloud() {
    return sender.cloud();
  }

  private CompletableFuture<Answer> answer(Exchange exchange, Deadline caller) {
    // What is streamed takes the time that its size needs, which only the caller knows.
    Deadline deadline =
        exchange.upload().isPresent()
            ? caller
            : caller.orIn(config.totalTimeout().multipliedBy(config.retries() + 1L));
    Tries tries = new Tries(exchange, deadline);
    tries.next();
    return tries.answer;
  }

  /** The tries of one exchange, one after the other. */
  private final class Tries {
    private final Exchange exchange;
    private final Deadline deadline;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private int left = config.retries();
    private Duration pause = FIRST_PAUSE;

    Tries(Exchange exchange, Deadline deadline) {
      this.exchange = exchange;
      this.deadline = deadline;
    }

    void next() {
      if (!answer.isDone()) {
        sender.send(exchange, deadline).whenComplete(this::judge);
      }
    }

    private void judge(Answer got, Throwable failure) {
      try {
        Optional<Duration> wait = failure == null ? waitAfter(got) : waitAfter(failure);
        if (wait.isPresent()) {
          left--;
          pause = pause.multipliedBy(2);
          CompletableFuture.delayedExecutor(wait.get().toNanos(), TimeUnit.NANOSECONDS)
              .execute(this::next);
        } else if (failure == null) {
          answer.complete(got);
        } else {
          answer.completeExceptionally(failure);
        }
      } catch (RuntimeException defect) {
        answer.completeExceptionally(defect);
      }
    }

    /** How long to wait before the next try; empty when the answer is to be taken. */
    private Optional<Duration> waitAfter(Answer got) {
      Optional<Duration> asked = RetryAfter.of(got, clock.instant());
      // All calls to the service wait then, whether this one is sent again or not.
      asked.ifPresent(this::leaveAlone);
      Duration wait = asked.orElse(pause);
      if (left == 0
          || !mayRepeat(got.status(), asked.isPresent())
          || wait.compareTo(config.longestRetryAfter()) > 0
          || wait.compareTo(deadline.remaining()) > 0) {
        return Optional.empty();
      }
      // This one waits with all others, at the gate.
      return Optional.of(asked.isPresent() ? Duration.ZERO : wait);
    }

    private void leaveAlone(Duration asked) {
      Duration longest = config.longestRest();
      gate.closeFor(
          ServiceRoot.of(URI.create(exchange.url())),
          asked.compareTo(longest) > 0 ? longest : asked);
    }

    private Optional<Duration> waitAfter(Throwable failure) {
      boolean sent = !(failure instanceof ConnectException);
      return left > 0
              && failure instanceof IOException
              && !deadline.isOver()
              && (!sent || exchange.idempotent())
          ? Optional.of(pause)
          : Optional.empty();
    }

    private boolean mayRepeat(int status, boolean saysWhen) {
      return switch (status) {
        // Refused before anything was done.
        case 429 -> true;
        case 413 -> saysWhen;
        default -> Sender.CANNOT_SERVE.contains(status) && exchange.idempotent();
      };
    }
  }
}
