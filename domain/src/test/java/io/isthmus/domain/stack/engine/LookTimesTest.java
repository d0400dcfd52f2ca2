package io.isthmus.domain.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookTimesTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final EngineLimits LIMITS = EngineLimits.DEFAULT;

  private final LookTimes times = new LookTimes(LIMITS);
  private final StackPart part = asked("web", START);

  private static StackPart asked(String name, Instant at) {
    StackPart planned =
        new TestStacks().add(name, TestStacks.SERVER, "gra").parts(at).iterator().next();
    return planned.with(planned.state().asking(StackStatus.CREATING, Optional.empty(), at));
  }

  @Test
  void looksSoonAtWhatHasJustBegun() {
    assertThat(times.next(part)).isEqualTo(START.plus(LIMITS.firstLook()));

    times.looked(part.key(), START.plusSeconds(600));
    times.moved(part.key(), START.plusSeconds(700));

    assertThat(times.next(part)).isEqualTo(START.plusSeconds(700).plus(LIMITS.firstLook()));
  }

  @Test
  void pausesForASixthOfItsAgeButNeverLongerThanAStackIsLeftAlone() {
    times.looked(part.key(), START.plusSeconds(60));
    assertThat(times.next(part)).isEqualTo(START.plusSeconds(70));

    times.looked(part.key(), START.plusSeconds(3000));
    assertThat(times.next(part)).isEqualTo(START.plusSeconds(3000).plus(LIMITS.keepInterval()));
  }

  @Test
  void hurriesNobodyElse() {
    times.looked(part.key(), START.plusSeconds(60));
    StackPart other = asked("other", START);
    times.moved(other.key(), START.plusSeconds(61));

    assertThat(times.next(part)).isEqualTo(START.plusSeconds(70));
  }

  @Test
  void expectsOfEachWhatOthersOfItsKindTook() {
    StackPart other = asked("other", START.plusSeconds(8));
    times.looked(part.key(), START.plusSeconds(60));
    times.looked(other.key(), START.plusSeconds(60));
    times.done(List.of(part));

    assertThat(times.next(other)).isEqualTo(START.plusSeconds(68));

    times.looked(other.key(), START.plusSeconds(68));
    assertThat(times.next(other)).isEqualTo(START.plusSeconds(68).plus(LIMITS.firstLook()));

    times.looked(other.key(), START.plusSeconds(98));
    assertThat(times.next(other)).isEqualTo(START.plusSeconds(113));
  }

  @Test
  void expectsNothingOfOtherKinds() {
    StackPart leaving =
        part.with(part.state().asking(StackStatus.DELETING, Optional.empty(), START));
    times.looked(part.key(), START.plusSeconds(12));
    times.done(List.of(leaving));

    assertThat(times.next(part)).isEqualTo(START.plusSeconds(14));
  }

  @Test
  void asksAgainAboutWhatIsMissingWhenItWouldBeBelieved() {
    times.looked(part.key(), START.plusSeconds(60));
    StackPart missing =
        part.with(
            part.state().healthy(StackHealth.UNKNOWN, Optional.of(START.plusSeconds(61)), START));

    assertThat(times.next(missing)).isEqualTo(START.plusSeconds(61).plus(LIMITS.confirmMissing()));
  }

  @Test
  void looksAtAllTimesForWhatComesAfterItsDeletion() {
    StackPart gone =
        part.with(part.state().in(StackStatus.DELETED, StackHealth.UNKNOWN, START.plusSeconds(9)));

    assertThat(times.nextAfterEnd(gone))
        .isEqualTo(START.plusSeconds(9).plus(LIMITS.keepInterval()));
    times.looked(part.key(), START.plusSeconds(80));
    assertThat(times.nextAfterEnd(gone))
        .isEqualTo(START.plusSeconds(80).plus(LIMITS.keepInterval()));
  }

  @Test
  void costsFewLooksHoweverLongItTakes() {
    assertThat(looksUntil(Duration.ofSeconds(60))).isLessThan(35);
    assertThat(looksUntil(Duration.ofHours(1))).isLessThan(100);
  }

  private int looksUntil(Duration end) {
    int looks = 0;
    Instant next = times.next(part);
    while (next.isBefore(START.plus(end))) {
      times.looked(part.key(), next);
      next = times.next(part);
      looks++;
    }
    return looks;
  }
}
