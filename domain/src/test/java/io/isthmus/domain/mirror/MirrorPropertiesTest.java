package io.isthmus.domain.mirror;

import static io.isthmus.domain.mirror.MirrorHouse.ACME;
import static io.isthmus.domain.mirror.MirrorHouse.GLOBEX;
import static io.isthmus.domain.mirror.MirrorHouse.GRA;
import static io.isthmus.domain.mirror.SimulatedClouds.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.start.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens to clouds and keeper, one good whole reading makes the mirror right. */
class MirrorPropertiesTest {

  private static final Map<String, io.isthmus.domain.access.ProjectId> READERS =
      Map.of("a", ACME, "b", GLOBEX);

  private static final TestDatabase DATABASE = TestDatabase.create();

  enum What {
    PUT,
    REMOVE,
    READ,
    READ_BROKEN_OFF,
    READ_WITH_A_PAGE_LOST,
    CRASH,
    COUNT_NO_MORE,
    REMEMBER_OR_NOT,
    READ_WHOLE
  }

  record Step(What what, String account, MirrorKind kind, int number, String status) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.of(
                What.PUT,
                What.PUT,
                What.PUT,
                What.REMOVE,
                What.READ,
                What.READ_BROKEN_OFF,
                What.READ_WITH_A_PAGE_LOST,
                What.CRASH,
                What.COUNT_NO_MORE,
                What.REMEMBER_OR_NOT,
                What.READ_WHOLE),
            Arbitraries.of("a", "b"),
            Arbitraries.of(MirrorKind.SERVER, MirrorKind.PORT),
            Arbitraries.integers().between(0, 8),
            Arbitraries.of("ACTIVE", "ERROR"))
        .as(Step::new)
        .list()
        .ofMaxSize(20);
  }

  @Property(tries = 40)
  void theMirrorEndsAsTheCloudsAreAndNobodySeesAnothers(@ForAll("histories") List<Step> history) {
    MirrorHouse house = new MirrorHouse(DATABASE);
    house.access(ACME, GRA, "a", "R-1");
    house.access(GLOBEX, GRA, "b", "R-1");
    for (Step step : history) {
      perform(house, step);
      requireOwn(house);
    }
    house.clouds.breaksAfter = OptionalInt.empty();
    house.clouds.loses = OptionalInt.empty();
    house.readWhole();
    for (MirrorKind kind : Set.of(MirrorKind.SERVER, MirrorKind.PORT)) {
      READERS.forEach(
          (account, reader) -> {
            assertThat(house.seen(reader, kind))
                .containsExactlyInAnyOrderElementsOf(house.clouds.all(account, kind));
            assertThat(house.age(reader, kind).count())
                .isEqualTo(house.clouds.all(account, kind).size());
            assertThat(house.age(reader, kind).problem()).isEmpty();
          });
    }
  }

  private static void perform(MirrorHouse house, Step step) {
    String id = step.account() + "-" + step.number();
    switch (step.what()) {
      case PUT ->
          house.clouds.put(
              step.account(), step.kind(), item(id, id, step.status(), "10.4.0." + step.number()));
      case REMOVE -> house.clouds.remove(step.account(), step.kind(), id);
      case READ -> house.readAll();
      case READ_BROKEN_OFF -> {
        house.clouds.breaksAfter = OptionalInt.of(step.number() % 3);
        house.readAll();
        house.clouds.breaksAfter = OptionalInt.empty();
      }
      case READ_WITH_A_PAGE_LOST -> {
        house.clouds.loses = OptionalInt.of(step.number() % 2);
        house.readAll();
        house.clouds.loses = OptionalInt.empty();
      }
      case CRASH -> crash(house, step);
      case REMEMBER_OR_NOT -> house.clouds.remembers = !house.clouds.remembers;
      case READ_WHOLE -> house.readWhole();
      case COUNT_NO_MORE -> house.clouds.counts = !house.clouds.counts;
    }
  }

  /** Takes everything, writes some, and is never heard of again. */
  private static void crash(MirrorHouse house, Step step) {
    house.keeper.follow();
    DATABASE.execute("update mirror_list set next_at = now(), lease_until = null");
    for (MirrorTurn turn : house.take()) {
      for (MirrorTask task : turn.tasks()) {
        List<MirrorItem> all = house.clouds.all(turn.account().id(), task.kind());
        house.writes.page(task, all.subList(0, Math.min(all.size(), step.number())));
      }
    }
  }

  private static void requireOwn(MirrorHouse house) {
    READERS.forEach(
        (account, reader) -> {
          for (MirrorKind kind : MirrorKind.values()) {
            assertThat(house.seen(reader, kind))
                .allSatisfy(one -> assertThat(one.id()).startsWith(account + "-"));
          }
        });
  }
}
