package io.isthmus.domain.work;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Threads of the container's, so that transactions and names are known to them, for this server's
 * background work. Not its managed executor: for each task that one looks up anew, through all
 * class loaders, what is to be carried over from who submits it, which takes a millisecond and is
 * nothing here.
 */
@ApplicationScoped
public class BackgroundThreads implements Spread {

  private static final Logger LOG = Logger.getLogger(BackgroundThreads.class.getName());

  @Resource private ManagedThreadFactory factory;
  private ExecutorService executor;
  private ScheduledThreadPoolExecutor timer;

  /** By the container. */
  protected BackgroundThreads() {}

  @PostConstruct
  void start() {
    executor = Executors.newCachedThreadPool(factory);
    timer = new ScheduledThreadPoolExecutor(1, factory);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
    executor.shutdownNow();
  }

  /** As many threads as there are tasks under way; refuses tasks once the server stops. */
  public ExecutorService executor() {
    return executor;
  }

  @Override
  public void begin(List<Runnable> tasks, Duration over) {
    for (int i = 0; i < tasks.size(); i++) {
      Runnable task = tasks.get(i);
      try {
        timer.schedule(
            () -> logged(task), over.toMillis() * i / tasks.size(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.log(Level.FINE, "stopped; a task is not begun any more", e);
      }
    }
  }

  private static void logged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "beginning a task", e);
    }
  }
}
