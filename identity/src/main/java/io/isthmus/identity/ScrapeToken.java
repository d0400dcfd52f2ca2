package io.isthmus.identity;

import io.isthmus.domain.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The token of whoever scrapes the metrics, since a Prometheus cannot sign in at Keycloak. It opens
 * the metrics and nothing else.
 */
@ApplicationScoped
public class ScrapeToken {

  /** Shorter ones can be tried out. */
  private static final int SHORTEST = 16;

  private static final String PATH = "/v1/metrics";
  private static final Caller SCRAPER =
      new Caller(Caller.METRICS_READER, "metrics", Set.of(), Set.of(Caller.METRICS_READER));

  private Optional<byte[]> token;

  /**
   * @param configured {@code isthmus.metrics.scrape-token}; without it nobody scrapes but who may
   *     see the federation
   */
  @Inject
  public ScrapeToken(
      @ConfigProperty(name = "isthmus.metrics.scrape-token") Optional<String> configured) {
    configured.ifPresent(ScrapeToken::requireLong);
    this.token = configured.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** For the container's proxies. */
  protected ScrapeToken() {}

  private static void requireLong(String token) {
    if (token.length() < SHORTEST) {
      throw new IllegalStateException(
          "isthmus.metrics.scrape-token has %d characters and needs %d or more: openssl rand -hex 24"
              .formatted(token.length(), SHORTEST));
    }
  }

  /** Fails when what is configured is no good. */
  void check() {
    // The constructor has.
  }

  /**
   * The caller that this token stands for on this path; empty when it is another token or path.
   *
   * @param path within the API's context
   */
  Optional<SignedIn> signIn(String given, String path) {
    return token
        .filter(ours -> path.equals(PATH))
        .filter(ours -> MessageDigest.isEqual(ours, given.getBytes(StandardCharsets.UTF_8)))
        .map(ours -> new SignedIn(SCRAPER, Instant.MAX));
  }
}
