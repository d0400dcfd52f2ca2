package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.engine.TestStacks;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StacksInCloudTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  private final InMemoryStackStore store = new InMemoryStackStore();
  private final StacksInCloud uses = new StacksInCloud(store);

  @Test
  void namesTheStackItsProjectAndHowMuchOfItIsThere() {
    Stack stack = TestStacks.stack("shop", NOW, UUID.randomUUID());
    store.add(
        stack,
        new TestStacks()
            .add("net", TestStacks.NET, "gra")
            .add("web", TestStacks.SERVER, "gra", "net")
            .parts(NOW),
        Phrase.of("stack.requested", "shop", "alice"));

    assertThat(uses.usesOf(new CloudId("gra"), Optional.empty()))
        .extracting(phrase -> phrase.in(Locale.ENGLISH))
        .containsExactly("stack “shop” of " + stack.project() + " (resources there: 2)");
    assertThat(uses.usesOf(new CloudId("gra"), Optional.of(stack.project()))).hasSize(1);
    assertThat(uses.usesOf(new CloudId("gra"), Optional.of(new ProjectId("globex", "demo"))))
        .isEmpty();
    assertThat(uses.usesOf(new CloudId("syd"), Optional.empty())).isEmpty();
  }
}
