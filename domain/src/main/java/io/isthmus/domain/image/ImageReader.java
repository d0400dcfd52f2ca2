package io.isthmus.domain.image;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.work.BackgroundThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads once what stands at the address of each new image, to know its size, its digests and that
 * its beginning is what it should be; nothing of it is kept. Clouds tell SHA-512 where many
 * publishers tell SHA-256, so that no copy could be verified without.
 */
@ApplicationScoped
public class ImageReader {

  private static final Logger LOG = Logger.getLogger(ImageReader.class.getName());

  /** Read by this server at the same time; of one project one by all servers together. */
  private static final int MOST = 2;

  /** Longer than a read waits for a byte, and than the breaks that are gone over. */
  private static final Duration LEASE = Duration.ofMinutes(3);

  private static final Duration RENEW = Duration.ofSeconds(5);

  /** How often it is begun anew before it is refused. */
  private static final int MOST_TRIES = 5;

  private static final int BUFFER = 256 * 1024;

  private ImageStore store;
  private ImageContents contents;
  private ImageSettings settings;
  private Clock clock;
  private ExecutorService executor;
  private final Set<Future<?>> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  @Inject
  ImageReader(
      ImageStore store, ImageContents contents, ImageSettings settings, BackgroundThreads threads) {
    this(store, contents, settings, Clock.systemUTC(), threads.executor());
  }

  ImageReader(
      ImageStore store,
      ImageContents contents,
      ImageSettings settings,
      Clock clock,
      ExecutorService executor) {
    this.store = store;
    this.contents = contents;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
  }

  /** For the container's proxies. */
  protected ImageReader() {}

  /** Begins what is due; returns without waiting for any source. */
  public void wake() {
    running.removeIf(Future::isDone);
    while (!stopped && running.size() < MOST) {
      Instant now = clock.instant();
      Optional<ImageStore.Reading> due =
          store.takeReading(UUID.randomUUID().toString(), now.plus(LEASE), now);
      if (due.isEmpty()) {
        return;
      }
      try {
        running.add(executor.submit(() -> read(due.get())));
      } catch (RejectedExecutionException e) {
        // Its lease ends by itself, and it is taken again.
        LOG.log(Level.FINE, "reading images waits", e);
        return;
      }
    }
  }

  /** Begins nothing more and interrupts what runs; another server begins it anew. */
  public void stop() {
    stopped = true;
    running.forEach(one -> one.cancel(true));
  }

  private void read(ImageStore.Reading reading) {
    try {
      new Run(reading).go();
    } catch (RuntimeException e) {
      // What came of it cannot be written: the lease ends by itself.
      LOG.log(Level.WARNING, "reading the image " + reading.image().id(), e);
    }
  }

  /** It is another's now, or is not wanted any more. */
  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What stands there is not what it should be. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Phrase why;

    Refused(Phrase why) {
      super(why.toString());
      this.why = why;
    }
  }

  /** One image being read. */
  private final class Run {

    private final ImageStore.Reading reading;
    private final ProjectImage image;
    private final Digesting digesting = new Digesting();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private Instant renewed = clock.instant();

    Run(ImageStore.Reading reading) {
      this.reading = reading;
      this.image = reading.image();
    }

    void go() {
      try (SourceStream bytes =
          contents.read(
              image.source().orElseThrow(),
              clock.instant().plus(settings.deadline()),
              this::keepTurn)) {
        read(bytes);
      } catch (Lost lost) {
        LOG.fine(() -> "another reads the image " + image.id());
      } catch (Refused refused) {
        store.refused(image.id(), reading.reader(), refused.why);
      } catch (SourceBroken broken) {
        settle(broken.fault());
      } catch (InterruptedIOException stopping) {
        store.readAgain(reading, Optional.empty(), clock.instant());
      } catch (IOException e) {
        LOG.log(Level.WARNING, "reading the image " + image.id(), e);
        settle(
            new FederationFault(
                FaultCode.UNEXPECTED, Phrase.of("image.read-unexpected", image.name())));
      } finally {
        // One that is deleted meanwhile waits for whoever still reads it.
        store.endWriting(image.id(), reading.reader());
      }
    }

    private void settle(FederationFault fault) {
      if (fault.code() == FaultCode.SOURCE_REJECTED || reading.tries() + 1 >= MOST_TRIES) {
        store.refused(image.id(), reading.reader(), fault.phrase());
      } else {
        store.readAgain(
            reading,
            Optional.of(fault.phrase()),
            clock.instant().plus(Duration.ofMinutes(1L << reading.tries())));
      }
    }

    private void read(SourceStream bytes) throws IOException {
      if (bytes.size().isPresent()) {
        reserve(bytes.size().getAsLong());
      }
      byte[] buffer = new byte[BUFFER];
      boolean isChecked = false;
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        digesting.add(buffer, count);
        requireAllowed(digesting.offset());
        if (!isChecked) {
          head.write(buffer, 0, Math.min(count, ContentCheck.HEAD - head.size()));
          if (head.size() == ContentCheck.HEAD) {
            checkHead();
            isChecked = true;
          }
        }
      }
      if (!isChecked) {
        checkHead();
      }
      reserve(digesting.offset());
      ImageDigests digests = digesting.done();
      differs("SHA-256", image.expected().sha256(), digests.sha256());
      differs("SHA-512", image.expected().sha512(), digests.sha512());
      if (!store.ready(image.id(), reading.reader(), digests)) {
        throw new Lost();
      }
    }

    private void requireAllowed(long size) {
      if (size > settings.largest()) {
        throw new Refused(
            Phrase.of("image.too-large", Phrase.number(size), Phrase.number(settings.largest())));
      }
      if (image.size() > 0 && size > image.size()) {
        throw new Refused(Phrase.of("image.more-than-told", Phrase.number(image.size())));
      }
    }

    private void reserve(long size) {
      requireAllowed(size);
      if (size == 0) {
        throw new Refused(Phrase.of("image.size", 0));
      }
      if (image.size() > 0 && size != image.size()) {
        throw new Refused(
            Phrase.of("image.source-size", Phrase.number(size), Phrase.number(image.size())));
      }
      OptionalLong others = store.reserve(reading, size, settings.total());
      if (others.isPresent()) {
        throw new Refused(
            Phrase.of(
                "image.no-room",
                image.project(),
                Phrase.number(others.getAsLong()),
                Phrase.number(settings.total()),
                Phrase.number(size)));
      }
    }

    private void checkHead() {
      ContentCheck.problem(image.format(), head.toByteArray())
          .ifPresent(
              why -> {
                throw new Refused(why);
              });
    }

    private void differs(String algorithm, Optional<String> expected, Optional<String> came) {
      if (expected.isPresent() && !expected.equals(came)) {
        throw new Refused(
            // What is there may be nobody's to know: not even its digest is told.
            Phrase.of("image.source-other-digest", algorithm, expected.get()));
      }
    }

    private void keepTurn() throws IOException {
      Instant now = clock.instant();
      if (now.isBefore(renewed.plus(RENEW))) {
        return;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("stopped while reading the image " + image.id());
      }
      if (!store.goOnReading(reading, digesting.offset(), now.plus(LEASE), now)) {
        throw new Lost();
      }
      renewed = now;
    }
  }
}
