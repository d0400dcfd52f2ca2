package io.isthmus.rest.event;

import io.isthmus.domain.stack.StackEvent;
import java.util.List;

/** The events of one stack or of one project, as one caller may read them. Asked anew each time. */
interface Chronicle {

  /**
   * Id of the newest event, 0 before the first.
   *
   * @throws io.isthmus.domain.fault.FederationFault when the caller may not look
   */
  long newest();

  /**
   * In order of id, from the one after the given.
   *
   * @throws io.isthmus.domain.fault.FederationFault when the caller may not look (any more)
   */
  List<Entry> after(long id, int limit);

  /**
   * One event.
   *
   * @param id where a list or a stream goes on
   * @param body as the API shows it
   */
  record Entry(long id, StackEvent event, Object body) {}
}
