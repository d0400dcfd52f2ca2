package io.isthmus.itests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** An administrator tries and replaces the credential of a cloud that is there. */
@Tag("container")
@Isolated("replaces the credential of a cloud, which is looked at anew")
class CloudAccessIT {

  private static final String ACCESS = "/clouds/gra/accesses/acme/demo";

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final Person admin = new Person(system, "admin");

  @BeforeEach
  void cloudsAnswer() throws Exception {
    system.awaitClouds(alice);
  }

  /** The entry as it was imported, with another password if one is given. */
  private JsonObject entry(String password) throws Exception {
    Matcher entry =
        Pattern.compile("^  gra:\n(?:   .*\n?)+", Pattern.MULTILINE)
            .matcher(Files.readString(system.cloudsFile()));
    assertThat(entry.find()).isTrue();
    String text = "clouds:\n" + entry.group();
    if (password != null) {
      text = text.replaceFirst("password: .*", "password: " + password);
    }
    return Json.createObjectBuilder().add("clouds_yaml", text).build();
  }

  @Test
  void theSavedAccessIsTriedWithoutItsSecretBeingGivenAgain() throws Exception {
    HttpResponse<String> answer = admin.post(ACCESS + "/tests", "null", "en");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(RunningSystem.json(answer).getBoolean("passed")).isTrue();
    assertThat(answer.body()).doesNotContain("password");
  }

  @Test
  void aCredentialThatTheCloudRejectsIsNotSaved() throws Exception {
    HttpResponse<String> refused = admin.put(ACCESS, entry("mistyped"));

    assertThat(refused.statusCode()).as(refused.body()).isIn(422, 502);
    assertThat(refused.body()).contains("gra").doesNotContain("mistyped");
    HttpResponse<String> still = admin.post(ACCESS + "/tests", "null", "en");
    assertThat(RunningSystem.json(still).getBoolean("passed")).isTrue();
  }

  @Test
  void aGoodCredentialReplacesTheSavedOne() throws Exception {
    HttpResponse<String> saved = admin.put(ACCESS, entry(null));

    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
    assertThat(RunningSystem.json(saved).getString("project")).isEqualTo("acme/demo");
  }

  @Test
  void whatIsRegisteredIsToldAtItsOwnEntryAndTheOthersCanBeChosen() throws Exception {
    String file = Files.readString(system.cloudsFile());
    int line = file.substring(0, file.indexOf("\n  gra:\n")).split("\n").length + 1;

    HttpResponse<String> taken = admin.post("/clouds", chosen(file, "gra"));

    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(409);
    assertThat(RunningSystem.json(taken).getJsonArray("errors"))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.asJsonObject().getString("pointer")).isEqualTo("clouds.gra");
              assertThat(told.asJsonObject().getInt("line")).isEqualTo(line);
            });
    HttpResponse<String> tried = admin.post("/clouds/tests", chosen(file, "gra"));
    assertThat(tried.statusCode()).as(tried.body()).isEqualTo(200);
    assertThat(tried.body()).contains("\"entry\":\"gra\"").doesNotContain("\"entry\":\"bhs\"");
    assertThat(admin.post("/clouds/tests", chosen(file, "no-such")).statusCode()).isEqualTo(422);
  }

  private static JsonObject chosen(String file, String entry) {
    return Json.createObjectBuilder()
        .add("clouds_yaml", file)
        .add("entries", Json.createArrayBuilder().add(entry))
        .build();
  }

  @Test
  void severalEntriesAreRefusedAndSoIsWhoDoesNotAdminister() throws Exception {
    JsonObject all =
        Json.createObjectBuilder()
            .add("clouds_yaml", Files.readString(system.cloudsFile()))
            .build();

    assertThat(admin.put(ACCESS, all).statusCode()).isEqualTo(400);
    assertThat(alice.put(ACCESS, entry(null)).statusCode()).isEqualTo(403);
    assertThat(alice.post(ACCESS + "/tests", "null", "en").statusCode()).isEqualTo(403);
    assertThat(alice.delete(ACCESS).statusCode()).isEqualTo(403);
    assertThat(admin.post("/clouds/gra/accesses/nobody/none/tests", "null", "en").statusCode())
        .isEqualTo(404);
  }
}
