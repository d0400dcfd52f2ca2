package io.isthmus.ui.unsent;

import io.isthmus.domain.unsent.UnsentTexts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What people have typed, while a test runs. */
public final class TextsInMemory implements UnsentTexts {

  private record Key(String person, Shelf shelf, String name) {}

  private final Map<Key, Kept> kept = new HashMap<>();
  private boolean isAway;
  private int puts;

  /** As a database that does not answer, or answers again. */
  public void setAway(boolean away) {
    isAway = away;
  }

  /** How often something was put. */
  public int puts() {
    return puts;
  }

  @Override
  public UUID put(String person, Shelf shelf, String name, String text) {
    answer();
    puts++;
    UUID stamp = UUID.randomUUID();
    kept.put(new Key(person, shelf, name), new Kept(text, stamp));
    return stamp;
  }

  @Override
  public Optional<Kept> find(String person, Shelf shelf, String name) {
    answer();
    return Optional.ofNullable(kept.get(new Key(person, shelf, name)));
  }

  @Override
  public void remove(String person, Shelf shelf, String name) {
    answer();
    kept.remove(new Key(person, shelf, name));
  }

  @Override
  public void removeAll(String person, Shelf shelf) {
    answer();
    kept.keySet().removeIf(key -> key.person().equals(person) && key.shelf() == shelf);
  }

  private void answer() {
    if (isAway) {
      throw new IllegalStateException("the database does not answer");
    }
  }
}
