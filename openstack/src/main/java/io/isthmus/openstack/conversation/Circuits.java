package io.isthmus.openstack.conversation;

import io.isthmus.openstack.DriverConfig;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The circuits of one cloud. A server that gives no answer is left alone with all that is on it; a
 * service that answers that it cannot serve is left alone for itself. Thread-safe.
 */
final class Circuits {

  private final DriverConfig config;
  private final Clock clock;
  private final Map<String, Circuit> servers = new ConcurrentHashMap<>();
  private final Map<String, Way> services = new ConcurrentHashMap<>();

  Circuits(DriverConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * Why a service is not asked.
   *
   * @param who the server or the service, as an address without its scheme
   */
  record Rest(String who, Circuit.Refusal refusal) {}

  /** The way to the service at an address. */
  Way to(URI address) {
    return services.computeIfAbsent(
        ServiceRoot.of(address),
        root -> {
          String server = ServiceRoot.server(address);
          return new Way(server, servers.computeIfAbsent(server, any -> closed()), root, closed());
        });
  }

  private Circuit closed() {
    return new Circuit(config.circuitFailures(), config.circuitPause(), clock);
  }

  /** How many services are left alone now. */
  int open() {
    return (int) services.values().stream().filter(Way::isOpen).count();
  }

  /** A service, and the server that it is on. */
  static final class Way {
    private final String serverName;
    private final Circuit server;
    private final String serviceName;
    private final Circuit service;

    private Way(String serverName, Circuit server, String serviceName, Circuit service) {
      this.serverName = serverName;
      this.server = server;
      this.serviceName = serviceName;
      this.service = service;
    }

    /** As {@link Circuit#refusal()}; whoever gets leave tells one of the three below. */
    Optional<Rest> refusal() {
      // The server's leave to try is not taken by who would not get the service's.
      if (!service.isRefusing()) {
        Optional<Rest> unreachable = server.refusal().map(why -> rest(serverName, why));
        if (unreachable.isPresent()) {
          return unreachable;
        }
      }
      return service.refusal().map(why -> rest(serviceName, why));
    }

    private static Rest rest(String address, Circuit.Refusal why) {
      return new Rest(address.replaceFirst("^[a-z+.-]+://", ""), why);
    }

    /** It served, if only to refuse. */
    void served() {
      server.served();
      service.served();
    }

    /** The server is there; the service said that it cannot serve. */
    void couldNotServe(Circuit.Failure failure) {
      server.served();
      service.failed(failure);
    }

    /** No answer came. */
    void gaveNoAnswer(Circuit.Failure failure) {
      server.failed(failure);
      service.failed(failure);
    }

    private boolean isOpen() {
      return server.isOpen() || service.isOpen();
    }
  }
}
