package io.isthmus.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.metrics.CloudCallMeter.Outcome;
import io.isthmus.domain.metrics.CloudCallPools.Pool;
import io.isthmus.domain.metrics.SystemFigures.Figures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final Figures FIGURES =
      new Figures(
          Map.of("CREATE_COMPLETE", 3, "CREATE_FAILED", 1),
          2,
          Duration.ofMillis(1500),
          1,
          Map.of("idle", 4),
          100);

  private static List<String> told(Metrics metrics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    metrics.write(out);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Metrics of(Supplier<Figures> system) {
    return new Metrics(system, () -> List.of(new Pool(GRA, 3, 8, 5, 1)), false);
  }

  @Test
  void tellsCallsToCloudsByOutcomeAndTime() throws IOException {
    Metrics metrics = of(() -> FIGURES);
    metrics.called(GRA, "compute", "POST", Outcome.SUCCESS, Duration.ofMillis(80));
    metrics.called(GRA, "compute", "POST", Outcome.SUCCESS, Duration.ofMillis(700));
    metrics.called(GRA, "compute", "POST", Outcome.NO_ANSWER, Duration.ofSeconds(30));

    String labels = "cloud=\"gra\",method=\"POST\",outcome=\"success\",service=\"compute\"";
    assertThat(told(metrics))
        .contains(
            "# TYPE isthmus_cloud_call_duration_seconds histogram",
            "isthmus_cloud_call_duration_seconds_bucket{" + labels + ",le=\"0.1\"} 1",
            "isthmus_cloud_call_duration_seconds_bucket{" + labels + ",le=\"1.0\"} 2",
            "isthmus_cloud_call_duration_seconds_count{" + labels + "} 2",
            "isthmus_cloud_call_duration_seconds_count{"
                + labels.replace("success", "no_answer")
                + "} 1");
  }

  @Test
  void tellsStacksQueueAndPools() throws IOException {
    assertThat(told(of(() -> FIGURES)))
        .contains(
            "isthmus_stacks{status=\"CREATE_COMPLETE\"} 3.0",
            "isthmus_stacks{status=\"CREATE_FAILED\"} 1.0",
            "isthmus_queue_due 2.0",
            "isthmus_queue_lag_seconds 1.5",
            "isthmus_queue_leased 1.0",
            "isthmus_database_up 1.0",
            "isthmus_database_connections{state=\"idle\"} 4.0",
            "isthmus_database_connections_limit 100.0",
            "isthmus_cloud_calls_in_flight{cloud=\"gra\"} 3.0",
            "isthmus_cloud_calls_limit{cloud=\"gra\"} 8.0",
            "isthmus_cloud_calls_waiting{cloud=\"gra\"} 5.0",
            "isthmus_cloud_circuits_open{cloud=\"gra\"} 1.0");
  }

  @Test
  void tellsTheRestWhileTheDatabaseIsAway() throws IOException {
    List<String> told =
        told(
            of(
                () -> {
                  throw new IllegalStateException("connection refused");
                }));

    assertThat(told)
        .contains("isthmus_database_up 0.0", "isthmus_cloud_calls_limit{cloud=\"gra\"} 8.0");
    assertThat(told).noneMatch(line -> line.startsWith("isthmus_stacks"));
  }

  @Test
  void keepsWhatAClientInventsOutOfItsLabels() throws IOException {
    Metrics metrics = of(() -> FIGURES);
    metrics.requested("GET", 404, Duration.ofMillis(3));
    metrics.requested("BREW", 405, Duration.ofMillis(3));

    assertThat(told(metrics))
        .contains(
            "isthmus_api_request_duration_seconds_count{method=\"GET\",status=\"4xx\"} 1",
            "isthmus_api_request_duration_seconds_count{method=\"other\",status=\"4xx\"} 1")
        .noneMatch(line -> line.contains("BREW"));
  }

  @ParameterizedTest
  @CsvSource({
    "200,SUCCESS",
    "304,SUCCESS",
    "404,REFUSED",
    "413,LIMITED",
    "429,LIMITED",
    "503,FAILED"
  })
  void tellsOutcomesApart(int status, Outcome outcome) {
    assertThat(Outcome.of(status)).isEqualTo(outcome);
  }
}
