package io.isthmus.openstack.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecurityGroupUpdateTest {
  private static final String GROUP = "/network/v2.0/security-groups/g";
  private static final String RULES = "/network/v2.0/security-group-rules";
  private static final String OUT =
      "{'id': 'out', 'direction': 'egress', 'ethertype': 'IPv4'},"
          + "{'id': 'out6', 'direction': 'egress', 'ethertype': 'IPv6'}";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final SecurityGroupDriver driver =
      new SecurityGroupDriver(ScriptedCloud.clouds(ScriptedCloud.config()));

  @BeforeEach
  void rules() {
    cloud.on("POST", RULES, Reply.json(201, "{'security_group_rules': []}"));
    for (String id : List.of("web", "out", "out6", "dns")) {
      cloud.on("DELETE", RULES + "/" + id, Reply.json(204, ""));
    }
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private static DesiredPart group(String rules) {
    return Parts.recorded(
        Parts.of("g", "OS::Neutron::SecurityGroup", "{'rules': [" + rules + "]}"), "g");
  }

  private static String tcp(int port) {
    return "{'protocol': 'tcp', 'port_range_min': " + port + ", 'port_range_max': " + port + "}";
  }

  private static String there(String id, int port, String description) {
    return "{'id': '"
        + id
        + "', 'direction': 'ingress', 'ethertype': 'IPv4', 'protocol': 'tcp', 'description': '"
        + description
        + "', 'port_range_min': "
        + port
        + ", 'port_range_max': "
        + port
        + "}";
  }

  private void has(String... rules) {
    cloud.on(
        "GET",
        GROUP,
        Reply.json(
            200,
            "{'security_group': {'id': 'g', 'name': 'g', 'description': '"
                + Marks.text(group("").mark())
                + "', 'security_group_rules': ["
                + String.join(", ", rules)
                + "]}}"));
  }

  private List<String> update(String rules, String before) {
    return update(rules, group(before).properties());
  }

  /** What an update finds that follows one which failed. */
  private static JsonObject inVain(String first, String failed) {
    return Json.createObjectBuilder(group(failed).properties())
        .add(ResourceDriver.EARLIER, Json.createArrayBuilder().add(group(first).properties()))
        .build();
  }

  private List<String> update(String rules, JsonObject before) {
    Outcome outcome =
        driver.update(cloud.target(), group(rules), before, Instant.now().plusSeconds(60));
    assertThat(outcome)
        .isInstanceOfSatisfying(Outcome.Taken.class, taken -> assertThat(taken.ready()).isTrue());
    return cloud.requests().stream()
        .filter(request -> request.path().startsWith(RULES))
        .map(request -> request.method() + " " + request.path().substring(RULES.length()))
        .toList();
  }

  @Test
  void addsBeforeItRemovesAndLeavesTheRulesOfOthers() {
    String own = Marks.text(new Mark(Parts.STACK, "rule", 1));
    has(there("web", 80, ""), there("theirs", 22, ""), there("mine", 25, own), OUT);
    assertThat(update(tcp(443), tcp(80) + ", " + tcp(25))).containsExactly("POST ", "DELETE /web");
    assertThat(cloud.requests("POST", RULES).get(0).json().getJsonArray("security_group_rules"))
        .hasSize(1);
  }

  @Test
  void putsRightByRemovingTheRuleThatWasOpenedAndNoOther() {
    JsonObject found =
        Json.createObjectBuilder().add("property", "rules").add("item", "theirs").build();
    JsonObject before =
        Json.createObjectBuilder(group(tcp(80)).properties())
            .add(ResourceDriver.FOUND, Json.createArrayBuilder().add(found))
            .build();
    cloud.on("DELETE", RULES + "/theirs", Reply.json(204, ""));
    has(there("web", 80, ""), there("theirs", 22, ""), there("unknown", 23, ""), OUT);
    assertThat(update(tcp(80), before)).containsExactly("DELETE /theirs");
  }

  @Test
  void goesOnWhereItWasStopped() {
    has(there("web", 80, ""), there("new", 443, ""), OUT);
    assertThat(update(tcp(443), tcp(80))).containsExactly("DELETE /web");
  }

  @Test
  void whatGoesOutIsRuledFromThenOn() {
    has(OUT);
    assertThat(update("{'direction': 'egress', 'protocol': 'udp'}", ""))
        .containsExactly("POST ", "DELETE /out", "DELETE /out6");
  }

  @Test
  void allGoesOutAgainWhenItIsRuledNoMore() {
    has("{'id': 'dns', 'direction': 'egress', 'ethertype': 'IPv4', 'protocol': 'udp'}");
    assertThat(update("", "{'direction': 'egress', 'protocol': 'udp'}"))
        .containsExactly("POST ", "DELETE /dns");
    assertThat(cloud.requests("POST", RULES).get(0).json().getJsonArray("security_group_rules"))
        .hasSize(2);
  }

  @Test
  void whatSomebodyClosedByHandIsNotOpenedByAnotherChange() {
    has(there("web", 80, ""));
    assertThat(update(tcp(443), tcp(80))).containsExactly("POST ", "DELETE /web");
    assertThat(cloud.requests("POST", RULES).get(0).json().getJsonArray("security_group_rules"))
        .hasSize(1);
  }

  @Test
  void closesWhatAnUpdateThatFailedWasToClose() {
    has(there("web", 80, ""), there("8080", 8080, ""), there("theirs", 22, ""), OUT);
    cloud.on("DELETE", RULES + "/8080", Reply.json(204, ""));
    assertThat(
            update(
                tcp(80) + ", " + tcp(443),
                inVain(tcp(80) + ", " + tcp(8080), tcp(80) + ", " + tcp(25))))
        .containsExactly("POST ", "DELETE /8080");
    assertThat(cloud.requests("POST", RULES).get(0).json().getJsonArray("security_group_rules"))
        .hasSize(1);
  }

  @Test
  void allGoesOutAgainWhereAnUpdateFailedThatWasToRuleItNoMore() {
    has("{'id': 'dns', 'direction': 'egress', 'ethertype': 'IPv4', 'protocol': 'udp'}");
    assertThat(update(tcp(443), inVain("{'direction': 'egress', 'protocol': 'udp'}", tcp(80))))
        .containsExactly("POST ", "DELETE /dns");
    assertThat(cloud.requests("POST", RULES).get(0).json().getJsonArray("security_group_rules"))
        .hasSize(3);
  }
}
