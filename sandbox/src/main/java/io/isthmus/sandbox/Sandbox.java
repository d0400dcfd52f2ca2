package io.isthmus.sandbox;

import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.cloud.Snapshots;
import io.isthmus.sandbox.federation.CloudsYaml;
import io.isthmus.sandbox.federation.Federation;
import io.isthmus.sandbox.federation.Federation.CloudSpec;
import io.isthmus.sandbox.federation.FederationException;
import io.isthmus.sandbox.federation.FederationReader;
import io.isthmus.sandbox.guest.Guests;
import io.isthmus.sandbox.tls.Certificates;
import io.isthmus.sandbox.tls.TlsPort;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs simulated OpenStack clouds in a process of their own. */
public final class Sandbox implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Sandbox.class.getName());
  private static final Logger QUIET = Logger.getLogger("");

  /** A port that cannot be opened, and for whom it was wanted. */
  static final class PortTaken extends RuntimeException {
    PortTaken(String part, String bind, int port, Exception cause) {
      super(
          "port %d, wanted for %s, cannot be opened on %s: another program listens there, or the address is not this machine's; choose another --base-port or --bind"
              .formatted(port, part, bind),
          cause);
    }
  }

  private final Map<String, CloudServer> clouds = new LinkedHashMap<>();
  private final Control control = new Control(clouds, this::guests);
  private final ExecutorService executor = Executors.newFixedThreadPool(32, Sandbox::daemon);
  private final Options options;
  private Snapshots snapshots;
  private Guests guests;

  private Sandbox(Options options) {
    this.options = options;
  }

  public static void main(String... args) {
    QUIET.setLevel(Level.WARNING);
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException wrong) {
      exit(2, wrong.getMessage() + "\n" + Options.USAGE);
      return;
    }
    try {
      Sandbox sandbox = start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::stopQuietly, "shutdown"));
      System.out.println(sandbox.ready());
    } catch (FederationException mistakes) {
      exit(2, mistakes.getMessage());
    } catch (PortTaken busy) {
      exit(3, busy.getMessage());
    } catch (IOException | RuntimeException failed) {
      LOG.log(Level.SEVERE, "The sandbox cannot start", failed);
      exit(1, "the sandbox cannot start: " + failed);
    }
  }

  @SuppressWarnings("SystemExitOutsideMain")
  private static void exit(int code, String message) {
    System.err.println("isthmus-sandbox: " + message);
    System.exit(code);
  }

  /** Starts all clouds; returns when every port answers. */
  static Sandbox start(Options options) throws IOException {
    Federation federation =
        options.federation() == null
            ? FederationReader.builtIn()
            : FederationReader.read(options.federation());
    Sandbox sandbox = new Sandbox(options);
    try {
      sandbox.startAll(federation);
    } catch (IOException | RuntimeException failed) {
      sandbox.stopQuietly();
      throw failed;
    }
    return sandbox;
  }

  private void startAll(Federation federation) throws IOException {
    Path files =
        options.state() == null
            ? Files.createTempDirectory("isthmus-sandbox")
            : options.state().resolve("images");
    List<Cloud> all = new ArrayList<>();
    for (CloudSpec spec : federation.clouds()) {
      String scheme = spec.tls() ? "https" : "http";
      String url = scheme + "://" + options.publicHost() + ":" + portOf(all.size());
      all.add(new Cloud(spec, url, files, Clock.systemUTC(), options.downloadHosts()));
    }
    Optional<Certificates> certificates =
        all.stream().anyMatch(cloud -> cloud.spec().tls())
            ? Optional.of(
                Certificates.in(
                    options.state() == null ? files : options.state().resolve("tls"),
                    options.publicHost()))
            : Optional.empty();
    if (options.state() != null) {
      snapshots = new Snapshots(options.state(), all);
      for (Cloud cloud : all) {
        snapshots.restore(cloud);
      }
    }
    for (Cloud cloud : all) {
      Optional<TlsPort> tls = certificates.filter(any -> cloud.spec().tls()).map(TlsPort::new);
      clouds.put(cloud.spec().name(), new CloudServer(cloud, executor, tls));
    }
    guests = new Guests(all);
    guests.start();
    int index = 0;
    for (CloudServer server : clouds.values()) {
      open("cloud " + server.cloud().spec().name(), portOf(index++), server::start);
    }
    open("the control", options.controlPort(), control::start);
    if (options.cloudsYaml() != null) {
      CloudsYaml.write(
          federation,
          name -> clouds.get(name).cloud().url() + "/identity/v3",
          certificates.map(Certificates::authority),
          options.cloudsYaml());
    }
    if (snapshots != null) {
      snapshots.start();
    }
  }

  private Guests guests() {
    return guests;
  }

  /** The clouds' ports leave out the control's. */
  private int portOf(int cloud) {
    int port = options.basePort() + cloud;
    return port < options.controlPort() ? port : port + 1;
  }

  private void open(String part, int port, BiConsumer<String, Integer> start) {
    try {
      start.accept(options.bind(), port);
    } catch (JavalinBindException busy) {
      throw new PortTaken(part, options.bind(), port, busy);
    }
  }

  /** The line that says that all is up. */
  String ready() {
    StringBuilder line = new StringBuilder("sandbox ready:");
    clouds
        .values()
        .forEach(
            server ->
                line.append(' ')
                    .append(server.cloud().spec().name())
                    .append('=')
                    .append(server.cloud().url())
                    .append("/identity/v3"));
    return line + " control=http://" + options.bind() + ":" + options.controlPort() + "/_sandbox";
  }

  @Override
  public void close() throws Exception {
    control.stop();
    clouds.values().forEach(CloudServer::stop);
    executor.shutdownNow();
    if (guests != null) {
      guests.close();
    }
    if (snapshots != null) {
      snapshots.close();
    }
  }

  private void stopQuietly() {
    try {
      close();
    } catch (Exception failed) {
      LOG.log(Level.WARNING, "The sandbox did not stop cleanly", failed);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "late-calls");
    thread.setDaemon(true);
    return thread;
  }
}
