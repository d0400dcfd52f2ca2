package io.isthmus.itests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The simulated clouds from outside of OpenStack: what is in them, and their weather. */
public final class SimulatedClouds {

  public static final List<String> NAMES = List.of("gra", "bhs", "syd");

  private final RunningSystem system;

  public SimulatedClouds(RunningSystem system) {
    this.system = system;
  }

  /**
   * How many rows of each kind each region holds, by {@code CLOUD/REGION KIND}; kinds of which
   * there are none are left out.
   */
  public Map<String, Integer> contents() throws IOException, InterruptedException {
    Map<String, Integer> contents = new TreeMap<>();
    for (String cloud : NAMES) {
      JsonObject regions = RunningSystem.json(system.get(control(cloud, "inventory")));
      for (String region : regions.keySet()) {
        JsonObject counts = regions.getJsonObject(region);
        for (String kind : counts.keySet()) {
          if (counts.getInt(kind) > 0 && !kind.startsWith("deleted_")) {
            contents.put(cloud + "/" + region + " " + kind, counts.getInt(kind));
          }
        }
      }
    }
    return contents;
  }

  /** How many rows of a kind all regions hold together. */
  public int count(String kind) throws IOException, InterruptedException {
    return contents().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(" " + kind))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /**
   * Makes weather in a cloud.
   *
   * @param rules as docs/sandbox.md describes them, a JSON list
   */
  public void weather(String cloud, String rules) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        system.send(
            HttpRequest.newBuilder(control(cloud, "weather"))
                .PUT(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"seed\": 1, \"rules\": " + rules + "}")));
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
  }

  public void clearWeather() throws IOException, InterruptedException {
    for (String cloud : NAMES) {
      system.send(HttpRequest.newBuilder(control(cloud, "weather")).DELETE());
    }
  }

  private URI control(String cloud, String what) {
    return URI.create(system.sandboxControl() + "/_sandbox/clouds/" + cloud + "/" + what);
  }
}
