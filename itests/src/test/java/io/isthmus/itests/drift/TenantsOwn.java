package io.isthmus.itests.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.RunningSystem;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** A project's own OpenStack credential in one cloud, used behind Isthmus' back. */
public final class TenantsOwn {

  private final RunningSystem system;
  private final String token;
  private final JsonObject catalogToken;
  private final String region;

  private TenantsOwn(RunningSystem system, String token, JsonObject catalogToken, String region) {
    this.system = system;
    this.token = token;
    this.catalogToken = catalogToken;
    this.region = region;
  }

  /** Signs in with the entry of the clouds file that is the project's. */
  public static TenantsOwn of(RunningSystem system, String cloud, String project, String region)
      throws Exception {
    Map<String, Object> file = new Yaml().load(Files.readString(system.cloudsFile()));
    Map<?, ?> entry =
        ((Map<?, ?>) file.get("clouds"))
            .values().stream()
                .map(value -> (Map<?, ?>) value)
                .filter(
                    value ->
                        value.get("isthmus") instanceof Map<?, ?> facts
                            && cloud.equals(facts.get("cloud"))
                            && project.equals(facts.get("project")))
                .findFirst()
                .orElseThrow();
    Map<?, ?> auth = (Map<?, ?>) entry.get("auth");
    String base = auth.get("auth_url").toString().replaceAll("/+$", "");
    URI tokens = URI.create((base.endsWith("/v3") ? base : base + "/v3") + "/auth/tokens");
    String body =
        """
        {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "%s",
          "domain": {"name": "%s"}, "password": "%s"}}},
          "scope": {"project": {"name": "%s", "domain": {"name": "%s"}}}}}
        """
            .formatted(
                auth.get("username"),
                domain(auth, "user_domain_name"),
                auth.get("password"),
                auth.get("project_name"),
                domain(auth, "project_domain_name"));
    HttpResponse<String> answer =
        system.send(
            HttpRequest.newBuilder(tokens)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return new TenantsOwn(
        system,
        answer.headers().firstValue("X-Subject-Token").orElseThrow(),
        json(answer.body()).getJsonObject("token"),
        region);
  }

  private static Object domain(Map<?, ?> auth, String key) {
    Object domain = auth.get(key);
    return domain == null ? "Default" : domain;
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  private String endpoint(String type) {
    String found =
        catalogToken.getJsonArray("catalog").getValuesAs(JsonObject.class).stream()
            .filter(service -> service.getString("type").equals(type))
            .flatMap(
                service -> service.getJsonArray("endpoints").getValuesAs(JsonObject.class).stream())
            .filter(endpoint -> endpoint.getString("interface").equals("public"))
            .filter(endpoint -> endpoint.getString("region_id", region).equals(region))
            .map(endpoint -> endpoint.getString("url"))
            .findFirst()
            .orElseThrow()
            .replaceAll("/+$", "");
    return type.equals("network") && !found.endsWith("/v2.0") ? found + "/v2.0" : found;
  }

  /**
   * Asks one of the services.
   *
   * @param body JSON with single quotes for double ones; null for none
   */
  public JsonObject ask(String method, String type, String path, String body) throws Exception {
    HttpResponse<String> answer = send(method, type, path, body);
    assertThat(answer.statusCode()).as(method + " " + path + ": " + answer.body()).isLessThan(300);
    return answer.body().isBlank() ? json("{}") : json(answer.body());
  }

  /** The same, whatever comes of it. */
  public int status(String method, String type, String path, String body) throws Exception {
    return send(method, type, path, body).statusCode();
  }

  private HttpResponse<String> send(String method, String type, String path, String body)
      throws Exception {
    return system.send(
        HttpRequest.newBuilder(URI.create(endpoint(type) + path))
            .header("X-Auth-Token", token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  /** A flavor of no smaller disk than the one of this name, to which it can be resized. */
  String flavorBut(String name) throws Exception {
    List<JsonObject> all =
        ask("GET", "compute", "/flavors/detail", null)
            .getJsonArray("flavors")
            .getValuesAs(JsonObject.class);
    int disk =
        all.stream()
            .filter(flavor -> flavor.getString("name").equals(name))
            .mapToInt(flavor -> flavor.getInt("disk"))
            .findFirst()
            .orElseThrow();
    return all.stream()
        .filter(flavor -> !flavor.getString("name").equals(name) && flavor.getInt("disk") >= disk)
        .map(flavor -> flavor.getString("id"))
        .findFirst()
        .orElseThrow();
  }
}
