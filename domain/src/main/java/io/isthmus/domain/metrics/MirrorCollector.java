package io.isthmus.domain.metrics;

import io.isthmus.domain.metrics.MirrorFigures.OfCloud;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The mirror's figures, read once for each scrape; none when the database does not answer. */
final class MirrorCollector implements MultiCollector {

  private final Supplier<List<OfCloud>> mirror;

  MirrorCollector(Supplier<List<OfCloud>> mirror) {
    this.mirror = mirror;
  }

  @Override
  public MetricSnapshots collect() {
    List<OfCloud> clouds = Metrics.tried(mirror).orElse(List.of());
    return MetricSnapshots.builder()
        .metricSnapshot(
            each(
                "isthmus_mirror_resources",
                "Resources of which the mirror keeps a copy.",
                clouds,
                OfCloud::items))
        .metricSnapshot(
            each(
                "isthmus_mirror_strays",
                "Resources with a mark of ours of which no stack knows.",
                clouds,
                OfCloud::strays))
        .metricSnapshot(
            each(
                "isthmus_mirror_lists_failing",
                "Lists that could not be read last.",
                clouds,
                OfCloud::failing))
        .metricSnapshot(
            each(
                "isthmus_mirror_age_seconds",
                "Age of the list that was read longest ago.",
                clouds,
                cloud -> cloud.age().toMillis() / 1e3))
        .metricSnapshot(
            each(
                "isthmus_reservations_doubtful",
                "Reservations of resources that their cloud counts, too, or whose stack rests.",
                clouds,
                OfCloud::doubtful))
        .build();
  }

  private static GaugeSnapshot each(
      String name, String help, List<OfCloud> clouds, ToDoubleFunction<OfCloud> value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    clouds.forEach(
        cloud ->
            gauge.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("cloud", cloud.cloud().text()))
                    .value(value.applyAsDouble(cloud))
                    .build()));
    return gauge.build();
  }
}
