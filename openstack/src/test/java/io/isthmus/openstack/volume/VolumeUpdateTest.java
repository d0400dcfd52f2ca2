package io.isthmus.openstack.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolumeUpdateTest {
  private static final String ROOT = "/volume/v3/" + ScriptedCloud.PROJECT;
  private static final String VOLUME = ROOT + "/volumes/v-1";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final VolumeDriver driver =
      new VolumeDriver(ScriptedCloud.clouds(ScriptedCloud.config()));

  @AfterEach
  void close() {
    cloud.close();
  }

  private static DesiredPart volume(String properties) {
    return Parts.recorded(Parts.of("data", "OS::Cinder::Volume", properties), "v-1");
  }

  private void is(String status, String more) {
    String mark = Marks.metadata(volume("{}").mark()).toString().replace('"', '\'');
    cloud.on(
        "GET",
        VOLUME,
        Reply.json(
            200,
            "{'volume': {'id': 'v-1', 'name': 'n', 'size': 2, 'volume_type': 'ssd', 'status': '"
                + status
                + "', 'metadata': "
                + mark.replace("}", more + "}")
                + "}}"));
  }

  private static String marked(String id, String createdAt, String attachments) {
    return "{'id': '%s', 'name': 'n', 'size': 2, 'status': 'available', 'created_at': '%s',"
            .formatted(id, createdAt)
        + " 'attachments': ["
        + attachments
        + "], 'metadata': "
        + Marks.metadata(volume("{}").mark()).toString().replace('"', '\'')
        + "}";
  }

  @Test
  void whatSomebodyMadeOfAVolumeIsNoDouble() {
    cloud.on(
        "GET",
        ROOT + "/volumes/detail",
        Reply.json(
            200,
            "{'volumes': ["
                + String.join(
                    ", ",
                    marked("v-1", "2026-01-01T10:00:00.000000", ""),
                    marked("twice", "2026-01-01T10:01:00.000000", ""),
                    marked("used", "2026-01-01T10:01:00.000000", "{'server_id': 's'}"),
                    marked("restored", "2026-01-01T10:30:00.000000", ""))
                + "]}"));
    DesiredPart part = volume("{'size': 2}");
    Sighting.Present seen =
        (Sighting.Present)
            driver.observe(cloud.target(), part.type(), List.of(part)).get(part.id());
    assertThat(seen.physicalId()).isEqualTo("v-1");
    assertThat(seen.doubles()).containsExactly("twice");
  }

  private void offers(String microversion) {
    cloud.on(
        "GET",
        "/volume/v3/",
        Reply.json(200, "{'versions': [{'id': 'v3.0', 'version': '" + microversion + "'}]}"));
  }

  private Outcome update(String properties, String before) {
    return driver.update(
        cloud.target(),
        volume(properties),
        volume(before).properties(),
        Instant.now().plusSeconds(60));
  }

  private List<ScriptedCloud.Request> actions() {
    return cloud.requests("POST", VOLUME + "/action");
  }

  private static void assertReady(Outcome outcome, boolean ready) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Taken.class, taken -> assertThat(taken.ready()).isEqualTo(ready));
  }

  private static void assertRefused(Outcome outcome, String phrase) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.fault().code()).isEqualTo(FaultCode.CLOUD_REJECTED);
              assertThat(refused.fault().phrase().key()).isEqualTo(phrase);
            });
  }

  @Test
  void doesNotShrink() {
    is("available", "");
    assertRefused(update("{'size': 1}", "{'size': 2}"), "driver.volume-smaller");
    assertThat(actions()).isEmpty();
  }

  @Test
  void extendsInAServerWhereTheCloudCan() {
    offers("3.70");
    is("in-use", "");
    cloud.on("POST", VOLUME + "/action", Reply.json(202, ""));
    assertReady(update("{'size': 5}", "{'size': 2}"), false);
    assertThat(actions().get(0).header("OpenStack-API-Version")).contains("volume 3.42");
    is("extending", "");
    DesiredPart part = volume("{'size': 5}");
    cloud.on("GET", ROOT + "/volumes/detail", Reply.json(200, "{'volumes': []}"));
    assertThat(
            ((Sighting.Present)
                    driver.observe(cloud.target(), part.type(), List.of(part)).get(part.id()))
                .phase())
        .isEqualTo(Sighting.Phase.BUILDING);
    assertReady(update("{'size': 5}", "{'size': 2}"), false);
    assertThat(actions()).hasSize(1);
  }

  @Test
  void saysThatAnOldCloudCannotExtendInAServer() {
    offers("3.27");
    is("in-use", "");
    assertRefused(update("{'size': 5}", "{'size': 2}"), "driver.lacking");
    assertThat(actions()).isEmpty();
  }

  @Test
  void tellsAChangeOfTypeThatCinderGaveUp() {
    cloud.on("GET", ROOT + "/types", Reply.json(200, "{'volume_types': []}"));
    cloud.on("POST", VOLUME + "/action", Reply.json(202, ""));
    cloud.on("POST", VOLUME + "/metadata", Reply.json(200, "{'metadata': {}}"));
    cloud.on("DELETE", VOLUME + "/metadata/isthmus:retype", Reply.json(200, ""));
    is("available", "");
    assertReady(update("{'volume_type': 'hdd'}", "{'volume_type': 'ssd'}"), false);
    assertThat(actions().get(0).body())
        .isEqualTo("{\"os-retype\":{\"new_type\":\"hdd\",\"migration_policy\":\"never\"}}");
    is("available", ", 'isthmus:retype': 'hdd'");
    assertRefused(
        update("{'volume_type': 'hdd'}", "{'volume_type': 'ssd'}"), "driver.retype-failed");
    assertThat(actions()).hasSize(1);
    assertThat(cloud.requests("DELETE", VOLUME + "/metadata/isthmus:retype")).hasSize(1);
  }

  @Test
  void knowsATypeByItsId() {
    cloud.on(
        "GET", ROOT + "/types", Reply.json(200, "{'volume_types': [{'id': '7', 'name': 'ssd'}]}"));
    is("available", "");
    assertReady(update("{'volume_type': '7'}", "{'volume_type': 'ssd'}"), true);
    assertThat(actions()).isEmpty();
  }
}
