package io.isthmus.domain.metrics;

import io.isthmus.domain.metrics.SystemFigures.Figures;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.function.Supplier;

/** The database's figures, read once for each scrape. */
final class SystemCollector implements MultiCollector {

  private final Supplier<Figures> system;

  SystemCollector(Supplier<Figures> system) {
    this.system = system;
  }

  @Override
  public MetricSnapshots collect() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    Metrics.tried(system)
        .ifPresentOrElse(
            figures -> {
              all.metricSnapshot(one("isthmus_database_up", "Whether the database answers.", 1));
              tell(figures, all);
            },
            () ->
                all.metricSnapshot(one("isthmus_database_up", "Whether the database answers.", 0)));
    return all.build();
  }

  private static void tell(Figures figures, MetricSnapshots.Builder all) {
    all.metricSnapshot(
            each("isthmus_stacks", "Stacks by Heat's status.", "status", figures.stacks()))
        .metricSnapshot(
            one("isthmus_queue_due", "Stacks that are due and not worked on.", figures.due()))
        .metricSnapshot(
            one(
                "isthmus_queue_lag_seconds",
                "For how long the oldest of them is due.",
                figures.lag().toMillis() / 1e3))
        .metricSnapshot(
            one("isthmus_queue_leased", "Stacks that a server works on.", figures.leased()))
        .metricSnapshot(
            each(
                "isthmus_database_connections",
                "Connections of Isthmus to its database by state.",
                "state",
                figures.connections()))
        .metricSnapshot(
            one(
                "isthmus_database_connections_limit",
                "How many connections the database takes in all.",
                figures.connectionLimit()));
  }

  private static GaugeSnapshot one(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }

  private static GaugeSnapshot each(
      String name, String help, String label, Map<String, Integer> values) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    values.forEach(
        (key, value) ->
            gauge.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(Labels.of(label, key))
                    .value(value)
                    .build()));
    return gauge.build();
  }
}
