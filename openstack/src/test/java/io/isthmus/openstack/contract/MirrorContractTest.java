package io.isthmus.openstack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.MirrorKnown;
import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.mirror.OpenStackMirror;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What reading for the mirror must do; runs against a cloud that is named by system properties. */
@EnabledIfSystemProperty(named = CloudUnderTest.AUTH_URL, matches = ".+")
class MirrorContractTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Clouds clouds = CloudUnderTest.clouds();
  private final OpenStackMirror mirror = new OpenStackMirror(clouds);
  private final CloudConnection connection = CloudUnderTest.connection();
  private final CloudSession session = clouds.session(connection);
  private final String region = session.regions(deadline()).get(0);

  private static Deadline deadline() {
    return Deadline.in(PATIENCE);
  }

  private record Read(MirrorReading reading, List<MirrorItem> items) {
    Optional<MirrorItem> item(String id) {
      return items.stream().filter(item -> item.id().equals(id)).findFirst();
    }
  }

  private Read read(MirrorKind kind, Optional<String> bookmark) {
    List<MirrorItem> items = new ArrayList<>();
    Account account = new Account(connection.cloud(), session.projectId(deadline()));
    return new Read(
        mirror.read(connection, account, region, kind, MirrorKnown.at(bookmark), items::addAll),
        items);
  }

  @Test
  void readsEachListAndGoesOnFromItsBookmark() {
    for (MirrorKind kind : MirrorKind.values()) {
      Read whole = read(kind, Optional.empty());
      assertThat(whole.reading.whole()).as("%s", kind).isTrue();
      assertThat(whole.items).as("%s", kind).extracting(MirrorItem::id).doesNotHaveDuplicates();
      whole
          .reading
          .count()
          .ifPresent(count -> assertThat(whole.items).as("%s", kind).hasSize((int) count));
      whole
          .reading
          .bookmark()
          .ifPresent(
              bookmark ->
                  assertThat(read(kind, Optional.of(bookmark)).reading.whole())
                      .as("%s", kind)
                      .isFalse());
    }
  }

  @Test
  void tellsAPortThatComesAndCountsOneThatGoes() {
    JsonObject network = make("/networks", "network", "{'name': 'mirror-contract'}");
    try {
      // None where Neutron tells no changes.
      Optional<String> bookmark = read(MirrorKind.PORT, Optional.empty()).reading.bookmark();
      JsonObject port = make("/ports", "port", "{'network_id': '" + network.getString("id") + "'}");
      Read changes = read(MirrorKind.PORT, bookmark);
      delete("/ports/" + port.getString("id"));
      assertThat(changes.reading.whole()).isEqualTo(bookmark.isEmpty());
      MirrorItem told = changes.item(port.getString("id")).orElseThrow();
      assertThat(told.details().getString("network_id")).isEqualTo(network.getString("id"));
      assertThat(told.updated()).isPresent();
      assertThat(read(MirrorKind.NETWORK, Optional.empty()).item(network.getString("id")))
          .get()
          .satisfies(item -> assertThat(item.details().getBoolean("own")).isTrue());
    } finally {
      delete("/networks/" + network.getString("id"));
    }
  }

  @Test
  void tellsAVolumeThatComesAndCountsOneThatGoes() throws Exception {
    Read before = read(MirrorKind.VOLUME, Optional.empty());
    Optional<String> bookmark = before.reading.bookmark();
    JsonObject body =
        Json.createObjectBuilder()
            .add("volume", Json.createObjectBuilder().add("size", 1).add("name", "mirror-contract"))
            .build();
    String id =
        session
            .fetch(Call.post(ServiceType.VOLUME, region, "/volumes", body), "volume", deadline())
            .getString("id");
    try {
      Read changes = read(MirrorKind.VOLUME, bookmark);
      assertThat(changes.item(id)).as("just made").isPresent();
      assertThat(changes.reading.count()).hasValue(before.reading.count().orElseThrow() + 1);
      Deadline ready = deadline();
      while (!read(MirrorKind.VOLUME, bookmark)
          .item(id)
          .flatMap(MirrorItem::status)
          .filter("available"::equals)
          .isPresent()) {
        assertThat(ready.isOver()).isFalse();
        Thread.sleep(500);
      }
    } finally {
      session.send(Call.delete(ServiceType.VOLUME, region, "/volumes/" + id), deadline());
    }
    Deadline gone = deadline();
    while (read(MirrorKind.VOLUME, bookmark).reading.count().orElseThrow()
        != before.reading.count().orElseThrow()) {
      assertThat(gone.isOver()).isFalse();
      Thread.sleep(500);
    }
  }

  private JsonObject make(String path, String key, String json) {
    JsonObject body =
        Json.createReader(
                new java.io.StringReader(("{'" + key + "': " + json + "}").replace('\'', '"')))
            .readObject();
    return session.fetch(Call.post(ServiceType.NETWORK, region, path, body), key, deadline());
  }

  private void delete(String path) {
    session.send(Call.delete(ServiceType.NETWORK, region, path), deadline());
  }
}
