package io.isthmus.domain.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.language.Phrase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProbeStateTest {

  private static final Instant START = Instant.parse("2026-11-28T03:00:00Z");
  private static final Duration AFTER = Duration.ofMinutes(2);
  private static final int TRIES = 3;
  private static final ProbeAnswer NO = ProbeAnswer.failed(Phrase.verbatim("no"));

  private ProbeState state = ProbeState.untried(START);

  private ProbeState next(ProbeAnswer answer, long seconds) {
    state = state.next(answer, TRIES, AFTER, START.plusSeconds(seconds));
    return state;
  }

  @Test
  void failsOnlyAfterTriesAndTime() {
    assertThat(next(NO, 0).failing()).isFalse();
    assertThat(next(NO, 10).failing()).isFalse();
    assertThat(next(NO, 20).failing()).as("tries alone").isFalse();
    assertThat(next(NO, 119).failing()).isFalse();
    assertThat(next(NO, 120).failing()).isTrue();
    assertThat(state.failures()).isEqualTo(5);
    assertThat(state.since()).isEqualTo(START);
  }

  @Test
  void timeAloneIsNotEnough() {
    next(NO, 0);
    assertThat(next(NO, 600).failing()).isFalse();
    assertThat(next(NO, 601).failing()).isTrue();
  }

  @Test
  void oneAnswerBeginsAllAnew() {
    next(NO, 0);
    next(NO, 60);
    next(NO, 120);
    assertThat(state.failing()).isTrue();

    assertThat(next(ProbeAnswer.AS_EXPECTED, 130).failing()).isFalse();
    assertThat(state.outcome()).isEqualTo(ProbeState.Outcome.ANSWERED);
    assertThat(state.reason()).isEmpty();
    assertThat(state.failures()).isZero();
    assertThat(next(NO, 140).failures()).isOne();
    assertThat(state.since()).isEqualTo(START.plusSeconds(140));
  }
}
