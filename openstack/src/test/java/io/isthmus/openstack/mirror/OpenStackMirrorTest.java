package io.isthmus.openstack.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import io.isthmus.openstack.scripted.ScriptedCloud.Request;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
  private static final String QUOTA =
      "/network/v2.0/quotas/" + ScriptedCloud.PROJECT + "/details.json";
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String BOOKMARK = "1 " + ScriptedCloud.PROJECT + " 2026-05-01T11:50:00Z";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final OpenStackMirror mirror =
      new OpenStackMirror(
          ScriptedCloud.clouds(ScriptedCloud.config()), Clock.fixed(NOW, ZoneOffset.UTC));
  private final List<List<MirrorItem>> pages = new ArrayList<>();

  @AfterEach
  void close() {
    cloud.close();
  }

  private MirrorReading read(MirrorKind kind, String bookmark) {
    return read(kind, bookmark, ScriptedCloud.PROJECT);
  }

  private MirrorReading read(MirrorKind kind, String bookmark, String account) {
    return mirror.read(
        cloud.connection(),
        new Account(cloud.connection().cloud(), account),
        ScriptedCloud.REGION,
        kind,
        Optional.ofNullable(bookmark),
        pages::add);
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

  @Test
  void refusesToReadAnotherAccountThanWasAskedFor() {
    cloud.on("GET", SERVERS, Reply.json(200, "{'servers': [" + server("s-1", "ACTIVE", "") + "]}"));

    FederationFault fault =
        catchThrowableOfType(FederationFault.class, () -> read(MirrorKind.SERVER, null, "another"));

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
                + server("s-2", "DELETED", "")
                + ","
                + server("s-3", "SOFT_DELETED", "")
                + "]}"));

    MirrorReading reading = read(MirrorKind.SERVER, BOOKMARK);

    assertThat(reading.whole()).isFalse();
    assertThat(ids()).containsExactly("s-1");
    assertThat(reading.gone()).containsExactly("s-2", "s-3");
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
  void readsAllVolumesOfAnOldCinder() {
    offers("2.90", "3.50");
    cloud.on("GET", VOLUMES, Reply.json(200, "{'volumes': [{'id': 'v-1'}]}"));
    cloud.on("GET", SUMMARY, Reply.json(200, "{'volume-summary': {'total_count': 1}}"));

    MirrorReading reading = read(MirrorKind.VOLUME, BOOKMARK);

    assertThat(reading)
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
        .isEqualTo(new MirrorReading(true, List.of(), OptionalLong.empty(), Optional.empty()));
  }

  @Test
  void countsTheRulesOfAGroup() {
    neutronKeepsTimes();
    cloud.on(
        "GET",
        "/network/v2.0/security-groups",
        Reply.json(
            200,
            "{'security_groups': [{'id': 'g-1', 'name': 'web', 'description': 'd', 'project_id': '"
                + ScriptedCloud.PROJECT
                + "', 'security_group_rules': [{'id': 'r-1'}, {'id': 'r-2'}]}]}"));

    read(MirrorKind.SECURITY_GROUP, null);

    assertThat(only().details())
        .hasToString("{\"description\":\"d\",\"security_group_rule_count\":2}");
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
