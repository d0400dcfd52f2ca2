package io.isthmus.domain.stack;

import io.isthmus.domain.quota.Consumption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** What stacks count against quotas. */
@ApplicationScoped
public class StackConsumption implements Consumption {

  private StackStore store;

  @Inject
  public StackConsumption(StackStore store) {
    this.store = store;
  }

  /** For the container's proxies. */
  protected StackConsumption() {}

  @Override
  public List<Consumed> of(String tenant) {
    return store.consumed(tenant);
  }
}
