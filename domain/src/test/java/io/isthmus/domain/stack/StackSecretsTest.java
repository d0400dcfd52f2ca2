package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.template.HiddenValues;
import io.isthmus.domain.template.ResourceGraph;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StackSecretsTest {

  private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
  private static final String BOTH = "0ld-secret, n3w-secret";

  private final InMemoryStackStore store = new InMemoryStackStore();
  private final TestStacks old =
      new TestStacks().add("web", TestStacks.SERVER, "gra").hiding("0ld-secret");
  private final TestStacks fresh =
      new TestStacks().add("web", TestStacks.SERVER, "gra").hiding("n3w-secret");

  private Stack added() {
    Stack stack =
        TestStacks.stack("shop", NOW, new UUID(5, 5))
            .with(StackStatus.CREATED, Phrase.verbatim("so"), StackHealth.HEALTHY, NOW);
    store.add(stack, old.parts(NOW), Phrase.verbatim("so"));
    return store.find(stack.id()).orElseThrow();
  }

  private Stack updated() {
    StackId id = added().id();
    StackUpdate update = new StackUpdate(fresh.planned(), List.of(), List.of());
    TestUpdates.apply(
        store, id, update, new PlanId(new UUID(8, 8)), "fresh", fresh.graph(), true, NOW);
    return store.find(id).orElseThrow();
  }

  private ResourceGraph graph(Stack stack) {
    return stack.policy().isEmpty() ? old.graph() : fresh.graph();
  }

  @Test
  void hidesWhatTheStackHas() {
    assertThat(StackSecrets.of(added(), store, this::graph).mask(BOTH))
        .isEqualTo("******, n3w-secret");
  }

  @Test
  void hidesAlsoWhatItHadBeforeTheUpdateThatIsUnderWay() {
    HiddenValues hidden = StackSecrets.of(updated(), store, this::graph);

    assertThat(hidden.mask(BOTH)).isEqualTo("******, ******");
    PartDetail detail =
        new PartDetail(
            null, Json.createObjectBuilder().add("told", "is 0ld-secret").build(), List.of());
    assertThat(detail.without(hidden).attributes().getString("told")).isEqualTo("is ******");
  }

  @Test
  void aTemplateThatIsNotUnderstoodAnyMoreDoesNotKeepTheOthersFromBeingHidden() {
    HiddenValues hidden =
        StackSecrets.of(
            updated(),
            store,
            stack -> {
              if (stack.policy().isEmpty()) {
                throw new FederationFault(FaultCode.TEMPLATE_INVALID, Phrase.verbatim("what?"));
              }
              return fresh.graph();
            });
    assertThat(hidden.mask(BOTH)).isEqualTo("0ld-secret, ******");
  }
}
