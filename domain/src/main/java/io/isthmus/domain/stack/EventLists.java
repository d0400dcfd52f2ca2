package io.isthmus.domain.stack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.fault.FederationFault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Lists what happened to a stack: searched, filtered, page by page. */
@ApplicationScoped
public class EventLists {

  private EventListStore store;
  private StackService stacks;

  @Inject
  public EventLists(EventListStore store, StackService stacks) {
    this.store = store;
    this.stacks = stacks;
  }

  /** For the container's proxies. */
  protected EventLists() {}

  /**
   * Events from the one before which a number of others come.
   *
   * @param skip at least 0
   * @param limit at least 1, at most {@link StackService#MOST}
   * @throws FederationFault NOT_FOUND for a stack of others too; REQUEST_INVALID
   */
  @Audited(action = "read/list", target = "stack-event")
  @Transactional
  public EventSlice slice(StackId stack, EventQuery query, long skip, int limit, Caller caller) {
    stacks.require(stack, caller);
    StackService.requireLimit(limit);
    return store.slice(stack, query, Math.max(0, skip), limit);
  }
}
