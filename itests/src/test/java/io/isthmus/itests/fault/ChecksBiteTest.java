package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check of {@link RandomFaultsIT} finds what is planted for it, and nothing else. */
class ChecksBiteTest {

  private static final String STACK = "11111111-1111-1111-1111-111111111111";
  private static final String STRANGER = "22222222-2222-2222-2222-222222222222";

  private static final Thing ANOTHERS =
      new Thing(Thing.SERVER, "gra", "GRA-1", "other", "web", "ACTIVE", Optional.empty(), "", "");

  private final Thing server = server("s1", STACK, "web/0", 1, "bhs");
  private final Thing port = port("p1", "web/0#port-0", "s1");
  private final Part part =
      new Part(STACK, "web/0", 1, Thing.SERVER, "bhs", "BHS", "s1", "CREATE_COMPLETE");

  private static Thing server(String id, String stack, String resource, int generation, String at) {
    return new Thing(
        Thing.SERVER,
        at,
        at.toUpperCase(java.util.Locale.ROOT),
        id,
        "web",
        "ACTIVE",
        Optional.of(new Thing.Mark(stack, resource, generation)),
        "",
        "blue");
  }

  private static Thing port(String id, String resource, String device) {
    return new Thing(
        Thing.PORT,
        "bhs",
        "BHS",
        id,
        "",
        "ACTIVE",
        Optional.of(new Thing.Mark(STACK, resource, 1)),
        device,
        "");
  }

  private List<String> differences(Thing... more) {
    List<Thing> now = new ArrayList<>(List.of(ANOTHERS, server, port));
    now.addAll(List.of(more));
    return AtQuiet.differences(List.of(ANOTHERS), now, List.of(part));
  }

  @Test
  void nothingIsFoundWhereNothingIsWrong() {
    assertThat(differences()).isEmpty();
    assertThat(AtQuiet.lost(STACK, 1, "blue", List.of(ANOTHERS, server))).isEmpty();
  }

  @Test
  void aDoubleIsFound() {
    assertThat(differences(server("s2", STACK, "web/0", 1, "bhs")))
        .singleElement()
        .asString()
        .startsWith("double: ");
  }

  @Test
  void anOrphanIsFoundWhoseverItIs() {
    assertThat(differences(server("s2", STACK, "web/7", 1, "bhs")))
        .singleElement()
        .asString()
        .startsWith("orphan: ");
    assertThat(differences(server("s2", STRANGER, "web/0", 1, "bhs"))).hasSize(1);
    assertThat(differences(port("p2", "web/3#port-0", ""))).hasSize(1);
  }

  @Test
  void aSecondPortIsFoundAndOneTooFew() {
    assertThat(differences(port("p2", "web/0#port-0", "s1")))
        .singleElement()
        .asString()
        .startsWith("2 ports");
    assertThat(AtQuiet.differences(List.of(), List.of(server), List.of(part)))
        .singleElement()
        .asString()
        .startsWith("0 ports");
  }

  @Test
  void whatIsMissingElsewhereOrDoesNotRunIsFound() {
    assertThat(AtQuiet.differences(List.of(), List.of(port), List.of(part)))
        .singleElement()
        .asString()
        .startsWith("missing: ");
    Part elsewhere = new Part(STACK, "web/0", 1, Thing.SERVER, "syd", "SYD", "s1", part.status());
    assertThat(AtQuiet.differences(List.of(), List.of(server, port), List.of(elsewhere)))
        .singleElement()
        .asString()
        .startsWith("another thing");
    Thing broken =
        new Thing(
            Thing.SERVER, "bhs", "BHS", "s1", "web", "ERROR", server.mark(), "", server.colour());
    assertThat(AtQuiet.differences(List.of(), List.of(broken, port), List.of(part)))
        .singleElement()
        .asString()
        .startsWith("does not run");
  }

  @Test
  void whatIsToldTwiceOrDoesNotRestIsFound() {
    assertThat(AtQuiet.differences(List.of(), List.of(server, port), List.of(part, part)))
        .contains("told twice: " + part);
    Part failed = new Part(STACK, "web/1", 1, Thing.SERVER, "bhs", "BHS", "", "CREATE_FAILED");
    assertThat(AtQuiet.differences(List.of(), List.of(server, port), List.of(part, failed)))
        .containsExactly("does not rest: " + failed);
  }

  @Test
  void whatWasTakenThoughNotOursIsFound() {
    assertThat(AtQuiet.differences(List.of(ANOTHERS), List.of(server, port), List.of(part)))
        .singleElement()
        .asString()
        .startsWith("taken");
  }

  @Test
  void anAcknowledgedRequestThatIsLostIsFound() {
    assertThat(AtQuiet.lost(STACK, 2, "blue", List.of(server))).hasSize(1);
    assertThat(AtQuiet.lost(STACK, 0, "blue", List.of(server))).hasSize(1);
    assertThat(AtQuiet.lost(STACK, 1, "red", List.of(server))).hasSize(1);
  }

  @Test
  void aStackThatDoesNotTellTheTruthIsFound() {
    assertThat(Truth.mistakes(stack("UPDATE_COMPLETE", 3, "HEALTHY"), false)).isEmpty();
    assertThat(Truth.mistakes(stack("DELETE_COMPLETE", 0, "UNKNOWN"), true)).isEmpty();
    assertThat(Truth.mistakes(stack("UPDATE_FAILED", 3, "HEALTHY"), false)).hasSize(1);
    assertThat(Truth.mistakes(stack("UPDATE_COMPLETE", 2, "HEALTHY"), false)).hasSize(1);
    assertThat(Truth.mistakes(stack("UPDATE_COMPLETE", 3, "DEGRADED"), false)).hasSize(1);
    assertThat(Truth.mistakes(stack("DELETE_COMPLETE", 3, "HEALTHY"), false)).hasSize(1);
    assertThat(Truth.mistakes(stack("CREATE_COMPLETE", 3, "HEALTHY"), true)).hasSize(1);
  }

  private static JsonObject stack(String status, int done, String health) {
    return Json.createObjectBuilder()
        .add("status", status)
        .add("parts", 3)
        .add("parts_done", done)
        .add("health", Json.createObjectBuilder().add("state", health))
        .build();
  }

  @Test
  void aStoryThatTellsTwiceLeavesOutOrEndsElsewhereIsFound() {
    JsonObject begun = event(1, "", "CREATE_IN_PROGRESS", "begun");
    JsonObject made = event(2, "web/0", "CREATE_COMPLETE", "made");
    JsonObject done = event(3, "", "CREATE_COMPLETE", "done");
    assertThat(Stories.mistakes("CREATE_COMPLETE", List.of(begun, made, done))).isEmpty();
    assertThat(
            Stories.mistakes(
                "CREATE_COMPLETE",
                List.of(begun, made, done, event(4, "", "CREATE_COMPLETE", "more"))))
        .as("something else that is told of what is complete")
        .isEmpty();

    assertThat(Stories.mistakes("CREATE_COMPLETE", List.of(begun, done))).as("gap").hasSize(1);
    assertThat(Stories.mistakes("CREATE_COMPLETE", List.of(begun, made, made, done)))
        .as("the same event twice")
        .isNotEmpty();
    assertThat(
            Stories.mistakes(
                "CREATE_COMPLETE",
                List.of(
                    begun,
                    made,
                    event(3, "web/0", "CREATE_COMPLETE", "made"),
                    event(4, "", "CREATE_COMPLETE", "done"))))
        .as("told twice")
        .hasSize(1);
    assertThat(Stories.mistakes("UPDATE_COMPLETE", List.of(begun, made, done)))
        .as("another end")
        .hasSize(1);
    assertThat(
            Stories.doublesRemoved(
                List.of(
                    made,
                    event(3, "web/0", "CREATE_COMPLETE", "Server web was found twice in bhs"))))
        .isEqualTo(1);
  }

  private static JsonObject event(int sequence, String resource, String status, String text) {
    return Json.createObjectBuilder()
        .add("sequence", sequence)
        .add("resource", resource)
        .add("status", status)
        .add("text", text)
        .build();
  }

  @Test
  void whatDidNotHoldForAMomentIsRemembered() {
    Moment moment = new Moment();
    moment.see(List.of(server, ANOTHERS));
    moment.see(
        List.of(
            server,
            server("s2", STACK, "web/0", 1, "bhs"),
            server("s3", STACK, "web/1", 1, "syd")));
    moment.see(List.of(server));

    assertThat(moment.doubles()).isEqualTo(1);
    assertThat(moment.mostServers()).isEqualTo(2);
    assertThat(moment.outsideOf(Map.of(STACK, Set.of("bhs", "syd")))).isEmpty();
    assertThat(moment.outsideOf(Map.of(STACK, Set.of("bhs"))))
        .singleElement()
        .asString()
        .contains("syd");
    assertThat(moment.strangers(Set.of(STACK))).isEmpty();
    assertThat(moment.strangers(Set.of())).hasSize(1);
  }

  @Test
  void whatIsMadeAnewBesideTheOldIsNoDouble() {
    Moment moment = new Moment();
    moment.see(List.of(server, server("s2", STACK, "web/0", 2, "bhs")));
    moment.see(List.of(server, server("s2", STACK, "web/0", 2, "syd")));
    assertThat(moment.doubles()).isZero();
    assertThat(moment.mostServers()).isEqualTo(1);
  }

  @Test
  void aSecretInALogIsFound(@TempDir Path data) throws Exception {
    Files.createDirectories(data.resolve("secrets"));
    Files.createDirectories(data.resolve("payara/isthmus/logs"));
    Files.writeString(data.resolve("secrets/database-password"), "0123456789abcdef\n");
    Files.writeString(data.resolve("secrets/short"), "1");
    Path log = data.resolve("payara/isthmus/logs/server.log_2026");
    Files.writeString(log, "one line 1\nand another\n");

    Set<String> secrets = Logs.secretsOf(data);
    assertThat(secrets).containsExactly("0123456789abcdef");
    assertThat(Logs.tellingOf(data, secrets)).isEmpty();
    Files.writeString(log, "one line\npassword=0123456789abcdef\n");
    assertThat(Logs.tellingOf(data, secrets))
        .singleElement()
        .asString()
        .startsWith("1 lines of ")
        .doesNotContain("0123456789abcdef");
    assertThat(Logs.tellingOf(data.resolve("secrets"), secrets)).as("no logs at all").hasSize(1);
  }

  @Test
  void marksAreReadAsCloudsKeepThem() {
    JsonObject volume =
        Json.createObjectBuilder()
            .add("id", "v")
            .addNull("name")
            .add(
                "metadata",
                Json.createObjectBuilder()
                    .add("isthmus:stack", STACK)
                    .add("isthmus:resource", "disk")
                    .add("isthmus:generation", "3"))
            .build();
    assertThat(Thing.of("OS::Cinder::Volume", "bhs", "BHS", volume).mark())
        .contains(new Thing.Mark(STACK, "disk", 3));
    JsonObject net =
        Json.createObjectBuilder()
            .add("id", "n")
            .add("description", "Mine [isthmus:" + STACK + ":1:net]")
            .build();
    assertThat(Thing.of("OS::Neutron::Net", "bhs", "BHS", net).mark())
        .contains(new Thing.Mark(STACK, "net", 1));
    assertThat(
            Thing.of(
                    "OS::Neutron::Net",
                    "bhs",
                    "BHS",
                    Json.createObjectBuilder(net).add("description", "").build())
                .mark())
        .isEmpty();
  }
}
