package io.isthmus.domain.unsent;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts texts aside for people, each under a name of its own on one of their shelves. What its
 * person has not asked for longest goes first: after {@link #AGE}, and when a shelf of one person
 * has more than {@link #MOST} or is heavier than {@link #HEAVIEST}.
 */
public interface UnsentTexts {

  /** As long as a session of the portal lasts that nobody uses. */
  Duration AGE = Duration.ofHours(8);

  /** On one shelf of one person. */
  int MOST = 20;

  /** Characters on one shelf of one person; one text that is heavier is still kept, alone. */
  int HEAVIEST = 8 * 1024 * 1024;

  /** What is put aside apart, so that one kind can be forgotten without the other. */
  enum Shelf {
    /** Stacks that are not made yet. */
    DRAFT,
    /** Forms, in which a credential may stand. */
    FORM
  }

  /**
   * A text that was put aside.
   *
   * @param stamp another after each change of the text
   */
  record Kept(String text, UUID stamp) {}

  /**
   * In the place of what was there.
   *
   * @param person subject of who typed it
   * @return its stamp
   */
  UUID put(String person, Shelf shelf, String name, String text);

  /** What is there of that name; none when it can be read no more. */
  Optional<Kept> find(String person, Shelf shelf, String name);

  /** It was sent, or given up. */
  void remove(String person, Shelf shelf, String name);

  /** All on a person's shelf. */
  void removeAll(String person, Shelf shelf);
}
