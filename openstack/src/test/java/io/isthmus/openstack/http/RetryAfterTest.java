package io.isthmus.openstack.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  private static Optional<Duration> read(int status, String text) {
    HttpHeaders headers = HttpHeaders.of(Map.of("Retry-After", List.of(text)), (a, b) -> true);
    return RetryAfter.of(new Answer(status, headers, new byte[0]), NOW);
  }

  @Test
  void readsSecondsAndDates() {
    assertThat(read(429, " 7 ")).contains(Duration.ofSeconds(7));
    assertThat(read(503, "Thu, 26 Nov 2026 12:01:30 GMT")).contains(Duration.ofSeconds(90));
    assertThat(read(503, "Thu, 26 Nov 2026 11:59:00 GMT")).contains(Duration.ZERO);
  }

  @Test
  void believesNobodyWhoAsksForDays() {
    assertThat(read(503, "999999999999999999999")).contains(RetryAfter.LONGEST);
    assertThat(read(503, "Fri, 01 Jan 2100 00:00:00 GMT")).contains(RetryAfter.LONGEST);
  }

  @Test
  void isNotMeantWhereTheServiceServes() {
    assertThat(read(202, "7")).isEmpty();
    assertThat(read(404, "7")).isEmpty();
    assertThat(read(429, "soon")).isEmpty();
    assertThat(read(429, "-1")).isEmpty();
  }
}
