package io.isthmus.itests;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The sample {@code shop}, as the repository has it. */
public final class Shop {

  private static final Path FOLDER = Path.of("..", "samples", "shop");

  private Shop() {}

  public static String template() throws IOException {
    return Files.readString(FOLDER.resolve("template.yaml"));
  }

  /** The templates that it uses, by name. */
  public static Map<String, String> files() throws IOException {
    return Map.of("web.yaml", Files.readString(FOLDER.resolve("web.yaml")));
  }

  public static String policy() throws IOException {
    return Files.readString(FOLDER.resolve("policy.yaml"));
  }

  /** Plans it under a name. */
  public static JsonObject plan(Person owner, String name, int webServers) throws Exception {
    JsonValue count = Json.createValue(webServers);
    return owner.plan(name, template(), files(), policy(), Map.of("web_count", count));
  }
}
