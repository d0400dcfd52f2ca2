package io.isthmus.ui.newstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.unsent.UnsentTexts;
import io.isthmus.ui.unsent.TextsInMemory;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two servers that keep drafts in the same place. */
class DraftsTest {

  private static final Caller ALICE = new Caller("1", "alice", Set.of(), Set.of());
  private static final Caller BOB = new Caller("2", "bob", Set.of(), Set.of());
  private static final StackId STACK = new StackId(new UUID(2, 2));

  private final TextsInMemory texts = new TextsInMemory();
  private final Drafts here = new Drafts(texts);
  private final Drafts there = new Drafts(texts);

  @Test
  void aDraftIsOnTheOtherServerAsItWasTyped() {
    Draft draft = here.begin(ALICE, STACK);
    draft.setTemplate("a template");
    draft.addFile("b.sh", "echo b");
    draft.addFile("a.sh", "echo a");
    draft.setEnvironment("parameters: {}");
    draft.setParameter("password", Optional.of("secret"));
    draft.setName(" shop ");
    draft.setStandardPolicy("standard");
    draft.setPolicy("mine");
    draft.setWritten(ItemKind.POLICY);
    draft.setOrigin(
        new SavedItem(
            new ProjectId("acme", "demo"),
            ItemKind.TEMPLATE,
            "saved",
            2,
            3,
            "what it is",
            new TemplateSource("text", Map.of("f", "file")),
            "environment",
            Instant.parse("2026-11-28T00:00:00Z"),
            "alice",
            true));

    Draft found = there.find(ALICE, draft.id()).orElseThrow();
    assertThat(found).isNotSameAs(draft);
    assertThat(found.json()).isEqualTo(draft.json());
    assertThat(found.updated()).contains(STACK);
    assertThat(found.files().keySet()).containsExactly("b.sh", "a.sh");
    assertThat(found.name()).isEqualTo("shop");
    assertThat(found.isPolicyTouched()).isTrue();
    assertThat(found.origin(ItemKind.TEMPLATE)).isEqualTo(draft.origin(ItemKind.TEMPLATE));
    assertThat(there.find(BOB, draft.id())).isEmpty();
  }

  @Test
  void windowsOfOneServerShareItUntilAnotherHasChangedIt() {
    Draft draft = here.begin(ALICE);
    draft.setName("first");
    assertThat(here.find(ALICE, draft.id())).containsSame(draft);

    there.find(ALICE, draft.id()).orElseThrow().setName("second");
    Draft again = here.find(ALICE, draft.id()).orElseThrow();
    assertThat(again.name()).isEqualTo("second");
    again.setName("third");
    assertThat(there.find(ALICE, draft.id()).orElseThrow().name()).isEqualTo("third");
  }

  @Test
  void whatEndedOnOneServerIsGoneOnTheOther() {
    Draft draft = here.begin(ALICE);
    there.end(ALICE, there.find(ALICE, draft.id()).orElseThrow());

    assertThat(here.find(ALICE, draft.id())).isEmpty();
    draft.setName("typed in a window that is still open");
    assertThat(here.find(ALICE, draft.id())).isEmpty();
  }

  @Test
  void whatCouldNotBeKeptIsStillAtHandAndKeptWithTheNextChange() {
    Draft draft = here.begin(ALICE);
    texts.setAway(true);
    draft.setName("typed");
    texts.setAway(false);
    assertThat(here.find(ALICE, draft.id())).containsSame(draft);

    draft.setTemplate("typed too");
    assertThat(there.find(ALICE, draft.id()).orElseThrow().name()).isEqualTo("typed");
  }

  @Test
  void aDraftThatCannotBeReadBeginsAnew() {
    texts.put(ALICE.subject(), UnsentTexts.Shelf.DRAFT, "d1", "{\"id\":\"d1\"}");
    assertThat(here.find(ALICE, "d1")).isEmpty();
  }

  @Test
  void aLookKeepsNothingAnew() {
    Draft draft = here.begin(ALICE);
    draft.setStandardPolicy("standard");
    int before = texts.puts();
    here.find(ALICE, draft.id()).orElseThrow().setStandardPolicy("standard");
    assertThat(texts.puts()).isEqualTo(before);
  }
}
