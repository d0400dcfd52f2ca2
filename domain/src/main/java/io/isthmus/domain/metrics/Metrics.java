package io.isthmus.domain.metrics;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.metrics.CloudCallPools.Pool;
import io.isthmus.domain.metrics.SystemFigures.Figures;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Everything that is measured, in Prometheus' text format. Labels have few values: clouds, services
 * and statuses, never names that people choose.
 *
 * @see <a href="https://prometheus.io/docs/practices/naming/">Prometheus: metric and label
 *     naming</a>
 */
@ApplicationScoped
public class Metrics implements CloudCallMeter, ProbeMeter {

  /** The media type of {@link #write}. */
  public static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final Logger LOG = Logger.getLogger(Metrics.class.getName());

  /** Seconds: clouds answer within a second, or not within the longest patience of a minute. */
  private static final double[] CALL_TIMES = {0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final double[] REQUEST_TIMES = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  private PrometheusRegistry registry;
  private Histogram calls;
  private Histogram requests;
  private Counter probes;

  @Inject
  Metrics(
      SystemFigures system,
      CloudCallPools pools,
      MirrorFigures mirror,
      ProbeFigures probed,
      InsuranceFigures insurance) {
    this(system::read, pools::pools, true);
    registry.register(new MirrorCollector(mirror::read));
    registry.register(new InsuranceCollector(insurance::read));
    GaugeWithCallback.builder()
        .name("isthmus_servers_failing_probes")
        .help("Servers that fail a probe of their policy.")
        .labelNames("cloud")
        .callback(
            told ->
                tried(probed::failing)
                    .orElse(Map.of())
                    .forEach((cloud, failing) -> told.call(failing, cloud.text())))
        .register(registry);
  }

  /**
   * @param system read at each scrape
   * @param pools read at each scrape
   * @param jvm whether memory, threads and collections are told, too
   */
  Metrics(Supplier<Figures> system, Supplier<List<Pool>> pools, boolean jvm) {
    registry = new PrometheusRegistry();
    calls =
        Histogram.builder()
            .name("isthmus_cloud_call_duration_seconds")
            .help("Exchanges with clouds, by what came of them; each try counts.")
            .unit(Unit.SECONDS)
            .labelNames("cloud", "service", "method", "outcome")
            .classicOnly()
            .classicUpperBounds(CALL_TIMES)
            .register(registry);
    requests =
        Histogram.builder()
            .name("isthmus_api_request_duration_seconds")
            .help("Requests of the API by method and class of status.")
            .unit(Unit.SECONDS)
            .labelNames("method", "status")
            .classicOnly()
            .classicUpperBounds(REQUEST_TIMES)
            .register(registry);
    probes =
        Counter.builder()
            .name("isthmus_probes_total")
            .help("Probes of servers, by whether they were answered as expected.")
            .labelNames("cloud", "kind", "outcome")
            .register(registry);
    registry.register(new SystemCollector(system));
    pool("calls_in_flight", "Calls to the cloud on their way.", pools, Pool::inUse);
    pool("calls_limit", "How many calls to the cloud may be on their way.", pools, Pool::size);
    pool("calls_waiting", "Calls to the cloud that wait for a turn.", pools, Pool::waiting);
    pool(
        "circuits_open",
        "Servers of the cloud that are left alone because they failed.",
        pools,
        Pool::openCircuits);
    if (jvm) {
      JvmMetrics.builder().register(registry);
    }
  }

  /** For the container's proxies. */
  protected Metrics() {}

  private void pool(
      String name, String help, Supplier<List<Pool>> pools, ToIntFunction<Pool> value) {
    GaugeWithCallback.builder()
        .name("isthmus_cloud_" + name)
        .help(help)
        .labelNames("cloud")
        .callback(
            told ->
                pools.get().forEach(pool -> told.call(value.applyAsInt(pool), pool.cloud().text())))
        .register(registry);
  }

  @Override
  public void called(CloudId cloud, String service, String method, Outcome outcome, Duration took) {
    calls
        .labelValues(cloud.text(), service, method, outcome.name().toLowerCase(Locale.ROOT))
        .observe(seconds(took));
  }

  @Override
  public void probed(CloudId cloud, String kind, boolean answered) {
    probes.labelValues(cloud.text(), kind, answered ? "answered" : "failed").inc();
  }

  /**
   * Is told of each request of the API that was answered.
   *
   * @param status from 100 to 599
   */
  public void requested(String method, int status, Duration took) {
    // A client may write anything there.
    String label = METHODS.contains(method) ? method : "other";
    requests.labelValues(label, status / 100 + "xx").observe(seconds(took));
  }

  /** Writes all as {@link #MEDIA_TYPE}. */
  public void write(OutputStream out) throws IOException {
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /**
   * What the database tells; a database that is away takes its own figures away, not the others.
   */
  static <T> Optional<T> tried(Supplier<T> system) {
    try {
      return Optional.of(system.get());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the figures of the database are missing in the metrics", e);
      return Optional.empty();
    }
  }
}
