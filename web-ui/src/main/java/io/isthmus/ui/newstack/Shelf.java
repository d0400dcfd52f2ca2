package io.isthmus.ui.newstack;

import io.isthmus.domain.unsent.UnsentTexts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What this server has at hand of what it puts aside for people, each under a name of its own. What
 * nobody has asked for longest goes first: after {@link #AGE}, when one person has more than {@link
 * #MOST}, and when all together are too heavy.
 */
final class Shelf<V> {

  static final Duration AGE = UnsentTexts.AGE;

  /** Of one person. */
  static final int MOST = UnsentTexts.MOST;

  private static final int CAPACITY = 16;
  private static final float LOAD = 0.75f;

  private record Key(String person, String name) {}

  private record Kept<V>(V value, Instant asked) {}

  /** In the order in which they were last asked for. */
  private final Map<Key, Kept<V>> kept = new LinkedHashMap<>(CAPACITY, LOAD, true);

  private final ToLongFunction<V> weight;
  private final long heaviest;
  private final Clock clock;

  /**
   * @param weight of one thing, such as its characters
   * @param heaviest what all may weigh together; one that is heavier by itself is still kept, alone
   */
  Shelf(ToLongFunction<V> weight, long heaviest) {
    this(weight, heaviest, Clock.systemUTC());
  }

  Shelf(ToLongFunction<V> weight, long heaviest, Clock clock) {
    this.weight = weight;
    this.heaviest = heaviest;
    this.clock = clock;
  }

  /** In the place of what was there. */
  synchronized void put(String person, String name, V value) {
    kept.put(new Key(person, name), new Kept<>(value, clock.instant()));
    forgetOld();
    long own = kept.keySet().stream().filter(key -> key.person().equals(person)).count();
    long weighs = kept.values().stream().mapToLong(each -> weight.applyAsLong(each.value())).sum();
    Iterator<Map.Entry<Key, Kept<V>>> longestUnasked = kept.entrySet().iterator();
    while ((own > MOST || weighs > heaviest) && kept.size() > 1) {
      Map.Entry<Key, Kept<V>> each = longestUnasked.next();
      boolean isOwn = each.getKey().person().equals(person);
      if (weighs > heaviest || isOwn) {
        weighs -= weight.applyAsLong(each.getValue().value());
        own -= isOwn ? 1 : 0;
        longestUnasked.remove();
      }
    }
  }

  synchronized Optional<V> find(String person, String name) {
    forgetOld();
    return Optional.ofNullable(
            kept.computeIfPresent(
                new Key(person, name), (key, each) -> new Kept<>(each.value(), clock.instant())))
        .map(Kept::value);
  }

  synchronized void remove(String person, String name) {
    kept.remove(new Key(person, name));
  }

  private void forgetOld() {
    kept.values().removeIf(each -> each.asked().plus(AGE).isBefore(clock.instant()));
  }
}
