package io.isthmus.itests.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.RunningSystem;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Readiness follows the queue: nobody is sent to a server that would not do what it accepts. */
@Tag("container")
@Isolated("locks the queue")
class QueueReadyIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RunningSystem system = new RunningSystem();

  @Test
  void isDownWhileTheQueueCannotBeReadAndUpAgainAfterwards() throws Exception {
    awaitQueue("UP");
    try (Connection connection = system.database();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Whoever wants to read or lease now waits.
      statement.execute("lock table stack_work in access exclusive mode");

      JsonObject queue = awaitQueue("DOWN");

      assertThat(queue.getJsonObject("data").getString("failure")).isNotBlank();
      assertThat(ready().statusCode()).isEqualTo(503);
      Await.until(
          PATIENCE,
          "it is noticed that nobody looks into the queue",
          () -> queue().getJsonObject("data").getString("failure"),
          failure -> failure.startsWith("not looked into for "));
      connection.rollback();
    }

    assertThat(awaitQueue("UP").getJsonObject("data").getString("waiting")).containsOnlyDigits();
    assertThat(ready().statusCode()).isEqualTo(200);
  }

  private JsonObject awaitQueue(String status) throws Exception {
    return Await.until(
        PATIENCE,
        "the queue is " + status,
        this::queue,
        queue -> queue.getString("status").equals(status));
  }

  private JsonObject queue() throws IOException, InterruptedException {
    return RunningSystem.json(ready()).getJsonArray("checks").getValuesAs(JsonObject.class).stream()
        .filter(check -> check.getString("name").equals("queue"))
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> ready() throws IOException, InterruptedException {
    return system.send(
        HttpRequest.newBuilder(URI.create(system.url() + "/health/ready")), Duration.ofSeconds(60));
  }
}
