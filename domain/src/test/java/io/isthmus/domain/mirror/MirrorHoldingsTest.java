package io.isthmus.domain.mirror;

import static io.isthmus.domain.mirror.MirrorHouse.ACME;
import static io.isthmus.domain.mirror.MirrorHouse.BHS;
import static io.isthmus.domain.mirror.MirrorHouse.GLOBEX;
import static io.isthmus.domain.mirror.MirrorHouse.GRA;
import static io.isthmus.domain.mirror.SimulatedClouds.item;
import static io.isthmus.domain.mirror.SimulatedClouds.marked;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.quota.CloudHoldings.Held;
import io.isthmus.domain.start.TestDatabase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorHoldingsTest {

  private static TestDatabase database;
  private MirrorHouse house;
  private MirrorHoldings holdings;

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
    holdings = new MirrorHoldings(OneConnection.of(database.dataSource()));
    house.access(ACME, GRA, "a", "R-1");
  }

  /** A stack of which nothing but its owner, its status and its parts' ids matters here. */
  private static String stack(ProjectId project, String status, String... physicalIds) {
    String id = UUID.randomUUID().toString();
    database.execute(
        ("insert into stack (id, tenant, project, name, template, files, parameters, computed,"
                + " policy, plan, status, reason, health, action_since, version, last_event,"
                + " created_at, updated_at, created_by, request_id) values ('%1$s', '%2$s', '%3$s',"
                + " '%1$s', '', '{}', '', '', '', '%1$s', '%4$s', '{}', '{}', now(), 0, 0, now(),"
                + " now(), 'alice', 'req-1')")
            .formatted(id, project.tenant(), project.project(), status));
    for (String physicalId : physicalIds) {
      database.execute(
          ("insert into stack_part (stack, resource, cloud, region, generation, type, resolutions,"
                  + " requires, deletion_policy, goal, status, health, physical_id, attributes,"
                  + " attempts, replacements, since, updated_at) values ('%1$s', '%2$s', 'gra',"
                  + " 'R-1', 1, 'OS::Nova::Server', '{}', '[]', 'DELETE', 'PRESENT',"
                  + " 'CREATE_COMPLETE', '{}', '%2$s', '', 0, 0, now(), now())")
              .formatted(id, physicalId));
    }
    return id;
  }

  private static MirrorItem of(String stack, MirrorItem item) {
    return marked(item, "[isthmus:" + stack + ":1:web]");
  }

  private static MirrorItem volume(String id, BigDecimal size) {
    MirrorItem item = item(id, id, "available");
    return new MirrorItem(
        id,
        id,
        item.status(),
        item.created(),
        item.updated(),
        List.of(),
        Optional.empty(),
        Json.createObjectBuilder().add("size", size).build());
  }

  private static MirrorItem network(String id, boolean own) {
    MirrorItem item = item(id, id, "ACTIVE");
    return new MirrorItem(
        id,
        id,
        item.status(),
        item.created(),
        item.updated(),
        List.of(),
        Optional.empty(),
        Json.createObjectBuilder().add("own", own).build());
  }

  private Held held(ProjectId project, CloudId cloud, LimitKind kind) {
    return holdings.of(project).stream()
        .filter(one -> one.region().equals(Place.inRegion(cloud, "R-1")) && one.kind() == kind)
        .reduce(
            (one, other) -> {
              throw new AssertionError(one + " and " + other);
            })
        .orElseThrow();
  }

  private void assertHeld(
      ProjectId project, CloudId cloud, LimitKind kind, long has, long outside) {
    Held held = held(project, cloud, kind);
    assertThat(held.amount()).as("%s", held).hasValue(has);
    assertThat(held.outside()).as("%s", held).hasValue(outside);
    assertThat(held.readAt()).isPresent();
  }

  @Test
  void whatNoStackOfTheProjectHasIsToldBesideAllThatIsThere() {
    String shop = stack(ACME, "CREATE_COMPLETE", "s-2", "s-1", "nowhere");
    String old = stack(ACME, "DELETE_COMPLETE", "s-3");
    house.clouds.put("a", MirrorKind.SERVER, of(shop, item("s-1", "web", "ACTIVE")));
    house.clouds.put("a", MirrorKind.SERVER, item("s-2", "without its mark", "ACTIVE"));
    house.clouds.put("a", MirrorKind.SERVER, of(old, item("s-3", "left behind", "ACTIVE")));
    house.clouds.put("a", MirrorKind.SERVER, item("s-4", "by hand", "ACTIVE"));
    house.clouds.put("a", MirrorKind.FLOATING_IP, of(shop, item("f-1", "", "ACTIVE")));
    house.clouds.put("a", MirrorKind.NETWORK, network("n-1", true));
    house.clouds.put("a", MirrorKind.VOLUME, of(shop, volume("v-1", BigDecimal.valueOf(40))));
    house.clouds.put("a", MirrorKind.VOLUME, volume("v-2", BigDecimal.valueOf(7)));
    house.readAll();

    assertHeld(ACME, GRA, LimitKind.INSTANCES, 4, 2);
    assertHeld(ACME, GRA, LimitKind.FLOATING_IPS, 1, 0);
    assertHeld(ACME, GRA, LimitKind.NETWORKS, 1, 1);
    assertHeld(ACME, GRA, LimitKind.VOLUMES, 2, 1);
    assertHeld(ACME, GRA, LimitKind.VOLUME_GIB, 47, 7);
  }

  @Test
  void whatAnotherProjectHasInAnotherAccountNeverCounts() {
    house.access(GLOBEX, GRA, "b", "R-1");
    house.access(GLOBEX, BHS, "b", "R-1");
    String theirs = stack(GLOBEX, "CREATE_COMPLETE", "s-2");
    house.clouds.put("a", MirrorKind.SERVER, item("s-1", "mine", "ACTIVE"));
    house.clouds.put("b", MirrorKind.SERVER, of(theirs, item("s-2", "theirs", "ACTIVE")));
    house.clouds.put("b", MirrorKind.SERVER, item("s-3", "theirs too", "ACTIVE"));
    house.clouds.put("b", MirrorKind.VOLUME, volume("v-1", BigDecimal.TEN));
    house.readAll();

    assertThat(holdings.of(ACME)).extracting(Held::region).containsOnly(Place.inRegion(GRA, "R-1"));
    assertHeld(ACME, GRA, LimitKind.INSTANCES, 1, 1);
    assertHeld(ACME, GRA, LimitKind.VOLUME_GIB, 0, 0);
    assertHeld(GLOBEX, GRA, LimitKind.INSTANCES, 2, 1);
    assertHeld(GLOBEX, BHS, LimitKind.INSTANCES, 2, 1);

    // Where both lead into one account, each sees all of it and knows its own stacks only.
    house.access(ACME, GRA, "b", "R-1");
    house.keeper.follow();
    assertHeld(ACME, GRA, LimitKind.INSTANCES, 2, 2);
    assertHeld(GLOBEX, GRA, LimitKind.INSTANCES, 2, 1);

    database.execute("update cloud_look set leads_anew = true where project = 'acme/demo'");
    assertThat(holdings.of(ACME)).isEmpty();
  }

  @Test
  void whatIsNotKeptOrWasNeverReadIsNotKnown() {
    house.keeper.follow();
    assertThat(holdings.of(ACME))
        .hasSize(5)
        .allSatisfy(
            held -> {
              assertThat(held.amount()).isEmpty();
              assertThat(held.outside()).isEmpty();
              assertThat(held.readAt()).isEmpty();
            });

    String shop = stack(ACME, "CREATE_COMPLETE");
    house.entry(GRA, "FR", Mirrored.NAMES);
    house.clouds.put("a", MirrorKind.VOLUME, of(shop, volume("v-1", BigDecimal.TEN)));
    house.clouds.put("a", MirrorKind.VOLUME, volume("v-2", BigDecimal.TEN));
    house.readAll();
    assertHeld(ACME, GRA, LimitKind.VOLUMES, 2, 1);
    assertThat(held(ACME, GRA, LimitKind.VOLUME_GIB).amount()).isEmpty();
    assertThat(held(ACME, GRA, LimitKind.VOLUME_GIB).outside()).isEmpty();
    assertThat(held(ACME, GRA, LimitKind.VOLUME_GIB).readAt()).isPresent();
  }

  @Test
  void networksThatTheAccountMayOnlyUseCountNothing() {
    // A stack may know one of them too, without having made it.
    String shop = stack(ACME, "CREATE_COMPLETE", "n-2", "shared-2");
    house.clouds.put("a", MirrorKind.NETWORK, network("n-1", true));
    house.clouds.put("a", MirrorKind.NETWORK, network("n-2", true));
    house.clouds.put("a", MirrorKind.NETWORK, of(shop, network("n-3", true)));
    house.clouds.put("a", MirrorKind.NETWORK, network("shared-1", false));
    house.clouds.put("a", MirrorKind.NETWORK, network("shared-2", false));
    house.clouds.put("a", MirrorKind.NETWORK, network("external", false));
    house.readAll();
    assertHeld(ACME, GRA, LimitKind.NETWORKS, 3, 1);

    for (String own : List.of("n-1", "n-2", "n-3")) {
      house.clouds.remove("a", MirrorKind.NETWORK, own);
    }
    house.readAll();
    assertHeld(ACME, GRA, LimitKind.NETWORKS, 0, 0);
  }

  @Test
  void whoseANetworkIsIsNotKnownWhereOnlyNamesAreKept() {
    house.entry(GRA, "FR", Mirrored.NAMES);
    house.clouds.put("a", MirrorKind.NETWORK, network("n-1", true));
    house.readAll();
    Held networks = held(ACME, GRA, LimitKind.NETWORKS);
    assertThat(networks.amount()).isEmpty();
    assertThat(networks.outside()).isEmpty();
    assertThat(networks.readAt()).isPresent();

    house.entry(GRA, "FR", Mirrored.WHOLE);
    house.readAll();
    assertHeld(ACME, GRA, LimitKind.NETWORKS, 1, 1);
    house.clouds.put("a", MirrorKind.NETWORK, item("n-2", "of nobody known", "ACTIVE"));
    house.readAll();
    assertThat(held(ACME, GRA, LimitKind.NETWORKS).amount()).isEmpty();
  }

  @Test
  void aSizeThatCannotBeIsBoundedAndOneThatIsNotToldLeavesTheSumUnknown() {
    house.clouds.put("a", MirrorKind.VOLUME, volume("v-1", new BigDecimal("1e300")));
    house.clouds.put("a", MirrorKind.VOLUME, volume("v-2", BigDecimal.valueOf(-5)));
    house.readAll();
    assertHeld(ACME, GRA, LimitKind.VOLUME_GIB, 1_000_000_000, 1_000_000_000);
    house.clouds.put("a", MirrorKind.VOLUME, item("v-3", "no size", "error"));
    house.readAll();
    assertThat(held(ACME, GRA, LimitKind.VOLUME_GIB).amount()).isEqualTo(OptionalLong.empty());
    assertHeld(ACME, GRA, LimitKind.VOLUMES, 3, 3);
  }
}
