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
import java.util.function.Supplier;

/**
 * Sends one request and reads the whole answer, under three deadlines: connection, silence, total.
 * The client's own request timeout ends with the headers, so the body is watched here.
 */
public final class Transport {
  /**
   * So many idle timeouts may pass from the last byte of an upload to the answer: a store may need
   * time for the whole, and what stands in front of it may have taken all ahead of it.
   */
  private static final int PATIENCE_AFTER_UPLOAD = 10;

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
    AtomicLong lastSign = new AtomicLong(System.nanoTime());
    return send(
        request,
        caCertificates,
        deadline.orIn(config.totalTimeout()),
        lastSign,
        () -> new Silence(lastSign.get(), config.idleTimeout()));
  }

  /**
   * As {@link #send(HttpRequest, String, Deadline)}, but for as long as the deadline allows: a byte
   * of the upload that is taken is a sign of life, too.
   */
  public CompletableFuture<Answer> send(
      HttpRequest request, Upload upload, String caCertificates, Deadline deadline) {
    AtomicLong lastSign = new AtomicLong(System.nanoTime());
    return send(
        request,
        caCertificates,
        deadline,
        lastSign,
        () -> {
          long answered = lastSign.get();
          long taken = upload.lastSign();
          return new Silence(
              answered - taken > 0 ? answered : taken,
              config.idleTimeout().multipliedBy(upload.isThrough() ? PATIENCE_AFTER_UPLOAD : 1));
        });
  }

  private CompletableFuture<Answer> send(
      HttpRequest request,
      String caCertificates,
      Deadline deadline,
      AtomicLong lastSign,
      Supplier<Silence> silence) {
    HttpClient client;
    try {
      client = clients.trusting(caCertificates);
    } catch (BadAuthority e) {
      return CompletableFuture.failedFuture(e);
    }
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
    watch(watched, silence, deadline);
    return watched;
  }

  /** Since when there was no sign of life, and how long that may last. */
  private record Silence(long sinceNanos, Duration longest) {
    Duration left() {
      return longest.minusNanos(System.nanoTime() - sinceNanos);
    }
  }

  private static void watch(
      CompletableFuture<Answer> answer, Supplier<Silence> silence, Deadline deadline) {
    Silence now = silence.get();
    Duration patience = now.left();
    if (deadline.isOver()) {
      answer.completeExceptionally(new HttpTimeoutException("no whole answer in time"));
    } else if (patience.isNegative() || patience.isZero()) {
      answer.completeExceptionally(
          new HttpTimeoutException("silent for " + now.longest().toSeconds() + " s"));
    } else {
      Duration next =
          patience.compareTo(deadline.remaining()) < 0 ? patience : deadline.remaining();
      CompletableFuture.delayedExecutor(next.toNanos() + 1, TimeUnit.NANOSECONDS, Runnable::run)
          .execute(
              () -> {
                if (!answer.isDone()) {
                  watch(answer, silence, deadline);
                }
              });
    }
  }
}
