package io.isthmus.domain.stack;

/** Port: finds a stack's events as they are listed. */
public interface EventListStore {

  /**
   * Some of a stack's events.
   *
   * @param skip how many to leave out, at least 0
   * @param limit most of them, at least 1
   */
  EventSlice slice(StackId stack, EventQuery query, long skip, int limit);
}
