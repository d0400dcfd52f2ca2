package io.isthmus.domain.metrics;

import io.isthmus.domain.metrics.InsuranceFigures.OfCloud;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/** What would be if clouds vanished, read once for each scrape. */
final class InsuranceCollector implements MultiCollector {

  private final Supplier<List<OfCloud>> insurance;

  InsuranceCollector(Supplier<List<OfCloud>> insurance) {
    this.insurance = insurance;
  }

  @Override
  public MetricSnapshots collect() {
    GaugeSnapshot.Builder parts =
        GaugeSnapshot.builder()
            .name("isthmus_insurance_parts")
            .help("Resources that would be lost with the cloud, by what would become of them.");
    GaugeSnapshot.Builder age =
        GaugeSnapshot.builder()
            .name("isthmus_insurance_age_seconds")
            .help("Age of the last count of what would be if the cloud vanished.");
    for (OfCloud one : Metrics.tried(insurance).orElse(List.of())) {
      String cloud = one.cloud().text();
      one.parts()
          .forEach(
              (outcome, count) ->
                  parts.dataPoint(
                      GaugeDataPointSnapshot.builder()
                          .labels(Labels.of("cloud", cloud, "outcome", outcome))
                          .value(count)
                          .build()));
      one.age()
          .ifPresent(
              since ->
                  age.dataPoint(
                      GaugeDataPointSnapshot.builder()
                          .labels(Labels.of("cloud", cloud))
                          .value(since.toMillis() / 1e3)
                          .build()));
    }
    return MetricSnapshots.builder()
        .metricSnapshot(parts.build())
        .metricSnapshot(age.build())
        .build();
  }
}
