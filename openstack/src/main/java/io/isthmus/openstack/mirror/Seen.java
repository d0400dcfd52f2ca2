package io.isthmus.openstack.mirror;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of the answers that a list is from: of each page a digest and what page
 * followed, by the marker that it was asked for behind; and a digest of the list of revisions.
 *
 * @param since from when the oldest of it is
 * @param pages by number of the list and marker
 */
record Seen(Instant since, Map<String, Page> pages, Optional<String> revisions) {
  /**
   * To be changed whenever more is made of the same answer than before, so that nobody goes without
   * it until his cloud answers something else.
   */
  private static final String FORM = "2";

  /** Then all is told again, whatever was forgotten here. */
  static final Duration MAX_AGE = Duration.ofHours(6);

  /** A longer list is told whole each time. */
  private static final int MOST_PAGES = 400;

  private static final int DIGEST = 16;

  /**
   * A page as it was.
   *
   * @param next marker that the page behind it began at; empty when it was the last
   */
  record Page(String digest, Optional<String> next) {}

  static Seen nothing(Instant now) {
    return new Seen(now, new LinkedHashMap<>(), Optional.empty());
  }

  /** Nothing when it cannot be read or is too old. */
  static Seen parse(Optional<String> text, Instant now) {
    String[] parts = text.orElse("").split(" ");
    if (parts.length < 3 || !parts[0].equals(FORM)) {
      return nothing(now);
    }
    try {
      Instant since = Instant.ofEpochSecond(Long.parseLong(parts[1]));
      if (since.isAfter(now) || since.isBefore(now.minus(MAX_AGE))) {
        return nothing(now);
      }
      Map<String, Page> pages = new LinkedHashMap<>();
      for (String part : Arrays.asList(parts).subList(3, parts.length)) {
        String[] page = part.split("/", -1);
        pages.put(
            page[0] + "/" + page[1],
            new Page(
                page[2], page[3].isEmpty() ? Optional.empty() : Optional.of(decoded(page[3]))));
      }
      return new Seen(
          since, pages, parts[2].equals("-") ? Optional.empty() : Optional.of(parts[2]));
    } catch (RuntimeException unreadable) {
      return nothing(now);
    }
  }

  /** Empty text when it is too much to remember. */
  String text() {
    if (pages.size() > MOST_PAGES) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(FORM)
            .append(' ')
            .append(since.getEpochSecond())
            .append(' ')
            .append(revisions.orElse("-"));
    pages.forEach(
        (key, page) ->
            text.append(' ')
                .append(key)
                .append('/')
                .append(page.digest())
                .append('/')
                .append(page.next().map(Seen::encoded).orElse("")));
    return text.toString();
  }

  /** The same pages, with another list of revisions. */
  Seen with(String newRevisions) {
    return new Seen(since, pages, Optional.of(newRevisions));
  }

  /** By what a page is known. */
  static String key(int list, Optional<String> marker) {
    return list + "/" + marker.map(Seen::encoded).orElse("");
  }

  static String digest(byte[] body) {
    return digest(digester(), body);
  }

  static MessageDigest digester() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String digest(MessageDigest digester, byte... last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digester.digest(last), DIGEST));
  }

  private static String encoded(String marker) {
    return URLEncoder.encode(marker, StandardCharsets.UTF_8);
  }

  private static String decoded(String marker) {
    return URLDecoder.decode(marker, StandardCharsets.UTF_8);
  }
}
