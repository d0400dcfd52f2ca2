package io.isthmus.itests.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A client that follows a stack hears each event once, also when it lost the connection. */
@Tag("container")
@Isolated("counts the events of the project")
class EventStreamIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
      """;
  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules: []
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private final List<StreamClient> clients = new ArrayList<>();
  private StackUnderTest stack;

  @BeforeEach
  void aliceMakesAStack() throws Exception {
    system.awaitClouds(alice);
    stack = StackUnderTest.of(alice, alice.plan("followed", TEMPLATE, POLICY, Map.of()));
  }

  @AfterEach
  void close() throws Exception {
    for (StreamClient client : clients) {
      client.close();
    }
    stack.delete();
  }

  private StreamClient follow(String path, String user, String lastEventId) throws Exception {
    StreamClient client = new StreamClient(system, path, system.token(user), lastEventId);
    clients.add(client);
    return client;
  }

  private void await(StreamClient client, long id) throws Exception {
    Await.until(PATIENCE, "event " + id, client::ids, ids -> ids.contains(id));
  }

  @Test
  void tellsEachEventOfAStackOnceAndGoesOnWhereTheClientLeftOff() throws Exception {
    StreamClient first = follow("/stacks/" + stack.id() + "/events", "alice", null);
    stack.awaitComplete();
    long known = stack.events().size();
    await(first, known);
    assertThat(first.ids()).isEqualTo(LongStream.rangeClosed(1, known).boxed().toList());
    first.close();

    assertThat(alice.delete("/stacks/" + stack.id()).statusCode()).isEqualTo(202);
    StreamClient second =
        follow("/stacks/" + stack.id() + "/events", "alice", Long.toString(known));
    await(second, known + 1);
    assertThat(second.ids()).doesNotContain(known).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void tellsWhatHappensInAProjectFromNowOn() throws Exception {
    stack.awaitComplete();
    StreamClient client = follow("/events?after=latest", "alice", null);
    long before = newest();
    assertThat(alice.delete("/stacks/" + stack.id()).statusCode()).isEqualTo(202);

    await(client, before + 1);
    JsonObject event = client.event(before + 1);
    assertThat(event.getString("stack")).isEqualTo(stack.id());
    assertThat(event.getString("stack_name")).isEqualTo("followed");
    assertThat(event.getString("status")).isEqualTo("DELETE_IN_PROGRESS");
  }

  private long newest() throws Exception {
    List<JsonObject> all = new ArrayList<>();
    List<JsonObject> page;
    long after = 0;
    do {
      page = alice.list("/events?limit=500&after=" + after);
      all.addAll(page);
      after = page.isEmpty() ? after : page.get(page.size() - 1).getJsonNumber("id").longValue();
    } while (!page.isEmpty());
    assertThat(all).extracting(event -> event.getInt("id")).doesNotHaveDuplicates().isSorted();
    return after;
  }

  @Test
  void isAProblemWhereTheCallerMayNotLookOrAsksNonsense() throws Exception {
    StreamClient foreign = follow("/stacks/" + stack.id() + "/events", "bob", null);
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.contentType()).startsWith("application/problem+json");
    assertThat(follow("/stacks/nonsense/events", "alice", null).status()).isEqualTo(404);
    assertThat(follow("/events?project=acme/demo", "bob", null).status()).isEqualTo(404);
    assertThat(follow("/events", "alice", "nonsense").status()).isEqualTo(400);
    assertThat(bob.list("/events").toString()).doesNotContain("followed");
  }

  @Test
  void servesAPersonNoMoreThanTenStreamsAtOnce() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(follow("/events?after=latest", "bob", null).status()).isEqualTo(200);
    }
    StreamClient tooMany = follow("/events?after=latest", "bob", null);
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.header("Retry-After"))
        .hasValueSatisfying(text -> assertThat(text).matches("[0-9]+"));
    assertThat(follow("/events?after=latest", "alice", null).status()).isEqualTo(200);
  }
}
