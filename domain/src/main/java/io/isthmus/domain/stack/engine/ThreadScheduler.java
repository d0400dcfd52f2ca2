package io.isthmus.domain.stack.engine;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Real threads and time. Calls to clouds have threads of their own, so that slow clouds never keep
 * the engine from writing down what quick ones answered.
 */
final class ThreadScheduler implements Scheduler {

  private static final Logger LOG = Logger.getLogger(ThreadScheduler.class.getName());

  private final ThreadPoolExecutor tasks;
  private final ThreadPoolExecutor calls;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * @param threads the container's, so that transactions and names are known to them
   * @param callThreads most calls to clouds at the same time
   */
  ThreadScheduler(ThreadFactory threads, int taskThreads, int callThreads) {
    tasks = pool(threads, taskThreads);
    calls = pool(threads, callThreads);
    timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static ThreadPoolExecutor pool(ThreadFactory threads, int size) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size, size, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threads);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public void execute(Runnable task) {
    submit(tasks, task);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    try {
      timer.schedule(() -> execute(task), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "stopped; a timer is not set any more", e);
    }
  }

  @Override
  public <T> void call(Supplier<T> remote, Consumer<T> then) {
    submit(
        calls,
        () -> {
          T answer = remote.get();
          execute(() -> then.accept(answer));
        });
  }

  private static void submit(ThreadPoolExecutor pool, Runnable task) {
    try {
      pool.execute(() -> logged(task));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "stopped; a task is not run any more", e);
    }
  }

  private static void logged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a task of the reconciler failed", e);
    }
  }

  /** Ends the threads; calls under way are interrupted, and their leases run out. */
  void stop() {
    timer.shutdownNow();
    calls.shutdownNow();
    tasks.shutdownNow();
  }
}
