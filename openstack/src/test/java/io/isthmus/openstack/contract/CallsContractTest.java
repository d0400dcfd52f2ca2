package io.isthmus.openstack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.Target;
import io.isthmus.openstack.compute.ServerDriver;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.inventory.OpenStackInventory;
import io.isthmus.openstack.network.NetDriver;
import io.isthmus.openstack.network.SubnetDriver;
import io.isthmus.openstack.network.SubnetNetworks;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How many calls a server costs; runs against a sandbox that counts them at the address in the
 * system property {@code contract.calls-url}, such as {@code
 * http://127.0.0.1:17090/_sandbox/clouds/gra/calls}.
 */
@EnabledIfSystemProperty(named = "contract.calls-url", matches = ".+")
class CallsContractTest {
  private static final int SERVERS = 34;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI callsUrl = URI.create(System.getProperty("contract.calls-url"));
  private final Clouds clouds = CloudUnderTest.clouds();
  private final CloudConnection connection = CloudUnderTest.connection();
  private final RegionInventory region =
      new OpenStackInventory(clouds, ForkJoinPool.commonPool())
          .fetch(connection, true)
          .regions()
          .get(0);
  private final Target target = new Target(connection, region.region());
  private final StackId stack = new StackId(UUID.randomUUID());
  private final SubnetNetworks subnetNetworks = new SubnetNetworks();
  private final ResourceDriver servers = new ServerDriver(clouds, subnetNetworks);
  private final ResourceDriver networks = new NetDriver(clouds);
  private final ResourceDriver subnets = new SubnetDriver(clouds, subnetNetworks);
  private final ExecutorService threads =
      Executors.newFixedThreadPool(clouds.config().concurrency());

  @Test
  void aServerCostsAtMostThreeCallsBesideItsPort() throws Exception {
    DesiredPart net = made(networks, part("net", "OS::Neutron::Net", Optional.empty(), "{}"));
    String netId = net.physicalId().orElseThrow();
    DesiredPart subnet =
        made(
            subnets,
            part(
                "subnet",
                "OS::Neutron::Subnet",
                Optional.empty(),
                "{'network': '" + netId + "', 'cidr': '10.231.8.0/24'}"));
    List<DesiredPart> web = new ArrayList<>();
    try {
      reset();
      web.addAll(createAll(netId));
      awaitAll(web, CallsContractTest::isReady);
      Map<String, Integer> calls = calls();
      int total = calls.values().stream().mapToInt(Integer::intValue).sum();
      int ports = calls.getOrDefault("POST /v2.0/ports", 0);
      assertThat(ports).isEqualTo(SERVERS);
      assertThat((double) (total - ports) / SERVERS)
          .as("calls of each server beside its port, of %s", calls)
          .isLessThanOrEqualTo(3);
    } finally {
      web.forEach(part -> servers.delete(target, part, soon()));
      awaitAll(web, Sighting.Absent.class::isInstance);
      subnets.delete(target, subnet, soon());
      networks.delete(target, net, soon());
      threads.shutdownNow();
    }
  }

  private List<DesiredPart> createAll(String network) {
    String properties =
        "{'flavor': '"
            + region.flavors().get(0).id()
            + "', 'image': '"
            + region.images().get(0).id()
            + "', 'networks': [{'network': '"
            + network
            + "'}]}";
    List<CompletableFuture<DesiredPart>> all =
        IntStream.range(0, SERVERS)
            .mapToObj(
                number -> part("web/" + number, "OS::Nova::Server", Optional.empty(), properties))
            .map(part -> CompletableFuture.supplyAsync(() -> made(servers, part), threads))
            .toList();
    return all.stream().map(CompletableFuture::join).toList();
  }

  private DesiredPart made(ResourceDriver driver, DesiredPart part) {
    Outcome outcome = driver.create(target, part, soon());
    assertThat(outcome).isInstanceOf(Outcome.Taken.class);
    return new DesiredPart(
        part.id(),
        part.type(),
        part.mark(),
        part.physicalName(),
        Optional.of(((Outcome.Taken) outcome).physicalId()),
        part.availabilityZone(),
        part.properties());
  }

  private static boolean isReady(Sighting sighting) {
    return sighting instanceof Sighting.Present present && present.phase() == Sighting.Phase.READY;
  }

  /** Looks at all of them every other second, as the reconciler does. */
  private void awaitAll(List<DesiredPart> parts, java.util.function.Predicate<Sighting> condition) {
    Instant until = Instant.now().plus(Duration.ofMinutes(3));
    Map<PartId, Sighting> seen = servers.observe(target, "OS::Nova::Server", parts);
    while (!seen.values().stream().allMatch(condition) && Instant.now().isBefore(until)) {
      CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS))
          .join();
      seen = servers.observe(target, "OS::Nova::Server", parts);
    }
    assertThat(seen.values()).allMatch(condition);
  }

  private void reset() throws Exception {
    client.send(
        HttpRequest.newBuilder(callsUrl).DELETE().build(), HttpResponse.BodyHandlers.discarding());
  }

  private Map<String, Integer> calls() throws Exception {
    String body =
        client
            .send(HttpRequest.newBuilder(callsUrl).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    Map<String, Integer> calls = new TreeMap<>();
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      for (JsonValue each : reader.readObject().getJsonArray("calls")) {
        JsonObject call = each.asJsonObject();
        calls.merge(
            call.getString("method") + " " + call.getString("route"),
            call.getInt("count"),
            Integer::sum);
      }
    }
    return calls;
  }

  private DesiredPart part(
      String resource, String type, Optional<String> physicalId, String properties) {
    return new DesiredPart(
        new PartId(resource, connection.cloud(), target.region()),
        type,
        new Mark(stack, resource, 1),
        "calls-" + resource.replace('/', '-'),
        physicalId,
        Optional.empty(),
        Json.createReader(new StringReader(properties.replace('\'', '"'))).readObject());
  }

  private static Instant soon() {
    return Instant.now().plus(Duration.ofMinutes(1));
  }
}
