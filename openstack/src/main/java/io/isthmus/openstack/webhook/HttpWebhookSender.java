package io.isthmus.openstack.webhook;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.webhook.WebhookSender;
import io.isthmus.domain.webhook.WebhookSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Messages by HTTP/1.1, each on a connection of its own. Java's HTTP clients resolve names
 * themselves, and so could be led to where nobody checked: here the name is resolved once, every
 * address of it is checked, and that very address is connected to, while TLS is still told the name
 * and compares the certificate with it. No redirect is followed, no proxy used.
 *
 * @see "RFC 9112, 2 message, 9.6 Connection: close; RFC 9525 service identity"
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class HttpWebhookSender implements WebhookSender {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** More than is ever sent, so that no write waits for a receiver that does not read. */
  private static final int SEND_BUFFER = 256 * 1024;

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private WebhookSettings settings;
  private SSLSocketFactory secure;
  private Duration longest;

  /** For the container's proxy. */
  protected HttpWebhookSender() {}

  @Inject
  HttpWebhookSender(WebhookSettings settings) {
    this(settings, (SSLSocketFactory) SSLSocketFactory.getDefault(), LONGEST);
  }

  /**
   * @param secure says which certificates are trusted
   * @param longest from the first byte to the last
   */
  HttpWebhookSender(WebhookSettings settings, SSLSocketFactory secure, Duration longest) {
    this.settings = settings;
    this.secure = secure;
    this.longest = longest;
  }

  @Override
  public Answer send(URI address, Map<String, String> headers, String body) {
    boolean isPlain = "http".equalsIgnoreCase(address.getScheme());
    if (isPlain && !settings.allowsPlain()) {
      return none(Phrase.of("webhook.address-plain", hidden(address)));
    }
    List<InetAddress> resolved;
    try {
      resolved = Arrays.asList(InetAddress.getAllByName(address.getHost()));
    } catch (UnknownHostException e) {
      return none(Phrase.of("webhook.address-unresolved", address.getHost()));
    }
    if (!resolved.stream().allMatch(settings.guard()::allows)) {
      return none(Phrase.of("webhook.address-guarded", address.getHost()));
    }
    long end = System.nanoTime() + longest.toNanos();
    try (Socket connection = connect(resolved, port(address, isPlain), end)) {
      return isPlain
          ? exchange(connection, address, headers, body)
          : exchangeSecurely(connection, address, headers, body);
    } catch (SocketTimeoutException e) {
      return none(Phrase.of("webhook.no-answer", longest.toSeconds()));
    } catch (NotConnected e) {
      return none(Phrase.of("webhook.no-connection", address.getHost(), words(e)));
    } catch (SSLException e) {
      return none(
          e.getCause() instanceof SocketTimeoutException
              ? Phrase.of("webhook.no-answer", longest.toSeconds())
              : Phrase.of("webhook.untrusted", address.getHost(), words(e)));
    } catch (IOException e) {
      return none(Phrase.of("webhook.broken", words(e)));
    }
  }

  private static int port(URI address, boolean isPlain) {
    return address.getPort() >= 0 ? address.getPort() : isPlain ? HTTP : HTTPS;
  }

  private static String hidden(URI address) {
    return address.getScheme() + "://" + address.getHost();
  }

  private static Answer none(Phrase trouble) {
    return new Answer(Optional.empty(), "", Optional.empty(), Optional.of(trouble));
  }

  /** What Java says of it, which names no secret of the address. */
  private static String words(Exception e) {
    String text = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    return readable(text.length() > MOST_READ ? text.substring(0, MOST_READ) : text);
  }

  /** None of the addresses can be connected to. */
  private static final class NotConnected extends IOException {
    private static final long serialVersionUID = 1L;

    NotConnected(IOException last) {
      super(last.getMessage(), last);
    }
  }

  private static Socket connect(List<InetAddress> resolved, int port, long end) throws IOException {
    IOException last = new IOException("no address");
    for (InetAddress one : resolved) {
      Socket connection = new TimedSocket(end);
      try {
        connection.setSendBufferSize(SEND_BUFFER);
        connection.setTcpNoDelay(true);
        connection.connect(
            new InetSocketAddress(one, port),
            (int) Math.min(CONNECT.toMillis(), TimedSocket.millisUntil(end)));
        return connection;
      } catch (IOException e) {
        last = e;
        connection.close();
      }
    }
    throw new NotConnected(last);
  }

  private Answer exchangeSecurely(
      Socket connection, URI address, Map<String, String> headers, String body) throws IOException {
    try (SSLSocket tls =
        (SSLSocket) secure.createSocket(connection, bare(address), port(address, false), true)) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return exchange(tls, address, headers, body);
    }
  }

  /** An IPv6 address without its brackets. */
  private static String bare(URI address) {
    String host = address.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private Answer exchange(Socket connection, URI address, Map<String, String> headers, String body)
      throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    if (content.length > MOST_SENT) {
      throw new IOException("a message of " + content.length + " bytes is too long");
    }
    OutputStream out = connection.getOutputStream();
    byte[] head = head(address, headers, content.length).getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    out.write(all);
    out.flush();
    return new AnswerReader(connection.getInputStream(), Clock.systemUTC().instant()).read();
  }

  private static String head(URI address, Map<String, String> headers, int length) {
    URI ascii = URI.create(address.toASCIIString());
    String path =
        ascii.getRawPath() == null || ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    List<String> lines = new ArrayList<>();
    lines.add(
        "POST "
            + path
            + (ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery())
            + " HTTP/1.1");
    lines.add("Host: " + ascii.getHost() + (ascii.getPort() < 0 ? "" : ":" + ascii.getPort()));
    lines.add("User-Agent: isthmus");
    lines.add("Accept: */*");
    lines.add("Connection: close");
    lines.add("Content-Length: " + length);
    headers.forEach((name, value) -> lines.add(name + ": " + value));
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  static String readable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "").strip();
  }

  /** A connection of which no read lasts beyond a moment, whoever reads: TLS does, too. */
  private static final class TimedSocket extends Socket {

    private final long end;

    /**
     * @param end as {@link System#nanoTime()} tells it
     */
    TimedSocket(long end) {
      this.end = end;
    }

    static long millisUntil(long end) throws SocketTimeoutException {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("the time is over");
      }
      return left;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      InputStream bytes = super.getInputStream();
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
          setSoTimeout((int) millisUntil(end));
          return bytes.read(into, from, most);
        }

        @Override
        public int available() throws IOException {
          return bytes.available();
        }

        @Override
        public void close() throws IOException {
          bytes.close();
        }
      };
    }
  }
}
