package io.isthmus.domain.mirror;

import static io.isthmus.domain.mirror.MirrorHouse.ACME;
import static io.isthmus.domain.mirror.MirrorHouse.BHS;
import static io.isthmus.domain.mirror.MirrorHouse.GLOBEX;
import static io.isthmus.domain.mirror.MirrorHouse.GRA;
import static io.isthmus.domain.mirror.SimulatedClouds.item;
import static io.isthmus.domain.mirror.SimulatedClouds.marked;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.Residency;
import io.isthmus.domain.stack.PartsMoved;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.start.TestDatabase;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MirrorKeeperTest {

  private static final String STACK = "0b7e1c9a-3a52-4a6c-8f0e-4f5a2f9f0a11";

  private static TestDatabase database;
  private MirrorHouse house;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void end() {
    database.close();
  }

  @BeforeEach
  void open() {
    house = new MirrorHouse(database);
    house.access(ACME, GRA, "a", "R-1");
  }

  @Test
  void whatChangesIsSeenAfterTheNextReadingAndWhatIsGoneIsNot() {
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "BUILD", "10.4.0.17"));
    house.clouds.put("a", MirrorKind.SERVER, item("2", "db", "ACTIVE"));
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.SERVER))
        .containsExactly(item("2", "db", "ACTIVE"), item("1", "web", "BUILD", "10.4.0.17"));

    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE", "10.4.0.17", "192.0.2.7"));
    house.clouds.remove("a", MirrorKind.SERVER, "2");
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.SERVER))
        .containsExactly(item("1", "web", "ACTIVE", "10.4.0.17", "192.0.2.7"));
    assertThat(house.clouds.asked).filteredOn(Optional::isPresent).hasSize(2);
    assertThat(house.age(ACME, MirrorKind.SERVER).count()).isEqualTo(1);
  }

  @Test
  void whatIsTheSameIsNotWrittenAgain() {
    house.clouds.put("a", MirrorKind.PORT, item("1", "web", "ACTIVE", "10.4.0.17"));
    house.readAll();
    Instant changed = house.age(ACME, MirrorKind.PORT).changedAt().orElseThrow();
    Instant read = house.age(ACME, MirrorKind.PORT).readAt().orElseThrow();
    house.readAll();
    assertThat(house.age(ACME, MirrorKind.PORT).changedAt()).hasValue(changed);
    assertThat(house.age(ACME, MirrorKind.PORT).readAt().orElseThrow()).isAfter(read);
  }

  @Test
  void aReadingThatBreaksOffLosesNothingTellsWhyAndGoesOnFromWhereItWas() {
    for (int i = 0; i < 8; i++) {
      house.clouds.put("a", MirrorKind.SERVER, item("s" + i, "web-" + i, "ACTIVE"));
    }
    house.readAll();
    house.clouds.put("a", MirrorKind.SERVER, item("s1", "web-1", "ERROR"));
    house.clouds.remove("a", MirrorKind.SERVER, "s2");
    house.clouds.breaksAfter = OptionalInt.of(1);
    house.readAll();
    assertThat(house.age(ACME, MirrorKind.SERVER).problem()).isPresent();
    assertThat(house.seen(ACME, MirrorKind.SERVER)).hasSize(8);

    house.clouds.breaksAfter = OptionalInt.empty();
    house.readAll();
    assertThat(house.age(ACME, MirrorKind.SERVER).problem()).isEmpty();
    assertThat(house.seen(ACME, MirrorKind.SERVER))
        .containsExactlyInAnyOrderElementsOf(house.clouds.all("a", MirrorKind.SERVER));
  }

  @Test
  void aCloudThatDoesNotAnswerIsAskedOnceAServiceAndThenLeftAloneForAWhile() {
    house.clouds.breaksAfter = OptionalInt.of(0);
    house.readAll();
    assertThat(house.clouds.asked).hasSize(3);
    assertThat(house.take()).isEmpty();
  }

  @Test
  void changesThatDoNotAddUpMakeTheListBeReadWhole() {
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE"));
    house.readAll();
    database.execute("delete from mirror_item; update mirror_list set count = 0");
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.SERVER)).containsExactly(item("1", "web", "ACTIVE"));
  }

  @Test
  void anotherServersTurnEndsThisOnesWriting() {
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE"));
    house.keeper.follow();
    List<MirrorTurn> mine = house.take();
    assertThat(house.take()).isEmpty();
    database.execute("update mirror_list set lease_until = now() - interval '1 second'");
    List<MirrorTurn> theirs = house.take();
    assertThat(theirs).hasSize(1);
    house.keeper.read(mine.get(0), () -> false);
    assertThat(house.seen(ACME, MirrorKind.SERVER)).isEmpty();
    house.keeper.read(theirs.get(0), () -> false);
    assertThat(house.seen(ACME, MirrorKind.SERVER)).hasSize(1);
  }

  @Test
  void projectsThatShareAnAccountShareItsMirrorAndNobodyElseSeesIt() {
    house.access(GLOBEX, GRA, "b", "R-1");
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE"));
    house.clouds.put("b", MirrorKind.SERVER, item("2", "secret", "ACTIVE"));
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.SERVER)).containsExactly(item("1", "web", "ACTIVE"));
    assertThat(house.seen(GLOBEX, MirrorKind.SERVER))
        .containsExactly(item("2", "secret", "ACTIVE"));

    house.access(GLOBEX, GRA, "a", "R-1");
    assertThat(house.seen(GLOBEX, MirrorKind.SERVER)).containsExactly(item("1", "web", "ACTIVE"));
    house.readAll();
    assertThat(count("select count(*) from mirror_item")).isEqualTo(1);
  }

  @Test
  void anAccessSeesNoRegionThatItDoesNotLeadInto() {
    house.access(ACME, GRA, "a", "R-1", "R-2");
    house.access(GLOBEX, GRA, "a", "R-2");
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE"));
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.SERVER)).hasSize(2);
    assertThat(house.seen(GLOBEX, MirrorKind.SERVER)).hasSize(1);
  }

  @Test
  void anAccessThatIsGoneOrChangedEndsTheViewAtOnce() {
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE"));
    house.readAll();
    database.execute("update cloud_look set leads_anew = true");
    assertThat(house.seen(ACME, MirrorKind.SERVER)).isEmpty();
    house.access(ACME, GRA, "a", "R-1");
    assertThat(house.seen(ACME, MirrorKind.SERVER)).hasSize(1);
    database.execute("delete from cloud_access");
    assertThat(house.seen(ACME, MirrorKind.SERVER)).isEmpty();
    house.keeper.follow();
    assertThat(count("select count(*) from mirror_list")).isZero();
    assertThat(count("select count(*) from mirror_item")).isZero();
  }

  @Test
  void aCloudThatLetsOnlyNamesBeKeptIsWipedOfTheRestInTheSameStep() {
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE", "10.4.0.17"));
    house.readAll();
    house.entry(GRA, "FR", Mirrored.NAMES);
    house.keeper.follow();
    assertThat(house.age(ACME, MirrorKind.SERVER).kept()).isEqualTo(Mirrored.NAMES);
    assertNothingButNames();
    house.readAll();
    assertNothingButNames();
    house.entry(GRA, "FR", Mirrored.WHOLE);
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.SERVER))
        .containsExactly(item("1", "web", "ACTIVE", "10.4.0.17"));
  }

  private void assertNothingButNames() {
    assertThat(
            count(
                "select count(*) from mirror_item where name = 'web' and status is null"
                    + " and created is null and updated is null and addresses = '{}'"
                    + " and details is null"))
        .isEqualTo(1);
    assertThat(count("select count(*) from mirror_address")).isZero();
  }

  @Test
  void theFederationsRuleKeepsTheDetailsOfCloudsElsewhereOut() {
    house.access(ACME, BHS, "a", "R-1");
    house.wholeIn = new Residency(List.of("EU"), List.of());
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE", "10.4.0.17"));
    house.readAll();
    assertThat(house.page(ACME, MirrorQuery.all(MirrorKind.SERVER)).items())
        .extracting(one -> one.cloud(), one -> one.kept(), one -> one.item().status())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(GRA, Mirrored.WHOLE, Optional.of("ACTIVE")),
            org.assertj.core.groups.Tuple.tuple(BHS, Mirrored.NAMES, Optional.empty()));
  }

  @Test
  void whatCarriesOurMarkAndNoStackKnowsOfIsAStray() {
    String mark = "[isthmus:" + STACK + ":1:web/0#port-0]";
    house.clouds.put("a", MirrorKind.PORT, marked(item("1", "web", "ACTIVE"), mark));
    house.clouds.put("a", MirrorKind.PORT, item("2", "theirs", "ACTIVE"));
    house.readAll();
    assertThat(house.age(ACME, MirrorKind.PORT).strays()).isEqualTo(1);
    assertThat(house.pages.strays(Optional.of(GRA), 10))
        .extracting(one -> one.item().id())
        .containsExactly("1");
    assertThat(house.pages.strays(Optional.of(BHS), 10)).isEmpty();
  }

  @Test
  void stacksAreToldOfWhatMovedUnderTheirMarks() {
    String mark = "[isthmus:" + STACK + ":1:web]";
    house.clouds.put("a", MirrorKind.SERVER, marked(item("1", "web", "ACTIVE"), mark));
    house.readAll();
    assertThat(house.moves).isEmpty();
    house.clouds.put("a", MirrorKind.SERVER, marked(item("1", "web", "SHUTOFF"), mark));
    house.readAll();
    house.clouds.remove("a", MirrorKind.SERVER, "1");
    house.readAll();
    assertThat(house.moves).containsExactly(moved("1"), moved("1"));
  }

  @Test
  void aCloudFromWhichNothingComesIsGivenUpAndNothingOfItIsWrittenLater() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch late = new CountDownLatch(1);
    MirrorDriver silent =
        (connection, account, region, kind, bookmark, page) -> {
          asked.countDown();
          while (late.getCount() > 0) {
            try {
              late.await();
            } catch (InterruptedException e) {
              // What was asked cannot be called back.
            }
          }
          page.accept(List.of(item("1", "web", "ACTIVE")));
          return new MirrorReading(true, List.of(), OptionalLong.empty(), Optional.empty());
        };
    Instant[] now = {Instant.now()};
    MirrorKeeper keeper =
        keeper(
            house.rules,
            silent,
            new Clock() {
              @Override
              public Instant instant() {
                return now[0];
              }

              @Override
              public ZoneId getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(ZoneId zone) {
                return this;
              }
            },
            executor);
    keeper.wake();
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    now[0] = now[0].plusSeconds(76);
    keeper.wake();
    assertThat(house.age(ACME, MirrorKind.SERVER).problem().orElseThrow().toString())
        .contains("gra");
    late.countDown();
    executor.shutdown();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(house.seen(ACME, MirrorKind.SERVER)).isEmpty();
    assertThat(house.age(ACME, MirrorKind.SERVER).readAt()).isEmpty();
    keeper.stop();
  }

  @Test
  void whatACloudMakesUpNeitherStopsTheReadingNorGrowsWithoutBound() {
    house.clouds.put(
        "a",
        MirrorKind.SERVER,
        marked(item("1", "n\0ul" + "x".repeat(5000), "ACTIVE", "no address"), "[isthmus:?]"));
    house.readAll();
    assertThat(house.age(ACME, MirrorKind.SERVER).problem()).isEmpty();
    assertThat(house.seen(ACME, MirrorKind.SERVER))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.name()).startsWith("nulx").hasSize(1024);
              assertThat(kept.addresses()).isEmpty();
            });
  }

  @Test
  void aRegionWithAnEndlessNameHoldsUpNoOther() {
    String endless =
        new Random(1)
            .ints(6_000, 'a', 'z' + 1)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    house.access(ACME, GRA, "a", "R-1", endless);
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE"));
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.SERVER)).hasSize(1);
    assertThat(count("select count(*) from mirror_list")).isEqualTo(MirrorKind.values().length);
  }

  @Test
  void aRuleThatCannotBeToldKeepsNothingFromBeingRead() throws Exception {
    house.keeper.follow();
    CountDownLatch read = new CountDownLatch(1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    MirrorKeeper keeper =
        keeper(
            new MirrorRules() {
              @Override
              Now now() {
                throw new IllegalStateException("no rules");
              }
            },
            (connection, account, region, kind, bookmark, page) -> {
              read.countDown();
              return new MirrorReading(true, List.of(), OptionalLong.empty(), Optional.empty());
            },
            Clock.systemUTC(),
            executor);
    keeper.wake();
    assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
    keeper.stop();
    executor.shutdown();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aServiceThatDoesNotAnswerLeavesTheOthersAlone() {
    house.clouds.down.add(MirrorKind.VOLUME);
    house.clouds.down.add(MirrorKind.NETWORK);
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE"));
    house.clouds.put("a", MirrorKind.PORT, item("2", "web", "ACTIVE"));
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.SERVER)).hasSize(1);
    assertThat(house.age(ACME, MirrorKind.VOLUME).problem()).isPresent();
    assertThat(house.age(ACME, MirrorKind.PORT).problem()).isPresent();

    house.clouds.down.remove(MirrorKind.NETWORK);
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.PORT)).hasSize(1);
    assertThat(house.age(ACME, MirrorKind.VOLUME).problem()).isPresent();
  }

  @Test
  void whatAnAccessFindsInAnotherAccountThanWasSeenIsNotWritten() {
    house.clouds.put("b", MirrorKind.SERVER, item("1", "secret", "ACTIVE"));
    house.clouds.lead(ACME, "b");
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.SERVER)).isEmpty();
    assertThat(house.age(ACME, MirrorKind.SERVER).problem()).isPresent();
    assertThat(house.clouds.asked).hasSize(1);
  }

  @Test
  void aRuleThatChangesDuringAReadingMakesTheListBeReadWhole() {
    house.entry(GRA, "FR", Mirrored.NAMES);
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE", "10.4.0.17"));
    house.readAll();
    house.clouds.meanwhile =
        () -> {
          house.entry(GRA, "FR", Mirrored.WHOLE);
          house.keeper.follow();
        };
    house.readAll();
    house.clouds.meanwhile = () -> {};
    house.readAll();
    assertThat(house.seen(ACME, MirrorKind.SERVER))
        .containsExactly(item("1", "web", "ACTIVE", "10.4.0.17"));
  }

  @Test
  void aProblemTellsNothingOfWhatIsKept() {
    house.clouds.meanwhile =
        () -> {
          throw new IllegalStateException("insert into mirror_item values ('secret')");
        };
    house.readAll();
    assertThat(house.age(ACME, MirrorKind.SERVER).problem().orElseThrow().toString())
        .contains("gra")
        .doesNotContain("secret");
    house.entry(GRA, "FR", Mirrored.NAMES);
    house.keeper.follow();
    assertThat(house.age(ACME, MirrorKind.SERVER).problem()).isEmpty();
  }

  @Test
  void stacksAreToldOfWhatMovedThoughTheReadingFailsAfterIt() {
    String mark = "[isthmus:" + STACK + ":1:web]";
    house.clouds.put("a", MirrorKind.SERVER, marked(item("1", "web", "ACTIVE"), mark));
    house.readAll();
    house.clouds.put("a", MirrorKind.SERVER, marked(item("1", "web", "SHUTOFF"), mark));
    house.clouds.breaksAfter = OptionalInt.of(1);
    house.readAll();
    assertThat(house.moves).containsExactly(moved("1"));
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatAnotherServerIsAboutToTakeIsPassedOver() throws Exception {
    house.keeper.follow();
    try (var other = database.dataSource().getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select 1 from mirror_list where kind = 'PORT' for update");
      assertThat(house.take())
          .singleElement()
          .satisfies(
              turn ->
                  assertThat(turn.tasks())
                      .extracting(MirrorTask::kind)
                      .hasSize(MirrorKind.values().length - 1)
                      .doesNotContain(MirrorKind.PORT));
      other.rollback();
    }
  }

  @Test
  void whatPostgresqlDoesNotHoldIsLeftOut() {
    MirrorItem item = item("1", "web", "ACTIVE");
    Optional<Instant> far = Optional.of(Instant.parse("+300000-01-01T00:00:00Z"));
    for (JsonValue value :
        List.of(
            Json.createValue(new BigDecimal("1e999999")),
            Json.createReader(new StringReader("[".repeat(500) + "]".repeat(500))).readArray())) {
      house.clouds.put(
          "a",
          MirrorKind.SERVER,
          new MirrorItem(
              "1",
              "web",
              item.status(),
              far,
              far,
              List.of(),
              Optional.empty(),
              Json.createObjectBuilder().add("odd", value).build()));
      house.readAll();
      assertThat(house.age(ACME, MirrorKind.SERVER).problem()).isEmpty();
      assertThat(house.seen(ACME, MirrorKind.SERVER))
          .singleElement()
          .satisfies(
              kept -> {
                assertThat(kept.created()).isEmpty();
                assertThat(kept.details()).containsOnlyKeys("too_long");
              });
    }
  }

  /** One with connections of its own, since it works in other threads. */
  private MirrorKeeper keeper(
      MirrorRules rules, MirrorDriver driver, Clock clock, ExecutorService executor) {
    return new MirrorKeeper(
        new MirrorLists(database.dataSource()),
        new MirrorWrites(database.dataSource()),
        rules,
        (project, cloud) -> Optional.of(MirrorHouse.connection(project, cloud)),
        () -> driver,
        house.moves::add,
        new MirrorSettings(
            Duration.ofSeconds(15), Duration.ofMinutes(10), Duration.ofSeconds(75), 16),
        clock,
        executor);
  }

  private static PartsMoved moved(String id) {
    return new PartsMoved(
        new Account(GRA, "a"), "R-1", Set.of(new PartsMoved.Part(StackId.parse(STACK), id)));
  }

  private static int count(String sql) {
    try (var connection = database.dataSource().getConnection();
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
