package io.isthmus.openstack.http;

import io.isthmus.openstack.DriverConfig;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends one request and reads the whole answer, under three deadlines: connection, silence, total.
 * The client's own request timeout ends with the headers, so the body is watched here.
 */
public final class Transport {
  private final DriverConfig config;
  private final TrustedClients clients;

  public Transport(DriverConfig config) {
    this.config = config;
    this.clients = new TrustedClients(config.connectTimeout());
  }

  /**
   * Sends without blocking. Completes exceptionally with {@link HttpTimeoutException} when a
   * deadline is over, with another {@link java.io.IOException} when the exchange broke; the
   * exchange is then cancelled.
   *
   * @param caCertificates PEM, or null for the system's
   */
  public CompletableFuture<Answer> send(
      HttpRequest request, String caCertificates, Deadline deadline) {
    HttpClient client;
    try {
      client = clients.trusting(caCertificates);
    } catch (BadAuthority e) {
      return CompletableFuture.failedFuture(e);
    }
    AtomicLong lastSign = new AtomicLong(System.nanoTime());
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            request,
            head -> {
              lastSign.set(System.nanoTime());
              return new WatchedBody(
                  config.maxResponseBytes(), () -> lastSign.set(System.nanoTime()));
            });
    CompletableFuture<Answer> answer =
        exchange.thenApply(
            response -> new Answer(response.statusCode(), response.headers(), response.body()));
    CompletableFuture<Answer> watched = answer.copy();
    watched.whenComplete((done, failure) -> exchange.cancel(true));
    watch(watched, lastSign, deadline.orIn(config.totalTimeout()));
    return watched;
  }

  private void watch(CompletableFuture<Answer> answer, AtomicLong lastSign, Deadline deadline) {
    Duration silentFor = Duration.ofNanos(System.nanoTime() - lastSign.get());
    Duration patience = config.idleTimeout().minus(silentFor);
    if (deadline.isOver()) {
      answer.completeExceptionally(new HttpTimeoutException("no whole answer in time"));
    } else if (patience.isNegative() || patience.isZero()) {
      answer.completeExceptionally(
          new HttpTimeoutException("silent for " + config.idleTimeout().toSeconds() + " s"));
    } else {
      Duration next =
          patience.compareTo(deadline.remaining()) < 0 ? patience : deadline.remaining();
      CompletableFuture.delayedExecutor(next.toNanos() + 1, TimeUnit.NANOSECONDS, Runnable::run)
          .execute(
              () -> {
                if (!answer.isDone()) {
                  watch(answer, lastSign, deadline);
                }
              });
    }
  }
}
