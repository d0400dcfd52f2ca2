package io.isthmus.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInTermTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  @Test
  void isToldTenMinutesBeforeItsEnd() {
    assertThat(term(Duration.ofHours(8)).lastCall())
        .isEqualTo(NOON.plus(Duration.ofHours(8)).minus(Duration.ofMinutes(10)));
  }

  @Test
  void ofShortRenewalsTellsTheSecondHalfAlone() {
    assertThat(term(Duration.ofMinutes(14)).lastCall()).isEqualTo(NOON.plus(Duration.ofMinutes(7)));
  }

  @Test
  void doesNotEndBeforeItBegan() {
    assertThatThrownBy(() -> term(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SignInTerm term(Duration lasting) {
    return new SignInTerm(NOON, NOON.plus(lasting));
  }
}
