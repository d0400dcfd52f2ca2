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

/** The conversations that go on; one for each connection, one gate for each cloud. */
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

  /** The way to a cloud and the cloud's name. */
  private record Way(CloudId cloud, Gate gate, Gate uploads, Circuits circuits) {}

  private final Map<URI, Way> ways = new ConcurrentHashMap<>();
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

  /** The conversation of one project with one cloud. */
  public CloudSession session(CloudConnection connection) {
    synchronized (sessions) {
      return sessions.computeIfAbsent(connection, fresh -> open(fresh, false));
    }
  }

  /**
   * A conversation of its own, which remembers no token and asks even who is left alone because of
   * failures: somebody wants to know how the cloud is now. What is answered counts for all.
   */
  public CloudSession trial(CloudConnection connection) {
    return open(connection, true);
  }

  private CloudSession open(CloudConnection connection, boolean insistent) {
    Way way =
        ways.computeIfAbsent(
            connection.authUrl(),
            url ->
                new Way(
                    connection.cloud(),
                    new Gate(config.concurrency()),
                    new Gate(config.uploads()),
                    new Circuits(config, clock)));
    return new CloudSession(
        connection,
        through(way.gate(), way, connection, insistent),
        through(way.uploads(), way, connection, insistent),
        config,
        clock);
  }

  private Repeater through(Gate gate, Way way, CloudConnection connection, boolean insistent) {
    Sender sender =
        new Sender(
            connection, insistent, transport, gate, way.circuits(), config, guard, meter, clock);
    return new Repeater(sender, gate, config, clock);
  }

  @Override
  public List<Pool> pools() {
    return ways.values().stream()
        .map(way -> way.gate().pool(way.cloud(), way.circuits().open()))
        .toList();
  }
}
