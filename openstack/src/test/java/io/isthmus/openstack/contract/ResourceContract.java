package io.isthmus.openstack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.Target;
import io.isthmus.openstack.compute.KeyPairDriver;
import io.isthmus.openstack.compute.ServerDriver;
import io.isthmus.openstack.compute.ServerGroupDriver;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.inventory.OpenStackInventory;
import io.isthmus.openstack.loadbalancer.HealthMonitorDriver;
import io.isthmus.openstack.loadbalancer.ListenerDriver;
import io.isthmus.openstack.loadbalancer.LoadBalancerDriver;
import io.isthmus.openstack.loadbalancer.PoolDriver;
import io.isthmus.openstack.loadbalancer.PoolMemberDriver;
import io.isthmus.openstack.network.FloatingIpAssociationDriver;
import io.isthmus.openstack.network.FloatingIpDriver;
import io.isthmus.openstack.network.NetDriver;
import io.isthmus.openstack.network.PortDriver;
import io.isthmus.openstack.network.RouterDriver;
import io.isthmus.openstack.network.RouterInterfaceDriver;
import io.isthmus.openstack.network.SecurityGroupDriver;
import io.isthmus.openstack.network.SecurityGroupRuleDriver;
import io.isthmus.openstack.network.SubnetDriver;
import io.isthmus.openstack.network.SubnetNetworks;
import io.isthmus.openstack.volume.VolumeAttachmentDriver;
import io.isthmus.openstack.volume.VolumeDriver;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/**
 * What contract tests of resources have in common: makes parts in a real cloud and removes them.
 */
abstract class ResourceContract {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  final Clouds clouds = CloudUnderTest.clouds();
  final Map<String, ResourceDriver> drivers = new HashMap<>();
  final CloudConnection connection = CloudUnderTest.connection();
  final StackId stack = new StackId(UUID.randomUUID());
  final Deque<DesiredPart> made = new ArrayDeque<>();
  final RegionInventory region;
  final Target target;

  ResourceContract() {
    for (ResourceDriver driver :
        List.of(
            new NetDriver(clouds),
            new SubnetDriver(clouds, new SubnetNetworks()),
            new RouterDriver(clouds),
            new RouterInterfaceDriver(clouds),
            new PortDriver(clouds),
            new FloatingIpDriver(clouds),
            new FloatingIpAssociationDriver(clouds),
            new SecurityGroupDriver(clouds),
            new SecurityGroupRuleDriver(clouds),
            new KeyPairDriver(clouds),
            new ServerGroupDriver(clouds),
            new ServerDriver(clouds, new SubnetNetworks()),
            new VolumeDriver(clouds),
            new VolumeAttachmentDriver(clouds),
            new LoadBalancerDriver(clouds),
            new ListenerDriver(clouds),
            new PoolDriver(clouds),
            new PoolMemberDriver(clouds),
            new HealthMonitorDriver(clouds))) {
      driver.types().forEach(type -> drivers.put(type, driver));
    }
    CloudInventory inventory =
        new OpenStackInventory(clouds, ForkJoinPool.commonPool()).fetch(connection, true);
    region = inventory.regions().get(0);
    target = new Target(connection, region.region());
  }

  @AfterEach
  void leaveNothing() {
    while (!made.isEmpty()) {
      remove(made.pop());
    }
  }

  Sighting.Present seen(String type) {
    return (Sighting.Present)
        look(made.stream().filter(part -> part.type().equals(type)).findFirst().orElseThrow());
  }

  JsonObject shown(String type) {
    return seen(type).attributes().getJsonObject("show");
  }

  /** Makes it, makes it again, and waits until it is ready. */
  String make(String resource, String type, String properties) {
    JsonObject given = json(properties);
    DesiredPart part = part(resource, type, Optional.empty(), given);
    assertThat(look(part)).isInstanceOf(Sighting.Absent.class);
    Outcome outcome = createUnlessBusy(part);
    assertThat(outcome).as(resource).isInstanceOf(Outcome.Taken.class);
    String id = ((Outcome.Taken) outcome).physicalId();
    made.push(part(resource, type, Optional.of(id), given));
    Outcome again = drivers.get(type).create(target, part, soon());
    assertThat(again).as(resource + " again").isInstanceOf(Outcome.Taken.class);
    assertThat(((Outcome.Taken) again).physicalId()).isEqualTo(id);
    Sighting.Present ready =
        (Sighting.Present)
            awaitSighting(
                part,
                seen ->
                    seen instanceof Sighting.Present present
                        && present.phase() != Sighting.Phase.BUILDING);
    assertThat(ready.phase()).as(resource + " " + ready).isEqualTo(Sighting.Phase.READY);
    assertThat(ready.physicalId()).isEqualTo(id);
    assertThat(ready.doubles()).isEmpty();
    return id;
  }

  /** As the engine does: what conflicts is asked for again. */
  Outcome createUnlessBusy(DesiredPart part) {
    Instant until = Instant.now().plus(PATIENCE);
    Outcome outcome = drivers.get(part.type()).create(target, part, soon());
    while (outcome instanceof Outcome.Refused refused
        && refused.fault().code() == FaultCode.CONFLICT
        && Instant.now().isBefore(until)) {
      pause();
      outcome = drivers.get(part.type()).create(target, part, soon());
    }
    return outcome;
  }

  void remove(DesiredPart part) {
    ResourceDriver driver = drivers.get(part.type());
    Instant until = Instant.now().plus(PATIENCE);
    Outcome outcome = driver.delete(target, part, soon());
    while (outcome instanceof Outcome.Refused && Instant.now().isBefore(until)) {
      pause();
      outcome = driver.delete(target, part, soon());
    }
    assertThat(outcome).as("deletion of " + part.id()).isInstanceOf(Outcome.Gone.class);
    awaitSighting(part, Sighting.Absent.class::isInstance);
    assertThat(driver.delete(target, part, soon())).isInstanceOf(Outcome.Gone.class);
  }

  Sighting awaitSighting(DesiredPart part, java.util.function.Predicate<Sighting> condition) {
    Instant until = Instant.now().plus(PATIENCE);
    Sighting seen = look(part);
    while (!condition.test(seen) && Instant.now().isBefore(until)) {
      pause();
      seen = look(part);
    }
    assertThat(seen).as(part.id().toString()).matches(condition);
    return seen;
  }

  static void pause() {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS))
        .join();
  }

  Sighting look(DesiredPart part) {
    return drivers.get(part.type()).observe(target, part.type(), List.of(part)).get(part.id());
  }

  DesiredPart part(
      String resource, String type, Optional<String> physicalId, JsonObject properties) {
    return new DesiredPart(
        new PartId(resource, connection.cloud(), target.region()),
        type,
        new Mark(stack, resource, 1),
        "contract-" + resource.replace('/', '-') + "-" + stack.toString().substring(0, 8),
        physicalId,
        Optional.empty(),
        properties);
  }

  static Instant soon() {
    return Instant.now().plus(Duration.ofMinutes(1));
  }

  /**
   * @param text with single quotes for double ones
   */
  static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }
}
