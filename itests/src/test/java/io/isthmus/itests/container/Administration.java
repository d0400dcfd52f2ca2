package io.isthmus.itests.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.RunningSystem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** The applications on the system's Payara, by its administration over REST. */
final class Administration {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final RunningSystem system;

  Administration(RunningSystem system) {
    this.system = system;
  }

  void undeploy(String name) throws IOException, InterruptedException {
    command("/" + name, HttpRequest.newBuilder().DELETE());
  }

  /** Deploys an archive where it lies; returns when the system is ready. */
  void deploy(String name, Path archive) throws Exception {
    command(
        "",
        HttpRequest.newBuilder()
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "name=" + encode(name) + "&id=" + encode(archive.toRealPath().toString()))));
    Await.until(
        PATIENCE,
        "the system is ready",
        () -> system.get(URI.create(system.url() + "/health/ready")).statusCode(),
        status -> status == 200);
  }

  private void command(String path, HttpRequest.Builder command)
      throws IOException, InterruptedException {
    URI applications =
        URI.create(
            "http://127.0.0.1:%d/management/domain/applications/application%s"
                .formatted(system.adminPort(), path));
    HttpResponse<String> answer =
        system.send(
            command
                .uri(applications)
                .header("X-Requested-By", "isthmus")
                .header("Accept", "application/json"),
            PATIENCE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
