package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.audit.Strangers.Summary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However many ask from wherever: the log stays small, and each is counted once. */
class StrangersTest {

  private static final int EACH = 3;
  private static final int ALL = 8;
  private static final int CLIENTS = 4;
  private static final Instant NOON = Records.NOON;

  private final Strangers strangers = new Strangers(EACH, ALL, CLIENTS);

  @Property(tries = 2000)
  void eachIsRecordedOrCountedOnceAndRecordsAreBounded(
      @ForAll @Size(max = 120) List<@IntRange(max = 9_999) Integer> choices) {
    Strangers counted = new Strangers(EACH, ALL, CLIENTS);
    Instant now = NOON;
    long admitted = 0;
    long summed = 0;
    Map<Long, Integer> inSpan = new HashMap<>();
    long span = 0;
    Instant begun = null;
    for (int choice : choices) {
      now = now.plusSeconds(choice % 7 == 0 ? choice % 100 : 0);
      if (begun == null || !now.isBefore(begun.plus(Strangers.SPAN))) {
        begun = now;
        span++;
      }
      Face face = choice % 2 == 0 ? Face.API : Face.PORTAL;
      if (counted.admit(face, Optional.of("10.0.0." + choice / 100 % 12), now)) {
        admitted++;
        inSpan.merge(span, 1, Integer::sum);
      }
      if (choice % 11 == 0) {
        List<Summary> due = counted.due(now);
        assertThat(due).hasSizeLessThanOrEqualTo(CLIENTS + 2);
        for (Summary summary : due) {
          if (choice % 33 == 0) {
            counted.giveBack(summary);
          } else {
            summed += summary.more();
          }
        }
      }
    }
    assertThat(inSpan.values()).allMatch(records -> records <= ALL);
    for (Summary summary : counted.rest(now)) {
      assertThat(summary.more()).isPositive();
      assertThat(summary.from()).isBeforeOrEqualTo(summary.to());
      summed += summary.more();
    }

    assertThat(admitted + summed).isEqualTo(choices.size());
    assertThat(counted.rest(now)).isEmpty();
  }

  private int admitted(String client, int times, Instant at) {
    int admitted = 0;
    for (int time = 0; time < times; time++) {
      admitted += strangers.admit(Face.API, Optional.of(client), at) ? 1 : 0;
    }
    return admitted;
  }

  @Example
  void aSwarmOfOneDoesNotKeepOthersOut() {
    assertThat(admitted("10.0.0.1", 1000, NOON)).isEqualTo(EACH);
    assertThat(admitted("10.0.0.2", 2, NOON)).isEqualTo(2);
    assertThat(strangers.due(NOON.plusSeconds(59))).isEmpty();

    assertThat(strangers.due(NOON.plusSeconds(60)))
        .containsExactly(
            new Summary(
                Face.API, Optional.of("10.0.0.1"), 1000 - EACH, NOON, NOON.plusSeconds(60)));
    assertThat(admitted("10.0.0.1", 10, NOON.plusSeconds(60))).isEqualTo(EACH);
  }

  @Example
  void aSwarmOfManyIsCountedTogetherWhereTheyAreNotToldApart() {
    List<Integer> full = new ArrayList<>();
    for (int client = 0; client < 1000; client++) {
      full.add(admitted("10.0." + client / 250 + "." + client % 250, 2, NOON));
    }

    assertThat(full.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(ALL);
    List<Summary> due = strangers.due(NOON.plusSeconds(61));
    assertThat(due).hasSizeLessThanOrEqualTo(CLIENTS + 1);
    assertThat(due).anyMatch(summary -> summary.client().isEmpty() && summary.more() > 1900);
  }
}
