package io.isthmus.openstack.inventory;

import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Service;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Microversion;
import io.isthmus.openstack.conversation.Recent;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.keystone.ServiceCatalog;
import io.isthmus.openstack.keystone.ServiceType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The reading of one region: its services at the same time, each list on its own, so that what one
 * service does not tell does not hide what others do.
 */
final class RegionReading {
  private static final Logger LOG = Logger.getLogger(RegionReading.class.getName());

  private final CloudSession session;
  private final String region;
  private final Deadline deadline;
  private final Recent recent;
  private final boolean afresh;
  private final Map<ServiceType, CompletableFuture<ServiceReading>> readings =
      new EnumMap<>(ServiceType.class);

  RegionReading(
      CloudSession session,
      String region,
      Deadline deadline,
      Recent recent,
      boolean afresh,
      Executor executor) {
    this.session = session;
    this.region = region;
    this.deadline = deadline;
    this.recent = recent;
    this.afresh = afresh;
    Map<String, ServiceCatalog.Endpoint> endpoints = session.services(region, deadline);
    for (ServiceType type : ServiceType.values()) {
      if (endpoints.containsKey(type.official())) {
        readings.put(type, CompletableFuture.supplyAsync(() -> read(type), executor));
      }
    }
  }

  /** What one service told. */
  private static final class ServiceReading {
    private Optional<String> version = Optional.empty();
    private Optional<Phrase> problem = Optional.empty();
    private List<String> zones = List.of();
    private List<Flavor> flavors = List.of();
    private List<Image> images = List.of();
    private List<Network> networks = List.of();
    private List<String> volumeTypes = List.of();
    private Set<String> extensions = Set.of();
    private Map<LimitKind, Limit> limits = Map.of();
    private Map<LimitKind, Limit> capacity = Map.of();

    /** Keeps what is read, or the first problem. */
    private <T> void keep(Supplier<T> read, Consumer<T> into) {
      if (problem.isPresent()) {
        return;
      }
      try {
        into.accept(read.get());
      } catch (FederationFault fault) {
        problem = Optional.of(fault.phrase());
      } catch (ClassCastException | NullPointerException notAsDocumented) {
        LOG.log(Level.INFO, "an answer that is not as documented", notAsDocumented);
        problem = Optional.of(Phrase.of("driver.undocumented"));
      }
    }
  }

  private ServiceReading read(ServiceType type) {
    RegionReader reader = new RegionReader(session, region, deadline, recent, afresh);
    ServiceReading reading = new ServiceReading();
    switch (type) {
      case COMPUTE -> {
        reading.keep(() -> version(type), found -> reading.version = found);
        reading.keep(() -> reader.zones(type), found -> reading.zones = found);
        reading.keep(reader::flavors, found -> reading.flavors = found);
        reading.keep(reader::computeLimits, found -> reading.limits = found);
        reading.keep(reader::computeCapacity, found -> reading.capacity = found);
      }
      case NETWORK -> {
        reading.version = Optional.of("2.0");
        reading.keep(reader::networks, found -> reading.networks = found);
        reading.keep(reader::networkExtensions, found -> reading.extensions = found);
        reading.keep(reader::networkLimits, found -> reading.limits = found);
      }
      case IMAGE -> {
        reading.version = Optional.of("2");
        reading.keep(reader::images, found -> reading.images = found);
      }
      case VOLUME -> {
        reading.keep(() -> version(type), found -> reading.version = found);
        reading.keep(() -> reader.zones(type), found -> reading.zones = found);
        reading.keep(reader::volumeTypes, found -> reading.volumeTypes = found);
        reading.keep(reader::volumeLimits, found -> reading.limits = found);
        reading.keep(reader::volumeCapacity, found -> reading.capacity = found);
      }
      case LOAD_BALANCER -> {
        reading.version = Optional.of("2");
        reading.keep(reader::balancerLimits, found -> reading.limits = found);
      }
    }
    return reading;
  }

  private Optional<String> version(ServiceType type) {
    return session.newestVersion(type, region, deadline).map(Microversion::toString);
  }

  RegionInventory await() {
    Map<ServiceType, ServiceReading> done = new EnumMap<>(ServiceType.class);
    readings.forEach((type, future) -> done.put(type, joined(future)));
    Map<String, Service> services = new HashMap<>();
    session
        .services(region, deadline)
        .forEach(
            (official, endpoint) -> {
              Optional<ServiceReading> reading = ServiceType.find(endpoint.type()).map(done::get);
              services.put(
                  official,
                  new Service(
                      official,
                      endpoint.url(),
                      reading.flatMap(read -> read.version),
                      reading.flatMap(read -> read.problem)));
            });
    Map<LimitKind, Limit> limits = new EnumMap<>(LimitKind.class);
    Map<LimitKind, Limit> capacity = new EnumMap<>(LimitKind.class);
    done.values()
        .forEach(
            reading -> {
              limits.putAll(reading.limits);
              capacity.putAll(reading.capacity);
            });
    ServiceReading nothing = new ServiceReading();
    ServiceReading compute = done.getOrDefault(ServiceType.COMPUTE, nothing);
    ServiceReading network = done.getOrDefault(ServiceType.NETWORK, nothing);
    ServiceReading volume = done.getOrDefault(ServiceType.VOLUME, nothing);
    return new RegionInventory(
        region,
        compute.zones,
        volume.zones,
        compute.flavors,
        done.getOrDefault(ServiceType.IMAGE, nothing).images,
        network.networks,
        volume.volumeTypes,
        services,
        network.extensions,
        limits,
        capacity);
  }

  private static ServiceReading joined(CompletableFuture<ServiceReading> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
