package io.isthmus.openstack.keystone;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.http.Answer;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.http.Deadline;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The tokens of one connection: reused, renewed before they expire or when refused, and never asked
 * for twice at the same time.
 */
public final class KeystoneTokens {
  /** Sends the request for a token and gives the answer, whatever its status. */
  public interface Conversation {
    Answer post(String url, String body, String call, Deadline deadline);
  }

  private final CloudConnection connection;
  private final Conversation conversation;
  private final DriverConfig config;
  private final Clock clock;
  private final AtomicReference<CompletableFuture<Token>> current = new AtomicReference<>();

  public KeystoneTokens(
      CloudConnection connection, Conversation conversation, DriverConfig config, Clock clock) {
    this.connection = connection;
    this.conversation = conversation;
    this.config = config;
    this.clock = clock;
  }

  /**
   * A token that holds for a while.
   *
   * @throws CloudFault CLOUD_CREDENTIAL_REJECTED, CLOUD_UNAVAILABLE, CLOUD_TIMEOUT, CLOUD_GARBLED
   */
  public Token require(Deadline deadline) {
    CompletableFuture<Token> known = current.get();
    if (known != null && !isSpent(known)) {
      return await(known, deadline);
    }
    CompletableFuture<Token> asked = new CompletableFuture<>();
    if (!current.compareAndSet(known, asked)) {
      return require(deadline);
    }
    try {
      asked.complete(fetch(deadline));
    } catch (RuntimeException failure) {
      // Those who wait share the failure; the next one asks again.
      current.compareAndSet(asked, null);
      asked.completeExceptionally(failure);
    }
    return await(asked, deadline);
  }

  /** A service refused this token; the next call gets another. */
  public void refused(Token token) {
    CompletableFuture<Token> known = current.get();
    if (known != null
        && known.isDone()
        && !known.isCompletedExceptionally()
        && known.join().equals(token)) {
      current.compareAndSet(known, null);
    }
  }

  private boolean isSpent(CompletableFuture<Token> known) {
    return known.isDone()
        && (known.isCompletedExceptionally()
            || !clock.instant().plus(config.tokenRenewal()).isBefore(known.join().expiresAt()));
  }

  private Token await(CompletableFuture<Token> asked, Deadline deadline) {
    try {
      return asked.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CompletionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw CloudFaults.late(connection.cloud(), "POST /v3/auth/tokens", "no token in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CloudFaults.late(connection.cloud(), "POST /v3/auth/tokens", "interrupted");
    }
  }

  private Token fetch(Deadline deadline) {
    String url = versionedUrl() + "/auth/tokens";
    String call = "POST " + java.net.URI.create(url).getPath();
    Answer answer =
        conversation.post(
            url, TokenBodies.request(connection.credential()).toString(), call, deadline);
    if (!answer.isSuccess()) {
      throw CloudFaults.refused(connection.cloud(), call, answer);
    }
    return TokenBodies.token(answer)
        .orElseThrow(
            () ->
                CloudFaults.garbled(
                    connection.cloud(),
                    call,
                    answer,
                    "expected a project's token with its catalog, as Keystone v3 gives it"));
  }

  /** Keystone's v3 URL, without a slash at its end. */
  public String versionedUrl() {
    String url = connection.authUrl().toString().replaceAll("/+$", "");
    url = url.replaceAll("/v2\\.0$", "");
    return url.endsWith("/v3") ? url : url + "/v3";
  }
}
