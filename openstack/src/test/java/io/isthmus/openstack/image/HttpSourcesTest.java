package io.isthmus.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.ImageSources.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server of the JDK. */
class HttpSourcesTest {

  private static final byte[] CONTENT =
      "some bytes of an image\n".repeat(5000).getBytes(StandardCharsets.UTF_8);

  private final HttpSources sources =
      new HttpSources(new AddressGuard("evaluation", Optional.empty()), true);
  private final AtomicReference<String> range = new AtomicReference<>();
  private HttpServer server;
  private String base;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/there", this::content);
    server.createContext("/moved", exchange -> redirect(exchange, "/there#part"));
    server.createContext("/round", exchange -> redirect(exchange, "/round"));
    server.createContext(
        "/metadata", exchange -> redirect(exchange, "http://169.254.169.254/latest/meta-data"));
    server.createContext("/file", exchange -> redirect(exchange, "file:///etc/passwd"));
    for (int status : new int[] {403, 404, 416, 429, 503}) {
      server.createContext("/" + status, exchange -> status(exchange, status));
    }
    server.createContext(
        "/packed",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          content(exchange);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void content(HttpExchange exchange) throws IOException {
    range.set(exchange.getRequestHeaders().getFirst("Range"));
    exchange.getResponseHeaders().add("ETag", "\"one\"");
    boolean goesOn =
        range.get() != null && "\"one\"".equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int from = goesOn ? Integer.parseInt(range.get().replaceAll("\\D", "")) : 0;
    if (goesOn) {
      exchange
          .getResponseHeaders()
          .add(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, CONTENT.length - 1, CONTENT.length));
    }
    exchange.sendResponseHeaders(goesOn ? 206 : 200, CONTENT.length - from);
    exchange.getResponseBody().write(CONTENT, from, CONTENT.length - from);
    exchange.close();
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private static void status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private URI at(String path) {
    return URI.create(base + path);
  }

  private FederationFault fault(String path) {
    return catchThrowableOfType(
        FederationFault.class, () -> sources.open(at(path), 0, Optional.empty()));
  }

  @Test
  void tellsItsSizeAndItsVersionAndAllOfIt() throws Exception {
    Opened opened = sources.open(at("/moved"), 0, Optional.empty());
    assertThat(opened.size()).isEqualTo(OptionalLong.of(CONTENT.length));
    assertThat(opened.version()).contains("\"one\"");
    try (var bytes = opened.bytes()) {
      assertThat(bytes.readAllBytes()).isEqualTo(CONTENT);
    }
  }

  @Test
  void goesOnInTheMiddleOfTheSameContentAlone() throws Exception {
    Opened rest = sources.open(at("/there"), 1000, Optional.of("\"one\""));
    assertThat(range.get()).isEqualTo("bytes=1000-");
    assertThat(rest.from()).isEqualTo(1000);
    assertThat(rest.size()).isEqualTo(OptionalLong.of(CONTENT.length));
    assertThat(rest.bytes().readAllBytes())
        .isEqualTo(Arrays.copyOfRange(CONTENT, 1000, CONTENT.length));

    Opened anew = sources.open(at("/there"), 1000, Optional.of("\"zero\""));
    assertThat(anew.from()).isZero();
    anew.bytes().close();
  }

  @ParameterizedTest
  @CsvSource({
    "/404, SOURCE_REJECTED, /404 answered 404",
    "/403, SOURCE_REJECTED, answered 403",
    "/429, SOURCE_UNAVAILABLE, answered 429",
    "/503, SOURCE_UNAVAILABLE, answered 503",
    "/packed, SOURCE_REJECTED, Content-Encoding: gzip",
    "/round, SOURCE_REJECTED, more than 3 times",
    "/metadata, SOURCE_REJECTED, 169.254.169.254",
    "/file, SOURCE_REJECTED, file:///etc/passwd is no address"
  })
  void whatIsNoContentIsTold(String path, FaultCode code, String told) {
    FederationFault fault = fault(path);
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.phrase().in(Locale.ENGLISH)).contains(told);
  }

  @Test
  void whereNobodyListensThereIsNoAnswer() {
    server.stop(0);
    assertThatThrownBy(() -> sources.open(at("/there"), 0, Optional.empty()))
        .isInstanceOf(IOException.class);
  }

  /** Says how much comes, and then gives what is written to it. */
  private static ServerSocket slow(String head, Consumer<OutputStream> then) throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                then.accept(out);
              } catch (IOException | UncheckedIOException over) {
                // The other side has gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static void drip(OutputStream out) {
    try {
      for (int i = 0; i < 600; i++) {
        out.write('x');
        out.flush();
        Thread.sleep(100);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static URI at(ServerSocket server) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/slow");
  }

  private static HttpSources impatient() {
    return new HttpSources(
        new AddressGuard("evaluation", Optional.empty()), true, Duration.ofMillis(500));
  }

  @Test
  @Timeout(20)
  void aHeadThatDripsIsNotWaitedFor() throws Exception {
    try (ServerSocket server = slow("HTTP/1.1 200 OK\r\nX-Slow: ", HttpSourcesTest::drip)) {
      assertThatThrownBy(() -> impatient().open(at(server), 0, Optional.empty()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  @Timeout(20)
  void aBodyThatFallsSilentEndsAndOneThatDripsIsGivenAsItComes() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    try (ServerSocket server = slow(head, HttpSourcesTest::drip);
        InputStream bytes = impatient().open(at(server), 0, Optional.empty()).bytes()) {
      assertThat(bytes.read(new byte[1000])).isLessThan(100);
    }
    try (ServerSocket server = slow(head, out -> drip(OutputStream.nullOutputStream()));
        InputStream bytes = impatient().open(at(server), 0, Optional.empty()).bytes()) {
      assertThatThrownBy(bytes::read).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  @Timeout(20)
  void aReadEndsWhenItIsClosedFromOutsideOrInterrupted() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    for (boolean closes : new boolean[] {true, false}) {
      try (ServerSocket server = slow(head, out -> drip(OutputStream.nullOutputStream()));
          InputStream bytes = sources.open(at(server), 0, Optional.empty()).bytes()) {
        AtomicReference<IOException> ended = new AtomicReference<>();
        Thread reader =
            new Thread(
                () -> {
                  try {
                    bytes.read();
                  } catch (IOException e) {
                    ended.set(e);
                  }
                });
        reader.start();
        // It waits for a byte with a limit of time.
        while (reader.getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
        if (closes) {
          bytes.close();
        } else {
          reader.interrupt();
        }
        reader.join(5000);
        assertThat(reader.isAlive()).isFalse();
        assertThat(ended.get()).isNotNull();
      }
    }
  }

  @Test
  void aNameThatDoesNotResolveIsToldAndTriedAgain() {
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () -> sources.open(URI.create("https://image.nowhere.invalid/x"), 0, Optional.empty()));
    assertThat(fault.code()).isEqualTo(FaultCode.SOURCE_UNAVAILABLE);
    assertThat(fault.phrase().in(Locale.ENGLISH)).contains("image.nowhere.invalid");
  }

  @Test
  void theProxyOfTheJvmIsNotUsed() throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", 1)));
    try (InputStream bytes = sources.open(at("/there"), 0, Optional.empty()).bytes()) {
      assertThat(bytes.readAllBytes()).isEqualTo(CONTENT);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void inProductionNeitherPlainNorLoopbackIsGoneTo() {
    HttpSources strict = new HttpSources(new AddressGuard("production", Optional.empty()), false);
    for (URI address : new URI[] {at("/there"), URI.create("https://127.0.0.1:1/x")}) {
      FederationFault fault =
          catchThrowableOfType(
              FederationFault.class, () -> strict.open(address, 0, Optional.empty()));
      assertThat(fault.code()).isEqualTo(FaultCode.SOURCE_REJECTED);
    }
    assertThat(range.get()).isNull();
  }
}
