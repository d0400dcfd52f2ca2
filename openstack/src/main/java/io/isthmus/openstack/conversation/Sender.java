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
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Sends one request to a cloud and tells what came of it. Every call to every cloud passes here: it
 * is checked, waits for its turn, is logged, and counts for the circuit of its server. Never
 * blocks.
 */
final class Sender {
  /** The server is there and cannot serve now. */
  static final Set<Integer> CANNOT_SERVE = Set.of(500, 502, 503, 504);

  private final CloudConnection connection;
  private final Transport transport;
  private final Gate gate;
  private final Function<URI, Circuit> circuits;
  private final DriverConfig config;
  private final AddressGuard guard;
  private final CloudCallMeter meter;

  Sender(
      CloudConnection connection,
      Transport transport,
      Gate gate,
      Function<URI, Circuit> circuits,
      DriverConfig config,
      AddressGuard guard,
      CloudCallMeter meter) {
    this.connection = connection;
    this.transport = transport;
    this.gate = gate;
    this.circuits = circuits;
    this.config = config;
    this.guard = guard;
    this.meter = meter;
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
    Circuit circuit;
    try {
      request = request(exchange);
      circuit = circuits.apply(request.uri());
      check(exchange, request.uri(), circuit);
    } catch (NotSent why) {
      measure(exchange, Outcome.NOT_SENT, Duration.ZERO);
      return CompletableFuture.failedFuture(why);
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    gate.enter(deadline)
        .thenAccept(
            entered -> {
              if (entered) {
                exchange(exchange, request, circuit, deadline, answer);
              } else {
                measure(exchange, Outcome.NOT_SENT, Duration.ZERO);
                answer.completeExceptionally(noTurn(exchange));
              }
            });
    return answer;
  }

  private void check(Exchange exchange, URI address, Circuit circuit) throws NotSent {
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
    Optional<Circuit.Refusal> rest = circuit.refusal();
    if (rest.isPresent()) {
      throw new NotSent(
          () ->
              CloudFaults.resting(
                  cloud(),
                  exchange.call(),
                  address,
                  config.circuitFailures(),
                  rest.get().last().why(),
                  rest.get().last().status(),
                  rest.get().until()));
    }
  }

  private NotSent noTurn(Exchange exchange) {
    return new NotSent(
        () ->
            CloudFaults.late(
                cloud(),
                exchange.call(),
                "no turn in time: too many calls, or the cloud asked to wait"));
  }

  private void exchange(
      Exchange exchange,
      HttpRequest request,
      Circuit circuit,
      Deadline deadline,
      CompletableFuture<Answer> answer) {
    ConversationLog.sent(cloud().text(), exchange.call(), exchange.body());
    long start = System.nanoTime();
    transported(request, deadline)
        .whenComplete(
            (done, failure) -> {
              Duration took = Duration.ofNanos(System.nanoTime() - start);
              try {
                if (failure == null) {
                  answered(exchange, circuit, done, took);
                } else {
                  broke(exchange, circuit, asIo(failure), took);
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

  private CompletableFuture<Answer> transported(HttpRequest request, Deadline deadline) {
    try {
      return transport.send(request, connection.caCertificates().orElse(null), deadline);
    } catch (RuntimeException defect) {
      return CompletableFuture.failedFuture(defect);
    }
  }

  private void answered(Exchange exchange, Circuit circuit, Answer answer, Duration took) {
    ConversationLog.received(cloud().text(), exchange.call(), answer, took.toMillis());
    CallLog.answered(cloud(), exchange.call(), exchange.id(), answer, took);
    measure(exchange, Outcome.of(answer.status()), took);
    if (CANNOT_SERVE.contains(answer.status())) {
      circuit.failed(new Circuit.Failure(CloudFaults.why(answer), answer.status()));
    } else {
      circuit.served();
    }
  }

  private void broke(Exchange exchange, Circuit circuit, IOException failure, Duration took) {
    CallLog.failed(cloud(), exchange.call(), exchange.id(), failure, took);
    measure(exchange, Outcome.NO_ANSWER, took);
    if (failure instanceof AnswerTooLong) {
      circuit.served();
    } else {
      circuit.failed(new Circuit.Failure(CloudFaults.why(failure), 0));
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
    if (exchange.body().isEmpty()) {
      request.method(exchange.method(), HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(exchange.method(), HttpRequest.BodyPublishers.ofString(exchange.body()));
    }
    return request.build();
  }
}
