package io.isthmus.domain.image;

import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.cloud.InventoryDriver;
import io.isthmus.domain.work.BackgroundThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Copies images to clouds, and removes copies, each on its own so that a dark cloud delays no
 * other. Takes what is due under a lease, which it renews while it works; what is not done by its
 * deadline is given up and begun anew.
 */
@ApplicationScoped
public class ImageCopier {

  private static final Logger LOG = Logger.getLogger(ImageCopier.class.getName());

  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration RENEW = Duration.ofSeconds(20);

  /** Removals and sweeps at the same time, beside what is brought. */
  private static final int SWEEPS = 4;

  private static final Duration TIDY = Duration.ofMinutes(1);

  /** From the deadline that the driver is given to when it is interrupted. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private CopyQueue queue;
  private ImageStore images;
  private ImageFiles files;
  private Uploads uploads;
  private CopyWork work;
  private ImageSettings settings;
  private Clock clock;
  private ExecutorService executor;

  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private Instant tidied = Instant.EPOCH;
  private volatile Future<?> tidying;
  private volatile boolean stopped;

  @Inject
  ImageCopier(
      CopyQueue queue,
      ImageStore images,
      ImageFiles files,
      Uploads uploads,
      ImageContents contents,
      CloudConnections connections,
      Instance<ImageDriver> driver,
      Instance<InventoryDriver> inventories,
      ImageSettings settings,
      BackgroundThreads threads) {
    this(
        queue,
        images,
        files,
        uploads,
        new CopyWork(
            queue,
            images,
            contents,
            connections,
            driver::get,
            connection -> inventories.get().projectOf(connection),
            settings.deadline(),
            LEASE,
            Clock.systemUTC()),
        settings,
        Clock.systemUTC(),
        threads.executor());
  }

  ImageCopier(
      CopyQueue queue,
      ImageStore images,
      ImageFiles files,
      Uploads uploads,
      CopyWork work,
      ImageSettings settings,
      Clock clock,
      ExecutorService executor) {
    this.queue = queue;
    this.images = images;
    this.files = files;
    this.uploads = uploads;
    this.work = work;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
  }

  /** For the container's proxies. */
  protected ImageCopier() {}

  /** Begins what is due and keeps what runs; returns without waiting for any cloud. */
  public void wake() {
    if (stopped) {
      return;
    }
    Instant now = clock.instant();
    running.forEach(one -> one.keep(now));
    images.leaving().forEach(this::drop);
    images.forgetLeft(now.minus(LEASE)).forEach(this::drop);
    if (!now.isBefore(tidied.plus(TIDY)) && (tidying == null || tidying.isDone())) {
      tidied = now;
      beginTidying();
    }
    begin(true, settings.parallel(), now);
    begin(false, SWEEPS, now);
  }

  /** What cannot be deleted now keeps nothing else from its turn. */
  private void drop(ImageId image) {
    try {
      files.delete(image);
    } catch (UncheckedIOException e) {
      LOG.log(Level.WARNING, "deleting the file of image " + image, e);
    }
  }

  private void begin(boolean coming, int most, Instant now) {
    long busy = running.stream().filter(one -> one.job.copy().state().isComing() == coming).count();
    if (busy < most) {
      queue
          .take(coming, (int) (most - busy), now.plus(LEASE), now)
          .forEach(job -> new Running(job, now).begin());
    }
  }

  /** Begins nothing more and interrupts what runs; another server takes it over. */
  public void stop() {
    stopped = true;
    running.forEach(Running::interrupt);
    Future<?> begun = tidying;
    if (begun != null) {
      begun.cancel(true);
    }
  }

  /** Large files may be read whole. */
  private void beginTidying() {
    try {
      tidying = executor.submit(this::tidy);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "tidying uploads waits", e);
    }
  }

  private void tidy() {
    try {
      uploads.tidy();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "tidying uploads", e);
    }
  }

  /** One copy being worked on. */
  private final class Running {

    private final CopyQueue.Job job;
    private final Instant deadline;
    private volatile Instant renewed;
    private volatile Future<?> future;

    Running(CopyQueue.Job job, Instant now) {
      this.job = job;
      this.deadline = now.plus(settings.deadline()).plus(GRACE);
      this.renewed = now;
    }

    void begin() {
      running.add(this);
      try {
        future = executor.submit(this::run);
      } catch (RejectedExecutionException e) {
        // Its lease ends by itself, and it is taken again.
        running.remove(this);
      }
    }

    private void run() {
      try {
        work.run(job);
      } catch (RuntimeException e) {
        // What came of it cannot be written: the lease ends by itself.
        LOG.log(Level.WARNING, "recording a copy of " + job.copy().image(), e);
      } finally {
        running.remove(this);
      }
    }

    /** A call may take longer than the lease. */
    void keep(Instant now) {
      if (deadline.isBefore(now)) {
        interrupt();
      } else if (!now.isBefore(renewed.plus(RENEW))) {
        renewed = now;
        if (!queue.renew(job, now.plus(LEASE))) {
          interrupt();
        }
      }
    }

    void interrupt() {
      Future<?> started = future;
      if (started != null) {
        started.cancel(true);
      }
    }
  }
}
