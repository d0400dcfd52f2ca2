package io.isthmus.openstack.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.ConnectionCheck;
import io.isthmus.domain.cloud.ConnectionCheck.Result;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenStackInventoryTest {

  private static final String NETWORKS = "/network/v2.0/networks";
  private static final String EXTENSIONS = "/network/v2.0/extensions";

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final CloudConnection connection = cloud.connection();
  private final OpenStackInventory inventory =
      new OpenStackInventory(
          ScriptedCloud.clouds(ScriptedCloud.config()), ForkJoinPool.commonPool());

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void tellsServicesThatFailWhileKeystoneAnswers() {
    cloud.on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"));
    CloudInventory read = inventory.fetch(connection, true);
    assertThat(read.regions().get(0).services().get("image").problem())
        .map(problem -> problem.in(Locale.FRENCH))
        .contains(
            "Le cloud gra a refusé GET image/images par une réponse 404\u00a0: «\u00a0not scripted\u00a0».");
    assertThat(cloud.requests("GET", "/v3")).hasSize(1);
  }

  @Test
  void asksWhatSeldomChangesAgainOnlyWhenItIsToBeAskedAfresh() {
    cloud.on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"));
    cloud.on("GET", EXTENSIONS, Reply.json(200, "{'extensions': [{'alias': 'router'}]}"));
    cloud.on("GET", NETWORKS, Reply.json(200, "{'networks': []}"));
    inventory.fetch(connection, false);
    assertThat(inventory.fetch(connection, false).regions().get(0).networkExtensions())
        .containsExactly("router");
    assertThat(cloud.requests("GET", EXTENSIONS)).hasSize(1);
    inventory.fetch(connection, true);
    assertThat(cloud.requests("GET", EXTENSIONS)).hasSize(2);
  }

  @Test
  void takesACloudForDarkThatDoesNotAnswerAnyMoreThoughItsTokenHolds() {
    cloud.on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"));
    inventory.fetch(connection, true);
    cloud.close();
    FederationFault fault =
        catchThrowableOfType(FederationFault.class, () -> inventory.fetch(connection, true));
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
    assertThat(fault.details().getString("call")).isEqualTo("GET /v3");
  }

  @Test
  void warnsOfAServiceThatIsNotOfferedAndFailsForOneThatIsNeededAndDoesNotAnswer() {
    cloud.on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"));
    assertThat(inventory.test(connection, told -> {}))
        .filteredOn(check -> check.step().matches("(load-balancer|image)@R1"))
        .extracting(ConnectionCheck::step, ConnectionCheck::result)
        .containsExactlyInAnyOrder(
            tuple("load-balancer@R1", Result.WARNING), tuple("image@R1", Result.FAILED));
  }

  @Test
  void aTestGoesThroughAnOpenCircuitAndClosesIt() {
    cloud.on("GET", "/v3", Reply.json(503, "{}"));
    for (int i = 0; i < ScriptedCloud.config().circuitFailures(); i++) {
      inventory.test(connection, told -> {});
    }
    assertThat(catchThrowableOfType(FederationFault.class, () -> inventory.fetch(connection, true)))
        .as("the circuit is open")
        .hasMessageContaining("was not asked");
    cloud.on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"));

    assertThat(inventory.test(connection, told -> {}))
        .filteredOn(check -> check.step().matches("identity|credential"))
        .extracting(ConnectionCheck::result)
        .containsExactly(Result.PASSED, Result.PASSED);
    assertThat(inventory.fetch(connection, true).regions()).isNotEmpty();
  }

  @Test
  void looksUpNoNameForAnAddress() {
    String told = inventory.test(connection, check -> {}).get(0).outcome().in(Locale.ENGLISH);
    assertThat(told).isEqualTo("127.0.0.1 is an IP address; no name is looked up.");
  }

  @Test
  void whatIsNotTriedTakesNoTime() {
    cloud.on("GET", "/v3", Reply.json(200, "{}"));

    assertThat(inventory.test(connection, told -> {}))
        .filteredOn(check -> check.result() == Result.SKIPPED)
        .isNotEmpty()
        .allSatisfy(check -> assertThat(check.took()).isZero());
  }

  @Test
  void readsWhatTheHardwareHoldsWhereTheCloudTellsIt() {
    cloud
        .role("admin")
        .on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"))
        .on(
            "GET",
            "/compute/v2.1/",
            Reply.json(200, "{'version': {'id': 'v2.1', 'version': '2.90'}}"))
        .on(
            "GET",
            "/compute/v2.1/os-availability-zone",
            Reply.json(200, "{'availabilityZoneInfo': []}"))
        .on("GET", "/compute/v2.1/flavors/detail", Reply.json(200, "{'flavors': []}"))
        .on("GET", "/compute/v2.1/limits", Reply.json(200, "{'limits': {'absolute': {}}}"))
        .on(
            "GET",
            "/compute/v2.1/os-hypervisors/statistics",
            Reply.json(
                200,
                "{'hypervisor_statistics': {'vcpus': 64, 'vcpus_used': 12, 'memory_mb': 262144,"
                    + " 'memory_mb_used': 4096}}"));
    RegionInventory region = inventory.fetch(connection, true).regions().get(0);

    assertThat(region.services().get("compute").problem()).isEmpty();
    assertThat(region.capacity())
        .containsOnly(
            entry(LimitKind.VCPUS, new Limit(64, 12)),
            entry(LimitKind.RAM_MIB, new Limit(262144, 4096)));
  }

  @Test
  void readsTheQuotaOfLoadBalancersAndCountsThoseThereAre() {
    cloud
        .balancing()
        .on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"))
        .on(
            "GET",
            "/load-balancer/v2/lbaas/quotas/" + ScriptedCloud.PROJECT,
            Reply.json(200, "{'quota': {'loadbalancer': 9, 'load_balancer': 10, 'pool': -1}}"),
            Reply.json(200, "{'quota': {'loadbalancer': -1}}"),
            Reply.json(
                403, "{'faultcode': 'Client', 'faultstring': 'Policy does not allow this.'}"))
        .on(
            "GET",
            "/load-balancer/v2/lbaas/loadbalancers",
            Reply.json(200, "{'loadbalancers': [{'id': 'a'}, {'id': 'b'}]}"));

    assertThat(balancing().limits()).containsEntry(LimitKind.LOAD_BALANCERS, new Limit(10, 2));
    assertThat(balancing().limits()).containsEntry(LimitKind.LOAD_BALANCERS, new Limit(-1, 2));
    RegionInventory kept = balancing();
    assertThat(kept.limits()).doesNotContainKey(LimitKind.LOAD_BALANCERS);
    assertThat(kept.services().get("load-balancer").problem()).isEmpty();
    assertThat(cloud.requests("GET", "/load-balancer/v2/lbaas/loadbalancers"))
        .allSatisfy(
            request ->
                assertThat(request.query())
                    .contains("project_id=" + ScriptedCloud.PROJECT, "fields=id"));
  }

  private RegionInventory balancing() {
    return inventory.fetch(connection, true).regions().get(0);
  }

  @Test
  void asksNobodyForTheHardwareWhoWouldBeRefused() {
    cloud.on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"));
    inventory.fetch(connection, true);

    assertThat(cloud.requests("GET", "/compute/v2.1/os-hypervisors/statistics")).isEmpty();
  }

  @Test
  void quotesACloudWithoutTheFullStopThatOursStandsFor() {
    cloud
        .on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"))
        .on(
            "GET",
            "/image/v2/images",
            Reply.json(400, "{'badRequest': {'code': 400, 'message': 'That was wrong.'}}"));
    Phrase problem =
        inventory
            .fetch(connection, true)
            .regions()
            .get(0)
            .services()
            .get("image")
            .problem()
            .orElseThrow();
    assertThat(problem.in(Locale.ENGLISH)).endsWith("“That was wrong”.");
    assertThat(problem.in(Locale.FRENCH)).endsWith("«\u00a0That was wrong\u00a0».");
  }

  @Test
  void aNameThatNobodyKnowsIsAStepOfItsOwnAndTheRestIsNotTried() {
    CloudConnection nowhere =
        new CloudConnection(
            connection.cloud(),
            connection.project(),
            URI.create("http://keystone.invalid:5000/v3"),
            connection.endpointInterface(),
            connection.regions(),
            connection.caCertificates(),
            connection.credential());
    List<ConnectionCheck> checks = inventory.test(nowhere, told -> {});

    assertThat(checks.get(0))
        .extracting(ConnectionCheck::step, ConnectionCheck::result)
        .containsExactly("name", Result.FAILED);
    assertThat(checks.get(0).outcome().in(Locale.FRENCH)).contains("keystone.invalid");
    assertThat(checks.subList(1, checks.size()))
        .extracting(ConnectionCheck::step, ConnectionCheck::result)
        .containsExactly(
            tuple("address", Result.SKIPPED),
            tuple("tls", Result.SKIPPED),
            tuple("identity", Result.SKIPPED),
            tuple("credential", Result.SKIPPED),
            tuple("role", Result.SKIPPED),
            tuple("catalog", Result.SKIPPED),
            tuple("services", Result.SKIPPED),
            tuple("permissions", Result.SKIPPED));
  }

  @Test
  void triesEveryListThatDriversReadAndThoseOfAServiceOnlyWhereItIsOffered() {
    cloud.on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"));
    cloud.on("GET", "/image/v2/images", Reply.json(200, "{'images': []}"));
    assertThat(inventory.test(connection, told -> {}))
        .extracting(ConnectionCheck::step)
        .contains("networks@R1", "subnets@R1", "server-groups@R1", "images@R1")
        .doesNotContain("load-balancers@R1", "pools@R1");

    cloud.balancing();
    for (String list : new String[] {"loadbalancers", "listeners", "pools"}) {
      cloud.on(
          "GET", "/load-balancer/v2/lbaas/" + list, Reply.json(200, "{'%s': []}".formatted(list)));
    }
    OpenStackInventory again =
        new OpenStackInventory(
            ScriptedCloud.clouds(ScriptedCloud.config()), ForkJoinPool.commonPool());
    assertThat(again.test(connection, told -> {}))
        .filteredOn(check -> check.step().matches("(load-balancers|pools|health-monitors)@R1"))
        .extracting(ConnectionCheck::step, ConnectionCheck::result)
        .containsExactly(
            tuple("load-balancers@R1", Result.PASSED),
            tuple("pools@R1", Result.PASSED),
            tuple("health-monitors@R1", Result.FAILED));
  }

  @Test
  void servicesThatCannotBeReadAtAllAreToldOnceAndWhatFollowsIsNotTried() {
    cloud.on("GET", "/v3", Reply.json(200, "{'version': {'id': 'v3.14'}}"));
    List<ConnectionCheck> checks =
        new ConnectionTest(
                connection,
                ScriptedCloud.clouds(ScriptedCloud.config()).session(connection),
                (session, regions) -> {
                  throw new FederationFault(FaultCode.CLOUD_TIMEOUT, Phrase.verbatim("late"));
                },
                told -> {},
                Clock.systemUTC())
            .run();

    assertThat(checks)
        .extracting(ConnectionCheck::step, ConnectionCheck::result)
        .endsWith(
            tuple("catalog", Result.PASSED),
            tuple("services", Result.FAILED),
            tuple("permissions", Result.SKIPPED));
  }
}
