package io.isthmus.itests.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A member cloud's own quotas, set from the federation. */
@Tag("container")
@Isolated("changes quotas")
class CloudQuotaIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String ACCESSES = "/clouds/bhs/accesses/";
  private static final String QUOTAS = ACCESSES + "acme/demo/quotas/";

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person admin = new Person(system, "admin");

  @Test
  void areSetThroughAnAccessThatMayAndReadAnew() throws Exception {
    system.awaitClouds(alice);
    JsonObject region = region();
    String path = QUOTAS + region.getString("region");
    int vcpus = maximum(region, "vcpus");
    int volumes = maximum(region, "volumes");

    assertThat(alice.put(path, limits(vcpus + 1, volumes)).statusCode()).isEqualTo(403);
    HttpResponse<String> without = admin.put(path, limits(vcpus + 1, volumes));
    assertThat(Person.read(without, 409).asJsonObject().getString("detail"))
        .contains("No access to the cloud “bhs” holds the role admin");

    give("operators/bhs");
    try {
      assertThat(admin.put(path, limits(-2, volumes)).statusCode()).isEqualTo(400);
      assertThat(admin.put(path, limits(vcpus + 1, volumes - 1)).statusCode()).isEqualTo(204);
      awaitLimits(vcpus + 1, volumes - 1);
      assertThat(admin.put(path, limits(vcpus, volumes)).statusCode()).isEqualTo(204);
      awaitLimits(vcpus, volumes);
    } finally {
      admin.delete(ACCESSES + "operators/bhs");
    }
  }

  private void awaitLimits(int vcpus, int volumes) throws Exception {
    Await.until(
        PATIENCE,
        "the limits are " + vcpus + " and " + volumes,
        this::region,
        seen -> maximum(seen, "vcpus") == vcpus && maximum(seen, "volumes") == volumes);
  }

  private JsonObject region() throws Exception {
    return alice
        .look("/clouds/bhs")
        .asJsonObject()
        .getJsonObject("inventory")
        .getJsonArray("regions")
        .getJsonObject(0);
  }

  private static int maximum(JsonObject region, String kind) {
    return region.getJsonObject("limits").getJsonObject(kind).getInt("maximum");
  }

  private static JsonObject limits(int vcpus, int volumes) {
    return Json.createObjectBuilder()
        .add("limits", Json.createObjectBuilder().add("vcpus", vcpus).add("volumes", volumes))
        .build();
  }

  /** Lets a project into the cloud as the cloud's administrator. */
  private void give(String project) throws Exception {
    Matcher entry =
        Pattern.compile("^  [a-z-]+:\n(?:   .*\n?)+", Pattern.MULTILINE)
            .matcher(Files.readString(system.cloudsFile()));
    while (entry.find()) {
      String text = entry.group();
      if (text.contains("cloud: bhs\n") && text.contains("project: acme/demo\n")) {
        String given =
            text.replace("project: acme/demo\n", "project: " + project + "\n")
                .replaceAll("(username|password|project_name): .*", "$1: admin");
        HttpResponse<String> answer =
            admin.put(
                ACCESSES + project,
                Json.createObjectBuilder().add("clouds_yaml", "clouds:\n" + given).build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return;
      }
    }
    throw new AssertionError("no entry for bhs");
  }
}
