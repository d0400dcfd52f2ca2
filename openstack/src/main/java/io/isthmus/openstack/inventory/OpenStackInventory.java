package io.isthmus.openstack.inventory;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.ConnectionCheck;
import io.isthmus.domain.cloud.InventoryDriver;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Service;
import io.isthmus.domain.work.BackgroundThreads;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.conversation.Recent;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Reads clouds over the OpenStack APIs, the services of a cloud at the same time. */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class OpenStackInventory implements InventoryDriver {
  /** A whole cloud is read within this; its calls have their own, shorter deadlines. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Characters of a region's name; Keystone's own limit. */
  private static final int LONGEST_NAME = 255;

  private final Recent recent = new Recent();
  @Inject BackgroundThreads threads;
  private Executor given;
  @Inject Clouds clouds;

  /** For the container. */
  public OpenStackInventory() {}

  public OpenStackInventory(Clouds clouds, Executor executor) {
    this.clouds = clouds;
    this.given = executor;
  }

  @Override
  public CloudInventory fetch(CloudConnection connection, boolean afresh) {
    Instant begun = Clock.systemUTC().instant();
    CloudSession session = clouds.session(connection);
    Deadline deadline = Deadline.in(LONGEST);
    List<RegionReading> readings = new ArrayList<>();
    for (String region : session.regions(deadline)) {
      if (region.length() <= LONGEST_NAME) {
        readings.add(new RegionReading(session, region, deadline, recent, afresh, executor()));
      }
    }
    List<RegionInventory> regions = readings.stream().map(RegionReading::await).toList();
    if (regions.stream().allMatch(OpenStackInventory::isSilent)) {
      // With a token from before, nobody has asked Keystone: it may be the whole cloud that is
      // dark.
      session.requireKeystone(deadline);
    }
    return new CloudInventory(
        begun, regions, credentialExpires(session, deadline), account(session, deadline));
  }

  /** What is found stands, whether or not the cloud tells this too. */
  private static Optional<Instant> credentialExpires(CloudSession session, Deadline deadline) {
    try {
      return session.credentialExpires(deadline);
    } catch (CloudFault untold) {
      return Optional.empty();
    }
  }

  private static Optional<String> account(CloudSession session, Deadline deadline) {
    try {
      return Optional.of(session.projectId(deadline)).filter(id -> !id.isBlank());
    } catch (CloudFault untold) {
      return Optional.empty();
    }
  }

  private static boolean isSilent(RegionInventory region) {
    return region.services().values().stream()
        .filter(service -> ServiceType.find(service.type()).isPresent())
        .allMatch(service -> service.problem().isPresent());
  }

  @Override
  public List<ConnectionCheck> test(CloudConnection connection, Consumer<ConnectionCheck> told) {
    return new ConnectionTest(
            connection, clouds.trial(connection), this::services, told, Clock.systemUTC())
        .run();
  }

  @Override
  public String projectOf(CloudConnection connection) {
    CloudSession session = clouds.session(connection);
    return session.projectId(session.deadline());
  }

  /** The services of the regions, each tried. */
  private Map<String, Map<String, Service>> services(CloudSession session, List<String> regions) {
    Deadline deadline = Deadline.in(LONGEST);
    Map<String, RegionReading> readings = new HashMap<>();
    regions.forEach(
        region ->
            readings.put(
                region, new RegionReading(session, region, deadline, recent, true, executor())));
    Map<String, Map<String, Service>> services = new HashMap<>();
    readings.forEach((region, reading) -> services.put(region, reading.await().services()));
    return services;
  }

  private Executor executor() {
    return given == null ? threads.executor() : given;
  }
}
