package io.isthmus.openstack.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NovaConsoleTest {
  private static final int LONGEST = 1000;
  private static final String ACTION = "/compute/v2.1/servers/s-1/action";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final NovaConsole console =
      new NovaConsole(ScriptedCloud.clouds(ScriptedCloud.config()), LONGEST);

  @AfterEach
  void close() {
    cloud.close();
  }

  private FaultCode refused() {
    return catchThrowableOfType(FederationFault.class, () -> console.log(cloud.target(), "s-1", 50))
        .code();
  }

  @Test
  void asksForAsManyLinesAsAreWanted() {
    cloud.on("POST", ACTION, Reply.json(200, "{'output': 'booted\\nlogin: '}"));

    assertThat(console.log(cloud.target(), "s-1", 50)).isEqualTo("booted\nlogin: ");
    assertThat(cloud.requests("POST", ACTION).get(0).json())
        .hasToString("{\"os-getConsoleOutput\":{\"length\":50}}");
  }

  @Test
  void keepsTheEndOfALogWithoutEnd() {
    cloud.on("POST", ACTION, Reply.json(200, "{'output': '" + "x".repeat(2 * LONGEST) + "end'}"));

    assertThat(console.log(cloud.target(), "s-1", 1)).hasSize(LONGEST).endsWith("end");
  }

  @Test
  void tellsWhatTheCloudRefuses() {
    cloud.on(
        "POST",
        ACTION,
        Reply.json(409, "{'conflictingRequest': {'message': 'Instance s-1 is not ready'}}"));
    assertThat(refused()).isIn(FaultCode.CONFLICT, FaultCode.CLOUD_REJECTED);
  }

  @Test
  void takesNothingElseForALog() {
    cloud.on("POST", ACTION, Reply.json(200, "{'output': null}"));
    assertThat(refused()).isEqualTo(FaultCode.CLOUD_GARBLED);
  }

  @Test
  void tellsThatACloudIsAway() {
    cloud.close();
    assertThat(refused()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
  }
}
