package io.isthmus.itests.event;

import io.isthmus.itests.RunningSystem;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Reads a stream of server-sent events in a thread of its own, until it is closed. */
final class StreamClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1).build();

  private final Map<Long, String> events = new ConcurrentSkipListMap<>();
  private final HttpResponse<InputStream> answer;

  StreamClient(RunningSystem system, String path, String token, String lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(system.api(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream, application/problem+json;q=0.5");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    Thread reader = new Thread(this::read, "stream of " + path);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      long id = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = Long.parseLong(line.substring(4));
        } else if (line.startsWith("data: ") && events.put(id, line.substring(6)) != null) {
          throw new IllegalStateException("event " + id + " came twice");
        }
      }
    } catch (IOException closed) {
      // The test is done with it.
    }
  }

  int status() {
    return answer.statusCode();
  }

  String contentType() {
    return answer.headers().firstValue("Content-Type").orElse("");
  }

  Optional<String> header(String name) {
    return answer.headers().firstValue(name);
  }

  List<Long> ids() {
    return List.copyOf(events.keySet());
  }

  JsonObject event(long id) {
    try (JsonReader reader = Json.createReader(new StringReader(events.get(id)))) {
      return reader.readObject();
    }
  }

  @Override
  public void close() throws IOException {
    answer.body().close();
  }
}
