package io.isthmus.sandbox.glance;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Downloads what stands at an address: on this machine, or on a host that the sandbox's operator
 * names, and nowhere else, so that nobody looks through it at what lies beside it.
 */
final class WebDownload {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 3;

  /** An address in figures, for which no name is looked up. */
  private static final Pattern FIGURES = Pattern.compile("[0-9.]+|\\[[0-9A-Fa-f:.]+]");

  private static final ScheduledExecutorService DEADLINES =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "web-download-deadlines");
            thread.setDaemon(true);
            return thread;
          });

  /** Takes what came. */
  @FunctionalInterface
  interface Taker<T> {
    /**
     * @param length bytes that were told, or -1
     */
    T take(InputStream body, long length) throws IOException;
  }

  private final Set<String> hosts;
  private final Duration longest;
  private final long largest;
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * @param hosts names or addresses beside this machine, in lower case
   */
  WebDownload(Set<String> hosts) {
    this(hosts, Duration.ofMinutes(30), 64L << 30);
  }

  /**
   * @param longest for one download, all of it
   * @param largest bytes that one may have
   */
  WebDownload(Set<String> hosts, Duration longest, long largest) {
    this.hosts = hosts;
    this.longest = longest;
    this.largest = largest;
  }

  /** Whether anything is downloaded from there. */
  boolean allows(URI address) {
    String scheme = address.getScheme();
    String host = address.getHost();
    if (host == null || !"http".equals(scheme) && !"https".equals(scheme)) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return hosts.contains(name)
        || name.equals("localhost")
        || FIGURES.matcher(name).matches() && isLoopback(name);
  }

  private static boolean isLoopback(String figures) {
    try {
      return InetAddress.getByName(figures).isLoopbackAddress();
    } catch (UnknownHostException malformed) {
      return false;
    }
  }

  /**
   * @throws IOException also when there is too much, it takes too long, or it leads to where
   *     nothing is downloaded from
   */
  <T> T fetch(URI source, Taker<T> taker) throws IOException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    URI at = source;
    for (int redirects = 0; ; redirects++) {
      if (!allows(at)) {
        throw new IOException("Nothing is downloaded from " + at.getHost());
      }
      HttpRequest request = HttpRequest.newBuilder(at).timeout(left(end)).build();
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        int status = answer.statusCode();
        if (status == 200) {
          long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
          return taken(body, length, end, taker);
        }
        String next = answer.headers().firstValue("Location").orElse("");
        if (!REDIRECTS.contains(status) || redirects == MOST_REDIRECTS || next.isEmpty()) {
          throw new IOException("HTTP Error " + status);
        }
        at = at.resolve(next);
      }
    }
  }

  private static Duration left(long end) throws IOException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw late();
    }
    return Duration.ofNanos(left);
  }

  private static IOException late() {
    return new IOException("The download takes too long");
  }

  private <T> T taken(InputStream body, long length, long end, Taker<T> taker) throws IOException {
    if (length > largest) {
      throw new IOException("The download is larger than " + largest + " bytes");
    }
    // A read that waits is ended from outside.
    Future<?> deadline =
        DEADLINES.schedule(() -> closed(body), left(end).toNanos(), TimeUnit.NANOSECONDS);
    try {
      return taker.take(new Limited(body, end), length);
    } finally {
      deadline.cancel(false);
    }
  }

  private static Void closed(InputStream body) throws IOException {
    body.close();
    return null;
  }

  /** Ends with an error where a limit is, also where the body only seems to be whole. */
  private final class Limited extends FilterInputStream {
    private final long end;
    private long came;

    Limited(InputStream in, long end) {
      super(in);
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int at, int length) throws IOException {
      int got;
      try {
        got = in.read(buffer, at, length);
      } catch (IOException e) {
        left(end);
        throw e;
      }
      left(end);
      came += Math.max(0, got);
      if (came > largest) {
        throw new IOException("The download is larger than " + largest + " bytes");
      }
      return got;
    }
  }
}
