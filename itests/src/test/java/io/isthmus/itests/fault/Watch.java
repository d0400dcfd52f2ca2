package io.isthmus.itests.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Looks at what the clouds keep again and again, whatever is under way. */
final class Watch implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(400);

  /** All that takes up a place that a policy may not allow. */
  private static final List<String> TYPES =
      List.of(Thing.SERVER, "OS::Cinder::Volume", "OS::Neutron::Net");

  private final CloudsThemselves clouds;
  private final Moment seen = new Moment();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private int looks;
  private Exception broken;

  Watch(CloudsThemselves clouds) {
    this.clouds = clouds;
    thread.scheduleWithFixedDelay(this::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      List<Thing> things = clouds.of(TYPES);
      synchronized (this) {
        seen.see(things);
        looks++;
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      synchronized (this) {
        broken = e;
      }
    }
  }

  /** What was seen so far; fails when it could not be looked. */
  synchronized <T> T seen(Function<Moment, T> question) {
    if (broken != null) {
      throw new IllegalStateException("the clouds cannot be watched", broken);
    }
    return question.apply(seen);
  }

  synchronized int looks() {
    return looks;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
