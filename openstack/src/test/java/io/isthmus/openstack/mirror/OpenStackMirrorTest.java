package io.isthmus.openstack.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.MirrorKnown;
import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import io.isthmus.openstack.scripted.ScriptedCloud.Request;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenStackMirrorTest {
  private static final String SERVERS = "/compute/v2.1/servers/detail";
  private static final String VOLUMES = "/volume/v3/" + ScriptedCloud.PROJECT + "/volumes/detail";
  private static final String SUMMARY = "/volume/v3/" + ScriptedCloud.PROJECT + "/volumes/summary";
  private static final String PORTS = "/network/v2.0/ports";
  private static final String TIMES = "/network/v2.0/extensions/standard-attr-timestamp";
  private static final String REVISIONS = "standard-attr-revisions";
  private static final String QUOTA =
      "/network/v2.0/quotas/" + ScriptedCloud.PROJECT + "/details.json";
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String BOOKMARK = "1 " + ScriptedCloud.PROJECT + " 2026-05-01T11:50:00Z";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final OpenStackMirror mirror =
      new OpenStackMirror(
          ScriptedCloud.clouds(roomy(ScriptedCloud.config())), Clock.fixed(NOW, ZoneOffset.UTC));
  private final List<List<MirrorItem>> pages = new ArrayList<>();
  private int answers;

  private static DriverConfig roomy(DriverConfig config) {
    return new DriverConfig(
        config.connectTimeout(),
        config.idleTimeout(),
        config.totalTimeout(),
        config.concurrency(),
        config.uploads(),
        config.retries(),
        config.longestRetryAfter(),
        config.longestRest(),
        config.circuitFailures(),
        config.circuitPause(),
        64 << 10,
        config.pageSize(),
        config.tokenRenewal(),
        config.lookMaxAge());
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private MirrorReading read(MirrorKind kind, String bookmark) {
    return read(kind, bookmark, ScriptedCloud.PROJECT);
  }

  private MirrorReading read(MirrorKind kind, String bookmark, String account) {
    return read(kind, MirrorKnown.at(Optional.ofNullable(bookmark)), account);
  }

  private MirrorReading read(MirrorKind kind, MirrorKnown known, String account) {
    return mirror.read(
        cloud.connection(),
        new Account(cloud.connection().cloud(), account),
        ScriptedCloud.REGION,
        kind,
        known,
        page -> {
          answers++;
          if (!page.isEmpty()) {
            pages.add(page);
          }
        });
  }

  /** Reads again what was read before, with what is kept of it. */
  private MirrorReading again(MirrorKind kind, MirrorReading before, Map<String, Long> kept) {
    pages.clear();
    return read(
        kind,
        new MirrorKnown(before.bookmark(), before.seen(), item -> kept.forEach(item::accept)),
        ScriptedCloud.PROJECT);
  }

  private List<String> ids() {
    return pages.stream().flatMap(List::stream).map(MirrorItem::id).toList();
  }

  private MirrorItem only() {
    assertThat(ids()).hasSize(1);
    return pages.get(0).get(0);
  }

  /** Nova and Cinder with their microversions. */
  private void offers(String compute, String volume) {
    cloud.on(
        "GET",
        "/compute/v2.1/",
        Reply.json(200, "{'version': {'id': 'v2.1', 'version': '" + compute + "'}}"));
    cloud.on(
        "GET",
        "/volume/v3/",
        Reply.json(200, "{'versions': [{'id': 'v3.0', 'version': '" + volume + "'}]}"));
  }

  private static String server(String id, String status, String more) {
    return "{'id': '"
        + id
        + "', 'name': 'web', 'tenant_id': '"
        + ScriptedCloud.PROJECT
        + "', 'status': '"
        + status
        + "', 'created': '2026-04-01T08:00:00Z', 'updated': '2026-05-01T11:55:00Z'"
        + more
        + "}";
  }

  @Test
  void readsServersPageByPageAndGoesOnFromTheCloudsOwnTime() {
    offers("2.90", "3.70");
    cloud.on(
        "GET",
        SERVERS,
        Reply.json(
            200,
            "{'servers': ["
                + server("s-1", "ACTIVE", "")
                + ","
                + server("s-2", "SHUTOFF", "")
                + "], 'servers_links': [{'rel': 'next', 'href': 'http://x/?marker=s-2'}]}"),
        Reply.json(200, "{'servers': [" + server("s-3", "BUILD", "") + "]}"));

    // The scripted cloud dates its answers by the machine's clock, which is not the mirror's.
    Instant asked = Instant.now();
    MirrorReading reading = read(MirrorKind.SERVER, null);

    assertThat(pages).extracting(List::size).containsExactly(2, 1);
    assertThat(ids()).containsExactly("s-1", "s-2", "s-3");
    assertThat(reading.whole()).isTrue();
    Instant next = Instant.parse(reading.bookmark().orElseThrow().split(" ")[2]);
    assertThat(next)
        .as("a minute before the first page was asked for, whatever our own clock says")
        .isBetween(asked.minusSeconds(62), asked.minusSeconds(59));
    assertThat(cloud.requests("GET", SERVERS))
        .allMatch(request -> request.header("OpenStack-API-Version").get().equals("compute 2.73"))
        .noneMatch(request -> request.query().contains("all_tenants"))
        .noneMatch(request -> request.query().contains("changes-since"));
  }

  @Test
  void tellsOfAServerWhatPeopleNeedAndNoSecret() {
    offers("2.90", "3.70");
    cloud.on(
        "GET",
        SERVERS,
        Reply.json(
            200,
            "{'servers': ["
                + server(
                    "s-1",
                    "ERROR",
                    ", 'flavor': {'original_name': 'small', 'vcpus': 2, 'ram': 512, 'disk': 1,"
                        + " 'extra_specs': {'a': 'b'}}, 'image': '', 'adminPass': 'hidden',"
                        + " 'OS-EXT-SRV-ATTR:user_data': 'aGlkZGVu',"
                        + " 'OS-EXT-AZ:availability_zone': 'az1', 'key_name': null,"
                        + " 'addresses': {'net': [{'addr': '10.0.0.5', 'version': 4,"
                        + " 'OS-EXT-IPS:type': 'fixed'}, {'addr': '203.0.113.9', 'version': 4,"
                        + " 'OS-EXT-IPS:type': 'floating'}]},"
                        + " 'os-extended-volumes:volumes_attached': [{'id': 'v-1'}],"
                        + " 'fault': {'code': 500, 'message': 'No valid host', 'details': 'File"
                        + " nova/x.py'}, 'metadata': {'db_password': 'hidden', 'os_distro': 'debian',"
                        + " 'isthmus:stack': 'aaaaaaaa-0000-4000-8000-000000000001',"
                        + " 'isthmus:generation': '3', 'isthmus:resource': 'web'}")
                + "]}"));

    read(MirrorKind.SERVER, null);

    MirrorItem item = only();
    assertThat(item.status()).contains("ERROR");
    assertThat(item.created()).contains(Instant.parse("2026-04-01T08:00:00Z"));
    assertThat(item.updated()).contains(Instant.parse("2026-05-01T11:55:00Z"));
    assertThat(item.addresses()).containsExactly("10.0.0.5", "203.0.113.9");
    assertThat(item.mark()).contains("[isthmus:aaaaaaaa-0000-4000-8000-000000000001:3:web]");
    String details = item.details().toString();
    assertThat(details).doesNotContain("hidden").doesNotContain("aGlkZGVu").doesNotContain("x.py");
    assertThat(item.details().getJsonObject("flavor"))
        .hasToString("{\"original_name\":\"small\",\"vcpus\":2,\"ram\":512,\"disk\":1}");
    assertThat(details)
        .contains("\"OS-EXT-AZ:availability_zone\":\"az1\"")
        .contains("\"os-extended-volumes:volumes_attached\":[{\"id\":\"v-1\"}]")
        .contains("\"message\":\"No valid host\"")
        .contains("\"os_distro\":\"debian\"")
        .doesNotContain("key_name")
        .doesNotContain("\"image\"");
  }

  private static Reply servers(String first, String next) {
    return Reply.json(
        200,
        "{'servers': ["
            + first
            + "]"
            + (next.isEmpty()
                ? ""
                : ", 'servers_links': [{'rel': 'next', 'href': 'http://x/?marker=" + next + "'}]")
            + "}");
  }

  @Test
  void tellsNothingOfPagesThatAreToTheLastByteAsTheyWere() {
    offers("2.90", "3.70");
    String one = server("s-1", "ACTIVE", "");
    String two = server("s-2", "ACTIVE", "");
    cloud.on(
        "GET",
        SERVERS,
        servers(one, "s-1"),
        servers(two, ""),
        servers(one, "s-1"),
        servers(two, ""),
        servers(one, "s-1"),
        servers(server("s-2", "ERROR", ""), ""),
        servers(one, "s-1"));
    MirrorReading first = read(MirrorKind.SERVER, null);
    assertThat(ids()).containsExactly("s-1", "s-2");
    MirrorKnown wholeAgain = new MirrorKnown(Optional.empty(), first.seen(), item -> {});

    pages.clear();
    MirrorReading same = read(MirrorKind.SERVER, wholeAgain, ScriptedCloud.PROJECT);
    assertThat(same.same()).isTrue();
    assertThat(same.whole()).isTrue();
    assertThat(same.bookmark()).isPresent();
    assertThat(pages).isEmpty();
    assertThat(cloud.requests("GET", SERVERS).get(3).query())
        .as("the page behind is asked for all the same")
        .contains("marker=s-1");

    MirrorReading other = read(MirrorKind.SERVER, wholeAgain, ScriptedCloud.PROJECT);
    assertThat(other.same()).isFalse();
    assertThat(ids()).containsExactly("s-2");
    assertThat(other.unseen()).as("is there still").containsExactly("s-1");
    assertThat(other.seen()).isPresent().isNotEqualTo(first.seen());
  }

  @Test
  void tellsThatTheCloudAnsweredForEachPageThatIsAsItWas() {
    offers("2.90", "3.70");
    Reply[] replies = new Reply[2 * 20];
    for (int i = 0; i < replies.length; i++) {
      String id = "s-" + i % 20;
      replies[i] = servers(server(id, "ACTIVE", ""), i % 20 == 19 ? "" : id);
    }
    cloud.on("GET", SERVERS, replies);
    MirrorReading first = read(MirrorKind.SERVER, null);
    assertThat(answers).isEqualTo(20);
    pages.clear();
    answers = 0;

    MirrorReading same =
        read(
            MirrorKind.SERVER,
            new MirrorKnown(Optional.empty(), first.seen(), item -> {}),
            ScriptedCloud.PROJECT);

    assertThat(same.same()).isTrue();
    assertThat(pages).isEmpty();
    assertThat(answers).isEqualTo(20);
  }

  @Test
  void doesNotTrustWhatWasRememberedLongAgoOrInAnotherForm() {
    offers("2.90", "3.70");
    cloud.on("GET", SERVERS, servers(server("s-1", "ACTIVE", ""), ""));
    String seen = read(MirrorKind.SERVER, null).seen().orElseThrow();
    for (String strange :
        List.of(
            "",
            "nonsense",
            seen.replaceFirst("^\\d+", "0"),
            seen.replaceFirst(
                " \\d+ ", " " + NOW.minusSeconds(6 * 3600 + 1).getEpochSecond() + " "),
            seen.substring(0, seen.length() - 4))) {
      pages.clear();
      read(
          MirrorKind.SERVER,
          new MirrorKnown(Optional.empty(), Optional.of(strange), item -> {}),
          ScriptedCloud.PROJECT);
      assertThat(ids()).as(strange).containsExactly("s-1");
    }
  }

  @Test
  void refusesToReadAnotherAccountThanWasAskedFor() {
    cloud.on("GET", SERVERS, Reply.json(200, "{'servers': [" + server("s-1", "ACTIVE", "") + "]}"));

    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class, () -> read(MirrorKind.SERVER, MirrorKnown.nothing(), "another"));

    assertThat(fault.code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(pages).isEmpty();
  }

  @Test
  void leavesServersOfACellThatIsDownAsTheyWere() {
    offers("2.90", "3.70");
    cloud.on(
        "GET",
        SERVERS,
        Reply.json(
            200,
            "{'servers': ["
                + server("s-1", "ACTIVE", "")
                + ", {'id': 's-2', 'status': 'UNKNOWN', 'tenant_id': '"
                + ScriptedCloud.PROJECT
                + "', 'created': '2026-04-01T08:00:00Z', 'links': []}]}"));

    MirrorReading reading = read(MirrorKind.SERVER, null);

    assertThat(ids()).containsExactly("s-1");
    assertThat(reading.unseen()).containsExactly("s-2");
  }

  @Test
  void findsNoFloatingIpsWhereNeutronHasNoRouters() {
    cloud.on("GET", TIMES, Reply.json(404, "{}"));
    cloud.on("GET", "/network/v2.0/floatingips", Reply.json(404, "{}"));
    cloud.on("GET", PORTS, Reply.json(404, "{}"));

    MirrorReading reading = read(MirrorKind.FLOATING_IP, null);

    assertThat(reading.whole()).isTrue();
    assertThat(pages).isEmpty();
    assertThat(
            catchThrowableOfType(FederationFault.class, () -> read(MirrorKind.PORT, null)).code())
        .isEqualTo(FaultCode.CLOUD_REJECTED);
  }

  @Test
  void tellsWhichServersAreGone() {
    offers("2.90", "3.70");
    cloud.on(
        "GET",
        SERVERS,
        Reply.json(
            200,
            "{'servers': ["
                + server("s-1", "ACTIVE", "")
                + ","
                + server(
                    "s-2", "DELETED", ", 'OS-SRV-USG:terminated_at': '2026-05-01T11:54:00.000000'")
                + ","
                + server("s-3", "SOFT_DELETED", "")
                + "]}"));

    MirrorReading reading = read(MirrorKind.SERVER, BOOKMARK);

    assertThat(reading.whole()).isFalse();
    assertThat(ids()).containsExactly("s-1");
    assertThat(reading.gone()).containsExactlyInAnyOrder("s-2", "s-3");
    assertThat(reading.goneAt())
        .as("its last change, where the time of its end is not told")
        .isEqualTo(
            Map.of(
                "s-2", Instant.parse("2026-05-01T11:54:00Z"),
                "s-3", Instant.parse("2026-05-01T11:55:00Z")));
    assertThat(cloud.requests("GET", SERVERS).get(0).query())
        .contains("changes-since=2026-05-01T11:50:00Z");
  }

  @Test
  void readsAllFromABookmarkThatIsOldOrForeignOrStrange() {
    offers("2.90", "3.70");
    cloud.on("GET", SERVERS, Reply.json(200, "{'servers': []}"));
    for (String unfit :
        List.of(
            "1 " + ScriptedCloud.PROJECT + " 2026-04-30T11:50:00Z",
            "1 another 2026-05-01T11:50:00Z",
            "1 " + ScriptedCloud.PROJECT + " yesterday",
            "2 " + ScriptedCloud.PROJECT + " 2026-05-01T11:50:00Z",
            "")) {
      assertThat(read(MirrorKind.SERVER, unfit).whole()).as(unfit).isTrue();
    }
    assertThat(pages).isEmpty();
  }

  @Test
  void readsAllWhereTheCloudRefusesToTellChanges() {
    offers("2.90", "3.70");
    cloud.on(
        "GET",
        VOLUMES,
        Reply.json(400, "{'badRequest': {'message': 'Invalid filters updated_at are found'}}"),
        Reply.json(200, "{'volumes': [{'id': 'v-1', 'status': 'available'}]}"));
    cloud.on("GET", SUMMARY, Reply.json(200, "{'volume-summary': {'total_count': 1}}"));

    MirrorReading reading = read(MirrorKind.VOLUME, BOOKMARK);

    assertThat(reading.whole()).isTrue();
    assertThat(ids()).containsExactly("v-1");
  }

  @Test
  void asksForVolumesThatNeverChangedToo() {
    offers("2.90", "3.70");
    String changed =
        "{'id': 'v-1', 'status': 'in-use', 'updated_at': '2026-05-01T11:55:00.250000',"
            + " 'attachments': [{'server_id': 's-1', 'device': '/dev/vdb', 'host_name': 'h'}]}";
    String fresh = "{'id': 'v-2', 'status': 'creating', 'updated_at': null, 'size': 3}";
    cloud.on(
        "GET",
        VOLUMES,
        Reply.json(200, "{'volumes': [" + changed + "]}"),
        Reply.json(200, "{'volumes': [" + changed + "," + fresh + "]}"));
    cloud.on(
        "GET",
        SUMMARY,
        Reply.json(200, "{'volume-summary': {'total_count': 7, 'total_size': 21}}"));

    MirrorReading reading = read(MirrorKind.VOLUME, BOOKMARK);

    assertThat(reading.whole()).isFalse();
    assertThat(reading.count()).isEqualTo(OptionalLong.of(7));
    assertThat(ids()).containsExactly("v-1", "v-2");
    assertThat(pages.get(0).get(0).updated()).contains(Instant.parse("2026-05-01T11:55:00.250Z"));
    assertThat(pages.get(0).get(0).details())
        .hasToString("{\"attachments\":[{\"server_id\":\"s-1\",\"device\":\"/dev/vdb\"}]}");
    assertThat(cloud.requests("GET", VOLUMES))
        .extracting(Request::query)
        .satisfiesExactly(
            first -> assertThat(first).contains("updated_at=gte:2026-05-01T11:50:00Z"),
            second -> assertThat(second).contains("created_at=gte:2026-05-01T11:50:00Z"));
    assertThat(cloud.requests("GET", SUMMARY).get(0).header("OpenStack-API-Version"))
        .as("a newer one tells all metadata")
        .contains("volume 3.12");
  }

  @Test
  void asksForNoneThatNeverChangedWhereAsManyAreCountedAsAreKept() {
    offers("2.90", "3.70");
    cloud.on("GET", VOLUMES, Reply.json(200, "{'volumes': []}"));
    cloud.on("GET", SUMMARY, Reply.json(200, "{'volume-summary': {'total_count': 7}}"));

    MirrorReading reading =
        read(
            MirrorKind.VOLUME,
            new MirrorKnown(
                Optional.of(BOOKMARK), Optional.empty(), OptionalLong.of(7), item -> {}),
            ScriptedCloud.PROJECT);

    assertThat(reading.count()).isEqualTo(OptionalLong.of(7));
    assertThat(cloud.requests("GET", VOLUMES))
        .extracting(Request::query)
        .satisfiesExactly(only -> assertThat(only).contains("updated_at=gte:"));
  }

  @Test
  void readsAllVolumesOfAnOldCinder() {
    offers("2.90", "3.50");
    cloud.on("GET", VOLUMES, Reply.json(200, "{'volumes': [{'id': 'v-1'}]}"));
    cloud.on("GET", SUMMARY, Reply.json(200, "{'volume-summary': {'total_count': 1}}"));

    MirrorReading reading = read(MirrorKind.VOLUME, BOOKMARK);

    assertThat(reading)
        .usingRecursiveComparison()
        .ignoringFields("seen")
        .isEqualTo(new MirrorReading(true, List.of(), OptionalLong.of(1), Optional.empty()));
    assertThat(cloud.requests("GET", VOLUMES).get(0).query()).doesNotContain("updated_at");
  }

  private static String port(String id, String project) {
    return "{'id': '"
        + id
        + "', 'name': '', 'status': 'ACTIVE', 'project_id': '"
        + project
        + "', 'updated_at': '2026-05-01T11:55:00Z', 'device_id': 's-1',"
        + " 'fixed_ips': [{'subnet_id': 'sub', 'ip_address': '10.0.0.5'}],"
        + " 'description': 'mine [isthmus:aaaaaaaa-0000-4000-8000-000000000001:1:port]'}";
  }

  private void neutronKeepsTimes() {
    cloud.on("GET", TIMES, Reply.json(200, "{'extension': {'alias': 'standard-attr-timestamp'}}"));
  }

  @Test
  void readsOnlyTheProjectsOwnPortsWithFewFields() {
    neutronKeepsTimes();
    cloud.on(
        "GET",
        PORTS,
        Reply.json(
            200,
            "{'ports': ["
                + port("p-1", ScriptedCloud.PROJECT)
                + ","
                + port("p-2", "other")
                + "]}"));
    cloud.on(
        "GET",
        QUOTA,
        Reply.json(200, "{'quota': {'port': {'limit': 9, 'used': 1, 'reserved': 0}}}"));

    MirrorReading reading = read(MirrorKind.PORT, BOOKMARK);

    assertThat(reading.whole()).isFalse();
    assertThat(reading.count()).isEqualTo(OptionalLong.of(1));
    MirrorItem item = only();
    assertThat(item.id()).isEqualTo("p-1");
    assertThat(item.addresses()).containsExactly("10.0.0.5");
    assertThat(item.mark()).contains("[isthmus:aaaaaaaa-0000-4000-8000-000000000001:1:port]");
    assertThat(item.details().getString("device_id")).isEqualTo("s-1");
    assertThat(cloud.requests("GET", PORTS).get(0).query())
        .contains("project_id=" + ScriptedCloud.PROJECT)
        .contains("changed_since=2026-05-01T11:50:00Z")
        .contains("fields=fixed_ips")
        .contains("fields=project_id");
  }

  @Test
  void aNeutronThatRefusesFiltersWhichItDoesNotKnowIsReadWhole() {
    neutronKeepsTimes();
    cloud.on(
        "GET",
        "/network/v2.0/extensions/filter-validation",
        Reply.json(200, "{'extension': {'alias': 'filter-validation'}}"));
    cloud.on("GET", PORTS, Reply.json(200, "{'ports': []}"));
    cloud.on("GET", QUOTA, Reply.json(200, "{'quota': {'port': {'used': 0}}}"));

    MirrorReading reading = read(MirrorKind.PORT, BOOKMARK);

    assertThat(reading.whole()).isTrue();
    assertThat(reading.bookmark()).isEmpty();
    assertThat(cloud.requests("GET", PORTS)).hasSize(1);
  }

  /** One that refuses to be asked for changes, and counts them. */
  private void neutronCountsChanges() {
    for (String alias : List.of("standard-attr-timestamp", "filter-validation", REVISIONS)) {
      cloud.on(
          "GET",
          "/network/v2.0/extensions/" + alias,
          Reply.json(200, "{'extension': {'alias': '" + alias + "'}}"));
    }
    cloud.on("GET", QUOTA, Reply.json(200, "{'quota': {'port': {'used': 3}}}"));
  }

  private static Reply ports(String... ports) {
    return Reply.json(200, "{'ports': [" + String.join(",", ports) + "]}");
  }

  private static String revision(String id, long revision) {
    return "{'id': '" + id + "', 'revision_number': " + revision + "}";
  }

  @Test
  void asksANeutronThatOnlyCountsChangesForIdsAndRevisionsAndThenForWhatDiffers() {
    neutronCountsChanges();
    cloud.on(
        "GET",
        PORTS,
        ports(port("p-1", ScriptedCloud.PROJECT), port("p-2", ScriptedCloud.PROJECT)),
        // The first comparison tells the same as is kept.
        ports(revision("p-1", 4), revision("p-2", 1)),
        ports(revision("p-1", 4), revision("p-2", 1)),
        // One changed, one is new, one is gone.
        ports(revision("p-1", 5), revision("p-3", 0)),
        ports(port("p-1", ScriptedCloud.PROJECT), port("p-3", ScriptedCloud.PROJECT)));
    Map<String, Long> kept = Map.of("p-1", 4L, "p-2", 1L);

    MirrorReading whole = read(MirrorKind.PORT, null);
    assertThat(whole.whole()).isTrue();
    MirrorReading compared = again(MirrorKind.PORT, whole, kept);
    assertThat(compared.whole()).isFalse();
    assertThat(compared.same()).isFalse();
    assertThat(compared.gone()).isEmpty();
    assertThat(pages).isEmpty();
    MirrorReading same =
        again(
            MirrorKind.PORT,
            compared,
            new java.util.AbstractMap<>() {
              @Override
              public java.util.Set<Entry<String, Long>> entrySet() {
                throw new AssertionError("what is kept is not needed");
              }
            });
    assertThat(same.same()).isTrue();

    MirrorReading other = again(MirrorKind.PORT, compared, kept);
    assertThat(other.whole()).isFalse();
    assertThat(ids()).containsExactly("p-1", "p-3");
    assertThat(other.gone()).containsExactly("p-2");
    assertThat(other.bookmark()).isEqualTo(whole.bookmark());
    List<Request> asked = cloud.requests("GET", PORTS);
    assertThat(asked).hasSize(5);
    assertThat(asked.get(1).query())
        .contains("fields=id&fields=revision_number")
        .contains("project_id=" + ScriptedCloud.PROJECT)
        .doesNotContain("fixed_ips");
    assertThat(asked.get(4).query()).contains("id=p-1&id=p-3").contains("fields=fixed_ips");
    assertThat(cloud.requests("GET", QUOTA)).as("only with the whole list").hasSize(1);
  }

  @Test
  void readsAllWhereMostDiffersAndWhereRevisionsAreRefused() {
    neutronCountsChanges();
    String[] many = new String[500];
    for (int i = 0; i < many.length; i++) {
      many[i] = revision("p-" + i, 1);
    }
    cloud.on(
        "GET",
        PORTS,
        ports(port("p-1", ScriptedCloud.PROJECT)),
        ports(many),
        ports(port("p-2", ScriptedCloud.PROJECT)),
        Reply.json(400, "{'NeutronError': {'message': 'no such field'}}"),
        ports(port("p-3", ScriptedCloud.PROJECT)));
    MirrorReading whole = read(MirrorKind.PORT, null);

    assertThat(again(MirrorKind.PORT, whole, Map.of()).whole()).isTrue();
    assertThat(ids()).containsExactly("p-2");
    assertThat(again(MirrorKind.PORT, whole, Map.of()).whole()).isTrue();
    assertThat(ids()).containsExactly("p-3");
  }

  @Test
  void followsTheRevisionsOverPagesAndAsksForManyInSeveralCalls() {
    neutronCountsChanges();
    String[] many = new String[120];
    for (int i = 0; i < many.length; i++) {
      many[i] = revision("0b7e1c9a-3a52-4a6c-8f0e-%012d".formatted(i), 1);
    }
    cloud.on(
        "GET",
        PORTS,
        ports(port("p-1", ScriptedCloud.PROJECT)),
        Reply.json(
            200,
            "{'ports_links': [{'rel': 'next', 'href': 'http://x/?marker=m-1'}], 'ports': ["
                + String.join(",", many)
                + "]}"),
        ports(revision("p-1", 1)),
        ports(port("p-2", ScriptedCloud.PROJECT)));
    MirrorReading whole = read(MirrorKind.PORT, null);

    MirrorReading other = again(MirrorKind.PORT, whole, Map.of("p-1", 1L));
    List<Request> asked = cloud.requests("GET", PORTS);
    assertThat(other.gone()).isEmpty();
    assertThat(answers).as("each answer counts, also one of ids alone").isEqualTo(asked.size());
    assertThat(asked.get(2).query()).contains("marker=m-1");
    assertThat(asked.size()).isGreaterThan(4);
    assertThat(asked).allMatch(request -> request.query().length() < 6_000);
    assertThat(
            asked.subList(3, asked.size()).stream()
                .mapToInt(request -> request.query().split("&id=").length - 1)
                .sum())
        .isEqualTo(many.length);
  }

  @Test
  void asksNeutronOnceForWhatSeveralListsNeed() {
    neutronKeepsTimes();
    cloud.on("GET", PORTS, Reply.json(200, "{'ports': []}"));
    cloud.on("GET", "/network/v2.0/floatingips", Reply.json(200, "{'floatingips': []}"));
    cloud.on(
        "GET",
        QUOTA,
        Reply.json(200, "{'quota': {'port': {'used': 4}, 'floatingip': {'used': 2}}}"));

    assertThat(read(MirrorKind.PORT, null).count()).isEqualTo(OptionalLong.of(4));
    assertThat(read(MirrorKind.FLOATING_IP, null).count()).isEqualTo(OptionalLong.of(2));

    assertThat(cloud.requests("GET", TIMES)).hasSize(1);
    assertThat(cloud.requests("GET", QUOTA)).hasSize(1);
  }

  @Test
  void readsAllOfANeutronWithoutTimesAndCounts() {
    cloud.on("GET", PORTS, Reply.json(200, "{'ports': []}"));
    cloud.on("GET", QUOTA, Reply.json(403, "{'NeutronError': {'message': 'not allowed'}}"));

    assertThat(read(MirrorKind.PORT, BOOKMARK))
        .usingRecursiveComparison()
        .ignoringFields("seen")
        .isEqualTo(new MirrorReading(true, List.of(), OptionalLong.empty(), Optional.empty()));
  }

  @Test
  void keepsTheRulesOfAGroupInOneOrder() {
    neutronKeepsTimes();
    cloud.on(
        "GET",
        "/network/v2.0/security-groups",
        Reply.json(
            200,
            "{'security_groups': [{'id': 'g-1', 'name': 'web', 'description': 'd', 'project_id': '"
                + ScriptedCloud.PROJECT
                + "', 'security_group_rules': [{'id': 'r-2', 'protocol': null,"
                + " 'description': 'x'}, {'id': 'r-1', 'protocol': 'tcp'}]}]}"));

    read(MirrorKind.SECURITY_GROUP, null);

    assertThat(only().details())
        .hasToString(
            "{\"description\":\"d\",\"security_group_rule_count\":2,"
                + "\"security_group_rules\":[{\"id\":\"r-1\",\"protocol\":\"tcp\"},"
                + "{\"id\":\"r-2\"}]}");
  }

  @Test
  void tellsTheRulesOfGroupsThatWereRememberedWhenTheirRulesWereNotKept() {
    neutronKeepsTimes();
    cloud.on(
        "GET",
        "/network/v2.0/security-groups",
        Reply.json(
            200,
            "{'security_groups': [{'id': 'g-1', 'name': 'web', 'project_id': '"
                + ScriptedCloud.PROJECT
                + "', 'security_group_rules': [{'id': 'r-1', 'protocol': 'tcp'}]}]}"));
    String seen = read(MirrorKind.SECURITY_GROUP, null).seen().orElseThrow();
    pages.clear();

    MirrorReading again =
        read(
            MirrorKind.SECURITY_GROUP,
            new MirrorKnown(
                Optional.empty(), Optional.of(seen.replaceFirst("^\\d+ ", "1 ")), item -> {}),
            ScriptedCloud.PROJECT);

    assertThat(again.same()).isFalse();
    assertThat(only().details().getJsonArray("security_group_rules")).hasSize(1);
  }

  private static final String NETWORKS = "/network/v2.0/networks";
  private static final String OWN =
      "{'id': 'n-1', 'project_id': '" + ScriptedCloud.PROJECT + "', 'shared': true}";

  @Test
  void tellsAnAdministratorOwnSharedAndExternalNetworksOnceEach() {
    cloud.role("admin");
    cloud.on(
        "GET",
        NETWORKS,
        Reply.json(200, "{'networks': [" + OWN + "]}"),
        Reply.json(
            200, "{'networks': [" + OWN + ",{'id': 'n-2', 'project_id': 'x', 'shared': true}]}"),
        Reply.json(
            200,
            "{'networks': [{'id': 'n-3', 'project_id': 'x', 'router:external': true},"
                + "{'id': 'n-4', 'project_id': 'x'}]}"));

    MirrorReading reading = read(MirrorKind.NETWORK, BOOKMARK);

    assertThat(reading)
        .usingRecursiveComparison()
        .ignoringFields("seen")
        .isEqualTo(new MirrorReading(true, List.of(), OptionalLong.empty(), Optional.empty()));
    assertThat(ids()).containsExactly("n-1", "n-2", "n-3");
    assertThat(pages.stream().flatMap(List::stream))
        .extracting(item -> item.details().getBoolean("own"))
        .containsExactly(true, false, false);
    assertThat(cloud.requests("GET", NETWORKS))
        .extracting(Request::query)
        .satisfiesExactly(
            first -> assertThat(first).contains("project_id=" + ScriptedCloud.PROJECT),
            second -> assertThat(second).contains("shared=true"),
            third -> assertThat(third).contains("router:external=true"));
  }

  @Test
  void readsTheNetworksOfOthersInOneList() {
    cloud.on(
        "GET",
        NETWORKS,
        Reply.json(
            200, "{'networks': [" + OWN + ",{'id': 'n-2', 'project_id': 'x', 'shared': true}]}"));

    read(MirrorKind.NETWORK, null);

    assertThat(ids()).containsExactly("n-1", "n-2");
    assertThat(cloud.requests("GET", NETWORKS)).hasSize(1);
  }

  @Test
  void keepsWhatItToldWhenALaterPageFails() {
    offers("2.90", "3.70");
    cloud.on(
        "GET",
        SERVERS,
        Reply.json(
            200,
            "{'servers': ["
                + server("s-1", "ACTIVE", "")
                + "], 'servers_links': [{'rel': 'next', 'href': 'http://x/?marker=s-1'}]}"),
        Reply.json(404, "{'itemNotFound': {'message': 'marker not found'}}"));

    FederationFault fault =
        catchThrowableOfType(FederationFault.class, () -> read(MirrorKind.SERVER, null));

    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_REJECTED);
    assertThat(ids()).containsExactly("s-1");
  }

  @Test
  void dropsTheLargestOfTooLargeDetails() {
    offers("2.90", "3.70");
    cloud.on(
        "GET",
        VOLUMES,
        Reply.text(
            200,
            "application/json",
            "{\"volumes\": [{\"id\": \"v-1\", \"size\": 3, \"description\": \""
                + "x".repeat(3000)
                + "\", \"volume_image_metadata\": {\"image_id\": \"i\"}}]}"));

    read(MirrorKind.VOLUME, null);

    assertThat(Details.bounded(only().details())).isEqualTo(only().details());
    var large =
        jakarta.json.Json.createObjectBuilder(only().details())
            .add("tags", "y".repeat(Details.LARGEST))
            .build();
    assertThat(Details.bounded(large).keySet())
        .contains("description", "size", "truncated")
        .doesNotContain("tags");
  }
}
