package io.isthmus.openstack.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.openstack.resource.MarkedDriver;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.scripted.Parts;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An update after several that failed: what any of them may have left is put right. */
class TriedInVainTest {
  private static final String NET = "11111111-2222-3333-4444-000000000001";
  private static final String PORT = "11111111-2222-3333-4444-000000000002";
  private static final String ROUTER = "/network/v2.0/routers/r";
  private static final String ADDRESS = "/network/v2.0/floatingips/f";

  private final ScriptedCloud cloud = new ScriptedCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  private List<String> update(
      MarkedDriver driver, String path, DesiredPart part, String last, String earlier) {
    JsonObject before =
        Json.createObjectBuilder(Parts.of("x", part.type(), last).properties())
            .add(
                ResourceDriver.EARLIER,
                Json.createArrayBuilder().add(Parts.of("x", part.type(), earlier).properties()))
            .build();
    assertThat(driver.update(cloud.target(), part, before, Instant.now().plusSeconds(60)))
        .isInstanceOf(Outcome.Taken.class);
    return cloud.requests("PUT", path).stream()
        .map(request -> request.body().replace('"', '\''))
        .toList();
  }

  @Test
  void aRouterTranslatesAgainThoughOnlyAnEarlierUpdateSaidThatItDoesNot() {
    DesiredPart part =
        Parts.recorded(
            Parts.of(
                "r",
                "OS::Neutron::Router",
                "{'external_gateway_info': {'network': '" + NET + "'}}"),
            "r");
    String there =
        "{'router': {'id': 'r', 'name': 'r', 'status': 'ACTIVE', 'admin_state_up': true,"
            + " 'description': '"
            + Marks.text(part.mark())
            + "', 'external_gateway_info': {'network_id': '"
            + NET
            + "', 'enable_snat': false}}}";
    cloud.on("GET", ROUTER, Reply.json(200, there));
    cloud.on("PUT", ROUTER, Reply.json(200, there.replace("false}", "true}")));

    assertThat(
            update(
                new RouterDriver(ScriptedCloud.clouds(ScriptedCloud.config())),
                ROUTER,
                part,
                "{'external_gateway_info': {'network': '" + NET + "'}}",
                "{'external_gateway_info': {'network': '" + NET + "', 'enable_snat': false}}"))
        .singleElement()
        .asString()
        .contains("'enable_snat':true", NET);
  }

  @Test
  void aFloatingIpLeavesAnAddressThatOnlyAnEarlierUpdateGave() {
    String port = "{'floating_network': '" + NET + "', 'port_id': '" + PORT + "'";
    DesiredPart part = Parts.recorded(Parts.of("f", "OS::Neutron::FloatingIP", port + "}"), "f");
    String there =
        "{'floatingip': {'id': 'f', 'status': 'ACTIVE', 'port_id': '"
            + PORT
            + "', 'floating_network_id': '"
            + NET
            + "', 'fixed_ip_address': '10.0.0.5', 'description': '"
            + Marks.text(part.mark())
            + "'}}";
    cloud.on("GET", ADDRESS, Reply.json(200, there));
    cloud.on("PUT", ADDRESS, Reply.json(200, there));

    assertThat(
            update(
                new FloatingIpDriver(ScriptedCloud.clouds(ScriptedCloud.config())),
                ADDRESS,
                part,
                port + ", 'fixed_ip_address': '10.0.0.6'}",
                port + ", 'fixed_ip_address': '10.0.0.5'}"))
        .singleElement()
        .asString()
        .contains(PORT)
        .doesNotContain("10.0.0");
  }
}
