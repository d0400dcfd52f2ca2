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
import io.isthmus.domain.work.Spread;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
        (connection, account, region, kind, known, page) -> {
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
    MirrorKeeper keeper = keeper(house.rules, silent, set(now), executor);
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
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongListThatIsAsItWasIsNeitherGivenUpNorTakenByAnother() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CountDownLatch through = new CountDownLatch(1);
    Instant[] now = {Instant.now()};
    AtomicReference<MirrorKeeper> self = new AtomicReference<>();
    List<MirrorTurn> takenByAnother = new CopyOnWriteArrayList<>();
    MirrorDriver slow =
        (connection, account, region, kind, known, page) -> {
          for (int answer = 0; kind == MirrorKind.VOLUME && answer < 20; answer++) {
            // Half a minute passes, for the database too.
            now[0] = now[0].plusSeconds(30);
            database.execute(
                "update mirror_list set lease_until = lease_until - interval '30 seconds',"
                    + " next_at = next_at - interval '30 seconds'");
            self.get().wake();
            takenByAnother.addAll(house.take());
            page.accept(List.of());
          }
          if (kind == MirrorKind.SECURITY_GROUP) {
            through.countDown();
          }
          return MirrorReading.same(true, Optional.empty());
        };
    house.keeper.follow();
    self.set(keeper(house.rules, slow, set(now), executor));
    self.get().wake();
    assertThat(through.await(50, TimeUnit.SECONDS)).isTrue();
    self.get().stop();
    executor.shutdown();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(takenByAnother).isEmpty();
    for (MirrorKind kind : MirrorKind.values()) {
      assertThat(house.age(ACME, kind).problem()).as("%s", kind).isEmpty();
      assertThat(house.age(ACME, kind).readAt()).as("%s", kind).isPresent();
    }
  }

  @Test
  void revisionsOfALongListAreGoneThroughInPieces() {
    house.keeper.follow();
    MirrorTask task =
        house.take().get(0).tasks().stream()
            .filter(one -> one.kind() == MirrorKind.PORT)
            .findFirst()
            .orElseThrow();
    Map<String, Long> kept = new TreeMap<>();
    List<MirrorItem> items = new ArrayList<>();
    for (int i = 0; i < 4_001; i++) {
      MirrorItem port = item("p-%05d".formatted(i), "port", "ACTIVE");
      boolean counted = i % 1_000 != 7;
      items.add(
          counted
              ? new MirrorItem(
                  port.id(),
                  port.name(),
                  port.status(),
                  port.created(),
                  port.updated(),
                  port.addresses(),
                  port.mark(),
                  Json.createObjectBuilder().add("revision_number", i).build())
              : port);
      kept.put(port.id(), counted ? i : -1L);
    }
    house.writes.page(task, items);

    Map<String, Long> told = new LinkedHashMap<>();
    List<Integer> pieces = new ArrayList<>();
    house.writes.revisions(
        task,
        (id, revision) -> assertThat(told.put(id, revision)).as(id).isNull(),
        () -> pieces.add(told.size()));

    assertThat(told).isEqualTo(kept);
    assertThat(pieces).containsExactly(2_000, 4_000, 4_001);

    house.writes.removeAllBut(task, id -> id.endsWith("0"), Instant.now(), () -> {});
    assertThat(count("select count(*) from mirror_item")).isEqualTo(401);
  }

  @Test
  void anAnswerOfWhichNothingIsNewIsNoChange() {
    house.readAll();
    database.execute(
        "update mirror_list set next_at = now(), changed_at = now() - interval '1 hour'");
    MirrorKeeper keeper =
        keeper(
            house.rules,
            (connection, account, region, kind, known, page) -> {
              page.accept(List.of());
              return MirrorReading.same(true, Optional.empty());
            },
            Clock.systemUTC(),
            null);
    house.take().forEach(turn -> keeper.read(turn, () -> false));
    assertThat(
            count(
                "select count(*) from mirror_list"
                    + " where changed_at < now() - interval '59 minutes'"
                    + " and next_at > now() + interval '16 seconds'"))
        .isEqualTo(MirrorKind.values().length);
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
            (connection, account, region, kind, known, page) -> {
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
  void whatIsTheSameToTheLastByteIsNeitherTakenForGoneNorWritten() {
    house.clouds.remembers = true;
    house.clouds.put("a", MirrorKind.PORT, item("1", "web", "ACTIVE"));
    house.clouds.put("a", MirrorKind.SERVER, item("2", "web", "ACTIVE"));
    house.readWhole();
    Instant read = house.age(ACME, MirrorKind.SERVER).wholeAt().orElseThrow();
    house.readWhole();
    assertThat(house.clouds.same).isEqualTo(MirrorKind.values().length);
    assertThat(house.seen(ACME, MirrorKind.PORT)).hasSize(1);
    assertThat(house.age(ACME, MirrorKind.SERVER).wholeAt().orElseThrow()).isAfter(read);

    // What was written since is compared with what the cloud has, though its answer is as before.
    house.clouds.put("a", MirrorKind.SERVER, item("2", "web", "ERROR"));
    house.readAll();
    database.execute("update mirror_item set name = 'wrong', digest = '' where id = '2'");
    house.clouds.put("a", MirrorKind.SERVER, item("2", "web", "ACTIVE"));
    house.clouds.same = 0;
    house.readWhole();
    assertThat(house.seen(ACME, MirrorKind.SERVER)).containsExactly(item("2", "web", "ACTIVE"));
    assertThat(house.clouds.same).isEqualTo(MirrorKind.values().length - 1);
  }

  @Test
  void agesOfARegionThatIsTheSameAreWrittenByOneTransaction() {
    house.clouds.remembers = true;
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE"));
    house.readWhole();
    house.keeper.follow();
    database.execute("update mirror_list set next_at = now(), bookmark = null");
    house.readDue();
    assertThat(house.clouds.same).isEqualTo(MirrorKind.values().length);
    assertThat(count("select count(distinct xmin::text) from mirror_list")).isEqualTo(1);
    assertThat(
            count(
                "select count(*) from mirror_list where lease_until is null and failures = 0"
                    + " and next_at between now() + interval '10 s' and now() + interval '23 s'"
                    + " and read_at > now() - interval '1 minute' and whole_at = read_at"))
        .isEqualTo(MirrorKind.values().length);
    assertThat(count("select count(*) from mirror_list where bookmark is not null")).isEqualTo(2);
  }

  @Test
  void theAgeOfAListThatAnotherServerHasTakenMeanwhileIsNotWrittenWithTheOthers() {
    house.clouds.remembers = true;
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE"));
    house.readWhole();
    database.execute("update mirror_list set read_at = null, whole_at = null");
    house.clouds.put("a", MirrorKind.PORT, item("2", "web", "ACTIVE"));
    house.clouds.meanwhile =
        () ->
            database.execute(
                "update mirror_list set fence = fence + 1 where kind in ('SERVER', 'SECURITY_GROUP')");
    house.readWhole();
    assertThat(house.age(ACME, MirrorKind.SERVER).readAt()).isEmpty();
    assertThat(house.age(ACME, MirrorKind.SECURITY_GROUP).readAt()).isEmpty();
    for (MirrorKind kind :
        List.of(MirrorKind.VOLUME, MirrorKind.NETWORK, MirrorKind.PORT, MirrorKind.FLOATING_IP)) {
      assertThat(house.age(ACME, kind).readAt()).as("%s", kind).isPresent();
    }
    assertThat(count("select count(*) from mirror_list where lease_until is not null"))
        .isEqualTo(2);
  }

  @Test
  void aReadingThatCannotBeRecordedFailsAloneAndTheOthersAreRecorded() {
    MirrorKeeper keeper =
        keeper(
            house.rules,
            (connection, account, region, kind, known, page) ->
                MirrorReading.same(
                    true, kind == MirrorKind.VOLUME ? Optional.of("n\0ul") : known.bookmark()),
            Clock.systemUTC(),
            null);
    house.keeper.follow();
    house.take().forEach(turn -> keeper.read(turn, () -> false));
    for (MirrorKind kind : MirrorKind.values()) {
      assertThat(house.age(ACME, kind).readAt().isEmpty()).isEqualTo(kind == MirrorKind.VOLUME);
      assertThat(house.age(ACME, kind).problem().isPresent()).isEqualTo(kind == MirrorKind.VOLUME);
    }
  }

  @Test
  void aListThatIsSlowKeepsNoAgeOfThoseBeforeItFromBeingWritten() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Instant[] now = {Instant.now()};
    house.keeper.follow();
    MirrorKeeper keeper =
        keeper(
            house.rules,
            (connection, account, region, kind, known, page) -> {
              if (kind == MirrorKind.PORT) {
                slow.countDown();
                await(answer);
              }
              return MirrorReading.same(true, Optional.empty());
            },
            set(now),
            executor);
    keeper.wake();
    assertThat(slow.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(house.age(ACME, MirrorKind.SERVER).readAt()).isEmpty();
    now[0] = now[0].plusSeconds(3);
    keeper.wake();
    assertThat(house.age(ACME, MirrorKind.SERVER).readAt()).isPresent();
    assertThat(house.age(ACME, MirrorKind.PORT).readAt()).isEmpty();
    assertThat(house.take()).isEmpty();
    answer.countDown();
    keeper.stop();
    executor.shutdown();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whereNothingIsOtherNothingIsFollowedAndWhatIsOtherIsAtOnce() {
    house.keeper.follow();
    // Neither accesses, lists nor rules: such as nobody but a test does.
    database.execute("update cloud_look set state = 'UNREACHABLE', seen_at = now()");
    int xmin = count("select max(xmin::text::int) from mirror_list");
    house.keeper.follow();
    assertThat(count("select max(xmin::text::int) from mirror_list")).isEqualTo(xmin);

    house.access(ACME, BHS, "a", "R-1");
    house.keeper.follow();
    assertThat(count("select count(*) from mirror_list")).isEqualTo(2 * MirrorKind.values().length);
    assertThat(count("select count(*) from mirror_list where kept = 'NAMES'")).isZero();
    database.execute("delete from mirror_list where cloud = 'gra'");
    house.keeper.follow();
    assertThat(count("select count(*) from mirror_list where kept = 'WHOLE'"))
        .isEqualTo(2 * MirrorKind.values().length);
    house.entry(GRA, "FR", Mirrored.NAMES);
    house.keeper.follow();
    assertThat(count("select count(*) from mirror_list where kept = 'NAMES'"))
        .isEqualTo(MirrorKind.values().length);
  }

  @Test
  void whatIsOnlyNamedKeepsItsRevisionAndWhatRevisionsAreAskedForIsTold() {
    house.entry(GRA, "FR", Mirrored.NAMES);
    MirrorItem port = item("1", "web", "ACTIVE");
    for (int revision : List.of(3, 4)) {
      house.clouds.put(
          "a",
          MirrorKind.PORT,
          new MirrorItem(
              port.id(),
              port.name(),
              port.status(),
              port.created(),
              port.updated(),
              port.addresses(),
              port.mark(),
              Json.createObjectBuilder().add("revision_number", revision).build()));
      house.clouds.put("a", MirrorKind.PORT, item("2", "db", "ACTIVE"));
      house.readAll();
      MirrorTask ports =
          new MirrorTask(
              count("select id from mirror_list where kind = 'PORT'"),
              MirrorKind.PORT,
              0,
              Optional.empty(),
              Optional.empty(),
              0,
              0,
              0,
              Duration.ZERO);
      Map<String, Long> revisions = new TreeMap<>();
      house.writes.revisions(ports, revisions::put, () -> {});
      assertThat(revisions).isEqualTo(Map.of("1", (long) revision, "2", -1L));
      assertThat(count("select count(*) from mirror_item where details is null")).isEqualTo(2);
    }
  }

  @Test
  void sinceWhenSomethingOfAStackIsGoneIsKeptUntilItIsBack() {
    MirrorItem web = marked(item("1", "web", "ACTIVE"), "[isthmus:" + STACK + ":1:web]");
    house.clouds.put("a", MirrorKind.SERVER, web);
    house.clouds.put("a", MirrorKind.SERVER, item("2", "other", "ACTIVE"));
    house.readAll();
    Instant ended = Instant.parse("2026-11-20T11:00:00Z");
    house.clouds.ended.put("1", ended);
    house.clouds.remove("a", MirrorKind.SERVER, "1");
    house.clouds.remove("a", MirrorKind.SERVER, "2");
    house.readAll();
    assertThat(
            count(
                "select count(*) from mirror_gone where physical_id = '1' and cloud = 'gra'"
                    + " and region = 'R-1' and stack = '%s' and gone_at = '%s'"
                        .formatted(STACK, ended)))
        .isEqualTo(1);
    assertThat(count("select count(*) from mirror_gone")).isEqualTo(1);

    house.clouds.put("a", MirrorKind.SERVER, web);
    house.readAll();
    assertThat(count("select count(*) from mirror_gone")).isZero();

    // A whole reading tells no more than that it is gone by then.
    house.clouds.remove("a", MirrorKind.SERVER, "1");
    house.readWhole();
    assertThat(
            count(
                "select count(*) from mirror_gone where gone_at > now() - interval '1 minute'"
                    + " and gone_at <= now()"))
        .isEqualTo(1);
  }

  @Test
  void strayingIsSeenThoughNothingOfTheListIsWritten() {
    house.clouds.remembers = true;
    house.clouds.put(
        "a",
        MirrorKind.PORT,
        marked(item("1", "web", "ACTIVE"), "[isthmus:" + STACK + ":1:web/0#port-0]"));
    house.readAll();
    database.execute("update mirror_list set strays = 0");
    house.readAll();
    assertThat(house.age(ACME, MirrorKind.PORT).strays()).isZero();
    house.writes.countStrays();
    assertThat(house.age(ACME, MirrorKind.PORT).strays()).isEqualTo(1);
  }

  @Test
  void whereOneAccessIsRefusedAnotherOfTheSameAccountIsUsed() {
    house.access(GLOBEX, GRA, "a", "R-1");
    house.clouds.put("a", MirrorKind.SERVER, item("1", "web", "ACTIVE"));
    for (var refused : List.of(ACME, GLOBEX)) {
      house.clouds.refuses.clear();
      house.clouds.refuses.add(refused);
      house.clouds.asked.clear();
      house.readAll();
      assertThat(house.age(ACME, MirrorKind.SERVER).problem()).isEmpty();
      assertThat(house.seen(ACME, MirrorKind.SERVER)).hasSize(1);
      assertThat(house.clouds.asked.size())
          .as("asks who is refused at most once in all lists")
          .isBetween(MirrorKind.values().length, MirrorKind.values().length + 1);
    }
    house.clouds.asked.clear();
    house.readAll();
    assertThat(house.clouds.asked).as("who is refused comes last").hasSizeLessThanOrEqualTo(7);

    house.clouds.refuses.addAll(List.of(ACME, GLOBEX));
    house.clouds.asked.clear();
    house.readAll();
    assertThat(house.clouds.asked).hasSize(2);
    assertThat(house.age(ACME, MirrorKind.SERVER).problem()).isPresent();
  }

  @Test
  void slowCloudsLeaveTurnsToTheOthers() {
    house.access(ACME, GRA, "a", "R-1", "R-2", "R-3");
    house.access(ACME, BHS, "b", "R-1", "R-2", "R-3");
    house.keeper.follow();
    database.execute(
        "update mirror_list set took = 6000, next_at = now() - interval '1 minute'"
            + " where cloud = 'gra'");
    List<MirrorTurn> turns =
        house.lists.take(4, 1, 4, Duration.ofMinutes(1), Duration.ofMinutes(10));
    assertThat(turns).filteredOn(MirrorTurn::slow).hasSize(1);
    assertThat(turns).filteredOn(turn -> !turn.slow()).hasSize(3);
    assertThat(house.lists.take(4, 0, 4, Duration.ofMinutes(1), Duration.ofMinutes(10))).isEmpty();
    assertThat(house.lists.take(4, 4, 4, Duration.ofMinutes(1), Duration.ofMinutes(10))).hasSize(2);
  }

  @Test
  void aListThatHasNotChangedForAWhileIsReadLessOftenWhenThatIsQuick() {
    MirrorSettings settings =
        new MirrorSettings(
            Duration.ofSeconds(15), Duration.ofMinutes(10), Duration.ofSeconds(75), 16);
    Duration quick = Duration.ofSeconds(1);
    assertThat(settings.afterSuccess(quick, quick, Duration.ofMinutes(1))).hasSeconds(14);
    assertThat(settings.afterSuccess(quick, quick, Duration.ofMinutes(3))).hasMillis(21_500);
    assertThat(settings.afterSuccess(Duration.ofSeconds(4), quick, Duration.ofDays(1)))
        .hasSeconds(11);
    assertThat(settings.afterSuccess(Duration.ofSeconds(20), Duration.ofSeconds(18), Duration.ZERO))
        .hasSeconds(18);
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

  /** Shows what a test sets. */
  private static Clock set(Instant[] now) {
    return new Clock() {
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
    };
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
        executor,
        Spread::atOnce);
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
