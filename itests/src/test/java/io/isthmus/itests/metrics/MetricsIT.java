package io.isthmus.itests.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The metrics, and who may read them. */
@Tag("container")
@BesideOthers
class MetricsIT {

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person admin = new Person(system, "admin");

  @BeforeEach
  void cloudsAnswer() throws Exception {
    system.awaitClouds(alice);
  }

  private String scrapeToken() throws Exception {
    return Files.readString(system.data().resolve("secrets/metrics-token")).strip();
  }

  @Test
  void tellStacksQueueCallsAndPools() throws Exception {
    HttpResponse<String> answer = system.get(system.api("/metrics"), scrapeToken());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain")
        .contains("version=0.0.4");
    assertThat(answer.body().lines())
        .anyMatch(line -> line.matches("isthmus_queue_due \\d+\\.0"))
        .anyMatch(line -> line.matches("isthmus_queue_lag_seconds \\d+\\.\\d+"))
        .anyMatch(line -> line.equals("isthmus_database_up 1.0"))
        .anyMatch(line -> line.startsWith("isthmus_database_connections{state=\"active\"}"))
        .anyMatch(line -> line.equals("isthmus_cloud_calls_limit{cloud=\"gra\"} 8.0"))
        .anyMatch(
            line ->
                line.matches(
                    "isthmus_cloud_call_duration_seconds_count\\{cloud=\"bhs\",method=\"GET\","
                        + "outcome=\"success\",service=\"compute\"} [1-9]\\d*"))
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"}"));
    assertThat(answer.body()).doesNotContain("alice", "acme");
  }

  @Test
  void areForWhoMaySeeTheFederationAndForTheScrapeTokenOnly() throws Exception {
    assertThat(admin.get("/metrics").statusCode()).isEqualTo(200);
    assertThat(Person.read(alice.get("/metrics"), 403).asJsonObject().getString("code"))
        .isEqualTo("forbidden");
    assertThat(
            Person.read(system.get(system.api("/metrics")), 401).asJsonObject().getString("code"))
        .isEqualTo("not-signed-in");
    assertThat(system.get(system.api("/metrics"), scrapeToken() + "0").statusCode()).isEqualTo(401);
    assertThat(system.get(system.api("/clouds"), scrapeToken()).statusCode()).isEqualTo(401);
  }

  @Test
  void areFoundFromTheCustomaryPathWhichIsNotOpen() throws Exception {
    for (String path : new String[] {"/metrics", "/metrics/base", "/metrics/vendor"}) {
      HttpResponse<String> led = system.get(URI.create(system.url() + path));
      assertThat(led.statusCode()).as(path).isEqualTo(307);
      assertThat(led.headers().map().get("Location").get(0)).endsWith("/api/v1/metrics");
      assertThat(led.body()).isEmpty();
    }
  }

  @Test
  void countRequestsOfTheApi() throws Exception {
    assertThat(alice.get("/stacks/none", Map.of()).statusCode()).isEqualTo(404);

    assertThat(admin.get("/metrics").body().lines())
        .anyMatch(
            line ->
                line.matches(
                    "isthmus_api_request_duration_seconds_count\\{method=\"GET\",status=\"4xx\"}"
                        + " [1-9]\\d*"));
  }
}
