package io.isthmus.domain.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LookPaceTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private final LookPace pace = new LookPace(EngineLimits.DEFAULT, START);

  @Test
  void looksOftenWhileSomethingMoves() {
    pace.moved(START.plusSeconds(600));

    assertThat(pace.pause(START.plusSeconds(600))).isEqualTo(EngineLimits.DEFAULT.firstLook());
  }

  @Test
  void waitsHalfOfTheRestAndThenATenth() {
    assertThat(pace.pause(START.plusSeconds(4))).isEqualTo(Duration.ofSeconds(2));
    assertThat(pace.pause(START.plusSeconds(30))).isEqualTo(Duration.ofSeconds(5));
    assertThat(pace.pause(START.plusSeconds(200))).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void goesOnAtThePaceOfTheRunBefore() {
    pace.restedSince(START.minusSeconds(300));

    assertThat(pace.pause(START)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void doesNotBelieveAClockThatWentBack() {
    pace.restedSince(START.plusSeconds(300));

    assertThat(pace.pause(START)).isEqualTo(EngineLimits.DEFAULT.firstLook());
  }

  @Test
  void costsFewLooksHoweverLongItTakes() {
    assertThat(looksUntil(Duration.ofSeconds(60))).isLessThan(25);
    assertThat(looksUntil(Duration.ofHours(1))).isLessThan(70);
  }

  private int looksUntil(Duration end) {
    int looks = 0;
    Instant now = START;
    while (now.isBefore(START.plus(end))) {
      now = now.plus(pace.pause(now));
      looks++;
    }
    return looks;
  }
}
