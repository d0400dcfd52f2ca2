package io.isthmus.openstack.probe;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Probe;
import io.isthmus.domain.probe.ProbeAnswer;
import io.isthmus.domain.probe.Prober;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Probes over the network, straight, whatever proxy the JVM has. Nothing secret is sent and nothing
 * of an answer but its status is believed, so that any certificate will do: a server is asked by
 * its address, which no certificate names. Redirects are an answer like any other and lead nowhere,
 * and no body is read.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class NetworkProber implements Prober {

  private static final Logger LOG = Logger.getLogger(NetworkProber.class.getName());

  /** Made when first needed, since a proxy of the container needs none. */
  private HttpClient client;

  private AsynchronousChannelGroup connections;

  /** For the container, and its proxies. */
  public NetworkProber() {}

  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .proxy(HttpClient.Builder.NO_PROXY)
              .sslContext(anyCertificate())
              .build();
    }
    return client;
  }

  /** With a thread of its own, because the machine's own group outlives the application. */
  private synchronized AsynchronousChannelGroup connections() throws IOException {
    if (connections == null) {
      connections = AsynchronousChannelGroup.withFixedThreadPool(1, NetworkProber::daemon);
    }
    return connections;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "isthmus-probes");
    thread.setDaemon(true);
    return thread;
  }

  @PreDestroy
  synchronized void stop() {
    if (connections != null) {
      try {
        connections.shutdownNow();
      } catch (IOException e) {
        // The container lets no such exception out; it ends anyway.
        LOG.log(Level.FINE, "ending the probes' connections", e);
      }
    }
  }

  @Override
  public CompletionStage<ProbeAnswer> ask(InetAddress address, Probe probe, Duration patience) {
    String host = address.getHostAddress();
    String at = (host.contains(":") ? "[" + host + "]" : host) + ":" + probe.port();
    CompletableFuture<ProbeAnswer> answer;
    try {
      answer =
          probe.kind() == Probe.Kind.TCP
              ? connect(new InetSocketAddress(address, probe.port()), patience)
              : request(at, probe, patience);
    } catch (IOException | RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.exceptionally(
        failure -> ProbeAnswer.failed(why(failure, at, probe.kind(), patience)));
  }

  /** Made when nothing else came of it than the connection. */
  private CompletableFuture<ProbeAnswer> connect(InetSocketAddress at, Duration patience)
      throws IOException {
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(connections());
    CompletableFuture<ProbeAnswer> made = new CompletableFuture<>();
    try {
      begin(channel, at, made);
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
    return made.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((answer, failure) -> close(channel));
  }

  private static void begin(
      AsynchronousSocketChannel channel,
      InetSocketAddress at,
      CompletableFuture<ProbeAnswer> made) {
    channel.connect(
        at,
        made,
        new CompletionHandler<Void, CompletableFuture<ProbeAnswer>>() {
          @Override
          public void completed(Void none, CompletableFuture<ProbeAnswer> waiting) {
            waiting.complete(ProbeAnswer.AS_EXPECTED);
          }

          @Override
          public void failed(Throwable failure, CompletableFuture<ProbeAnswer> waiting) {
            waiting.completeExceptionally(failure);
          }
        });
  }

  private static void close(AsynchronousSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It has served its purpose.
    }
  }

  private CompletableFuture<ProbeAnswer> request(String at, Probe probe, Duration patience) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(probe.kind().text() + "://" + at + probe.path()))
            .timeout(patience)
            .header("User-Agent", "isthmus-probe")
            .build();
    CompletableFuture<HttpResponse<Void>> sent = client().sendAsync(request, head -> new Unread());
    // The client counts its own time anew for each exchange of TLS and HTTP.
    CompletableFuture<ProbeAnswer> answer =
        sent.thenApply(
            told ->
                told.statusCode() == probe.status()
                    ? ProbeAnswer.AS_EXPECTED
                    : ProbeAnswer.failed(
                        Phrase.of("probe.other-status", at, told.statusCode(), probe.status())));
    return answer
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((came, failure) -> sent.cancel(true));
  }

  private static Phrase why(Throwable failure, String at, Probe.Kind kind, Duration patience) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
      return Phrase.of("probe.silent", at, patience.toSeconds());
    }
    if (cause instanceof ConnectException) {
      return Phrase.of("probe.refused", at);
    }
    if (cause instanceof SSLException) {
      return Phrase.of("probe.no-tls", at);
    }
    return Phrase.of(kind == Probe.Kind.TCP ? "probe.no-connection" : "probe.no-http", at);
  }

  /** Lets what follows the head go by. */
  private static final class Unread implements HttpResponse.BodySubscriber<Void> {

    private final CompletableFuture<Void> none = CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<Void> getBody() {
      return none;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      // Nothing was asked for.
    }

    @Override
    public void onError(Throwable failure) {
      // Nothing was asked for.
    }

    @Override
    public void onComplete() {
      // Nothing was asked for.
    }
  }

  private static SSLContext anyCertificate() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS in this JVM", e);
    }
  }

  /** Of the extended kind, so that no name is compared either. */
  private static final class AnyCertificate extends X509ExtendedTrustManager {

    private static final String NO_SERVER =
        "probes are clients of TLS: nobody's certificate is asked";

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new UnsupportedOperationException(NO_SERVER);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw new UnsupportedOperationException(NO_SERVER);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new UnsupportedOperationException(NO_SERVER);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // Any will do.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      // Any will do.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      // Any will do.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
