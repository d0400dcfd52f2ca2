package io.isthmus.domain.stack;

import java.util.List;

/**
 * Some events in the order asked for.
 *
 * @param total how many there are that were asked for
 */
public record EventSlice(List<StackEvent> events, long total) {

  public EventSlice {
    events = List.copyOf(events);
  }
}
