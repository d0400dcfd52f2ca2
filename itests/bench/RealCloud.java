import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real OpenStack cloud as one user sees it in one project: plain calls and nothing around them. */
final class RealCloud {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String NOVA = "/servers";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> endpoints = new HashMap<>();
  private String token = "";

  private RealCloud() {}

  /** For the user and project that the usual variables ({@code OS_AUTH_URL}, …) name. */
  static RealCloud ofEnvironment() throws IOException, InterruptedException {
    RealCloud cloud = new RealCloud();
    cloud.signIn(System.getenv());
    return cloud;
  }

  private void signIn(Map<String, String> env) throws IOException, InterruptedException {
    JsonObject domain = Json.createObjectBuilder().add("id", "default").build();
    JsonObject user =
        Json.createObjectBuilder()
            .add("name", env.get("OS_USERNAME"))
            .add("password", env.get("OS_PASSWORD"))
            .add("domain", domain)
            .build();
    JsonObject project =
        Json.createObjectBuilder()
            .add("name", env.get("OS_PROJECT_NAME"))
            .add("domain", domain)
            .build();
    JsonObject identity =
        Json.createObjectBuilder()
            .add("methods", Json.createArrayBuilder().add("password"))
            .add("password", Json.createObjectBuilder().add("user", user))
            .build();
    JsonObject auth =
        Json.createObjectBuilder()
            .add(
                "auth",
                Json.createObjectBuilder()
                    .add("identity", identity)
                    .add("scope", Json.createObjectBuilder().add("project", project)))
            .build();
    HttpResponse<String> answer =
        send("POST", env.get("OS_AUTH_URL") + "/auth/tokens", auth.toString());
    told(answer, 201);
    token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
    for (JsonObject service : objects(object(answer.body()).getJsonObject("token"), "catalog")) {
      for (JsonObject endpoint : objects(service, "endpoints")) {
        if (endpoint.getString("interface").equals("public")) {
          endpoints.put(service.getString("type"), endpoint.getString("url"));
        }
      }
    }
  }

  // ---- Heat

  /** Returns as soon as it is accepted. */
  String createStack(String name, JsonObject template) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        ask(
            "orchestration",
            "POST",
            "/stacks",
            Json.createObjectBuilder()
                .add("stack_name", name)
                .add("template", template)
                .add("timeout_mins", 30)
                .build()
                .toString());
    told(answer, 201);
    return name + "/" + object(answer.body()).getJsonObject("stack").getString("id");
  }

  /** Empty when it is gone. */
  String stackStatus(String id) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        ask("orchestration", "GET", "/stacks/" + id + "?resolve_outputs=False", null);
    if (answer.statusCode() == 404) {
      return "";
    }
    told(answer, 200);
    String status = object(answer.body()).getJsonObject("stack").getString("stack_status");
    return status.equals("DELETE_COMPLETE") ? "" : status;
  }

  void deleteStack(String id) throws IOException, InterruptedException {
    told(ask("orchestration", "DELETE", "/stacks/" + id, null), 204);
  }

  // ---- Nova, Glance and Neutron

  /** The id of what a list has under that name. */
  String id(String service, String path, String collection, String name)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(service, "GET", path, null);
    told(answer, 200);
    return objects(object(answer.body()), collection).stream()
        .filter(one -> one.getString("name").equals(name))
        .map(one -> one.getString("id"))
        .findFirst()
        .orElseThrow(() -> new Trouble("the cloud has no " + name, "openstack-lab up makes it"));
  }

  String createServer(String name, String flavor, String image, String network)
      throws IOException, InterruptedException {
    JsonObject server =
        Json.createObjectBuilder()
            .add("name", name)
            .add("flavorRef", flavor)
            .add("imageRef", image)
            .add(
                "networks",
                Json.createArrayBuilder().add(Json.createObjectBuilder().add("uuid", network)))
            .build();
    HttpResponse<String> answer =
        ask(
            "compute",
            "POST",
            NOVA,
            Json.createObjectBuilder().add("server", server).build().toString());
    told(answer, 202);
    return object(answer.body()).getJsonObject("server").getString("id");
  }

  void deleteServer(String id) throws IOException, InterruptedException {
    told(ask("compute", "DELETE", NOVA + "/" + id, null), 204);
  }

  /** Status by id, of those whose name begins so. */
  Map<String, String> servers(String prefix) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        ask("compute", "GET", NOVA + "/detail?limit=1000&name=%5E" + prefix, null);
    told(answer, 200);
    Map<String, String> statuses = new HashMap<>();
    objects(object(answer.body()), "servers")
        .forEach(one -> statuses.put(one.getString("id"), one.getString("status")));
    return statuses;
  }

  // ---- calls

  private HttpResponse<String> ask(String service, String method, String path, String body)
      throws IOException, InterruptedException {
    String endpoint = endpoints.get(service);
    if (endpoint == null) {
      throw new Trouble("the cloud has no " + service, "openstack-lab up --services adds it");
    }
    return send(method, endpoint + path, body);
  }

  private HttpResponse<String> send(String method, String address, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .timeout(PATIENCE)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("X-Auth-Token", token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static List<JsonObject> objects(JsonObject object, String name) {
    return object.getJsonArray(name).getValuesAs(JsonObject.class);
  }

  private static void told(HttpResponse<String> answer, int wanted) {
    if (answer.statusCode() != wanted) {
      throw new Trouble(
          answer.request().method()
              + " "
              + answer.uri()
              + ": "
              + answer.statusCode()
              + " "
              + answer.body(),
          "look at the cloud's log");
    }
  }

  private static JsonObject object(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
