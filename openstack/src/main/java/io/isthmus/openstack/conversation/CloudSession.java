package io.isthmus.openstack.conversation;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.trace.RequestId;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.http.Answer;
import io.isthmus.openstack.http.AnswerTooLong;
import io.isthmus.openstack.http.CallLog;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.http.ConversationLog;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.http.Transport;
import io.isthmus.openstack.keystone.KeystoneTokens;
import io.isthmus.openstack.keystone.ServiceCatalog;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.keystone.Token;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One project's conversation with one cloud. Thread-safe. Every method throws {@link CloudFault}
 * with CLOUD_UNAVAILABLE, CLOUD_TIMEOUT, CLOUD_REJECTED, CLOUD_FULL, QUOTA_EXCEEDED,
 * CLOUD_CREDENTIAL_REJECTED, CLOUD_GARBLED or CONFLICT.
 */
public final class CloudSession {
  private static final Pattern MARKER = Pattern.compile("[?&]marker=([^&]+)");
  private static final int MOST_PAGES = 2000;
  private static final Set<Integer> CANNOT_SERVE = Set.of(500, 502, 503, 504);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final CloudConnection connection;
  private final Transport transport;
  private final Gate gate;
  private final Function<URI, Circuit> circuits;
  private final DriverConfig config;
  private final AddressGuard guard;
  private final Clock clock;
  private final KeystoneTokens tokens;
  private final Map<String, Optional<Microversion>> newest = new ConcurrentHashMap<>();

  CloudSession(
      CloudConnection connection,
      Transport transport,
      Gate gate,
      Function<URI, Circuit> circuits,
      DriverConfig config,
      AddressGuard guard,
      Clock clock) {
    this.connection = connection;
    this.transport = transport;
    this.gate = gate;
    this.circuits = circuits;
    this.config = config;
    this.guard = guard;
    this.clock = clock;
    this.tokens =
        new KeystoneTokens(
            connection,
            (url, body, call, deadline) ->
                // Asking for a token twice does no harm.
                converse(new Exchange("POST", url, body, Map.of(), call, true), deadline),
            config,
            clock);
  }

  public CloudId cloud() {
    return connection.cloud();
  }

  public Deadline deadline() {
    return Deadline.in(config.totalTimeout());
  }

  /** Keystone's v3 URL, without a slash at its end. */
  public String identityUrl() {
    return tokens.versionedUrl();
  }

  public ServiceCatalog catalog(Deadline deadline) {
    return tokens.require(deadline).catalog();
  }

  /** The OpenStack project's id. */
  public String projectId(Deadline deadline) {
    return tokens.require(deadline).projectId();
  }

  /** The regions that this connection uses. */
  public List<String> regions(Deadline deadline) {
    return connection.regions().isEmpty()
        ? catalog(deadline).regions(connection.endpointInterface())
        : connection.regions();
  }

  /** The endpoints of a region by official service type. */
  public Map<String, ServiceCatalog.Endpoint> services(String region, Deadline deadline) {
    return catalog(deadline).services(connection.endpointInterface(), region);
  }

  /** Reads a page that needs no token, such as a document of versions; whatever its status. */
  public Answer look(String url, Deadline deadline) {
    String call = "GET " + URI.create(url).getPath();
    return converse(new Exchange("GET", url, "", Map.of(), call, true), deadline);
  }

  /** Calls and returns the answer, which is a success. */
  public Answer send(Call call, Deadline deadline) {
    Token token = tokens.require(deadline);
    Answer answer = sendAs(call, token, deadline);
    if (answer.status() == 401) {
      tokens.refused(token);
      answer = sendAs(call, tokens.require(deadline), deadline);
    }
    if (!answer.isSuccess()) {
      throw CloudFaults.refused(cloud(), told(call), answer);
    }
    return answer;
  }

  /** Calls and returns the object that the answer holds. */
  public JsonObject fetch(Call call, Deadline deadline) {
    Answer answer = send(call, deadline);
    return answer
        .json()
        .orElseThrow(
            () -> CloudFaults.garbled(cloud(), told(call), answer, "expected a JSON object"));
  }

  /** Calls and returns the object under one key of the answer. */
  public JsonObject fetch(Call call, String key, Deadline deadline) {
    Answer answer = send(call, deadline);
    return answer
        .json()
        .map(body -> body.get(key))
        .filter(JsonObject.class::isInstance)
        .map(JsonValue::asJsonObject)
        .orElseThrow(
            () -> CloudFaults.garbled(cloud(), told(call), answer, "expected \"" + key + "\""));
  }

  /** As {@link #fetch}, but empty when the cloud says that it is not there. */
  public Optional<JsonObject> find(Call call, String key, Deadline deadline) {
    try {
      return Optional.of(fetch(call, key, deadline));
    } catch (CloudFault fault) {
      if (fault.status() == 404) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  /** Reads a list to its end, page by page. */
  public List<JsonObject> list(Call call, String collection, Deadline deadline) {
    List<JsonObject> all = new ArrayList<>();
    Set<String> markers = new HashSet<>();
    Call page = call.query("limit", Integer.toString(config.pageSize()));
    Call next = page;
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Call asked = next;
      Answer answer = send(asked, deadline);
      JsonObject body =
          answer
              .json()
              .filter(object -> object.get(collection) instanceof JsonArray)
              .orElseThrow(
                  () ->
                      CloudFaults.garbled(
                          cloud(), told(asked), answer, "expected a list \"" + collection + "\""));
      for (JsonValue item : body.getJsonArray(collection)) {
        if (!(item instanceof JsonObject object)) {
          throw CloudFaults.garbled(
              cloud(), told(asked), answer, "expected objects in \"" + collection + "\"");
        }
        all.add(object);
      }
      Optional<String> marker = nextMarker(body, collection);
      if (marker.isEmpty()) {
        return all;
      }
      if (!markers.add(marker.get())) {
        throw CloudFaults.garbled(cloud(), told(asked), answer, "pages go round in a circle");
      }
      next = page.query("marker", marker.get());
    }
    throw CloudFaults.unavailable(cloud(), told(call), "the list does not end");
  }

  private static Optional<String> nextMarker(JsonObject body, String collection) {
    String link = null;
    if (body.get("next") instanceof JsonString text) {
      link = text.getString();
    } else if (body.get(collection + "_links") instanceof JsonArray links) {
      for (JsonValue each : links) {
        if (each instanceof JsonObject one
            && one.getString("rel", "").equals("next")
            && one.get("href") instanceof JsonString text) {
          link = text.getString();
        }
      }
    }
    if (link == null) {
      return Optional.empty();
    }
    Matcher marker = MARKER.matcher(link);
    return marker.find()
        ? Optional.of(URLDecoder.decode(marker.group(1), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /**
   * The newest microversion that a service of a region offers; empty when it has none. Read once.
   */
  public Optional<Microversion> newestVersion(
      ServiceType service, String region, Deadline deadline) {
    Token token = tokens.require(deadline);
    String document = Endpoints.versionDocument(base(service, region, token));
    Optional<Microversion> known = newest.get(document);
    if (known == null) {
      String call = "GET " + URI.create(document).getPath();
      // Cinder shows it only to those who are let in.
      Map<String, String> headers = Map.of("X-Auth-Token", token.value().reveal());
      Answer answer = converse(new Exchange("GET", document, "", headers, call, true), deadline);
      if (!answer.isSuccess() && answer.status() != 300) {
        throw CloudFaults.refused(cloud(), call, answer);
      }
      JsonObject body =
          answer
              .json()
              .orElseThrow(
                  () ->
                      CloudFaults.garbled(
                          cloud(), call, answer, "expected a document of versions"));
      known = VersionDocuments.newest(body, document);
      newest.put(document, known);
    }
    return known;
  }

  /** The microversion that a call with this wish is made with. */
  public Optional<Microversion> negotiate(
      ServiceType service, String region, Microversion wanted, Deadline deadline) {
    return newestVersion(service, region, deadline)
        .map(offered -> offered.compareTo(wanted) < 0 ? offered : wanted);
  }

  private String base(ServiceType service, String region, Token token) {
    return token
        .catalog()
        .find(service, connection.endpointInterface(), region)
        .map(endpoint -> Endpoints.base(service, endpoint.url(), token.projectId()))
        .orElseThrow(
            () ->
                CloudFaults.unavailable(
                    cloud(),
                    service.official(),
                    "the catalog has no "
                        + connection.endpointInterface()
                        + " endpoint of "
                        + service.official()
                        + " in region "
                        + region));
  }

  private Answer sendAs(Call call, Token token, Deadline deadline) {
    Map<String, String> headers = new java.util.HashMap<>();
    headers.put("X-Auth-Token", token.value().reveal());
    if (call.microversion().isPresent()) {
      negotiate(call.service(), call.region(), call.microversion().get(), deadline)
          .ifPresent(version -> headers.putAll(VersionDocuments.headers(call.service(), version)));
    }
    return converse(
        new Exchange(
            call.method(),
            base(call.service(), call.region(), token) + call.path(),
            call.body().map(JsonObject::toString).orElse(""),
            headers,
            told(call),
            call.isIdempotent()),
        deadline);
  }

  /** A call as people are told of it: query left out, it may be long. */
  private static String told(Call call) {
    String path = call.path().replaceAll("\\?.*", "");
    return call.method() + " " + call.service().official() + path;
  }

  private record Exchange(
      String method,
      String url,
      String body,
      Map<String, String> headers,
      String call,
      boolean idempotent) {}

  /** Sends, and sends again where that is safe and may help. */
  private Answer converse(Exchange exchange, Deadline caller) {
    Deadline deadline = caller.orIn(config.totalTimeout().multipliedBy(config.retries() + 1L));
    Duration pause = FIRST_PAUSE;
    for (int tried = 0; ; tried++) {
      boolean last = tried >= config.retries();
      try {
        Answer answer = once(exchange, deadline);
        Optional<Duration> wait = retryAfter(answer);
        if (last || !mayRepeat(exchange, answer, wait)) {
          return answer;
        }
        Duration asked = wait.orElse(pause);
        if (asked.compareTo(config.longestRetryAfter()) > 0
            || asked.compareTo(deadline.remaining()) > 0) {
          return answer;
        }
        if (wait.isPresent()) {
          gate.closeFor(asked);
        } else {
          rest(exchange, asked);
        }
      } catch (IOException failure) {
        boolean sent = !(failure instanceof ConnectException);
        if (last || deadline.isOver() || (sent && !exchange.idempotent())) {
          ConversationLog.failed(cloud().text(), exchange.call(), String.valueOf(failure));
          throw CloudFaults.broken(cloud(), exchange.call(), failure);
        }
        rest(exchange, pause);
      }
      pause = pause.multipliedBy(2);
    }
  }

  private static boolean mayRepeat(Exchange exchange, Answer answer, Optional<Duration> wait) {
    return switch (answer.status()) {
      // Refused before anything was done.
      case 429 -> true;
      case 413 -> wait.isPresent();
      default -> CANNOT_SERVE.contains(answer.status()) && exchange.idempotent();
    };
  }

  private Optional<Duration> retryAfter(Answer answer) {
    return answer.header("Retry-After").flatMap(this::readRetryAfter);
  }

  private Optional<Duration> readRetryAfter(String text) {
    if (text.strip().matches("\\d{1,6}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException notADate) {
      return Optional.empty();
    }
  }

  private void rest(Exchange exchange, Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CloudFaults.late(cloud(), exchange.call(), "interrupted");
    }
  }

  private Answer once(Exchange exchange, Deadline deadline) throws IOException {
    RequestId id = RequestId.currentOrFresh();
    HttpRequest request = request(exchange, id);
    // Here rather than once, because a name may point elsewhere later, and because what a catalog
    // names is no more to be trusted than what a person types. The client that connects next asks
    // the JVM for the same name, which has just been told and remembers it.
    guard
        .refusal(request.uri())
        .ifPresent(
            why -> {
              throw CloudFaults.forbidden(
                  cloud(), exchange.call(), request.uri(), why.message(), why.remedy());
            });
    Circuit circuit = circuits.apply(request.uri());
    circuit
        .refusal()
        .ifPresent(
            until -> {
              throw CloudFaults.resting(
                  cloud(), exchange.call(), request.uri(), config.circuitFailures(), until);
            });
    try {
      if (!gate.enter(deadline)) {
        throw CloudFaults.late(
            cloud(),
            exchange.call(),
            "no turn in time: too many calls, or the cloud asked to wait");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CloudFaults.late(cloud(), exchange.call(), "interrupted");
    }
    long start = System.nanoTime();
    try {
      ConversationLog.sent(cloud().text(), exchange.call(), exchange.body());
      CompletableFuture<Answer> answer =
          transport.send(request, connection.caCertificates().orElse(null), deadline);
      try {
        Answer done = answer.get();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        ConversationLog.received(cloud().text(), exchange.call(), done, took.toMillis());
        CallLog.answered(cloud(), exchange.call(), id, done, took);
        if (CANNOT_SERVE.contains(done.status())) {
          circuit.failed();
        } else {
          circuit.served();
        }
        return done;
      } catch (ExecutionException e) {
        IOException failure = asIo(e.getCause());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        CallLog.failed(cloud(), exchange.call(), id, failure, took);
        if (failure instanceof AnswerTooLong) {
          circuit.served();
        } else {
          circuit.failed();
        }
        throw failure;
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw CloudFaults.late(cloud(), exchange.call(), "interrupted");
      }
    } finally {
      gate.leave();
    }
  }

  private static IOException asIo(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof java.util.concurrent.CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  private HttpRequest request(Exchange exchange, RequestId id) {
    HttpRequest.Builder request;
    try {
      request = HttpRequest.newBuilder(URI.create(exchange.url()));
    } catch (IllegalArgumentException e) {
      throw CloudFaults.unavailable(cloud(), exchange.call(), "not an address: " + exchange.url());
    }
    request.header("Accept", "application/json");
    request.header("User-Agent", "isthmus");
    request.header("X-Openstack-Request-Id", id.text());
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
