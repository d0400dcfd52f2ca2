package io.isthmus.openstack.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.openstack.http.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GateTest {
  private final Gate gate = new Gate(2);

  private boolean enters() throws InterruptedException {
    return gate.enter(Deadline.in(Duration.ofMillis(50)));
  }

  @Test
  void letsNoMoreCallsInThanConfigured() throws InterruptedException {
    assertThat(enters()).isTrue();
    assertThat(enters()).isTrue();
    assertThat(enters()).isFalse();
    gate.leave();
    assertThat(enters()).isTrue();
  }

  @Test
  void letsNobodyInWhileTheCloudWantsToBeLeftAlone() throws InterruptedException {
    gate.closeFor(Duration.ofHours(1));
    assertThat(enters()).isFalse();
    gate.closeFor(Duration.ofSeconds(1));
    assertThat(enters()).as("the longer wish holds").isFalse();
  }
}
