package io.isthmus.domain.stack.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseSearch;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.EventListStore;
import io.isthmus.domain.stack.EventQuery;
import io.isthmus.domain.stack.EventQuery.Kind;
import io.isthmus.domain.stack.EventSlice;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stack's story, searched and filtered in the database. */
class JdbcEventListsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  private final TestDatabase database = TestDatabase.create();
  private final TransactionPerCall transactions = new TransactionPerCall(database.dataSource());
  private final StackStore stacks = transactions.stacks();
  private final EventListStore events =
      transactions.around(EventListStore.class, new JdbcEventLists(transactions.dataSource()));
  private final Stack stack = TestStacks.stack("shop", NOW, UUID.randomUUID());

  @BeforeEach
  void happens() {
    stacks.add(
        stack,
        new TestStacks().add("web", TestStacks.SERVER, "gra").parts(NOW),
        Phrase.of("stack.requested", "shop", "alice"));
    Lease lease = stacks.lease("one", NOW.plusSeconds(900), Duration.ofSeconds(9)).orElseThrow();
    stacks.write(
        lease,
        new StackChange(
            Optional.empty(),
            List.of(),
            List.of(
                part("web", "gra", StackStatus.CREATING, phrase("stack.creating", "web", "gra")),
                part("web", "gra", StackStatus.CREATED, phrase("stack.created", "web", "gra")),
                part(
                    "data",
                    "bhs",
                    StackStatus.CREATE_FAILED,
                    phrase(
                        "stack.create-failed",
                        "data",
                        "bhs",
                        Phrase.of("driver.failed", "bhs", "ERROR", "No \"valid\" host"))))),
        NOW);
    // Another's, of which nothing may be found.
    stacks.add(
        TestStacks.stack("blog", NOW, UUID.randomUUID()),
        List.of(),
        Phrase.of("stack.requested", "blog", "alice"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Phrase phrase(String key, String resource, String cloud, Object... more) {
    return Phrase.of(
        key,
        more.length == 0
            ? new Object[] {"Server", resource, cloud + " / R1"}
            : new Object[] {"Server", resource, cloud + " / R1", more[0]});
  }

  private static Happening part(String resource, String cloud, StackStatus status, Phrase phrase) {
    return new Happening(
        Optional.of(new PartId(resource, new CloudId(cloud), "R1")),
        status,
        Optional.of("id-of-" + resource),
        phrase,
        Optional.of("req-7"));
  }

  private List<Long> found(EventQuery query) {
    EventSlice slice = events.slice(stack.id(), query, 0, 10);
    assertThat(slice.total()).isEqualTo(slice.events().size());
    return slice.events().stream().map(StackEvent::sequence).toList();
  }

  private List<Long> found(String words, Locale locale) {
    return found(
        new EventQuery(
            PhraseSearch.of(words, locale),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            true));
  }

  private List<Long> found(Optional<Kind> kind, Optional<String> cloud) {
    return found(
        new EventQuery(
            PhraseSearch.ALL, kind, cloud.map(CloudId::new), OptionalLong.empty(), true));
  }

  @Test
  void pagesFromTheNewestOrFromTheOldest() {
    assertThat(found(EventQuery.ALL)).containsExactly(4L, 3L, 2L, 1L);
    assertThat(found("", Locale.ENGLISH)).containsExactly(1L, 2L, 3L, 4L);

    EventSlice second = events.slice(stack.id(), EventQuery.ALL, 2, 1);
    assertThat(second.events()).extracting(StackEvent::sequence).containsExactly(2L);
    assertThat(second.total()).isEqualTo(4);
  }

  @Test
  void leavesOutWhatCameLater() {
    EventQuery until3 =
        new EventQuery(
            PhraseSearch.ALL, Optional.empty(), Optional.empty(), OptionalLong.of(3), false);

    assertThat(found(until3)).containsExactly(3L, 2L, 1L);
  }

  @Test
  void filtersByKindAndCloud() {
    assertThat(found(Optional.of(Kind.FAILURE), Optional.empty())).containsExactly(4L);
    assertThat(found(Optional.of(Kind.RESOURCE), Optional.empty())).containsExactly(2L, 3L, 4L);
    assertThat(found(Optional.of(Kind.STACK), Optional.empty())).containsExactly(1L);
    assertThat(found(Optional.empty(), Optional.of("gra"))).containsExactly(2L, 3L);
    assertThat(found(Optional.of(Kind.FAILURE), Optional.of("gra"))).isEmpty();
  }

  @Test
  void findsWordsOfTheReadersLanguageWhereverTheyStand() {
    assertThat(found("ready", Locale.ENGLISH)).as("of the sentence").containsExactly(3L);
    assertThat(found("échec", Locale.FRENCH)).as("in French").containsExactly(4L);
    assertThat(found("reports", Locale.ENGLISH)).as("of a sentence within").containsExactly(4L);
    assertThat(found("VALID host", Locale.ENGLISH)).as("what a cloud said").containsExactly(4L);
    assertThat(found("\"valid\"", Locale.ENGLISH)).as("with its marks").containsExactly(4L);
    assertThat(found("web gra", Locale.ENGLISH)).as("each word").containsExactly(2L, 3L);
    assertThat(found("id-of-data", Locale.ENGLISH)).as("an id").containsExactly(4L);
    assertThat(found("alice", Locale.ENGLISH)).as("an argument").containsExactly(1L);
  }

  @Test
  void takesNothingForWordsThatNobodyReads() {
    assertThat(found("arguments", Locale.ENGLISH)).isEmpty();
    assertThat(found("driver.failed", Locale.ENGLISH)).isEmpty();
    assertThat(found("%", Locale.ENGLISH)).isEmpty();
  }
}
