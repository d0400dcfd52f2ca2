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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
