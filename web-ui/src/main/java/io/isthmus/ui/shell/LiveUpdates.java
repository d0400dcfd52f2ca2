package io.isthmus.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.shared.Registration;
import io.isthmus.domain.cloud.CloudHealthChanged;
import io.isthmus.domain.quota.QuotaRequestChanged;
import io.isthmus.domain.stack.StackChanged;
import io.isthmus.domain.stack.StackId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps open pages true. A page is refreshed right after something changed on this server, and
 * every few seconds anyway, because another server's changes are not heard here. Many changes in
 * quick succession become one refresh.
 */
@ApplicationScoped
public class LiveUpdates {

  private static final long TICK_MILLIS = 250;
  private static final int TICKS_BETWEEN_LOOKS = 12;

  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private ScheduledFuture<?> ticker;
  private int tick;

  private Background background;

  @Inject
  LiveUpdates(Background background) {
    this.background = background;
  }

  /** For the container's proxies. */
  protected LiveUpdates() {}

  /** One page that wants to know. */
  private static final class Follower {
    private final UI ui;
    private final Optional<StackId> stack;
    private final Runnable refresh;
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();

    private Follower(UI ui, Optional<StackId> stack, Runnable refresh) {
      this.ui = ui;
      this.stack = stack;
      this.refresh = refresh;
    }
  }

  /**
   * Refreshes a page until it is detached.
   *
   * @param page an attached component
   * @param stack the one stack that matters to it; empty for all
   * @param refresh is called with the page's session locked and no request at hand: it knows its
   *     caller, and asks first whether anything changed at all
   */
  public void follow(Component page, Optional<StackId> stack, Runnable refresh) {
    Follower follower = new Follower(page.getUI().orElseThrow(), stack, refresh);
    followers.add(follower);
    start();
    Registration[] detach = new Registration[1];
    detach[0] =
        page.addDetachListener(
            event -> {
              followers.remove(follower);
              detach[0].remove();
            });
  }

  void stackChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) StackChanged change) {
    followers.stream()
        .filter(each -> each.stack.isEmpty() || each.stack.get().equals(change.stack()))
        .forEach(each -> each.due.set(true));
  }

  void healthChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) CloudHealthChanged change) {
    followers.stream().filter(each -> each.stack.isEmpty()).forEach(each -> each.due.set(true));
  }

  void requestChanged(
      @Observes(during = TransactionPhase.AFTER_SUCCESS) QuotaRequestChanged change) {
    followers.stream().filter(each -> each.stack.isEmpty()).forEach(each -> each.due.set(true));
  }

  private synchronized void start() {
    if (ticker == null || ticker.isDone()) {
      ticker =
          background
              .scheduler()
              .scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    tick++;
    boolean all = tick % TICKS_BETWEEN_LOOKS == 0;
    for (Follower follower : followers) {
      boolean due = follower.due.getAndSet(false) || all;
      // While a page is being refreshed, the next refresh waits instead of queueing up behind it.
      if (due && follower.running.compareAndSet(false, true)) {
        background.scheduler().submit(() -> refresh(follower));
      } else if (due && !all) {
        follower.due.set(true);
      }
    }
  }

  private void refresh(Follower follower) {
    try {
      follower.ui.access(
          () -> {
            try {
              follower.refresh.run();
            } finally {
              follower.running.set(false);
            }
          });
    } catch (UIDetachedException e) {
      // The page is gone; nobody is left to tell.
      followers.remove(follower);
    }
  }

  @PreDestroy
  void stop() {
    if (ticker != null) {
      ticker.cancel(true);
    }
  }
}
