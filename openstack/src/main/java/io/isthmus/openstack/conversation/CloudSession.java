package io.isthmus.openstack.conversation;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.trace.RequestId;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.http.Answer;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.http.Upload;
import io.isthmus.openstack.keystone.CredentialExpiry;
import io.isthmus.openstack.keystone.KeystoneTokens;
import io.isthmus.openstack.keystone.ServiceCatalog;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.keystone.Token;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One project's conversation with one cloud. Thread-safe. Every method throws {@link CloudFault}
 * with CLOUD_UNAVAILABLE, CLOUD_TIMEOUT, CLOUD_REJECTED, CLOUD_FULL, QUOTA_EXCEEDED,
 * CLOUD_CREDENTIAL_REJECTED, CLOUD_GARBLED or CONFLICT.
 */
public final class CloudSession {
  private final CloudConnection connection;
  private final DriverConfig config;
  private final Repeater repeater;
  private final Repeater uploads;
  private final KeystoneTokens tokens;
  private final Map<String, Optional<Microversion>> newest = new ConcurrentHashMap<>();

  /**
   * @param uploads what streams; apart, since it takes long and would keep all else waiting
   */
  CloudSession(
      CloudConnection connection,
      Repeater repeater,
      Repeater uploads,
      DriverConfig config,
      Clock clock) {
    this.connection = connection;
    this.repeater = repeater;
    this.uploads = uploads;
    this.config = config;
    this.tokens =
        new KeystoneTokens(
            connection,
            (url, body, call, deadline) ->
                // Asking for a token twice does no harm.
                repeater.converse(
                    new Exchange(
                        "POST", url, body, Map.of(), call, true, RequestId.currentOrFresh()),
                    deadline),
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

  /** Names of the roles that the credential has in the OpenStack project; empty when not told. */
  public List<String> roles(Deadline deadline) {
    return tokens.require(deadline).roles();
  }

  /**
   * When the credential stops working; empty when it never does, or the cloud does not tell.
   *
   * @see CredentialExpiry
   */
  public Optional<Instant> credentialExpires(Deadline deadline) {
    Token token = tokens.require(deadline);
    Map<String, String> headers = Map.of("X-Auth-Token", token.value().reveal());
    return CredentialExpiry.of(
        connection.credential(),
        token,
        path -> {
          String url = identityUrl() + path;
          return repeater.converse(
              Exchange.get(url, headers, "GET " + URI.create(url).getPath()), deadline);
        });
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
    return repeater.converse(Exchange.get(url, Map.of(), call), deadline);
  }

  /** Makes sure that Keystone answers now, whatever tokens are at hand. */
  public void requireKeystone(Deadline deadline) {
    String url = identityUrl();
    String call = "GET " + URI.create(url).getPath();
    Answer answer = look(url, deadline);
    if (!answer.isSuccess()) {
      throw CloudFaults.refused(cloud(), call, answer);
    }
    if (answer.json().isEmpty()) {
      // Something else in its place, such as a page to sign in to a network.
      throw CloudFaults.garbled(cloud(), call, answer, "expected a document of versions");
    }
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

  /**
   * Streams content up and returns the answer, which is a success. Sent again only where nothing
   * was connected or the service asked for it, never after a token was refused: whether anything
   * came of it then only a look can tell; the next call has a fresh token.
   *
   * @param call one that has no body of its own
   */
  public Answer upload(Call call, Upload content, Deadline deadline) {
    Token token = tokens.require(deadline);
    Answer answer;
    try {
      answer =
          uploads.converse(
              new Exchange(
                  call.method(),
                  base(call.service(), call.region(), token) + call.path(),
                  "",
                  Map.of("X-Auth-Token", token.value().reveal()),
                  told(call),
                  false,
                  RequestId.currentOrFresh(),
                  Optional.of(content)),
              deadline);
    } finally {
      // Who was interrupted sends nothing more.
      content.abandon();
    }
    if (answer.status() == 401) {
      tokens.refused(token);
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

  /** Reads a list to its end, page by page, and holds it whole. */
  public List<JsonObject> list(Call call, String collection, Deadline deadline) {
    List<JsonObject> all = new ArrayList<>();
    pages(call, collection, () -> deadline, all::addAll);
    return all;
  }

  /**
   * Reads a list to its end without ever holding more than one page of it.
   *
   * @param deadlines asked before each page, until when it must be there
   * @param page is given what is on each page, in the cloud's order, by the calling thread; never
   *     an empty page
   * @return the cloud's own time when the first page was asked for, to the second; empty when its
   *     answer has no {@code Date}
   */
  public Optional<Instant> pages(
      Call call, String collection, Supplier<Deadline> deadlines, Consumer<List<JsonObject>> page) {
    return answers(
        call,
        config.pageSize(),
        deadlines,
        answer -> {
          Page read = page(call, collection, answer);
          if (!read.items().isEmpty()) {
            page.accept(read.items());
          }
          return read.next();
        });
  }

  /**
   * Reads a list to its end, and leaves it to the caller what to make of each answer.
   *
   * @param limit how many items are asked for in one page
   * @param deadlines as in {@link #pages}
   * @param answered is given each answer, by the calling thread; tells the marker of the page that
   *     follows, empty after the last
   * @return as {@link #pages}
   */
  public Optional<Instant> answers(
      Call call,
      int limit,
      Supplier<Deadline> deadlines,
      Function<Answer, Optional<String>> answered) {
    Set<String> markers = new HashSet<>();
    Call limited = call.query("limit", Integer.toString(limit));
    Call next = limited;
    Optional<Instant> begun = Optional.empty();
    for (int pages = 0; pages < Pages.MOST; pages++) {
      long start = System.nanoTime();
      Answer answer = send(next, deadlines.get());
      if (pages == 0) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        begun = answer.date().map(at -> at.minus(took).truncatedTo(ChronoUnit.SECONDS));
      }
      Optional<String> marker = answered.apply(answer);
      if (marker.isEmpty()) {
        return begun;
      }
      if (!markers.add(marker.get())) {
        throw CloudFaults.garbled(cloud(), told(next), answer, "pages go round in a circle");
      }
      next = limited.query("marker", marker.get());
    }
    throw CloudFaults.unavailable(cloud(), told(call), "the list does not end");
  }

  /**
   * A page of a list.
   *
   * @param next the marker that the page behind it begins at; empty when it is the last
   */
  public record Page(List<JsonObject> items, Optional<String> next) {}

  /** What an answer to a call tells of a list. */
  public Page page(Call call, String collection, Answer answer) {
    JsonObject body =
        answer
            .json()
            .filter(object -> object.get(collection) instanceof JsonArray)
            .orElseThrow(
                () ->
                    CloudFaults.garbled(
                        cloud(), told(call), answer, "expected a list \"" + collection + "\""));
    List<JsonObject> items = new ArrayList<>();
    for (JsonValue item : body.getJsonArray(collection)) {
      if (!(item instanceof JsonObject object)) {
        throw CloudFaults.garbled(
            cloud(), told(call), answer, "expected objects in \"" + collection + "\"");
      }
      items.add(object);
    }
    return new Page(items, Pages.next(body, collection));
  }

  /** The marker by which an answer says that a list goes on; empty after the last page. */
  public static Optional<String> next(JsonObject body, String collection) {
    return Pages.next(body, collection);
  }

  /** How many items one page of a list is asked for. */
  public int pageSize() {
    return config.pageSize();
  }

  /** That an answer to a call is not what was expected. */
  public CloudFault garbled(Call call, Answer answer, String expected) {
    return CloudFaults.garbled(cloud(), told(call), answer, expected);
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
      Answer answer = repeater.converse(Exchange.get(document, headers, call), deadline);
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
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Auth-Token", token.value().reveal());
    if (call.microversion().isPresent()) {
      negotiate(call.service(), call.region(), call.microversion().get(), deadline)
          .ifPresent(version -> headers.putAll(VersionDocuments.headers(call.service(), version)));
    }
    return repeater.converse(
        new Exchange(
            call.method(),
            base(call.service(), call.region(), token) + call.path(),
            call.body().map(JsonObject::toString).orElse(""),
            headers,
            told(call),
            call.isIdempotent(),
            RequestId.currentOrFresh()),
        deadline);
  }

  /** A call as people are told of it: query left out, it may be long. */
  private static String told(Call call) {
    String path = call.path().replaceAll("\\?.*", "");
    return call.method() + " " + call.service().official() + path;
  }
}
