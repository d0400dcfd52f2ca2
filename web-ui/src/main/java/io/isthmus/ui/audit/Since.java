package io.isthmus.ui.audit;

import java.time.Duration;

/** How far back to look. */
enum Since {
  HOUR(Duration.ofHours(1)),
  DAY(Duration.ofDays(1)),
  WEEK(Duration.ofDays(7)),
  MONTH(Duration.ofDays(30));

  private final Duration duration;

  Since(Duration duration) {
    this.duration = duration;
  }

  Duration duration() {
    return duration;
  }
}
