package io.isthmus.ui.inventory;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.mirror.Mirror;
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
import java.util.OptionalLong;
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
        return slice(List.of(), 0, count(wanted));
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
    return slice(rows, end, page.total().isPresent() ? page.total() : count(wanted));
  }

  /** Empty when more fit than are counted, or counting them takes too long. */
  private OptionalLong count(MirrorQuery wanted) {
    try {
      long counted = count.applyAsLong(wanted);
      return counted > Mirror.MOST_COUNTED ? OptionalLong.empty() : OptionalLong.of(counted);
    } catch (FederationFault fault) {
      if (fault.code() == FaultCode.SEARCH_TOO_WIDE) {
        return OptionalLong.empty();
      }
      throw fault;
    }
  }

  /**
   * @param end behind the last row, where more follow
   */
  private static ListSlice<MirroredItem> slice(
      List<MirroredItem> rows, long end, OptionalLong total) {
    return total.isPresent()
        ? new ListSlice<>(rows, Math.max(end + 1, total.getAsLong()))
        : new ListSlice<>(rows, Math.max(end, Mirror.MOST_COUNTED), true);
  }
}
