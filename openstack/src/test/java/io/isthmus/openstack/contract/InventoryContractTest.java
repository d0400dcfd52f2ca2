package io.isthmus.openstack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.ConnectionCheck;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.openstack.inventory.OpenStackInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What reading a cloud must do; runs against a cloud that is named by system properties. */
@EnabledIfSystemProperty(named = CloudUnderTest.AUTH_URL, matches = ".+")
class InventoryContractTest {
  private final OpenStackInventory inventory =
      new OpenStackInventory(CloudUnderTest.clouds(), ForkJoinPool.commonPool());

  @Test
  void readsWhatPlacementNeeds() {
    CloudInventory read = inventory.fetch(CloudUnderTest.connection(), true);
    assertThat(read.regions()).isNotEmpty();
    for (RegionInventory region : read.regions()) {
      assertThat(region.services().values()).allMatch(service -> service.problem().isEmpty());
      assertThat(region.offers("compute")).isTrue();
      assertThat(region.zones()).isNotEmpty();
      assertThat(region.flavors()).isNotEmpty().allMatch(flavor -> flavor.vcpus() > 0);
      assertThat(region.images()).isNotEmpty();
      assertThat(region.networks()).anyMatch(Network::external);
      assertThat(region.networkExtensions()).contains("router", "security-group");
      assertThat(region.limits()).containsKeys(LimitKind.INSTANCES, LimitKind.VCPUS);
      assertThat(region.limits()).containsKeys(LimitKind.PORTS, LimitKind.VOLUMES);
    }
  }

  @Test
  void passesEachStepOfTheTestOfAGoodConnection() {
    List<ConnectionCheck> told = new ArrayList<>();
    List<ConnectionCheck> checks = inventory.test(CloudUnderTest.connection(), told::add);
    assertThat(told).isEqualTo(checks);
    assertThat(checks).extracting(ConnectionCheck::step).contains("address", "credential", "role");
    assertThat(checks).anyMatch(check -> check.step().startsWith("servers@"));
    assertThat(checks).noneMatch(check -> check.result() == ConnectionCheck.Result.FAILED);
  }

  @Test
  void tellsARejectedCredential() {
    CloudConnection good = CloudUnderTest.connection();
    CloudConnection wrong =
        new CloudConnection(
            good.cloud(),
            good.project(),
            good.authUrl(),
            good.endpointInterface(),
            good.regions(),
            good.caCertificates(),
            new Credential.Password(
                "nobody",
                Secret.of("wrong"),
                "Default",
                Optional.of("demo"),
                Optional.empty(),
                "Default"));
    List<ConnectionCheck> checks = inventory.test(wrong, check -> {});
    assertThat(checks)
        .filteredOn(check -> check.result() == ConnectionCheck.Result.FAILED)
        .extracting(ConnectionCheck::step)
        .containsExactly("credential");
    assertThat(checks)
        .filteredOn(check -> check.result() == ConnectionCheck.Result.SKIPPED)
        .extracting(ConnectionCheck::step)
        .containsExactly("role", "catalog", "services", "permissions");
    FederationFault fault =
        Assertions.catchThrowableOfType(FederationFault.class, () -> inventory.fetch(wrong, true));
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_CREDENTIAL_REJECTED);
    assertThat(fault.details().getString("call")).startsWith("POST /");
    assertThat(fault.getMessage()).doesNotContain("wrong");
  }
}
