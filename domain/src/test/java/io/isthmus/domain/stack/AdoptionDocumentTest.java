package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.engine.TestStacks;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What abandoning a stack tells is what adopting one reads; all else is refused. */
class AdoptionDocumentTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  @Test
  void readsWhatAbandoningTells() {
    Stack stack = TestStacks.stack("shop", NOW, UUID.randomUUID());
    List<StackPart> parts =
        new TestStacks()
                .add("net", TestStacks.NET, "gra")
                .add("web", TestStacks.SERVER, "gra", "net")
                .parts(NOW)
                .stream()
                .map(
                    part ->
                        part.with(
                            part.state()
                                .known(
                                    Optional.of("id-" + part.id().resource()),
                                    Optional.of("ACTIVE"),
                                    JsonValue.EMPTY_JSON_OBJECT,
                                    NOW)
                                .in(StackStatus.CREATED, StackHealth.HEALTHY, NOW)))
                .toList();

    AdoptionDocument read = AdoptionDocument.parse(StackDocument.of(stack, parts).toString());

    assertThat(read.name()).isEqualTo("shop");
    assertThat(read.origin()).contains(stack.id());
    assertThat(read.resources())
        .extracting(AdoptionDocument.Resource::physicalId)
        .containsExactlyInAnyOrder("id-net", "id-web");
    assertThat(read.resources())
        .allSatisfy(
            one -> assertThat(one.mark()).contains(new Mark(stack.id(), one.id().resource(), 1)));
    assertThat(read.resources()).allMatch(AdoptionDocument.Resource::wanted);
  }

  @Test
  void tellsWhatIsWrongByItsName() {
    assertThatThrownBy(() -> AdoptionDocument.parse("[]")).isInstanceOf(FederationFault.class);
    assertThatThrownBy(() -> AdoptionDocument.parse("[".repeat(5000)))
        .isInstanceOf(FederationFault.class);
    assertThatThrownBy(
            () ->
                AdoptionDocument.parse(
                    Json.createObjectBuilder()
                        .add("template", "x")
                        .add(
                            "resources",
                            Json.createObjectBuilder()
                                .add("net", Json.createObjectBuilder().add("type", "T")))
                        .build()
                        .toString()))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> assertThat(fault.phrase().key()).isEqualTo("stack.adopt.no-place"));
  }

  @Property(tries = 300)
  void neverFailsOtherwiseThanByAFault(@ForAll String text) {
    try {
      AdoptionDocument.parse("{\"template\": \"t\", \"resources\": {" + text + "}}");
    } catch (FederationFault refused) {
      assertThat(refused.violations()).isNotEmpty();
    }
  }
}
