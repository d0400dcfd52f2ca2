package io.isthmus.domain.mirror;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.placement.Residency;
import io.isthmus.domain.stack.PartsMoved;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.work.Spread;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A keeper over a real database and simulated clouds, in which a test's thread does the reading.
 */
final class MirrorHouse {

  static final ProjectId ACME = ProjectId.parse("acme/demo");
  static final ProjectId GLOBEX = ProjectId.parse("globex/demo");
  static final CloudId GRA = new CloudId("gra");
  static final CloudId BHS = new CloudId("bhs");

  final TestDatabase database;
  final SimulatedClouds clouds = new SimulatedClouds();
  final Map<CloudId, Cloud> registered = new HashMap<>();
  final List<PartsMoved> moves = new ArrayList<>();
  final MirrorRules rules;
  final MirrorLists lists;
  final MirrorWrites writes;
  final MirrorPages pages;
  final MirrorKeeper keeper;
  Residency wholeIn = Residency.ANYWHERE;

  MirrorHouse(TestDatabase database) {
    this.database = database;
    database.clear();
    database.execute("truncate stack, mirror_list, mirror_gone cascade");
    DataSource one = OneConnection.of(database.dataSource());
    lists = new MirrorLists(one);
    writes = new MirrorWrites(one);
    pages = new MirrorPages(one);
    rules =
        new MirrorRules() {
          @Override
          Now now() {
            return new Now(registered, wholeIn);
          }
        };
    keeper =
        new MirrorKeeper(
            lists,
            writes,
            rules,
            (project, cloud) -> Optional.of(connection(project, cloud)),
            () -> clouds,
            moves::add,
            new MirrorSettings(
                Duration.ofSeconds(15), Duration.ofMinutes(10), Duration.ofMinutes(5), 16),
            Clock.systemUTC(),
            null,
            Spread::atOnce);
    database.execute("insert into cloud_operator (id, name) values ('rivage', 'Rivage')");
    cloud(GRA, "FR", Mirrored.WHOLE);
    cloud(BHS, "CA", Mirrored.WHOLE);
    project(ACME);
    project(GLOBEX);
  }

  static CloudConnection connection(ProjectId project, CloudId cloud) {
    return new CloudConnection(
        cloud,
        project,
        URI.create("https://203.0.114.1:5000/v3"),
        "public",
        List.of(),
        Optional.empty(),
        new Credential.Password(
            "user", Secret.of("x"), "Default", Optional.of("demo"), Optional.empty(), "Default"));
  }

  private void cloud(CloudId id, String country, Mirrored mirrored) {
    database.execute(
        "insert into cloud (id, name, operator, hue, auth_url, endpoint_interface, facts) values"
            + " ('%s', '%s', 'rivage', 1, 'https://203.0.114.1', 'public', '{}')"
                .formatted(id, id));
    entry(id, country, mirrored);
  }

  /** Changes what the cloud's entry says. */
  void entry(CloudId id, String country, Mirrored mirrored) {
    registered.put(
        id,
        new Cloud(
            id,
            id.text(),
            1,
            true,
            new CloudFacts(
                new Operator("rivage", "Rivage", Optional.of("FR"), Optional.of(Set.of())),
                new RegionFacts(Optional.of(country), Optional.empty()),
                Map.of(),
                List.of(),
                mirrored),
            URI.create("https://203.0.114.1"),
            "public",
            Optional.empty(),
            0));
  }

  private void project(ProjectId id) {
    database.execute(
        "insert into tenant (name) values ('%s'); insert into project (id, tenant, name) values"
                .formatted(id.tenant())
            + " ('%s', '%s', '%s')".formatted(id, id.tenant(), id.project()));
  }

  /** Lets a project's access lead into an account, as a look has told. */
  void access(ProjectId project, CloudId cloud, String account, String... regions) {
    clouds.lead(project, account);
    StringBuilder told = new StringBuilder();
    for (String region : regions) {
      told.append(told.isEmpty() ? "" : ",")
          .append("{\"region\":\"%s\",\"services\":[".formatted(region))
          .append("{\"type\":\"compute\"},{\"type\":\"block-storage\"},{\"type\":\"network\"}]}");
    }
    database.execute(
        ("insert into cloud_access (project, cloud, regions, credential) values ('%1$s', '%2$s',"
                + " '[]', 'x') on conflict do nothing; insert into cloud_look (project, cloud,"
                + " inventory, state, seen_at) values ('%1$s', '%2$s', '{\"account\":\"%3$s\","
                + "\"regions\":[%4$s]}', 'REACHABLE', now()) on conflict (project, cloud) do update"
                + " set inventory = excluded.inventory, leads_anew = false")
            .formatted(project, cloud, account, told));
  }

  /** Reads everything, due or not. */
  void readAll() {
    keeper.follow();
    database.execute("update mirror_list set next_at = now(), lease_until = null");
    readDue();
  }

  void readWhole() {
    keeper.follow();
    database.execute("update mirror_list set next_at = now(), lease_until = null, bookmark = null");
    readDue();
  }

  void readDue() {
    for (MirrorTurn turn : take()) {
      keeper.read(turn, () -> false);
    }
  }

  List<MirrorTurn> take() {
    return lists.take(16, 16, 16, Duration.ofMinutes(1), Duration.ofMinutes(10));
  }

  /** All that a project sees of a kind, in order of names. */
  List<MirrorItem> seen(ProjectId project, MirrorKind kind) {
    return page(project, MirrorQuery.all(kind)).items().stream().map(MirroredItem::item).toList();
  }

  MirrorPage page(ProjectId project, MirrorQuery query) {
    return pages.page(
        project,
        pages.visible(project, Optional.of(query.kind()), query.cloud(), query.region()),
        query,
        Optional.empty(),
        500);
  }

  MirrorAge age(ProjectId project, MirrorKind kind) {
    return pages
        .visible(project, Optional.of(kind), Optional.empty(), Optional.empty())
        .get(0)
        .age();
  }
}
