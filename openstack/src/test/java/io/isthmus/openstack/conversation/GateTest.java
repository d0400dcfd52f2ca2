package io.isthmus.openstack.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.metrics.CloudCallPools.Pool;
import io.isthmus.openstack.http.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String COMPUTE = "https://cloud/compute";
  private static final String NETWORK = "https://cloud/network";
  private final Gate gate = new Gate(2);

  private CompletableFuture<Boolean> asks(Duration patience) {
    return gate.enter(COMPUTE, Deadline.in(patience));
  }

  private boolean entersSoon() {
    return asks(Duration.ofMillis(50)).join();
  }

  @Test
  void letsNoMoreCallsInThanConfigured() {
    assertThat(entersSoon()).isTrue();
    assertThat(entersSoon()).isTrue();
    assertThat(entersSoon()).isFalse();
    gate.leave();
    assertThat(entersSoon()).isTrue();
  }

  @Test
  void tellsHowBusyItIs() {
    asks(LONG);
    asks(LONG);
    asks(LONG);
    assertThat(entersSoon()).isFalse();

    CloudId gra = new CloudId("gra");
    assertThat(gate.pool(gra, 4)).isEqualTo(new Pool(gra, 2, 2, 1, 4));
  }

  @Test
  void letsThoseWhoWaitInOneByOneInTheOrderOfAsking() {
    assertThat(entersSoon()).isTrue();
    assertThat(entersSoon()).isTrue();
    List<String> entered = new CopyOnWriteArrayList<>();
    for (String name : List.of("first", "second", "third")) {
      asks(LONG).thenAccept(turn -> entered.add(name));
    }
    assertThat(entered).isEmpty();
    gate.leave();
    assertThat(entered).containsExactly("first");
    gate.leave();
    gate.leave();
    assertThat(entered).containsExactly("first", "second", "third");
  }

  @Test
  void givesThePlaceOfOneWhoWaitedTooLongToTheNext() {
    assertThat(entersSoon()).isTrue();
    assertThat(entersSoon()).isTrue();
    assertThat(entersSoon()).isFalse();
    CompletableFuture<Boolean> next = asks(LONG);
    gate.leave();
    assertThat(next).isCompletedWithValue(true);
  }

  @Test
  void letsNobodyInWhileTheCloudWantsToBeLeftAlone() {
    gate.closeFor(COMPUTE, Duration.ofHours(1));
    assertThat(asks(LONG)).as("told at once").isCompletedWithValue(false);
    gate.closeFor(COMPUTE, Duration.ofSeconds(1));
    assertThat(asks(LONG)).as("the longer wish holds").isCompletedWithValue(false);
  }

  @Test
  void tellsThoseWhoWaitAlreadyThatTheCloudWantsToBeLeftAloneForTooLong() {
    assertThat(entersSoon()).isTrue();
    assertThat(entersSoon()).isTrue();
    CompletableFuture<Boolean> waits = asks(LONG);
    gate.closeFor(COMPUTE, Duration.ofHours(1));
    gate.leave();
    assertThat(waits).isCompletedWithValue(false);
  }

  @Test
  void letsThoseWhoWaitInAsSoonAsTheCloudMayBeAskedAgain() {
    gate.closeFor(COMPUTE, Duration.ofMillis(200));
    CompletableFuture<Boolean> one = asks(LONG);
    CompletableFuture<Boolean> other = asks(LONG);
    assertThat(one).isNotDone();
    assertThat(one.join()).isTrue();
    assertThat(other.join()).isTrue();
  }

  @Test
  void aServiceThatWantsToBeLeftAloneKeepsNobodyFromTheOthers() {
    gate.closeFor(COMPUTE, Duration.ofMinutes(1));
    CompletableFuture<Boolean> compute = asks(LONG);

    CompletableFuture<Boolean> network = gate.enter(NETWORK, Deadline.in(LONG));

    assertThat(network).isCompletedWithValue(true);
    assertThat(compute).isNotDone();
    assertThat(gate.closedFor(COMPUTE)).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
    assertThat(gate.closedFor(NETWORK)).isZero();
  }

  @Test
  void whoWaitsForAShortTimeDoesNotWaitForTheLongerOneOfAnother() {
    gate.closeFor(COMPUTE, Duration.ofMinutes(1));
    CompletableFuture<Boolean> compute = asks(LONG);
    gate.closeFor(NETWORK, Duration.ofMillis(200));

    assertThat(gate.enter(NETWORK, Deadline.in(LONG)).join()).isTrue();
    assertThat(compute).isNotDone();
  }
}
