package io.isthmus.itests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An evaluation user who works with the API, in English unless said. */
public final class Person {

  private static final Duration TOKEN_HOLDS = Duration.ofSeconds(120);

  private final RunningSystem system;
  private final String name;
  private String token;
  private Instant renewAt = Instant.MIN;

  public Person(RunningSystem system, String name) {
    this.system = system;
    this.name = name;
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return system.send(request(path, "en").GET());
  }

  public HttpResponse<String> get(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    return system.send(with(headers, request(path, "en")).GET());
  }

  public HttpResponse<String> post(String path, JsonObject body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return system.send(
        with(headers, request(path, "en"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  public HttpResponse<String> patch(String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return system.send(
        with(headers, request(path, "en"))
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder with(
      Map<String, String> headers, HttpRequest.Builder request) {
    headers.forEach(request::header);
    return request;
  }

  public HttpResponse<String> put(String path, JsonObject body)
      throws IOException, InterruptedException {
    return system.send(
        request(path, "en")
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return system.send(request(path, "en").DELETE());
  }

  public HttpResponse<String> post(String path, JsonObject body)
      throws IOException, InterruptedException {
    return post(path, body.toString(), "en");
  }

  public HttpResponse<String> post(String path, String body, String language)
      throws IOException, InterruptedException {
    return system.send(
        request(path, language)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** What is there, which must be something. */
  public JsonStructure look(String path) throws IOException, InterruptedException {
    return read(get(path), 200);
  }

  public List<JsonObject> list(String path) throws IOException, InterruptedException {
    return look(path).asJsonArray().getValuesAs(JsonObject.class);
  }

  /**
   * Plans a template with a policy.
   *
   * @param parameters the template's parameters
   * @return the plan
   */
  public JsonObject plan(
      String name, String template, String policy, Map<String, JsonValue> parameters)
      throws IOException, InterruptedException {
    return plan(name, template, Map.of(), policy, parameters);
  }

  /** Plans a template that uses others, by name. */
  public JsonObject plan(
      String name,
      String template,
      Map<String, String> files,
      String policy,
      Map<String, JsonValue> parameters)
      throws IOException, InterruptedException {
    return read(post("/plans", planRequest(name, template, files, policy, parameters)), 201)
        .asJsonObject();
  }

  public static JsonObject planRequest(
      String name, String template, String policy, Map<String, JsonValue> parameters) {
    return planRequest(name, template, Map.of(), policy, parameters);
  }

  public static JsonObject planRequest(
      String name,
      String template,
      Map<String, String> files,
      String policy,
      Map<String, JsonValue> parameters) {
    var chosen = Json.createObjectBuilder();
    parameters.forEach(chosen::add);
    var nested = Json.createObjectBuilder();
    files.forEach(nested::add);
    return Json.createObjectBuilder()
        .add("name", name)
        .add("template", template)
        .add("files", nested)
        .add("policy", policy)
        .add("parameters", chosen)
        .build();
  }

  /** Makes a stack of a plan, without waiting for it. */
  public JsonObject accept(JsonObject plan) throws IOException, InterruptedException {
    return read(post("/stacks", stackRequest(plan)), 202).asJsonObject();
  }

  /** Accepts plans all at the same time; the answers are in the order of the plans. */
  public List<HttpResponse<String>> acceptAtOnce(List<JsonObject> plans) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(plans.size());
    try {
      List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
      plans.forEach(plan -> calls.add(() -> post("/stacks", stackRequest(plan))));
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (Future<HttpResponse<String>> answer : pool.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }

  public static JsonObject stackRequest(JsonObject plan) {
    return Json.createObjectBuilder()
        .add("name", plan.getString("name"))
        .add("plan", plan.getString("id"))
        .build();
  }

  /** The body of an answer, whose status must be as expected. */
  public static JsonStructure read(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.uri() + ": " + answer.body()).isEqualTo(status);
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.read();
    }
  }

  /** A request of this person's, to be given its method. */
  public HttpRequest.Builder request(String path, String language)
      throws IOException, InterruptedException {
    if (!Instant.now().isBefore(renewAt)) {
      token = system.token(name);
      renewAt = Instant.now().plus(TOKEN_HOLDS);
    }
    return HttpRequest.newBuilder(system.api(path))
        .header("Authorization", "Bearer " + token)
        .header("Accept-Language", language);
  }
}
