package io.isthmus.openstack.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenStackQuotasTest {
  private static final Account THEIRS = new Account(new CloudId("scripted"), "abc");
  private static final String COMPUTE = "/compute/v2.1/os-quota-sets/abc";
  private static final String NETWORK = "/network/v2.0/quotas/abc";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final OpenStackQuotas quotas =
      new OpenStackQuotas(ScriptedCloud.clouds(ScriptedCloud.config()));

  @AfterEach
  void close() {
    cloud.close();
  }

  private void set(Map<LimitKind, Long> limits) {
    quotas.set(cloud.connection(), ScriptedCloud.REGION, THEIRS, limits);
  }

  @Test
  void whoHasTheRoleAdminMaySet() {
    assertThat(quotas.maySet(cloud.connection())).isFalse();
    cloud.role("admin");
    assertThat(
            new OpenStackQuotas(ScriptedCloud.clouds(ScriptedCloud.config()))
                .maySet(cloud.connection()))
        .isTrue();
  }

  @Test
  void eachServiceIsToldItsOwnByItsOwnNames() {
    cloud.on("GET", COMPUTE, Reply.json(200, "{'quota_set': {'cores': 20, 'instances': 10}}"));
    cloud.on("PUT", COMPUTE, Reply.json(200, "{'quota_set': {'cores': 40}}"));
    cloud.on("GET", NETWORK, Reply.json(200, "{'quota': {'floatingip': 50}}"));
    cloud.on("PUT", NETWORK, Reply.json(200, "{'quota': {'floatingip': -1}}"));

    set(Map.of(LimitKind.VCPUS, 40L, LimitKind.FLOATING_IPS, -1L));

    assertThat(cloud.requests("PUT", COMPUTE).get(0).json())
        .hasToString("{\"quota_set\":{\"cores\":40}}");
    assertThat(cloud.requests("PUT", NETWORK).get(0).json())
        .hasToString("{\"quota\":{\"floatingip\":-1}}");
  }

  @Test
  void whenOneRefusesTheOthersGetBackWhatTheyHad() {
    cloud.on("GET", COMPUTE, Reply.json(200, "{'quota_set': {'cores': 20, 'instances': 10}}"));
    cloud.on("PUT", COMPUTE, Reply.json(200, "{'quota_set': {'cores': 40}}"));
    cloud.on("GET", NETWORK, Reply.json(200, "{'quota': {'floatingip': 50}}"));
    cloud.on(
        "PUT", NETWORK, Reply.json(400, "{'NeutronError': {'message': 'Quota limit too low'}}"));

    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () -> set(Map.of(LimitKind.VCPUS, 40L, LimitKind.FLOATING_IPS, 1L)));

    assertThat(fault.getMessage()).contains("PUT network/quotas/abc", "Quota limit too low");
    assertThat(cloud.requests("PUT", COMPUTE))
        .extracting(request -> request.json().toString())
        .containsExactly("{\"quota_set\":{\"cores\":40}}", "{\"quota_set\":{\"cores\":20}}");
  }
}
