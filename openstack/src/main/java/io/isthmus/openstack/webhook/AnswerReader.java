package io.isthmus.openstack.webhook;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.webhook.WebhookSender;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a receiver answers: its status and, bounded, its headers and the beginning of its body. The
 * rest is not read, and the connection is closed on it. Once the status is there, nothing that goes
 * wrong behind it makes it another.
 *
 * @see "RFC 9112, 4 status line, 15.2 interim answers in RFC 9110"
 */
final class AnswerReader {

  private static final int MOST_OF_HEAD = 16 * 1024;
  private static final int MOST_INTERIM = 5;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9]\\d\\d)( .*)?");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private final InputStream bytes;
  private final Instant now;
  private int headBytes;

  /**
   * @param now when it is read, for what it says about later
   */
  AnswerReader(InputStream bytes, Instant now) {
    this.bytes = bytes;
    this.now = now;
  }

  WebhookSender.Answer read() throws IOException {
    for (int answers = 0; answers <= MOST_INTERIM; answers++) {
      Matcher line = STATUS.matcher(line().orElse(""));
      if (!line.matches()) {
        break;
      }
      int status = Integer.parseInt(line.group(1));
      Optional<Duration> retryAfter = Optional.empty();
      boolean isWhole = false;
      while (!isWhole) {
        Optional<String> header = line();
        if (header.isEmpty()) {
          return answer(status, retryAfter, "");
        }
        isWhole = header.get().isEmpty();
        if (header.get().toLowerCase(Locale.ROOT).startsWith("retry-after:")) {
          retryAfter = retryAfter(header.get().substring("retry-after:".length()).strip());
        }
      }
      if (status >= 200) {
        return answer(status, retryAfter, body());
      }
    }
    return new WebhookSender.Answer(
        Optional.empty(), "", Optional.empty(), Optional.of(Phrase.of("webhook.no-http")));
  }

  private static WebhookSender.Answer answer(
      int status, Optional<Duration> retryAfter, String body) {
    return new WebhookSender.Answer(Optional.of(status), body, retryAfter, Optional.empty());
  }

  /** Empty where the head ends too early or is too long. */
  private Optional<String> line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (headBytes < MOST_OF_HEAD) {
      int next = bytes.read();
      headBytes++;
      if (next < 0) {
        return Optional.empty();
      }
      if (next == '\n') {
        return Optional.of(line.toString());
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return Optional.empty();
  }

  private String body() {
    byte[] beginning = new byte[WebhookSender.MOST_READ];
    int read = 0;
    try {
      while (read < beginning.length) {
        int some = bytes.read(beginning, read, beginning.length - read);
        if (some < 0) {
          break;
        }
        read += some;
      }
    } catch (IOException e) {
      // It has answered; what of its words has come will do.
    }
    return HttpWebhookSender.readable(
        new String(Arrays.copyOf(beginning, read), StandardCharsets.UTF_8));
  }

  private Optional<Duration> retryAfter(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Duration until =
          Duration.between(
              now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
