package io.isthmus.openstack.conversation;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.metrics.CloudCallMeter;
import io.isthmus.domain.metrics.CloudCallPools;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.http.Transport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The conversations that go on; one for each connection, a gate for each cloud. */
@ApplicationScoped
public class Clouds implements CloudCallPools {
  private static final int MOST_SESSIONS = 2000;

  private final Map<CloudConnection, CloudSession> sessions =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CloudConnection, CloudSession> eldest) {
          return size() > MOST_SESSIONS;
        }
      };

  /** A cloud's server, by the cloud's address. */
  private record Server(URI cloud, String authority) {}

  /** The way to a cloud and the cloud's name. */
  private record Way(CloudId cloud, Gate gate) {}

  private final Map<URI, Way> ways = new ConcurrentHashMap<>();
  private final Map<Server, Circuit> circuits = new ConcurrentHashMap<>();
  private DriverConfig config;
  private Transport transport;
  private Clock clock;
  private AddressGuard guard;
  private CloudCallMeter meter;

  /** For the container's proxy. */
  protected Clouds() {}

  @Inject
  Clouds(DriverConfig.Reader configured, AddressGuard guard, CloudCallMeter meter) {
    this(configured.read(), guard, Clock.systemUTC(), meter);
  }

  /** Without measuring. */
  public Clouds(DriverConfig config, AddressGuard guard, Clock clock) {
    this(config, guard, clock, CloudCallMeter.none());
  }

  /**
   * @param meter is told of every exchange
   */
  public Clouds(DriverConfig config, AddressGuard guard, Clock clock, CloudCallMeter meter) {
    this.meter = meter;
    this.config = config;
    this.guard = guard;
    this.clock = clock;
    this.transport = new Transport(config);
  }

  public DriverConfig config() {
    return config;
  }

  /** One for each cloud and server of it, because one service may be down and the others not. */
  private Circuit circuit(URI cloud, URI endpoint) {
    return circuits.computeIfAbsent(
        new Server(cloud, endpoint.getAuthority()),
        server -> new Circuit(config.circuitFailures(), config.circuitPause(), clock));
  }

  /** The conversation of one project with one cloud. */
  public CloudSession session(CloudConnection connection) {
    synchronized (sessions) {
      return sessions.computeIfAbsent(connection, this::open);
    }
  }

  private CloudSession open(CloudConnection connection) {
    Gate gate =
        ways.computeIfAbsent(
                connection.authUrl(),
                url -> new Way(connection.cloud(), new Gate(config.concurrency())))
            .gate();
    Sender sender =
        new Sender(
            connection,
            transport,
            gate,
            endpoint -> circuit(connection.authUrl(), endpoint),
            config,
            guard,
            meter);
    return new CloudSession(connection, new Repeater(sender, gate, config, clock), config, clock);
  }

  @Override
  public List<Pool> pools() {
    return ways.entrySet().stream()
        .map(way -> way.getValue().gate().pool(way.getValue().cloud(), openCircuits(way.getKey())))
        .toList();
  }

  private int openCircuits(URI cloud) {
    return (int)
        circuits.entrySet().stream()
            .filter(circuit -> circuit.getKey().cloud().equals(cloud))
            .filter(circuit -> circuit.getValue().isOpen())
            .count();
  }
}
