package io.isthmus.sandbox;

import io.isthmus.sandbox.cinder.Cinder;
import io.isthmus.sandbox.cinder.CinderApi;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.federation.Federation.RegionSpec;
import io.isthmus.sandbox.glance.Glance;
import io.isthmus.sandbox.glance.GlanceApi;
import io.isthmus.sandbox.http.Routes;
import io.isthmus.sandbox.http.Service;
import io.isthmus.sandbox.keystone.Keystone;
import io.isthmus.sandbox.keystone.KeystoneApi;
import io.isthmus.sandbox.neutron.Neutron;
import io.isthmus.sandbox.neutron.NeutronApi;
import io.isthmus.sandbox.nova.Nova;
import io.isthmus.sandbox.nova.NovaApi;
import io.isthmus.sandbox.octavia.Octavia;
import io.isthmus.sandbox.octavia.OctaviaApi;
import io.isthmus.sandbox.tls.Certificates;
import io.isthmus.sandbox.tls.TlsPort;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** One cloud on its one port: all services of all its regions. */
final class CloudServer {
  private static final long LARGEST_BODY = 64L * 1024 * 1024;

  /** How long a port may take to become free again, and from one try to the next. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Cloud cloud;
  private final Javalin app;
  private final Keystone keystone;
  private final Map<String, Nova> novas = new LinkedHashMap<>();
  private final Map<String, Quotas> quotas = new LinkedHashMap<>();
  private final Optional<TlsPort> tls;

  /**
   * @param tls how the port speaks TLS; empty when it speaks plain HTTP
   */
  CloudServer(Cloud cloud, ExecutorService executor, Optional<TlsPort> tls) {
    this.cloud = cloud;
    this.tls = tls;
    this.keystone = new Keystone(cloud);
    this.app =
        Javalin.create(
            config -> {
              config.showJavalinBanner = false;
              config.jetty.threadPool = new QueuedThreadPool(64, 4);
              config.http.maxRequestSize = LARGEST_BODY;
              config.http.generateEtags = false;
              config.router.treatMultipleSlashesAsSingleSlash = true;
            });
    KeystoneApi keystoneApi = new KeystoneApi(keystone);
    keystoneApi.routes(routes(Service.IDENTITY, null, "/identity", executor));
    for (RegionSpec region : cloud.spec().regions()) {
      addRegion(region.name(), executor);
    }
  }

  private void addRegion(String region, ExecutorService executor) {
    String prefix = cloud.spec().regionInPath() ? "/" + region : "";
    Quotas limits =
        new Quotas(
            cloud.spec().quota(),
            cloud.region(region).table("quotas"),
            service -> cloud.weather().exhausted("quota", service, region));
    Neutron neutron = new Neutron(cloud, region, limits);
    Glance glance = new Glance(cloud, region, limits);
    Cinder cinder = new Cinder(cloud, region, limits);
    Octavia octavia = new Octavia(cloud, region, limits, neutron);
    Nova nova = new Nova(cloud, region, limits, neutron, glance, cinder);
    novas.put(region, nova);
    quotas.put(region, limits);
    cloud.change(
        () -> {
          keystone.seed();
          neutron.seed();
          neutron.seedSynthetic();
          glance.seed();
          cinder.seed();
        });
    for (Service service : Service.values()) {
      if (service == Service.IDENTITY || !cloud.spec().has(service.path())) {
        continue;
      }
      Routes routes = routes(service, region, prefix + "/" + service.path(), executor);
      switch (service) {
        case COMPUTE -> new NovaApi(nova).routes(routes);
        case NETWORK -> new NeutronApi(neutron).routes(routes);
        case IMAGE -> new GlanceApi(glance).routes(routes);
        case LOAD_BALANCER -> new OctaviaApi(octavia).routes(routes);
        default -> new CinderApi(cinder, glance).routes(routes);
      }
    }
  }

  private Routes routes(Service service, String region, String prefix, ExecutorService executor) {
    return new Routes(app, cloud, service, region, prefix, keystone, executor);
  }

  Cloud cloud() {
    return cloud;
  }

  Map<String, Nova> novas() {
    return novas;
  }

  Map<String, Quotas> quotas() {
    return quotas;
  }

  void start(String bind, int port) {
    tls.ifPresent(
        how ->
            app.unsafeConfig()
                .jetty
                .addConnector((server, plain) -> how.connector(server, bind, port)));
    app.start(bind, port);
  }

  boolean speaksTls() {
    return tls.isPresent();
  }

  void stop() {
    app.stop();
  }

  /** Closes or opens the port and shows the certificate that the weather asks for. */
  void followWeather() throws Exception {
    boolean closed = cloud.weather().refusesConnections();
    boolean other =
        tls.isPresent()
            && tls.get()
                .show(
                    cloud.weather().certificateExpired()
                        ? Certificates.EXPIRED
                        : Certificates.VALID);
    for (Connector connector : app.jettyServer().server().getConnectors()) {
      if (other) {
        // Ends the connections that have seen the one before.
        connector.getConnectedEndPoints().forEach(EndPoint::close);
      }
      if (closed && connector.isRunning()) {
        connector.stop();
      } else if (!closed && !connector.isRunning()) {
        open(connector);
      }
    }
  }

  /** A port that was just closed is free only once its last accepting thread has left it. */
  private static void open(Connector connector) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!connector.isRunning()) {
      try {
        connector.start();
      } catch (IOException e) {
        if (!(e.getCause() instanceof BindException) || System.nanoTime() > until) {
          throw e;
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }
}
