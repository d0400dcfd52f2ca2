package io.isthmus.openstack.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Probe;
import io.isthmus.domain.probe.ProbeAnswer;
import io.isthmus.openstack.scripted.SelfSigned;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes of real ports of this machine. */
class NetworkProberTest {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir Path folder;
  private final NetworkProber prober = new NetworkProber();
  private final List<AutoCloseable> open = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : List.copyOf(open)) {
      each.close();
    }
  }

  private String ask(Probe probe) throws Exception {
    ProbeAnswer answer =
        prober.ask(HERE, probe, PATIENCE).toCompletableFuture().get(10, TimeUnit.SECONDS);
    return answer.failure().map((Phrase why) -> why.in(Locale.ENGLISH)).orElse("as expected");
  }

  private int serve(HttpServer server) {
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          String path = exchange.getRequestURI().getPath();
          if (path.equals("/elsewhere")) {
            exchange.getResponseHeaders().add("Location", "/health");
            exchange.sendResponseHeaders(302, -1);
          } else if (path.equals("/endless")) {
            exchange.sendResponseHeaders(200, 0);
            endless(exchange.getResponseBody());
          } else {
            exchange.sendResponseHeaders(path.equals("/health") ? 200 : 503, -1);
          }
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private static void endless(OutputStream body) {
    try {
      while (true) {
        body.write(new byte[8192]);
      }
    } catch (IOException gone) {
      // Nobody listens any more.
    }
  }

  @Test
  void comparesTheStatusAlone() throws Exception {
    int port = serve(HttpServer.create(new InetSocketAddress(HERE, 0), 0));
    String at = "127.0.0.1:" + port;

    assertThat(ask(new Probe(Probe.Kind.HTTP, port, "/health", 200))).isEqualTo("as expected");
    assertThat(ask(new Probe(Probe.Kind.HTTP, port, "/ill?a=%20", 200)))
        .isEqualTo(at + " answered with status 503 instead of 200.");
    assertThat(ask(new Probe(Probe.Kind.HTTP, port, "/ill", 503))).isEqualTo("as expected");
    assertThat(ask(new Probe(Probe.Kind.HTTP, port, "/elsewhere", 302))).isEqualTo("as expected");
    assertThat(ask(new Probe(Probe.Kind.HTTP, port, "/endless", 200)))
        .as("of a body nothing is read")
        .isEqualTo("as expected");
    assertThat(requests)
        .as("no redirect is followed")
        .containsExactly(
            "GET /health", "GET /ill?a=%20", "GET /ill", "GET /elsewhere", "GET /endless");
  }

  @Test
  void takesWhateverCertificateIsShown() throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(SelfSigned.in(folder, "nobody-knows-it").context()));
    int port = serve(server);

    assertThat(ask(new Probe(Probe.Kind.HTTPS, port, "/health", 200))).isEqualTo("as expected");
    assertThat(ask(new Probe(Probe.Kind.HTTPS, port, "/ill", 200)))
        .isEqualTo("127.0.0.1:" + port + " answered with status 503 instead of 200.");
  }

  @Test
  void tellsWhyThereIsNoAnswer() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
      free = socket.getLocalPort();
    }
    assertThat(ask(Probe.tcp(free))).isEqualTo("Nothing listens at 127.0.0.1:" + free + ".");
    assertThat(ask(new Probe(Probe.Kind.HTTP, free, "/", 200)))
        .isEqualTo("Nothing listens at 127.0.0.1:" + free + ".");

    int garbage =
        speaking(
            socket ->
                socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(ask(Probe.tcp(garbage))).isEqualTo("as expected");
    assertThat(ask(new Probe(Probe.Kind.HTTP, garbage, "/", 200)))
        .isEqualTo("127.0.0.1:" + garbage + " did not answer in HTTP.");
    assertThat(ask(new Probe(Probe.Kind.HTTPS, garbage, "/", 200)))
        .isEqualTo("No TLS connection could be made to 127.0.0.1:" + garbage + ".");
  }

  @Test
  void noSilenceIsWaitedForLongerThanThePatience() throws Exception {
    int silent = speaking(socket -> {});
    long begun = System.nanoTime();
    List<CompletionStage<ProbeAnswer>> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Probe.Kind kind = i % 2 == 0 ? Probe.Kind.HTTP : Probe.Kind.HTTPS;
      many.add(prober.ask(HERE, new Probe(kind, silent, "/", 200), PATIENCE));
    }
    for (CompletionStage<ProbeAnswer> one : many) {
      ProbeAnswer answer = one.toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertThat(answer.failure().map(why -> why.in(Locale.ENGLISH)))
          .contains("127.0.0.1:" + silent + " did not answer within 2 s.");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
  }

  /** What is done with who connects. */
  private interface Word {
    void to(Socket socket) throws IOException;
  }

  private int speaking(Word word) throws IOException {
    ServerSocket socket = new ServerSocket(0, 200, HERE);
    open.add(socket);
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Socket visitor = socket.accept();
                  open.add(visitor);
                  word.to(visitor);
                }
              } catch (IOException over) {
                // The test is.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return socket.getLocalPort();
  }
}
