package io.isthmus.domain.mirror;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Some items of a kind.
 *
 * @param next cursor of the following page; empty on the last
 * @param total how many there are; empty where items were sought by more than cloud and region
 * @param ages of the lists that they are from, by cloud and region
 */
public record MirrorPage(
    List<MirroredItem> items, Optional<String> next, OptionalLong total, List<MirrorAge> ages) {

  public MirrorPage {
    items = List.copyOf(items);
    ages = List.copyOf(ages);
  }
}
