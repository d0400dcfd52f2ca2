package io.isthmus.domain.stack.engine;

import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.StackId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes stacks whose work is due from the queue, as many as it can serve, and runs each until
 * nothing is to do on it for a while. Any number of reconcilers share one queue.
 */
public final class StackReconciler {

  private static final Logger LOG = Logger.getLogger(StackReconciler.class.getName());

  private final Engine engine;
  private final Lanes intents;
  private final Lanes calls;
  private final int mostRuns;
  private final Duration pollInterval;
  private final Map<StackId, StackRun> runs = new HashMap<>();
  private boolean stopped;
  private volatile Pulse pulse;

  /**
   * @param mostRuns stacks worked on at the same time
   * @param pollInterval between looks into the queue, when nobody wakes it
   */
  public StackReconciler(Engine engine, int mostRuns, Duration pollInterval) {
    this.engine = engine;
    this.intents = new Lanes(2 * engine.limits().callsPerCloud());
    this.calls = new Lanes(engine.limits().callsPerCloud());
    this.mostRuns = mostRuns;
    this.pollInterval = pollInterval;
    this.pulse = new Pulse(engine.clock().instant(), true, Optional.empty());
  }

  /** Begins, and goes on until stopped. */
  public void start() {
    engine.scheduler().execute(this::pollAndGoOn);
  }

  /** Takes nothing more. Calls under way end of themselves; leases run out. */
  public synchronized void stop() {
    stopped = true;
  }

  /** Something was asked of a stack: looks at once. */
  public void wake(StackId stack) {
    StackRun run;
    synchronized (this) {
      run = runs.get(stack);
    }
    if (run != null) {
      engine.scheduler().execute(run::poke);
    } else {
      engine.scheduler().execute(this::poll);
    }
  }

  private void pollAndGoOn() {
    try {
      poll();
    } finally {
      goOn();
    }
  }

  private synchronized void goOn() {
    if (!stopped) {
      engine.scheduler().after(pollInterval, this::pollAndGoOn);
    }
  }

  private void poll() {
    for (Optional<StackRun> run = take(); run.isPresent(); run = take()) {
      run.get().begin();
    }
  }

  private synchronized Optional<StackRun> take() {
    if (stopped || runs.size() >= mostRuns) {
      felt(false, Optional.empty());
      return Optional.empty();
    }
    try {
      Optional<Lease> lease =
          engine.store().lease(engine.owner(), engine.clock().instant(), engine.limits().lease());
      felt(true, Optional.empty());
      Optional<StackRun> run =
          lease.map(taken -> new StackRun(engine, intents, calls, taken, this::over));
      run.ifPresent(taken -> runs.put(taken.lease().stack(), taken));
      return run;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the queue cannot be read", e);
      felt(true, Optional.of(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private void felt(boolean hasRoom, Optional<String> failure) {
    pulse = new Pulse(engine.clock().instant(), hasRoom, failure);
  }

  /** The last look into the queue; never waits for one that is under way. */
  public Pulse pulse() {
    return pulse;
  }

  private synchronized void over(StackRun run) {
    runs.remove(run.lease().stack(), run);
  }

  /** The stacks worked on now. */
  public synchronized List<StackId> working() {
    return List.copyOf(runs.keySet());
  }
}
