package io.isthmus.openstack.conversation;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.metrics.CloudCallMeter;
import io.isthmus.domain.metrics.CloudCallMeter.Outcome;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.http.Answer;
import io.isthmus.openstack.http.AnswerTooLong;
import io.isthmus.openstack.http.CallLog;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.http.ConversationLog;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Sends one request to a cloud and tells what came of it. Every call to every cloud passes here: it
 * is checked, waits for its turn, is logged, and counts for the circuits of its service and server.
 * Never blocks.
 */
final class Sender {
  /** The server is there and cannot serve now. */
  static final Set<Integer> CANNOT_SERVE = Set.of(500, 502, 503, 504);

  private final CloudConnection connection;
  private final boolean insistent;
  private final Transport transport;
  private final Gate gate;
  private final Circuits circuits;
  private final DriverConfig config;
  private final AddressGuard guard;
  private final CloudCallMeter meter;
  private final Clock clock;

  /**
   * @param insistent whether it goes through open circuits too
   */
  Sender(
      CloudConnection connection,
      boolean insistent,
      Transport transport,
      Gate gate,
      Circuits circuits,
      DriverConfig config,
      AddressGuard guard,
      CloudCallMeter meter,
      Clock clock) {
    this.connection = connection;
    this.insistent = insistent;
    this.transport = transport;
    this.gate = gate;
    this.circuits = circuits;
    this.config = config;
    this.guard = guard;
    this.meter = meter;
    this.clock = clock;
  }

  CloudId cloud() {
    return connection.cloud();
  }

  /**
   * Sends it once.
   *
   * @return the answer, whatever its status; fails with {@link NotSent} or {@link IOException},
   *     never wrapped
   */
  CompletableFuture<Answer> send(Exchange exchange, Deadline deadline) {
    HttpRequest request;
    Circuits.Way way;
    try {
      request = request(exchange);
      way = circuits.to(request.uri());
      check(exchange, request.uri(), way);
    } catch (NotSent why) {
      measure(exchange, Outcome.NOT_SENT, Duration.ZERO);
      return CompletableFuture.failedFuture(why);
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    gate.enter(ServiceRoot.of(request.uri()), deadline)
        .thenAccept(
            entered -> {
              if (entered) {
                exchange(exchange, request, way, deadline, answer);
              } else {
                measure(exchange, Outcome.NOT_SENT, Duration.ZERO);
                answer.completeExceptionally(noTurn(exchange, request.uri()));
              }
            });
    return answer;
  }

  private void check(Exchange exchange, URI address, Circuits.Way way) throws NotSent {
    // Each time rather than once, because a name may point elsewhere later, and because what a
    // catalog names is no more to be trusted than what a person types. The client that connects
    // next asks the JVM for the same name, which has just been told and remembers it.
    var refused = guard.refusal(address);
    if (refused.isPresent()) {
      throw new NotSent(
          () ->
              CloudFaults.forbidden(
                  cloud(),
                  exchange.call(),
                  address,
                  refused.get().message(),
                  refused.get().remedy()));
    }
    Optional<Circuits.Rest> rest = insistent ? Optional.empty() : way.refusal();
    if (rest.isPresent()) {
      Circuit.Refusal why = rest.get().refusal();
      throw new NotSent(
          () ->
              CloudFaults.resting(
                  cloud(),
                  exchange.call(),
                  rest.get().who(),
                  config.circuitFailures(),
                  why.last().why(),
                  why.last().status(),
                  clock.instant(),
                  why.until()));
    }
  }

  private NotSent noTurn(Exchange exchange, URI address) {
    Instant now = clock.instant();
    Duration closed = gate.closedFor(ServiceRoot.of(address));
    return closed.isZero()
        ? new NotSent(
            () ->
                CloudFaults.late(
                    cloud(), exchange.call(), "no turn in time: too many calls at once"))
        : new NotSent(() -> CloudFaults.wantsRest(cloud(), exchange.call(), now, now.plus(closed)));
  }

  private void exchange(
      Exchange exchange,
      HttpRequest request,
      Circuits.Way way,
      Deadline deadline,
      CompletableFuture<Answer> answer) {
    ConversationLog.sent(cloud().text(), exchange.call(), exchange.body());
    long start = System.nanoTime();
    transported(exchange, request, deadline)
        .whenComplete(
            (done, failure) -> {
              Duration took = Duration.ofNanos(System.nanoTime() - start);
              try {
                if (failure == null) {
                  answered(exchange, way, done, took);
                } else {
                  broke(exchange, way, asIo(failure), took);
                }
              } finally {
                gate.leave();
                if (failure == null) {
                  answer.complete(done);
                } else {
                  answer.completeExceptionally(asIo(failure));
                }
              }
            });
  }

  private CompletableFuture<Answer> transported(
      Exchange exchange, HttpRequest request, Deadline deadline) {
    String authorities = connection.caCertificates().orElse(null);
    try {
      return exchange
          .upload()
          .map(upload -> transport.send(request, upload, authorities, deadline))
          .orElseGet(() -> transport.send(request, authorities, deadline));
    } catch (RuntimeException defect) {
      return CompletableFuture.failedFuture(defect);
    }
  }

  private void answered(Exchange exchange, Circuits.Way way, Answer answer, Duration took) {
    ConversationLog.received(cloud().text(), exchange.call(), answer, took.toMillis());
    CallLog.answered(cloud(), exchange.call(), exchange.id(), answer, took);
    measure(exchange, Outcome.of(answer.status()), took);
    if (CANNOT_SERVE.contains(answer.status())) {
      way.couldNotServe(new Circuit.Failure(CloudFaults.why(answer), answer.status()));
    } else {
      way.served();
    }
  }

  private void broke(Exchange exchange, Circuits.Way way, IOException failure, Duration took) {
    CallLog.failed(cloud(), exchange.call(), exchange.id(), failure, took);
    measure(exchange, Outcome.NO_ANSWER, took);
    if (failure instanceof AnswerTooLong) {
      way.served();
    } else {
      way.gaveNoAnswer(new Circuit.Failure(CloudFaults.why(failure), 0));
    }
  }

  private void measure(Exchange exchange, Outcome outcome, Duration took) {
    meter.called(cloud(), exchange.service(), exchange.method(), outcome, took);
  }

  private static IOException asIo(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  private HttpRequest request(Exchange exchange) throws NotSent {
    HttpRequest.Builder request;
    try {
      request = HttpRequest.newBuilder(URI.create(exchange.url()));
    } catch (IllegalArgumentException e) {
      throw new NotSent(
          () ->
              CloudFaults.unavailable(
                  cloud(), exchange.call(), "not an address: " + exchange.url()));
    }
    request.header("Accept", "application/json");
    request.header("User-Agent", "isthmus");
    request.header("X-Openstack-Request-Id", exchange.id().text());
    exchange.headers().forEach(request::header);
    if (exchange.upload().isPresent()) {
      request.header("Content-Type", "application/octet-stream");
      request.method(exchange.method(), exchange.upload().get().body());
    } else if (exchange.body().isEmpty()) {
      request.method(exchange.method(), HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(exchange.method(), HttpRequest.BodyPublishers.ofString(exchange.body()));
    }
    return request.build();
  }
}
