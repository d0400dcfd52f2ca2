package io.isthmus.openstack.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolumeAttachmentDriverTest {
  private static final String VOLUMES = "/volume/v3/" + ScriptedCloud.PROJECT + "/volumes";
  private static final String ATTACHMENTS = "/compute/v2.1/servers/s-1/os-volume_attachments";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final VolumeAttachmentDriver driver =
      new VolumeAttachmentDriver(ScriptedCloud.clouds(ScriptedCloud.config()));
  private final DesiredPart part = attachment("attachment", "v-1");

  @AfterEach
  void close() {
    cloud.close();
  }

  private static DesiredPart attachment(String resource, String volume) {
    return Parts.of(
        resource,
        "OS::Cinder::VolumeAttachment",
        "{'instance_uuid': 's-1', 'volume_id': '" + volume + "'}");
  }

  private static String volume(String id, String status, String servers) {
    return "{'id': '" + id + "', 'status': '" + status + "', 'attachments': [" + servers + "]}";
  }

  private void volumeIs(String status, String servers) {
    cloud.on(
        "GET",
        VOLUMES + "/v-1",
        Reply.json(200, "{'volume': " + volume("v-1", status, servers) + "}"));
  }

  private void novaShows(String attachments) {
    cloud.on("GET", ATTACHMENTS, Reply.json(200, "{'volumeAttachments': [" + attachments + "]}"));
  }

  private Sighting observe() {
    return driver.observe(cloud.target(), part.type(), List.of(part)).get(part.id());
  }

  private Sighting.Phase phase() {
    return ((Sighting.Present) observe()).phase();
  }

  @Test
  void aVolumeOnItsWayIntoThisServerIsBuilding() {
    volumeIs("attaching", "");
    novaShows("{'id': 'v-1', 'volumeId': 'v-1', 'serverId': 's-1'}");
    assertThat(phase()).isEqualTo(Sighting.Phase.BUILDING);
  }

  @Test
  void aVolumeOnItsWayIntoAnotherServerIsNotOurs() {
    volumeIs("attaching", "");
    novaShows("{'id': 'v-2', 'volumeId': 'v-2', 'serverId': 's-1'}");
    assertThat(observe()).isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void aVolumeOnItsWayIsNotInAServerThatIsNotThere() {
    volumeIs("reserved", "");
    assertThat(observe()).isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void aVolumeInAnotherServerIsNotOursAndNovaSaysWhyItRefuses() {
    volumeIs("in-use", "{'server_id': 's-2'}");
    cloud.on(
        "POST",
        ATTACHMENTS,
        Reply.json(
            400,
            "{'badRequest': {'message': 'Invalid volume: volume v-1 is already attached to"
                + " instances: s-2'}}"));
    assertThat(observe()).isInstanceOf(Sighting.Absent.class);
    assertThat(driver.create(cloud.target(), part, Instant.now().plusSeconds(60)))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.fault().getMessage()).contains("already attached"));
  }

  @Test
  void anAttachmentIsReadyAndThenOnItsWayOut() {
    volumeIs("in-use", "{'server_id': 's-1'}");
    assertThat(phase()).isEqualTo(Sighting.Phase.READY);
    volumeIs("detaching", "{'server_id': 's-1'}");
    assertThat(phase()).isEqualTo(Sighting.Phase.DELETING);
    assertThat(cloud.requests("GET", ATTACHMENTS)).as("Nova is not needed for that").isEmpty();
  }

  @Test
  void manyAreSeenByOneListOfTheStackAndOneCallForEachStrangeVolume() {
    cloud.on(
        "GET",
        VOLUMES + "/detail",
        Reply.json(
            200,
            "{'volumes': ["
                + volume("v-1", "in-use", "{'server_id': 's-1'}")
                + ","
                + volume("v-2", "available", "")
                + "]}"));
    cloud.on(
        "GET",
        VOLUMES + "/v-3",
        Reply.json(200, "{'volume': " + volume("v-3", "in-use", "{'server_id': 's-1'}") + "}"));
    DesiredPart second = attachment("second", "v-2");
    DesiredPart third = attachment("third", "v-3");
    Map<?, Sighting> seen =
        driver.observe(cloud.target(), part.type(), List.of(part, second, third));
    assertThat(seen.get(part.id())).isInstanceOf(Sighting.Present.class);
    assertThat(seen.get(second.id())).isInstanceOf(Sighting.Absent.class);
    assertThat(seen.get(third.id())).isInstanceOf(Sighting.Present.class);
    assertThat(cloud.requests("GET", VOLUMES + "/detail").get(0).query())
        .contains("metadata={'isthmus:stack': '" + Parts.STACK + "'}");
  }
}
