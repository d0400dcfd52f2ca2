package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Bounds how many changes are asked of each cloud at the same time. One cloud's slowness stays its
 * own.
 */
final class Lanes {

  private final Scheduler scheduler;
  private final int width;
  private final Map<CloudId, Lane> lanes = new HashMap<>();

  Lanes(Scheduler scheduler, int width) {
    this.scheduler = scheduler;
    this.width = width;
  }

  /** Runs a task when there is room; whoever gets it calls {@link #leave} once when it is done. */
  synchronized void enter(CloudId cloud, Runnable task) {
    Lane lane = lanes.computeIfAbsent(cloud, id -> new Lane());
    lane.waiting.add(task);
    fill(lane);
  }

  synchronized void leave(CloudId cloud) {
    Lane lane = lanes.get(cloud);
    lane.taken--;
    fill(lane);
  }

  private void fill(Lane lane) {
    while (lane.taken < width && !lane.waiting.isEmpty()) {
      lane.taken++;
      scheduler.execute(lane.waiting.remove());
    }
  }

  private static final class Lane {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int taken;
  }
}
