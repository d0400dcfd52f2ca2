package io.isthmus.openstack.conversation;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.http.Transport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The conversations that go on; one for each connection, a gate for each cloud. */
@ApplicationScoped
public class Clouds {
  private static final int MOST_SESSIONS = 2000;

  private final Map<CloudConnection, CloudSession> sessions =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CloudConnection, CloudSession> eldest) {
          return size() > MOST_SESSIONS;
        }
      };
  private final Map<URI, Gate> gates = new ConcurrentHashMap<>();
  private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();
  private DriverConfig config;
  private Transport transport;
  private Clock clock;
  private AddressGuard guard;

  /** For the container's proxy. */
  protected Clouds() {}

  @Inject
  Clouds(DriverConfig.Reader configured, AddressGuard guard) {
    this(configured.read(), guard, Clock.systemUTC());
  }

  public Clouds(DriverConfig config, AddressGuard guard, Clock clock) {
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
        cloud + " " + endpoint.getAuthority(),
        server -> new Circuit(config.circuitFailures(), config.circuitPause(), clock));
  }

  /** The conversation of one project with one cloud. */
  public CloudSession session(CloudConnection connection) {
    synchronized (sessions) {
      return sessions.computeIfAbsent(connection, this::open);
    }
  }

  private CloudSession open(CloudConnection connection) {
    Gate gate = gates.computeIfAbsent(connection.authUrl(), url -> new Gate(config.concurrency()));
    Sender sender =
        new Sender(
            connection,
            transport,
            gate,
            endpoint -> circuit(connection.authUrl(), endpoint),
            config,
            guard);
    return new CloudSession(connection, new Repeater(sender, gate, config, clock), config, clock);
  }
}
