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
import java.util.function.Predicate;

/** The simulated clouds from outside of OpenStack: what is in them, and their weather. */
public final class SimulatedClouds {

  public static final List<String> NAMES = List.of("gra", "bhs", "syd");

  private final RunningSystem system;
  private final URI control;

  public SimulatedClouds(RunningSystem system) {
    this(system, system.sandboxControl());
  }

  /** Those of a sandbox of its own. */
  public SimulatedClouds(RunningSystem system, URI control) {
    this.system = system;
    this.control = control;
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

  /** All that a cloud keeps of a kind, by region, whatever its weather. */
  public JsonObject rows(String cloud, String kind) throws IOException, InterruptedException {
    return RunningSystem.json(system.get(control(cloud, "rows/" + kind)));
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

  /** Lets what runs in one server fall silent alone, or speak again. */
  public void silence(String cloud, String server, boolean isSilent)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        system.send(
            HttpRequest.newBuilder(control(cloud, "guests/" + server))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"silent\": " + isSilent + "}")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  public void clearWeather() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        system.send(HttpRequest.newBuilder(URI.create(control + "/_sandbox/weather")).DELETE());
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
  }

  /**
   * Sets some of a project's quotas in a region.
   *
   * @param quotas such as <code>{"instances": 3}</code>
   */
  public void quota(String cloud, String region, String project, String quotas)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        system.send(
            HttpRequest.newBuilder(control(cloud, "regions/" + region + "/quotas/" + project))
                .method("PATCH", HttpRequest.BodyPublishers.ofString(quotas)));
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
  }

  /** Counts calls to all clouds from 0 on again. */
  public void forgetCalls() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        system.send(HttpRequest.newBuilder(URI.create(control + "/_sandbox/calls")).DELETE());
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
  }

  /** How many calls all clouds were asked since they were forgotten. */
  public long calls() throws IOException, InterruptedException {
    return counted(call -> true);
  }

  /** Of these, those that a cloud failed: no answer, an error of its own, too many requests. */
  public long faults() throws IOException, InterruptedException {
    return counted(
        call ->
            call.getInt("status") == 0
                || call.getInt("status") == 413
                || call.getInt("status") == 429
                || call.getInt("status") >= 500);
  }

  /** Of these, those by which something was made, whether or not that was answered. */
  public long effects() throws IOException, InterruptedException {
    return counted(
        call ->
            call.getString("method").equals("POST")
                && !call.getString("service").equals("identity")
                && call.getInt("status") < 300);
  }

  private long counted(Predicate<JsonObject> wanted) throws IOException, InterruptedException {
    JsonObject clouds =
        RunningSystem.json(system.get(URI.create(control + "/_sandbox/calls")))
            .getJsonObject("clouds");
    return clouds.values().stream()
        .flatMap(
            cloud ->
                cloud.asJsonObject().getJsonArray("calls").getValuesAs(JsonObject.class).stream())
        .filter(wanted)
        .mapToLong(call -> call.getInt("count"))
        .sum();
  }

  /** How many calls a cloud was asked since it was started. */
  public int calls(String cloud) throws IOException, InterruptedException {
    return RunningSystem.json(system.get(control(cloud, "calls"))).getInt("total");
  }

  private URI control(String cloud, String what) {
    return URI.create(control + "/_sandbox/clouds/" + cloud + "/" + what);
  }
}
