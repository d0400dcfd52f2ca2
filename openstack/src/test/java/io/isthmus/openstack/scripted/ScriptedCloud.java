package io.isthmus.openstack.scripted;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.Target;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Clouds;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A cloud on loopback that answers what a test tells it to. Of itself it gives tokens and a catalog
 * that leads back to it; everything else is 404 until it is scripted.
 */
public final class ScriptedCloud implements AutoCloseable {
  public static final String REGION = "R1";
  public static final String PROJECT = "0123456789abcdef0123456789abcdef";
  public static final String PASSWORD = "correct horse";

  /** What was asked; the path without the query, which is decoded. */
  public record Request(
      String method, String path, String query, Map<String, List<String>> headers, String body) {

    public Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().get(0))
          .findFirst();
    }

    public JsonObject json() {
      return Json.createReader(new StringReader(body)).readObject();
    }
  }

  private final HttpServer server;
  private volatile boolean balancing;
  private volatile String role = "member";
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Reply>> script = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private Instant tokensExpireAt = Instant.now().plus(Duration.ofHours(8));
  private Optional<String> volumeUrl = Optional.empty();

  public ScriptedCloud() {
    this(Optional.empty());
  }

  /** A cloud that is spoken to over TLS. */
  public ScriptedCloud(SSLContext tls) {
    this(Optional.of(tls));
  }

  private ScriptedCloud(Optional<SSLContext> tls) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls.isPresent()) {
        HttpsServer https = HttpsServer.create(anyPort, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
        server = https;
      } else {
        server = HttpServer.create(anyPort, 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    on("POST", "/v3/auth/tokens", (exchange, request) -> token().to(exchange, request));
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    Request request =
        new Request(
            exchange.getRequestMethod(),
            uri.getPath(),
            uri.getRawQuery() == null
                ? ""
                : URLDecoder.decode(uri.getRawQuery(), StandardCharsets.UTF_8),
            Map.copyOf(exchange.getRequestHeaders()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    Reply reply = next(request.method() + " " + request.path());
    reply.to(exchange, request);
  }

  private Reply next(String call) {
    Deque<Reply> replies = script.get(call);
    if (replies == null) {
      return Reply.json(404, "{'itemNotFound': {'code': 404, 'message': 'not scripted'}}");
    }
    synchronized (replies) {
      return replies.size() > 1 ? replies.poll() : replies.peek();
    }
  }

  private Reply token() {
    String issued = "token-" + tokens.incrementAndGet();
    return Reply.json(
        201,
        "{'token': {'expires_at': '"
            + tokensExpireAt
            + "', 'roles': [{'name': '"
            + role
            + "'}], 'project': {'id': '"
            + PROJECT
            + "'}, 'catalog': ["
            + service("compute", url() + "/compute/v2.1")
            + ","
            + service("network", url() + "/network")
            + ","
            + service("image", url() + "/image")
            + ","
            + service("volumev3", volumeUrl.orElse(url() + "/volume/v3/" + PROJECT))
            + (balancing ? "," + service("load-balancer", url() + "/load-balancer") : "")
            + "]}}",
        "X-Subject-Token",
        issued);
  }

  private static String service(String type, String url) {
    return "{'type': '"
        + type
        + "', 'endpoints': [{'interface': 'public', 'region_id': '"
        + REGION
        + "', 'url': '"
        + url
        + "'}]}";
  }

  /** Answers these in turn, and the last one from then on. */
  public ScriptedCloud on(String method, String path, Reply... replies) {
    script.put(method + " " + path, new ArrayDeque<>(List.of(replies)));
    return this;
  }

  public ScriptedCloud tokensExpireAt(Instant moment) {
    tokensExpireAt = moment;
    return this;
  }

  /** The role that the credential has, from the next token on. */
  public ScriptedCloud role(String name) {
    role = name;
    return this;
  }

  /** From now on the catalog has load balancers too. */
  public ScriptedCloud balancing() {
    balancing = true;
    return this;
  }

  /** What the catalog says of the volume service. */
  public ScriptedCloud volumeUrl(String url) {
    volumeUrl = Optional.of(url);
    return this;
  }

  /** Opens when the cloud is closed. */
  public CountDownLatch end() {
    return end;
  }

  public List<Request> requests(String method, String path) {
    return requests.stream()
        .filter(request -> request.method().equals(method) && request.path().equals(path))
        .toList();
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public String url() {
    return (server instanceof HttpsServer ? "https" : "http")
        + "://127.0.0.1:"
        + server.getAddress().getPort();
  }

  public CloudConnection connection() {
    return connection(
        new Credential.Password(
            "demo",
            Secret.of(PASSWORD),
            "Default",
            Optional.of("demo"),
            Optional.empty(),
            "Default"),
        Optional.empty());
  }

  public CloudConnection connection(Credential credential, Optional<String> caCertificates) {
    return new CloudConnection(
        new CloudId("gra"),
        ProjectId.parse("acme/demo"),
        URI.create(url() + "/v3"),
        "public",
        List.of(),
        caCertificates,
        credential);
  }

  public Target target() {
    return new Target(connection(), REGION);
  }

  public CloudSession session(DriverConfig config) {
    return clouds(config).session(connection());
  }

  /** As in evaluation, where a cloud may be on this machine. */
  public static Clouds clouds(DriverConfig config) {
    return new Clouds(config, new AddressGuard("evaluation", Optional.empty()), Clock.systemUTC());
  }

  /** Patient, so that a busy machine fails no test, with small pages and few retries. */
  public static DriverConfig config() {
    return config(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  public static DriverConfig config(Duration idleTimeout, Duration totalTimeout) {
    return new DriverConfig(
        Duration.ofSeconds(10),
        idleTimeout,
        totalTimeout,
        8,
        2,
        2,
        Duration.ofSeconds(20),
        Duration.ofMinutes(5),
        5,
        Duration.ofMinutes(10),
        4096,
        2,
        Duration.ofMinutes(2),
        Duration.ofSeconds(5));
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
