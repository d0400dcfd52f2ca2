package io.isthmus.openstack.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.language.Phrase;
import io.isthmus.openstack.conversation.Circuit.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CircuitTest {

  private static final Instant START = Instant.parse("2026-11-25T08:00:00Z");
  private static final Circuit.Failure WHY =
      new Circuit.Failure(Phrase.of("driver.why.refused"), 0);
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private Instant now = START;
  private final Circuit circuit = new Circuit(3, PAUSE, new Hand());

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      circuit.failed(WHY);
    }
  }

  @Test
  void staysClosedWhileFailuresAreNotInARow() {
    fail(2);
    circuit.served();
    fail(2);
    assertThat(circuit.refusal()).isEmpty();
  }

  @Test
  void refusesAfterSoManyFailuresAndSaysWhenItIsTriedAgain() {
    fail(3);
    assertThat(circuit.refusal()).contains(new Refusal(START.plus(PAUSE), WHY));
  }

  @Test
  void letsOneTryAfterThePauseAndAllOnceItIsServed() {
    fail(3);
    now = START.plus(PAUSE);
    assertThat(circuit.refusal()).isEmpty();
    assertThat(circuit.refusal()).as("while one tries").contains(new Refusal(now.plus(PAUSE), WHY));

    circuit.served();
    assertThat(circuit.refusal()).isEmpty();
    assertThat(circuit.refusal()).isEmpty();
  }

  @Test
  void opensAgainWhenTheTryFails() {
    fail(3);
    now = START.plus(PAUSE);
    assertThat(circuit.refusal()).isEmpty();
    now = now.plusSeconds(5);
    circuit.failed(WHY);
    assertThat(circuit.refusal()).contains(new Refusal(now.plus(PAUSE), WHY));
  }

  @Test
  void letsAnotherTryWhenTheFirstNeverTellsHowItWent() {
    fail(3);
    now = START.plus(PAUSE);
    assertThat(circuit.refusal()).isEmpty();
    now = now.plus(PAUSE);
    assertThat(circuit.refusal()).isEmpty();
  }

  private final class Hand extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
