package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.stack.engine.TestStacks;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was made is named by its stack; what was taken over keeps the name that it came with. */
class PhysicalNamesTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  private final Stack stack = TestStacks.stack("Shop", NOW, new UUID(0x1a2b3c4d_00000000L, 1));
  private final StackPart part =
      new TestStacks().add("web", TestStacks.SERVER, "gra").parts(NOW).iterator().next();

  private StackPart adopted(Optional<String> name) {
    PartState found = PartState.toBeAdopted("s-1", Optional.empty(), NOW);
    return part.with(found.named(name).in(StackStatus.ADOPTED, StackHealth.HEALTHY, NOW));
  }

  @Test
  void whatWasTakenOverKeepsItsNameUntilAnotherIsMadeInItsPlace() {
    StackPart adopted = adopted(Optional.of("heats-web-x1y2"));
    assertThat(PhysicalNames.of(stack, part)).isEqualTo("shop-web-1a2b3c4d");
    assertThat(PhysicalNames.of(stack, adopted)).isEqualTo("heats-web-x1y2");
    StackPart righted =
        adopted.with(
            adopted
                .state()
                .deviating(List.of())
                .askingToUpdate(JsonValue.EMPTY_JSON_OBJECT, NOW)
                .in(StackStatus.UPDATED, StackHealth.HEALTHY, NOW));
    assertThat(PhysicalNames.of(stack, righted)).isEqualTo("heats-web-x1y2");
    assertThat(PhysicalNames.of(stack, righted.successor(2, NOW))).isEqualTo("shop-web-1a2b3c4d");
  }

  @Test
  void whatHadNoNameStaysWithoutOne() {
    assertThat(PhysicalNames.of(stack, adopted(Optional.of("")))).isEmpty();
    assertThat(PhysicalNames.of(stack, adopted(Optional.empty()))).isEqualTo("shop-web-1a2b3c4d");
  }
}
