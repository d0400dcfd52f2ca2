package io.isthmus.domain.mirror;

import static io.isthmus.domain.mirror.MirrorHouse.ACME;
import static io.isthmus.domain.mirror.MirrorHouse.BHS;
import static io.isthmus.domain.mirror.MirrorHouse.GLOBEX;
import static io.isthmus.domain.mirror.MirrorHouse.GRA;
import static io.isthmus.domain.mirror.SimulatedClouds.item;
import static io.isthmus.domain.mirror.SimulatedClouds.marked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.start.TestDatabase;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MirrorPagesTest {

  private static TestDatabase database;
  private static MirrorHouse house;

  @BeforeAll
  static void fill() {
    database = TestDatabase.create();
    house = new MirrorHouse(database);
    house.access(ACME, GRA, "a", "R-1", "R-2");
    house.access(ACME, BHS, "a", "R-1");
    for (int i = 0; i < 10; i++) {
      MirrorItem server =
          item("s-" + i, "Web_%d".formatted(i % 5), i == 3 ? "ERROR" : "ACTIVE", "10.4.0." + i);
      house.clouds.put(
          "a",
          MirrorKind.SERVER,
          i == 4 ? marked(server, "[isthmus:0b7e1c9a-3a52-4a6c-8f0e-4f5a2f9f0a11:1:web]") : server);
    }
    house.readAll();
  }

  @AfterAll
  static void end() {
    database.close();
  }

  private static MirrorQuery query(
      Optional<CloudId> cloud, String status, String name, String address, Boolean ours) {
    return new MirrorQuery(
        MirrorKind.SERVER,
        cloud,
        Optional.empty(),
        Optional.ofNullable(status),
        Optional.ofNullable(name),
        Optional.ofNullable(address),
        Optional.ofNullable(ours),
        MirrorOrder.NAME);
  }

  private static List<String> ids(MirrorQuery query) {
    return house.page(ACME, query).items().stream().map(one -> one.item().id()).toList();
  }

  @Test
  void pagesFollowOneAnotherAndTellEveryItemOnceInEachOrder() {
    for (MirrorOrder order : MirrorOrder.values()) {
      for (String name : new String[] {null, "web"}) {
        MirrorQuery query =
            new MirrorQuery(
                MirrorKind.SERVER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(name),
                Optional.empty(),
                Optional.empty(),
                order);
        List<String> told = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
          MirrorPage page =
              house.pages.page(
                  ACME,
                  house.pages.visible(
                      ACME, Optional.of(MirrorKind.SERVER), Optional.empty(), Optional.empty()),
                  query,
                  next.map(text -> MirrorCursor.parse(text, order)),
                  7);
          page.items().forEach(one -> told.add(one.cloud() + one.region() + one.item().id()));
          page.items().forEach(one -> keys.add(one.item().name()));
          next = page.next();
        } while (next.isPresent());
        assertThat(told).as("%s %s", order, name).hasSize(30).doesNotHaveDuplicates();
        if (order == MirrorOrder.NAME) {
          assertThat(keys).isSorted();
        }
      }
    }
  }

  @Test
  void everyPageIsWhatSortingAllOfItWouldGive() {
    Random random = new Random(7);
    for (String account : List.of("y", "z")) {
      for (int i = 0; i < 40; i++) {
        MirrorItem one =
            new MirrorItem(
                "v" + account + i,
                "%c%c".formatted('a' + random.nextInt(3), 'a' + random.nextInt(26)),
                Optional.of(random.nextInt(3) == 0 ? "error" : "available"),
                random.nextInt(5) == 0
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(1_700_000_000L + random.nextInt(30))),
                Optional.empty(),
                List.of("10.7.%d.%d".formatted(random.nextInt(2), i)),
                Optional.empty(),
                JsonValue.EMPTY_JSON_OBJECT);
        house.clouds.put(
            account, MirrorKind.VOLUME, random.nextInt(4) == 0 ? marked(one, "[isthmus:x]") : one);
      }
    }
    house.access(GLOBEX, GRA, "y", "R-1", "R-2", "R-3");
    house.readAll();
    house.access(GLOBEX, BHS, "z", "R-1", "R-2");
    house.readAll();
    List<MirrorItem> all = house.seen(GLOBEX, MirrorKind.VOLUME);
    assertThat(all).hasSize(3 * 40 + 2 * 40);
    for (MirrorOrder order : MirrorOrder.values()) {
      for (String name : new String[] {null, "a", "q"}) {
        for (String status : new String[] {null, "ERROR"}) {
          for (String address : new String[] {null, "10.7.1.0/24"}) {
            for (Boolean ours : new Boolean[] {null, true}) {
              MirrorQuery query =
                  new MirrorQuery(
                      MirrorKind.VOLUME,
                      Optional.empty(),
                      Optional.empty(),
                      Optional.ofNullable(status),
                      Optional.ofNullable(name),
                      Optional.ofNullable(address),
                      Optional.ofNullable(ours),
                      order);
              assertThat(paged(query))
                  .as("%s", query)
                  .isEqualTo(
                      all.stream()
                          .filter(one -> name == null || one.name().contains(name))
                          .filter(one -> status == null || one.status().get().equals("error"))
                          .filter(
                              one ->
                                  address == null || one.addresses().get(0).startsWith("10.7.1."))
                          .filter(one -> ours == null || one.mark().isPresent())
                          .sorted(sorted(order))
                          .map(MirrorItem::id)
                          .toList());
            }
          }
        }
      }
    }
  }

  @Test
  void addressesAreInOrderAfterRenamingAndFoundBehindManyOthers() {
    for (int i = 0; i < 1_200; i++) {
      house.clouds.put("w", MirrorKind.VOLUME, reached("w" + i, "a" + i, "available", i));
    }
    house.clouds.put("w", MirrorKind.VOLUME, reached("rare", "z", "error", 1_200));
    house.access(GLOBEX, GRA, "w", "R-1");
    house.readAll();
    MirrorQuery rare =
        new MirrorQuery(
            MirrorKind.VOLUME,
            Optional.empty(),
            Optional.empty(),
            Optional.of("ERROR"),
            Optional.empty(),
            Optional.of("10.9.0.0/16"),
            Optional.empty(),
            MirrorOrder.NAME);
    assertThat(paged(rare)).containsExactly("rare");

    house.clouds.put("w", MirrorKind.VOLUME, reached("rare", "Aa", "error", 1_200));
    house.clouds.put("w", MirrorKind.VOLUME, reached("w0", "zz", "available", 0));
    house.readAll();
    List<String> told =
        paged(
            new MirrorQuery(
                MirrorKind.VOLUME,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("10.9."),
                Optional.empty(),
                MirrorOrder.NAME));
    assertThat(told).hasSize(1_201).doesNotHaveDuplicates().endsWith("rare", "w0");
  }

  private static MirrorItem reached(String id, String name, String status, int address) {
    return new MirrorItem(
        id,
        name,
        Optional.of(status),
        Optional.empty(),
        Optional.empty(),
        List.of("10.9.%d.%d".formatted(address / 250, address % 250), "10.9.200." + address % 250),
        Optional.empty(),
        JsonValue.EMPTY_JSON_OBJECT);
  }

  private static Comparator<MirrorItem> sorted(MirrorOrder order) {
    Comparator<MirrorItem> key =
        order == MirrorOrder.NAME || order == MirrorOrder.NAME_DOWN
            ? Comparator.comparing(MirrorItem::name)
            : Comparator.comparing(one -> one.created().orElse(Instant.MIN));
    Comparator<MirrorItem> whole = key.thenComparing(MirrorItem::id);
    return order.isDescending() ? whole.reversed() : whole;
  }

  private static List<String> paged(MirrorQuery query) {
    List<MirrorPages.Visible> lists =
        house.pages.visible(GLOBEX, Optional.of(query.kind()), Optional.empty(), Optional.empty());
    List<String> told = new ArrayList<>();
    Optional<MirrorCursor> cursor = Optional.empty();
    do {
      MirrorPage page = house.pages.page(GLOBEX, lists, query, cursor, 7);
      page.items().forEach(one -> told.add(one.item().id()));
      cursor = page.next().map(text -> MirrorCursor.parse(text, query.order()));
    } while (cursor.isPresent());
    return told;
  }

  @Test
  void moreThanAreCountedAreToldAsOneMore() {
    List<MirrorPages.Visible> lists =
        house.pages.visible(
            ACME, Optional.of(MirrorKind.SERVER), Optional.empty(), Optional.empty());
    MirrorQuery web = query(Optional.empty(), null, "web", null, null);
    assertThat(house.pages.count(lists, web, 1_000)).isEqualTo(30);
    assertThat(house.pages.count(lists, web, 29)).isEqualTo(30);
    assertThat(house.pages.count(lists, web, 10)).isEqualTo(11);
    assertThat(house.pages.count(lists, MirrorQuery.all(MirrorKind.SERVER), 10)).isEqualTo(30);
  }

  @Test
  void filtersNarrow() {
    assertThat(ids(query(Optional.of(BHS), null, null, null, null))).hasSize(10);
    assertThat(ids(query(Optional.of(BHS), "error", null, null, null))).containsExactly("s-3");
    assertThat(ids(query(Optional.of(BHS), null, "b_4", null, null))).containsExactly("s-4", "s-9");
    assertThat(ids(query(Optional.of(BHS), null, "WEB_", null, null))).hasSize(10);
    assertThat(ids(query(Optional.of(BHS), null, "web%", null, null))).isEmpty();
    assertThat(ids(query(Optional.of(BHS), null, null, "10.4.0.7", null))).containsExactly("s-7");
    assertThat(ids(query(Optional.of(BHS), null, null, "10.4.0.6/31", null)))
        .containsExactly("s-6", "s-7");
    assertThat(ids(query(Optional.of(BHS), null, null, "10.4.", null))).hasSize(10);
    assertThat(ids(query(Optional.of(BHS), null, "web_2", "10.4.0.7", null)))
        .containsExactly("s-7");
    assertThat(ids(query(Optional.of(BHS), null, null, null, true))).containsExactly("s-4");
    assertThat(ids(query(Optional.of(BHS), null, null, null, false))).hasSize(9);
  }

  @Test
  void theTotalIsToldWhereNothingIsSought() {
    assertThat(house.page(ACME, query(Optional.empty(), null, null, null, null)).total())
        .hasValue(30);
    assertThat(house.page(ACME, query(Optional.of(GRA), null, null, null, null)).total())
        .hasValue(20);
    assertThat(house.page(ACME, query(Optional.of(GRA), "ERROR", null, null, null)).total())
        .isEmpty();
  }

  @Test
  void aMarkLinksToNoStackThatIsNotTheProjectsOwn() {
    assertThat(house.page(ACME, query(Optional.of(BHS), null, null, null, true)).items())
        .singleElement()
        .satisfies(one -> assertThat(one.part()).isEmpty());
  }

  @Test
  void whoHasNoAccessSeesNothingWhateverIsAskedFor() {
    assertThat(house.page(GLOBEX, query(Optional.empty(), null, "web", null, null)).items())
        .isEmpty();
    assertThat(house.page(GLOBEX, query(Optional.of(GRA), null, null, "10.", null)).items())
        .isEmpty();
  }

  @Test
  void aCursorOfAnotherOrderOrNoneAtAllIsRefused() {
    String cursor = new MirrorCursor(MirrorOrder.NAME, "web", "s-1", 1).text();
    assertThatExceptionOfType(FederationFault.class)
        .isThrownBy(() -> MirrorCursor.parse(cursor, MirrorOrder.NEWEST));
    assertThatExceptionOfType(FederationFault.class)
        .isThrownBy(
            () ->
                MirrorCursor.parse(
                    new MirrorCursor(MirrorOrder.NEWEST, "+300000-01-01T00:00:00Z", "s-1", 1)
                        .text(),
                    MirrorOrder.NEWEST));
    assertThatExceptionOfType(FederationFault.class)
        .isThrownBy(() -> MirrorCursor.parse("nonsense", MirrorOrder.NAME));
    assertThatExceptionOfType(FederationFault.class)
        .isThrownBy(
            () ->
                MirrorCursor.parse(
                    new MirrorCursor(MirrorOrder.NEWEST, "web", "s-1", 1).text(),
                    MirrorOrder.NEWEST));
  }
}
