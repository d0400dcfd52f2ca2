package io.isthmus.domain.unsent;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.database.Sql;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.unsent.UnsentTexts.Kept;
import io.isthmus.domain.unsent.UnsentTexts.Shelf;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers on one database. */
class UnsentTextsTest {

  private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");
  private static final byte[] KEY = new byte[32];

  private final TestDatabase database = TestDatabase.create();
  private final UnsentTexts here = at(Duration.ZERO, KEY);
  private final UnsentTexts there = at(Duration.ZERO, KEY);

  @AfterEach
  void close() {
    database.close();
  }

  private UnsentTexts at(Duration later, byte[] key) {
    return new JdbcUnsentTexts(
        database.dataSource(),
        new SecretBox(List.of(key)),
        Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
  }

  private UnsentTexts after(Duration later) {
    return at(later, KEY);
  }

  private static Optional<String> text(UnsentTexts texts, String name) {
    return texts.find("alice", Shelf.FORM, name).map(Kept::text);
  }

  @Test
  void whatWasTypedOnOneServerIsThereOnTheOther() {
    here.put("alice", Shelf.FORM, "a", "hers");

    assertThat(text(there, "a")).contains("hers");
    assertThat(there.find("bob", Shelf.FORM, "a")).isEmpty();
    assertThat(there.find("alice", Shelf.DRAFT, "a")).isEmpty();
  }

  @Test
  void eachChangeHasAnotherStampAndNoLookHas() {
    var first = here.put("alice", Shelf.DRAFT, "a", "before");
    assertThat(there.find("alice", Shelf.DRAFT, "a")).contains(new Kept("before", first));
    assertThat(here.find("alice", Shelf.DRAFT, "a")).contains(new Kept("before", first));

    var second = there.put("alice", Shelf.DRAFT, "a", "after");
    assertThat(second).isNotEqualTo(first);
    assertThat(here.find("alice", Shelf.DRAFT, "a")).contains(new Kept("after", second));
  }

  @Test
  void isSealed() {
    here.put("alice", Shelf.FORM, "a", "password of the cloud");

    assertThat(
            new Sql(database.dataSource())
                .query("select sealed from unsent_text", row -> row.getString(1)))
        .singleElement()
        .asString()
        .startsWith("v1.")
        .doesNotContain("password");
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(text(at(Duration.ZERO, other), "a")).isEmpty();
  }

  @Test
  void forgetsWhatNobodyAskedForInHours() {
    here.put("alice", Shelf.FORM, "a", "old");
    here.put("alice", Shelf.FORM, "b", "asked for");
    assertThat(text(after(UnsentTexts.AGE.minusMinutes(1)), "b")).isPresent();
    UnsentTexts later = after(UnsentTexts.AGE.plusMinutes(1));

    assertThat(text(later, "a")).isEmpty();
    assertThat(text(later, "b")).contains("asked for");

    later.put("bob", Shelf.DRAFT, "c", "another's");
    assertThat(names()).containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void keepsSoManyOfOnePersonThoseAskedForLast() {
    here.put("bob", Shelf.FORM, "a", "his");
    IntStream.range(0, UnsentTexts.MOST)
        .forEach(i -> after(Duration.ofSeconds(i)).put("alice", Shelf.FORM, "a" + i, "x"));
    UnsentTexts later = after(Duration.ofMinutes(1));
    assertThat(text(later, "a0")).isPresent();
    later.put("alice", Shelf.FORM, "one more", "x");

    assertThat(text(later, "a0")).isPresent();
    assertThat(text(later, "a1")).isEmpty();
    assertThat(text(later, "one more")).isPresent();
    assertThat(later.find("bob", Shelf.FORM, "a")).isPresent();
  }

  @Test
  void makesRoomWhenAPersonsTextsAreTooHeavy() {
    String half = "x".repeat(UnsentTexts.HEAVIEST / 2);
    here.put("alice", Shelf.FORM, "a", half);
    after(Duration.ofSeconds(1)).put("alice", Shelf.FORM, "b", half);
    assertThat(names()).containsExactlyInAnyOrder("a", "b");
    after(Duration.ofSeconds(2)).put("alice", Shelf.FORM, "c", half + half + "x");

    assertThat(names()).containsExactly("c");
  }

  @Test
  void forgetsFormsWithoutDrafts() {
    here.put("alice", Shelf.FORM, "a", "x");
    here.put("alice", Shelf.FORM, "b", "x");
    here.put("alice", Shelf.DRAFT, "c", "x");
    here.put("bob", Shelf.FORM, "d", "x");
    there.remove("alice", Shelf.FORM, "a");
    assertThat(names()).containsExactlyInAnyOrder("b", "c", "d");

    there.removeAll("alice", Shelf.FORM);
    assertThat(names()).containsExactlyInAnyOrder("c", "d");
  }

  private List<String> names() {
    return new Sql(database.dataSource())
        .query("select name from unsent_text", row -> row.getString(1));
  }
}
