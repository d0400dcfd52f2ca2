package io.isthmus.openstack;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How member clouds are spoken to. Keys begin with {@code isthmus.driver.}; durations are ISO-8601.
 *
 * @param connectTimeout {@code connect-timeout}: longest wait for a TCP and TLS connection
 * @param idleTimeout {@code idle-timeout}: longest silence of a cloud within one exchange, before
 *     and after the headers
 * @param totalTimeout {@code total-timeout}: longest time of one exchange, answer read whole
 * @param concurrency {@code concurrency}: exchanges with one cloud at the same time
 * @param uploads {@code uploads}: images that are streamed to one cloud at the same time; they do
 *     not count for {@code concurrency}
 * @param retries {@code retries}: how often a call that is safe to repeat is repeated
 * @param longestRetryAfter {@code longest-retry-after}: when a cloud asks to be left alone longer
 *     than this, the call that it answers so is told as failed at once rather than repeated
 * @param longestRest {@code longest-rest}: nothing is sent to a service of a cloud that asked to be
 *     left alone, but for no longer than this
 * @param circuitFailures {@code circuit-failures}: after so many exchanges in a row without an
 *     answer a cloud's server is left alone, and after so many that it cannot serve a service
 * @param circuitPause {@code circuit-pause}: for how long; then one call tries it
 * @param maxResponseBytes {@code max-response-bytes}: an answer that is longer is not read
 * @param pageSize {@code page-size}: how many items are asked for in one page of a list
 * @param tokenRenewal {@code token-renewal}: a token is renewed this long before it expires
 * @param lookMaxAge {@code look-max-age}: how long one list may serve the look before creations
 */
public record DriverConfig(
    Duration connectTimeout,
    Duration idleTimeout,
    Duration totalTimeout,
    int concurrency,
    int uploads,
    int retries,
    Duration longestRetryAfter,
    Duration longestRest,
    int circuitFailures,
    Duration circuitPause,
    long maxResponseBytes,
    int pageSize,
    Duration tokenRenewal,
    Duration lookMaxAge) {

  private static final String CONNECT_TIMEOUT = "PT5S";
  private static final String IDLE_TIMEOUT = "PT30S";
  private static final String TOTAL_TIMEOUT = "PT60S";
  private static final String CONCURRENCY = "8";
  private static final String UPLOADS = "2";
  private static final String RETRIES = "2";
  private static final String LONGEST_RETRY_AFTER = "PT20S";
  private static final String LONGEST_REST = "PT5M";
  private static final String CIRCUIT_FAILURES = "10";
  private static final String CIRCUIT_PAUSE = "PT15S";
  private static final String MAX_RESPONSE_BYTES = "33554432";
  private static final String PAGE_SIZE = "500";
  private static final String TOKEN_RENEWAL = "PT2M";
  private static final String LOOK_MAX_AGE = "PT5S";

  public DriverConfig {
    positive("connect-timeout", connectTimeout);
    positive("idle-timeout", idleTimeout);
    positive("total-timeout", totalTimeout);
    atLeast("concurrency", concurrency, 1);
    atLeast("uploads", uploads, 1);
    atLeast("retries", retries, 0);
    positive("longest-rest", longestRest);
    atLeast("circuit-failures", circuitFailures, 1);
    positive("circuit-pause", circuitPause);
    atLeast("max-response-bytes", maxResponseBytes, 1024);
    atLeast("page-size", pageSize, 1);
  }

  /** The values that hold when nothing is configured. */
  public static DriverConfig defaults() {
    return new DriverConfig(
        Duration.parse(CONNECT_TIMEOUT),
        Duration.parse(IDLE_TIMEOUT),
        Duration.parse(TOTAL_TIMEOUT),
        Integer.parseInt(CONCURRENCY),
        Integer.parseInt(UPLOADS),
        Integer.parseInt(RETRIES),
        Duration.parse(LONGEST_RETRY_AFTER),
        Duration.parse(LONGEST_REST),
        Integer.parseInt(CIRCUIT_FAILURES),
        Duration.parse(CIRCUIT_PAUSE),
        Long.parseLong(MAX_RESPONSE_BYTES),
        Integer.parseInt(PAGE_SIZE),
        Duration.parse(TOKEN_RENEWAL),
        Duration.parse(LOOK_MAX_AGE));
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "isthmus.driver." + key + " must be longer than nothing, not " + value);
    }
  }

  private static void atLeast(String key, long value, long minimum) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          "isthmus.driver." + key + " must be at least " + minimum + ", not " + value);
    }
  }

  /** Reads the configuration. */
  @Dependent
  public static class Reader {
    @Inject
    @ConfigProperty(name = "isthmus.driver.connect-timeout", defaultValue = CONNECT_TIMEOUT)
    Duration connectTimeout;

    @Inject
    @ConfigProperty(name = "isthmus.driver.idle-timeout", defaultValue = IDLE_TIMEOUT)
    Duration idleTimeout;

    @Inject
    @ConfigProperty(name = "isthmus.driver.total-timeout", defaultValue = TOTAL_TIMEOUT)
    Duration totalTimeout;

    @Inject
    @ConfigProperty(name = "isthmus.driver.concurrency", defaultValue = CONCURRENCY)
    int concurrency;

    @Inject
    @ConfigProperty(name = "isthmus.driver.uploads", defaultValue = UPLOADS)
    int uploads;

    @Inject
    @ConfigProperty(name = "isthmus.driver.retries", defaultValue = RETRIES)
    int retries;

    @Inject
    @ConfigProperty(name = "isthmus.driver.longest-retry-after", defaultValue = LONGEST_RETRY_AFTER)
    Duration longestRetryAfter;

    @Inject
    @ConfigProperty(name = "isthmus.driver.longest-rest", defaultValue = LONGEST_REST)
    Duration longestRest;

    @Inject
    @ConfigProperty(name = "isthmus.driver.circuit-failures", defaultValue = CIRCUIT_FAILURES)
    int circuitFailures;

    @Inject
    @ConfigProperty(name = "isthmus.driver.circuit-pause", defaultValue = CIRCUIT_PAUSE)
    Duration circuitPause;

    @Inject
    @ConfigProperty(name = "isthmus.driver.max-response-bytes", defaultValue = MAX_RESPONSE_BYTES)
    long maxResponseBytes;

    @Inject
    @ConfigProperty(name = "isthmus.driver.page-size", defaultValue = PAGE_SIZE)
    int pageSize;

    @Inject
    @ConfigProperty(name = "isthmus.driver.token-renewal", defaultValue = TOKEN_RENEWAL)
    Duration tokenRenewal;

    @Inject
    @ConfigProperty(name = "isthmus.driver.look-max-age", defaultValue = LOOK_MAX_AGE)
    Duration lookMaxAge;

    /** What is configured. */
    public DriverConfig read() {
      return new DriverConfig(
          connectTimeout,
          idleTimeout,
          totalTimeout,
          concurrency,
          uploads,
          retries,
          longestRetryAfter,
          longestRest,
          circuitFailures,
          circuitPause,
          maxResponseBytes,
          pageSize,
          tokenRenewal,
          lookMaxAge);
    }
  }
}
