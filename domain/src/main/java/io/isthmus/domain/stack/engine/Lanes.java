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

  private final int width;
  private final Map<CloudId, Lane> lanes = new HashMap<>();

  Lanes(int width) {
    this.width = width;
  }

  /**
   * Tells when there is room; whoever is told calls {@link #leave} once when it is done.
   *
   * @param told run within this call or another's, so it must not wait for anything
   */
  synchronized void enter(CloudId cloud, Runnable told) {
    Lane lane = lanes.computeIfAbsent(cloud, id -> new Lane());
    lane.waiting.add(told);
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
      lane.waiting.remove().run();
    }
  }

  private static final class Lane {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int taken;
  }
}
