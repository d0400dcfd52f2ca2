package io.isthmus.rest.event;

import java.util.List;

/** Where a stream reads on. Asked anew each time, and so is whether the caller may still look. */
@FunctionalInterface
public interface Feed {

  /**
   * In order of id, from the one after the given.
   *
   * @throws io.isthmus.domain.fault.FederationFault when the caller may not look any more
   */
  List<Entry> after(long id, int limit);

  /**
   * One event.
   *
   * @param data as JSON
   */
  record Entry(long id, String data) {}
}
