package io.isthmus.sandbox.glance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebDownloadTest {

  private final WebDownload downloads =
      new WebDownload(Set.of("mirror.example"), Duration.ofSeconds(2), 1000);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/there", exchange -> give(exchange, 1000, 1000));
    server.createContext("/large", exchange -> give(exchange, 1001, 1001));
    server.createContext("/untold", exchange -> give(exchange, 0, 2000));
    server.createContext("/silent", WebDownloadTest::fallSilent);
    server.createContext("/moved", exchange -> redirect(exchange, "/there"));
    server.createContext("/round", exchange -> redirect(exchange, "/round"));
    server.createContext("/beside", exchange -> redirect(exchange, "http://192.0.2.1/there"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void give(HttpExchange exchange, int told, int size) throws IOException {
    exchange.sendResponseHeaders(200, told);
    exchange.getResponseBody().write(new byte[size]);
    exchange.close();
  }

  private static void fallSilent(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1000);
    exchange.getResponseBody().write(new byte[10]);
    exchange.getResponseBody().flush();
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private int size(String path) throws Exception {
    URI at = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return downloads.fetch(at, (InputStream body, long length) -> body.readAllBytes().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/there", "/moved"})
  void downloadsWhatIsHere(String path) throws Exception {
    assertThat(size(path)).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "/large, larger than 1000",
    "/untold, larger than 1000",
    "/silent, takes too long",
    "/round, HTTP Error 302",
    "/beside, Nothing is downloaded from 192.0.2.1",
    "/missing, HTTP Error 404"
  })
  @Timeout(20)
  void endsWhereALimitIs(String path, String told) {
    assertThatThrownBy(() -> size(path)).isInstanceOf(IOException.class).hasMessageContaining(told);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1/x, true",
    "http://[::1]/x, true",
    "https://LOCALHOST/x, true",
    "https://mirror.example/x, true",
    "https://other.example/x, false",
    "http://10.0.0.1/x, false",
    "http://169.254.169.254/latest, false",
    "http://0.0.0.0/x, false",
    "http://[fe80::1]/x, false",
    "file:///etc/passwd, false",
    "ftp://127.0.0.1/x, false"
  })
  void allowsThisMachineAndWhatIsNamed(URI address, boolean allowed) {
    assertThat(downloads.allows(address)).isEqualTo(allowed);
  }
}
