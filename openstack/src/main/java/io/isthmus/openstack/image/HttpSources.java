package io.isthmus.openstack.image;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.ImageSettings;
import io.isthmus.domain.image.ImageSources;
import io.isthmus.domain.language.Phrase;
import io.isthmus.openstack.http.CloudFaults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands at addresses of https, and of http where the operator lets it. Straight, whatever
 * proxy the JVM has: behind one nobody knows where a name leads. No thread waits for a source
 * longer than half a minute, or than it is let to.
 *
 * @see "RFC 9110, 13.1.5 If-Range, 14.2 Range, 15.4 redirection"
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class HttpSources implements ImageSources {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> LATER = Set.of(408, 421, 425, 429);
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  private AddressGuard guard;
  private boolean plain;
  private Duration silence;
  private HttpClient client;

  /** For the container's proxy. */
  protected HttpSources() {}

  @Inject
  HttpSources(AddressGuard guard, ImageSettings settings) {
    this(guard, settings.allowsPlain());
  }

  /**
   * @param plain whether http is gone to beside https
   */
  HttpSources(AddressGuard guard, boolean plain) {
    this(guard, plain, SILENCE);
  }

  /**
   * @param silence how long an answer's head, and then each byte, is waited for
   */
  HttpSources(AddressGuard guard, boolean plain, Duration silence) {
    this.guard = guard;
    this.plain = plain;
    this.silence = silence;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
            .build();
  }

  @Override
  public Opened open(URI source, long from, Optional<String> version) throws IOException {
    URI at = source;
    for (int redirects = 0; ; redirects++) {
      HttpResponse<InputStream> answer = answer(at, from, version);
      boolean isTaken = false;
      try {
        if (!REDIRECTS.contains(answer.statusCode())) {
          Opened opened = opened(at, from, answer);
          isTaken = true;
          return opened;
        }
        if (redirects == MOST_REDIRECTS) {
          throw rejected(
              Phrase.of("image.source-redirects", ImageSources.shown(source), MOST_REDIRECTS));
        }
        at = next(at, answer);
      } finally {
        if (!isTaken) {
          answer.body().close();
        }
      }
    }
  }

  private HttpResponse<InputStream> answer(URI at, long from, Optional<String> version)
      throws IOException {
    requireAllowed(at);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(at.toASCIIString()))
            // Until its head is there, however slowly it comes.
            .timeout(silence)
            .header("Accept", "*/*")
            // A digest is of what stands there, not of how it is carried.
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "isthmus");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
      version.ifPresent(known -> request.header("If-Range", known));
    }
    try {
      return client.send(request.build(), head -> new TimedBody(silence));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while opening " + ImageSources.shown(at));
    }
  }

  /** Each time, as a name may point elsewhere later, and as where one is led to is anybody's. */
  private void requireAllowed(URI at) {
    boolean isKnown =
        "https".equalsIgnoreCase(at.getScheme())
            || plain && "http".equalsIgnoreCase(at.getScheme());
    if (!isKnown || at.getHost() == null || at.getRawUserInfo() != null) {
      throw rejected(Phrase.of("image.source-elsewhere", ImageSources.shown(at)));
    }
    AddressGuard.Lead lead = guard.lead(at);
    if (lead != AddressGuard.Lead.OPEN) {
      throw new FederationFault(
          // Names may be away for a while, as those who serve them may.
          lead == AddressGuard.Lead.UNKNOWN
              ? FaultCode.SOURCE_UNAVAILABLE
              : FaultCode.SOURCE_REJECTED,
          ImageSources.refusal(at, lead));
    }
  }

  private static URI next(URI at, HttpResponse<?> answer) {
    try {
      return withoutFragment(at.resolve(new URI(header(answer, "Location").orElse(""))));
    } catch (URISyntaxException e) {
      throw rejected(
          Phrase.of(
              "image.source-answered", ImageSources.shown(at), answer.statusCode(), "Location"));
    }
  }

  private static URI withoutFragment(URI address) throws URISyntaxException {
    String text = address.toString();
    int fragment = text.indexOf('#');
    return fragment < 0 ? address : new URI(text.substring(0, fragment));
  }

  private static Opened opened(URI at, long from, HttpResponse<InputStream> answer) {
    int status = answer.statusCode();
    Optional<String> encoding =
        header(answer, "Content-Encoding").filter(name -> !name.equalsIgnoreCase("identity"));
    if (status == OK && encoding.isEmpty()) {
      OptionalLong size =
          header(answer, "Content-Length").filter(text -> LENGTH.matcher(text).matches()).stream()
              .mapToLong(Long::parseLong)
              .findFirst();
      return new Opened(answer.body(), 0, size, version(answer));
    }
    if (status == PARTIAL && from > 0) {
      Matcher range = RANGE.matcher(header(answer, "Content-Range").orElse(""));
      if (range.matches() && Long.parseLong(range.group(1)) == from) {
        return new Opened(
            answer.body(),
            from,
            range.group(2).equals("*")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(range.group(2))),
            version(answer));
      }
    }
    Phrase why =
        Phrase.of(
            "image.source-answered",
            ImageSources.shown(at),
            status,
            encoding
                .map(name -> "Content-Encoding: " + CloudFaults.words(name))
                .orElseGet(() -> reason(status)));
    throw status >= 500 || LATER.contains(status)
        ? new FederationFault(FaultCode.SOURCE_UNAVAILABLE, why)
        : rejected(why);
  }

  private static String reason(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "" : known.getReasonPhrase();
  }

  private static Optional<String> version(HttpResponse<?> answer) {
    return header(answer, "ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> header(answer, "Last-Modified"));
  }

  private static Optional<String> header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name);
  }

  private static FederationFault rejected(Phrase why) {
    return new FederationFault(FaultCode.SOURCE_REJECTED, why);
  }
}
