package io.isthmus.openstack.mirror;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From when on changes are to be told.
 *
 * @param project the OpenStack project that was read; another one's changes say nothing about it
 * @param since by the cloud's own clock, to the second
 */
record Bookmark(String project, Instant since) {
  /** A transaction is told under the time at which it began, and only once it is committed. */
  static final Duration OVERLAP = Duration.ofSeconds(60);

  /** Clouds forget what was deleted: Nova's rows are archived, often daily. */
  static final Duration MAX_AGE = Duration.ofHours(24);

  private static final Pattern FORM = Pattern.compile("1 (\\S{1,200}) (\\S{1,40})");

  /**
   * The bookmark of a reading.
   *
   * @param begun when its first page was asked for, by the cloud's own clock
   */
  static Bookmark after(String project, Instant begun) {
    return new Bookmark(project, begun.minus(OVERLAP));
  }

  /** Empty when it cannot be read, is of another project, or is too old to go on from. */
  static Optional<Bookmark> parse(String text, String project, Instant now) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || !form.group(1).equals(project)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Bookmark(project, Instant.parse(form.group(2))))
          .filter(bookmark -> bookmark.since.isAfter(now.minus(MAX_AGE)));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  String text() {
    return "1 " + project + " " + since;
  }
}
