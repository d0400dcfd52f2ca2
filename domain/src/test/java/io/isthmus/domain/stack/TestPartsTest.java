package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PartId;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Resources that do nothing, as the engine sees them. */
class TestPartsTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final String TYPE = "OS::Heat::TestResource";
  private static final Instant BEGUN = Instant.parse("2026-11-28T10:00:00Z");
  private static final Instant DEADLINE = BEGUN.plusSeconds(60);
  private static final Target TARGET =
      new Target(
          new CloudConnection(
              GRA,
              ProjectId.parse("acme/demo"),
              URI.create("https://gra.example/v3"),
              "public",
              List.of(),
              Optional.empty(),
              new Credential.ApplicationCredential("id", Secret.of("secret"))),
          "R1");

  private final StackId stack = new StackId(UUID.randomUUID());

  private static TestParts after(Duration time) {
    return new TestParts(Clock.fixed(BEGUN.plus(time), ZoneOffset.UTC));
  }

  private DesiredPart part(Optional<String> physicalId, JsonObject properties) {
    return new DesiredPart(
        new PartId("step/3", GRA, "R1"),
        TYPE,
        new Mark(stack, "step/3", 1),
        "chain-step-3",
        physicalId,
        Optional.empty(),
        properties);
  }

  private Sighting seen(TestParts parts, DesiredPart part) {
    return parts.observe(TARGET, TYPE, List.of(part)).get(part.id());
  }

  private static JsonObject properties(String json) {
    return Json.createReader(new java.io.StringReader(json.replace('\'', '"'))).readObject();
  }

  @Test
  void whatWasNotRecordedWasNeverThere() {
    assertThat(seen(after(Duration.ZERO), part(Optional.empty(), properties("{}"))))
        .isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void whatAnAbandonedStackHasRecordedIsTakenOver() {
    for (String id :
        List.of("chain-step-3@1764324000000", "heat-step-x1", "odd@99999999999999999")) {
      DesiredPart part = part(Optional.of(id), properties("{'value': 'abc'}"));
      assertThat(after(Duration.ZERO).adopt(TARGET, part, Optional.empty(), DEADLINE))
          .isInstanceOfSatisfying(
              Outcome.Adopted.class,
              adopted -> {
                assertThat(adopted.physicalId()).isEqualTo(id);
                assertThat(adopted.attributes().getString("output")).isEqualTo("abc");
              });
      assertThat(seen(after(Duration.ofDays(9)), part))
          .isInstanceOfSatisfying(
              Sighting.Present.class,
              present -> assertThat(present.phase()).isEqualTo(Sighting.Phase.READY));
    }
  }

  @Test
  void itIsReadyAtOnceAndKeepsItsText() {
    TestParts parts = after(Duration.ZERO);
    Outcome.Taken taken =
        (Outcome.Taken)
            parts.create(TARGET, part(Optional.empty(), properties("{'value': 'abc'}")), DEADLINE);
    assertThat(taken.ready()).isTrue();
    assertThat(taken.attributes().getString("output")).isEqualTo("abc");
    DesiredPart made = part(Optional.of(taken.physicalId()), properties("{}"));
    Sighting.Present present = (Sighting.Present) seen(parts, made);
    assertThat(present.phase()).isEqualTo(Sighting.Phase.READY);
    assertThat(present.attributes().getString("output")).isEqualTo("test_string");
    assertThat(parts.create(TARGET, made, DEADLINE))
        .as("asked again")
        .isInstanceOfSatisfying(
            Outcome.Taken.class,
            again -> assertThat(again.physicalId()).isEqualTo(taken.physicalId()));
    assertThat(parts.delete(TARGET, made, DEADLINE)).isEqualTo(new Outcome.Gone(true));
  }

  @Test
  void itTakesTheSecondsThatItIsGivenAsANumberOrText() {
    for (String seconds : List.of("30", "'30'")) {
      JsonObject slow = properties("{'wait_secs': " + seconds + "}");
      Outcome.Taken taken =
          (Outcome.Taken)
              after(Duration.ZERO).create(TARGET, part(Optional.empty(), slow), DEADLINE);
      assertThat(taken.ready()).isFalse();
      DesiredPart made = part(Optional.of(taken.physicalId()), slow);
      assertThat(((Sighting.Present) seen(after(Duration.ofSeconds(29)), made)).phase())
          .isEqualTo(Sighting.Phase.BUILDING);
      assertThat(((Sighting.Present) seen(after(Duration.ofSeconds(30)), made)).phase())
          .isEqualTo(Sighting.Phase.READY);
    }
  }

  @Test
  void itFailsWhenItIsToldTo() {
    TestParts parts = after(Duration.ZERO);
    JsonObject failing = properties("{'fail': true}");
    Outcome.Taken taken =
        (Outcome.Taken) parts.create(TARGET, part(Optional.empty(), failing), DEADLINE);
    assertThat(taken.ready()).isFalse();
    DesiredPart made = part(Optional.of(taken.physicalId()), failing);
    Sighting.Present present = (Sighting.Present) seen(parts, made);
    assertThat(present.phase()).isEqualTo(Sighting.Phase.FAILED);
    assertThat(present.trouble()).isPresent();
    assertThat(parts.update(TARGET, made, properties("{}"), DEADLINE))
        .isInstanceOf(Outcome.Refused.class);
  }
}
