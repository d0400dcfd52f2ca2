package io.isthmus.ui.newstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShelfTest {

  private static final long HEAVIEST = 100;

  private Instant now = Instant.parse("2026-11-26T12:00:00Z");
  private final Shelf<String> shelf = new Shelf<>(String::length, HEAVIEST, new Hand());

  /** A clock that is put by hand. */
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

  @Test
  void givesAPersonsOwnToNobodyElse() {
    shelf.put("alice", "a", "hers");

    assertThat(shelf.find("alice", "a")).contains("hers");
    assertThat(shelf.find("bob", "a")).isEmpty();
  }

  @Test
  void forgetsWhatNobodyAskedForInHours() {
    shelf.put("alice", "a", "old");
    shelf.put("alice", "b", "asked for");
    now = now.plus(Shelf.AGE).minus(Duration.ofMinutes(1));
    assertThat(shelf.find("alice", "b")).isPresent();
    now = now.plus(Duration.ofMinutes(2));

    assertThat(shelf.find("alice", "a")).isEmpty();
    assertThat(shelf.find("alice", "b")).contains("asked for");
  }

  @Test
  void keepsSoManyOfOnePersonThoseAskedForLast() {
    shelf.put("bob", "a", "his");
    IntStream.range(0, Shelf.MOST).forEach(i -> shelf.put("alice", "a" + i, "x"));
    assertThat(shelf.find("alice", "a0")).isPresent();
    shelf.put("alice", "one more", "x");

    assertThat(shelf.find("alice", "a0")).isPresent();
    assertThat(shelf.find("alice", "a1")).isEmpty();
    assertThat(shelf.find("alice", "one more")).isPresent();
    assertThat(shelf.find("bob", "a")).contains("his");
  }

  @Test
  void makesRoomWhenAllTogetherAreTooHeavy() {
    for (String name : List.of("a", "b", "c")) {
      shelf.put("alice", name, "x".repeat(40));
    }

    assertThat(shelf.find("alice", "a")).isEmpty();
    assertThat(shelf.find("alice", "b")).isPresent();
    assertThat(shelf.find("alice", "c")).isPresent();

    shelf.put("bob", "d", "x".repeat(1000));
    assertThat(shelf.find("bob", "d")).isPresent();
    assertThat(shelf.find("alice", "c")).isEmpty();
  }

  @Test
  void takesWhatIsPutAgainInThePlaceOfWhatWasThere() {
    shelf.put("alice", "a", "before");
    shelf.put("alice", "a", "after");
    assertThat(shelf.find("alice", "a")).contains("after");

    shelf.remove("alice", "a");
    assertThat(shelf.find("alice", "a")).isEmpty();
  }
}
