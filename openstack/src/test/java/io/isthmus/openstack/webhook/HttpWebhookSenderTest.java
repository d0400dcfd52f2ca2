package io.isthmus.openstack.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.isthmus.domain.webhook.WebhookSender;
import io.isthmus.domain.webhook.WebhookSettings;
import io.isthmus.openstack.scripted.SelfSigned;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpWebhookSenderTest {

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/cloudevents+json", "webhook-id", "stack-1");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }

  private interface Handling {
    void answer(HttpExchange exchange) throws IOException;
  }

  private URI serve(HttpServer made, String scheme, Handling handling) {
    server = made;
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("webhook-id")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          try (exchange) {
            handling.answer(exchange);
          }
        });
    server.start();
    return URI.create(
        scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/hook%20it?token=a%26b");
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private URI serve(Handling handling) throws IOException {
    return serve(HttpServer.create(loopback(), 0), "http", handling);
  }

  private static WebhookSettings settings(String mode, Optional<String> networks, boolean plain) {
    return new WebhookSettings(mode, networks, plain, 4, Duration.ofHours(1));
  }

  private static WebhookSender sender(Duration longest) {
    return new HttpWebhookSender(
        settings("evaluation", Optional.empty(), true),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        longest);
  }

  private static WebhookSender.Answer send(URI to) {
    return sender(Duration.ofSeconds(5)).send(to, HEADERS, "{\"é\": 1}");
  }

  private static String trouble(WebhookSender.Answer answer) {
    return answer.trouble().orElseThrow().in(Locale.ENGLISH);
  }

  @Test
  void sendsWhatItIsGivenAndReadsWhatIsAnswered() throws IOException {
    URI to =
        serve(
            exchange -> {
              byte[] words = "thank\u0007 you".getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(202, words.length);
              exchange.getResponseBody().write(words);
            });
    WebhookSender.Answer answer = send(to);

    assertThat(answer.status()).contains(202);
    assertThat(answer.answer()).isEqualTo("thank you");
    assertThat(asked).containsExactly("POST /hook%20it?token=a%26b stack-1 {\"é\": 1}");
  }

  @Test
  void followsNoRedirect() throws IOException {
    URI to =
        serve(
            exchange -> {
              exchange.getResponseHeaders().add("Location", "/elsewhere");
              exchange.sendResponseHeaders(307, -1);
            });
    assertThat(send(to).status()).contains(307);
    assertThat(asked).hasSize(1);
  }

  @Test
  void tellsWhatItIsAskedToWaitFor() throws IOException {
    URI to =
        serve(
            exchange -> {
              exchange.getResponseHeaders().add("Retry-After", "120");
              exchange.sendResponseHeaders(503, -1);
            });
    assertThat(send(to).retryAfter()).contains(Duration.ofSeconds(120));
  }

  @Test
  void readsOfAHugeAnswerItsBeginning() throws IOException {
    URI to =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
              OutputStream out = exchange.getResponseBody();
              for (int i = 0; i < 1_000; i++) {
                out.write(piece);
              }
            });
    WebhookSender.Answer answer = send(to);
    assertThat(answer.status()).contains(200);
    assertThat(answer.answer().length()).isLessThanOrEqualTo(WebhookSender.MOST_READ);
  }

  @Test
  void waitsNoLongerThanItMayForWhoAnswersNothingOrByteByByte() throws Exception {
    for (boolean trickles : List.of(false, true)) {
      try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        threads.submit(
            () -> {
              try (Socket one = listening.accept()) {
                while (true) {
                  Thread.sleep(50);
                  if (trickles) {
                    one.getOutputStream().write('H');
                  }
                }
              }
            });
        long begun = System.nanoTime();
        WebhookSender.Answer answer =
            sender(Duration.ofSeconds(1))
                .send(URI.create("http://127.0.0.1:" + listening.getLocalPort()), HEADERS, "{}");
        assertThat(trouble(answer)).contains("No answer came within 1 seconds");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
      }
    }
  }

  @Test
  void saysWhenWhatIsAnsweredIsNoHttpOrNobodyListens() throws Exception {
    int port;
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listening.getLocalPort();
      threads.submit(
          () -> {
            try (Socket one = listening.accept()) {
              one.getInputStream().read(new byte[4096]);
              one.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            return null;
          });
      assertThat(trouble(send(URI.create("http://127.0.0.1:" + port)))).contains("is not HTTP");
    }
    assertThat(trouble(send(URI.create("http://127.0.0.1:" + port))))
        .contains("does not let us connect");
  }

  @Test
  void goesOnlyWhereItMayWheneverItSends() throws IOException {
    URI to = serve(exchange -> exchange.sendResponseHeaders(200, -1));
    WebhookSender strict =
        new HttpWebhookSender(settings("production", Optional.of("10.0.0.0/8"), true));
    assertThat(trouble(strict.send(to, HEADERS, "{}"))).contains("operators’ own network");
    assertThat(
            trouble(
                strict.send(URI.create("http://localhost:" + to.getPort() + "/"), HEADERS, "{}")))
        .contains("operators’ own network");
    WebhookSender https = new HttpWebhookSender(settings("production", Optional.empty(), false));
    assertThat(trouble(https.send(URI.create("http://192.0.2.1/?s3cret"), HEADERS, "{}")))
        .contains("address of http")
        .doesNotContain("s3cret");
    assertThat(asked).isEmpty();
  }

  @Test
  void trustsOnlyACertificateForThatVeryHost(@TempDir Path folder) throws Exception {
    SelfSigned self = SelfSigned.in(folder, "receiver");
    HttpsServer https = HttpsServer.create(loopback(), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(self.context()));
    URI to = serve(https, "https", exchange -> exchange.sendResponseHeaders(200, -1));

    assertThat(trouble(send(to))).contains("certificate of 127.0.0.1 is not trusted");
    assertThat(asked).isEmpty();

    WebhookSender trusting =
        new HttpWebhookSender(
            settings("evaluation", Optional.empty(), false),
            trusting(self.pem()),
            Duration.ofSeconds(5));
    assertThat(trusting.send(to, HEADERS, "{}").status()).contains(200);
    URI otherName = URI.create("https://localhost:" + to.getPort() + "/");
    assertThat(trouble(trusting.send(otherName, HEADERS, "{}"))).contains("localhost");
    assertThat(asked).hasSize(1);
  }

  private static SSLSocketFactory trusting(String pem) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "receiver",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context.getSocketFactory();
  }
}
