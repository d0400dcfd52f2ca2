package io.isthmus.domain.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.Deviation;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is put right, and what is only told. */
class PuttingRightTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  private final Stack stack =
      TestStacks.stack("shop", NOW, UUID.randomUUID())
          .with(StackStatus.CREATED, Phrase.verbatim("there"), StackHealth.HEALTHY, NOW);

  private static StackPart made(String type) {
    StackPart part = new TestStacks().add("it", type, "gra").parts(NOW).get(0);
    return part.with(part.state().in(StackStatus.CREATED, StackHealth.HEALTHY, NOW));
  }

  private static Deviation changed(String property, JsonValue expected, JsonValue found) {
    return new Deviation(
        property, Optional.of(expected), Optional.of(found), Optional.of("item"), NOW, 0);
  }

  private static Deviation changed(String property) {
    return changed(property, Json.createValue("a"), Json.createValue("b"));
  }

  private Turn turn(StackPart part, Deviation... found) {
    return PuttingRight.of(
        stack,
        List.of(part),
        Map.of(part.key(), Arrays.asList(found)),
        (one, property) -> !property.equals("security_groups") && !property.equals("key_name"));
  }

  @Test
  void asksForThePartToBecomeWhatItIsAndTellsTheDriverWhatWasFound() {
    Turn turn = turn(made(TestStacks.NET), changed("name"));
    StackPart asked = turn.parts().get(0);
    assertThat(asked.next()).contains(asked.spec());
    assertThat(ResourceDriver.found(asked.state().before().orElseThrow()))
        .extracting(one -> one.getString("item"))
        .containsExactly("item");
    assertThat(turn.happenings()).hasSize(1);
  }

  @Test
  void closesWhatWasOpenedAtAServersPorts() {
    assertThat(turn(made(TestStacks.SERVER), changed("security_groups")).parts()).hasSize(1);
  }

  @Test
  void doesNothingThatLosesDataOrNeedsAnotherResource() {
    assertThat(turn(made(TestStacks.SERVER), changed("image")).isEmpty()).isTrue();
    assertThat(turn(made(TestStacks.SERVER), changed("key_name")).isEmpty()).isTrue();
    Deviation grown = changed("size", Json.createValue(10), Json.createValue(20));
    assertThat(turn(made("OS::Cinder::Volume"), grown).isEmpty()).isTrue();
  }

  @Test
  void neverTouchesWhatHasLostOurMark() {
    assertThat(turn(made(TestStacks.NET), changed("mark"), changed("name")).isEmpty()).isTrue();
  }

  @Test
  void leavesWhatComesBackAgainAndAgainAndWhatWasFoundBeforeItWasLastChanged() {
    Deviation tried = changed("name");
    Deviation vain =
        new Deviation(
            "name", tried.expected(), tried.found(), tried.item(), NOW, Deviation.MOST_TRIES);
    Deviation old =
        new Deviation(
            "name", tried.expected(), tried.found(), tried.item(), NOW.minusSeconds(1), 0);
    assertThat(turn(made(TestStacks.NET), vain).isEmpty()).isTrue();
    assertThat(turn(made(TestStacks.NET), old).isEmpty()).isTrue();
  }
}
