package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.image.CopyStores;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stack's need of an image, as the engine sees it. */
class ImagePartsTest {

  private static final ProjectId DEMO = ProjectId.parse("acme/demo");
  private static final CloudId GRA = new CloudId("gra");
  private static final String TYPE = "OS::Glance::Image";
  private static final Instant SOON = Instant.now().plusSeconds(60);

  private final UUID image = UUID.randomUUID();
  private TestDatabase database;
  private ImageParts parts;

  @BeforeEach
  void open() throws SQLException {
    database = TestDatabase.create();
    TenantStores.withProjects(database, DEMO, ProjectId.parse("globex/demo"));
    parts = new ImageParts(CopyStores.over(database), Clock.systemUTC());
    run(
        """
        insert into image (id, project, name, description, disk_format, min_disk_gib, min_ram_mib, properties,
          size, state, sha512, remove_unused, added_by, added_at, touched_at)
        values ('%s', 'acme/demo', 'debian', '', 'raw', 0, 0, '{}', 200, 'READY', 'ab', true, 'alice', now(), now())
        """
            .formatted(image));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void looked() throws SQLException {
    CopyStores.looked(database, DEMO, GRA, "os-1");
  }

  private static Target target(ProjectId project) {
    return new Target(
        new CloudConnection(
            GRA,
            project,
            URI.create("https://gra.example/v3"),
            "public",
            List.of(),
            Optional.empty(),
            new Credential.ApplicationCredential("id", Secret.of("secret"))),
        "R1");
  }

  private DesiredPart part(UUID stack, int generation) {
    return new DesiredPart(
        new PartId("image-debian", GRA, "R1"),
        TYPE,
        new Mark(new StackId(stack), "image-debian", generation),
        "shop-image-debian",
        Optional.empty(),
        Optional.empty(),
        Json.createObjectBuilder()
            .add("name", "debian")
            .add("id", image.toString())
            .add("size", 200)
            .add("sha512", "ab")
            .build());
  }

  private Sighting seen(DesiredPart part) {
    return parts.observe(target(DEMO), TYPE, List.of(part)).get(part.id());
  }

  @Test
  void whoWantsSeesHowFarItIsAndAsksAgainWithoutHarm() throws SQLException {
    looked();
    DesiredPart shop = part(UUID.randomUUID(), 1);
    assertThat(seen(shop)).isInstanceOf(Sighting.Absent.class);

    Outcome.Taken taken = (Outcome.Taken) parts.create(target(DEMO), shop, SOON);
    assertThat(taken.ready()).isFalse();
    assertThat(parts.create(target(DEMO), shop, SOON)).isEqualTo(taken);
    Sighting.Present queued = (Sighting.Present) seen(shop);
    assertThat(queued.phase()).isEqualTo(Sighting.Phase.BUILDING);
    assertThat(queued.cloudStatus()).isEqualTo("queued");

    run("update image_copy set state = 'COPYING', sent = 86, glance_id = 'g-1'");
    assertThat(((Sighting.Present) seen(shop)).cloudStatus()).isEqualTo("saving 43 %");
    run("update image_copy set state = 'ACTIVE', checked_at = now(), made = true");
    Sighting.Present ready = (Sighting.Present) seen(shop);
    assertThat(ready.phase()).isEqualTo(Sighting.Phase.READY);
    assertThat(ready.physicalId()).isEqualTo("g-1");
    assertThat(
            ((Outcome.Taken) parts.create(target(DEMO), part(UUID.randomUUID(), 1), SOON)).ready())
        .isTrue();
  }

  @Test
  void aCloudWithoutRoomIsOneThatAnotherMayReplace() throws SQLException {
    looked();
    DesiredPart shop = part(UUID.randomUUID(), 1);
    parts.create(target(DEMO), shop, SOON);
    run(
        "update image_copy set state = 'FAILED', trouble_code = 'CLOUD_FULL', trouble ="
            + " '{\"key\": \"language.verbatim\", \"arguments\": [\"full\"]}'");

    Sighting.Present failed = (Sighting.Present) seen(shop);

    assertThat(failed.phase()).isEqualTo(Sighting.Phase.FAILED);
    assertThat(failed.full()).isTrue();
    assertThat(failed.trouble().orElseThrow().toString()).isEqualTo("full");
    assertThat(parts.delete(target(DEMO), shop, SOON)).isEqualTo(new Outcome.Gone(true));
    parts.create(target(DEMO), part(shop.mark().stack().value(), 2), SOON);
    assertThat(((Sighting.Present) seen(part(shop.mark().stack().value(), 2))).cloudStatus())
        .isEqualTo("queued");
  }

  @Test
  void whoNeedsItNoMoreSeesItGoneWhateverBecomesOfTheCopy() throws SQLException {
    looked();
    DesiredPart shop = part(UUID.randomUUID(), 1);
    DesiredPart blog = part(UUID.randomUUID(), 1);
    parts.create(target(DEMO), shop, SOON);
    parts.create(target(DEMO), blog, SOON);
    run("update image_copy set state = 'ACTIVE', made = true, glance_id = 'g', checked_at = now()");

    parts.delete(target(DEMO), shop, SOON);
    assertThat(seen(shop)).isInstanceOf(Sighting.Absent.class);
    assertThat(((Sighting.Present) seen(blog)).phase()).isEqualTo(Sighting.Phase.READY);
    parts.delete(target(DEMO), blog, SOON);
    Outcome.Refused leaving = (Outcome.Refused) parts.create(target(DEMO), shop, SOON);
    assertThat(leaving.fault().code()).isEqualTo(FaultCode.CONFLICT);
  }

  @Test
  void anotherProjectsImageIsAsIfItWereNot() throws SQLException {
    CopyStores.looked(database, ProjectId.parse("globex/demo"), GRA, "os-2");

    Outcome.Refused refused =
        (Outcome.Refused)
            parts.create(target(ProjectId.parse("globex/demo")), part(UUID.randomUUID(), 1), SOON);

    assertThat(refused.fault().code()).isEqualTo(FaultCode.CLOUD_REJECTED);
  }

  @Test
  void nothingIsWantedBeforeItIsKnownWhere() {
    assertThat(parts.create(target(DEMO), part(UUID.randomUUID(), 1), SOON))
        .isInstanceOf(Outcome.Uncertain.class);
  }
}
