package io.isthmus.ui.inventory;

import io.isthmus.domain.mirror.MirrorPage;
import io.isthmus.domain.mirror.MirrorQuery;
import io.isthmus.domain.mirror.MirroredItem;
import io.isthmus.ui.list.ListSlice;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Rows of a list of which each page tells where the next begins. Where pages begin is remembered as
 * long as the same is asked for, so that one that follows another is found without what is before.
 */
final class InventoryRows implements ListSource<MirroredItem> {

  /** Rows behind which no page is looked for without those before it: a filter leads there. */
  private static final long FARTHEST = 20_000;

  /** Gives a page. */
  interface Pages {
    MirrorPage fetch(MirrorQuery query, Optional<String> cursor, int limit);
  }

  private final Function<ListState, MirrorQuery> query;
  private final Pages pages;
  private final ToLongFunction<MirrorQuery> count;
  private final TreeMap<Long, Optional<String>> begins = new TreeMap<>();
  private Optional<MirrorQuery> last = Optional.empty();

  /**
   * @param count how many fit, where a page does not tell
   */
  InventoryRows(
      Function<ListState, MirrorQuery> query, Pages pages, ToLongFunction<MirrorQuery> count) {
    this.query = query;
    this.pages = pages;
    this.count = count;
  }

  @Override
  public ListSlice<MirroredItem> fetch(ListState asked, long skip, int limit) {
    MirrorQuery wanted = query.apply(asked);
    if (last.filter(wanted::equals).isEmpty()) {
      last = Optional.of(wanted);
      begins.clear();
      begins.put(0L, Optional.empty());
    }
    Map.Entry<Long, Optional<String>> near = begins.floorEntry(skip);
    long at = near.getKey();
    Optional<String> cursor = near.getValue();
    while (at < skip) {
      if (skip - at > FARTHEST) {
        return new ListSlice<>(List.of(), count.applyAsLong(wanted));
      }
      int step = (int) Math.min(MOST, skip - at);
      MirrorPage before = pages.fetch(wanted, cursor, step);
      at += before.items().size();
      cursor = before.next();
      if (cursor.isEmpty()) {
        return new ListSlice<>(List.of(), at);
      }
      begins.put(at, cursor);
    }
    MirrorPage page = pages.fetch(wanted, cursor, limit);
    List<MirroredItem> rows = new ArrayList<>(page.items());
    long end = skip + rows.size();
    if (page.next().isEmpty()) {
      return new ListSlice<>(rows, end);
    }
    begins.put(end, page.next());
    return new ListSlice<>(
        rows, Math.max(end + 1, page.total().orElseGet(() -> count.applyAsLong(wanted))));
  }
}
