package io.isthmus.openstack.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A body of known length that is read while it is sent, a few KiB at a time, and never held. It can
 * be sent again, from its beginning, until it is abandoned. Thread-safe.
 */
public final class Upload {
  private static final Logger LOG = Logger.getLogger(Upload.class.getName());
  private static final long TELL_EVERY_NANOS = 250_000_000L;

  /** What is sent, to be opened at its beginning. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  private final long size;
  private final Source source;
  private final LongConsumer sent;
  private volatile long read;
  private volatile long lastSign = System.nanoTime();
  private volatile boolean abandoned;
  private volatile InputStream reading;
  private volatile IOException broken;

  /**
   * @param size bytes, from 0
   * @param sent told how many bytes are on their way, at most four times a second and at the end
   */
  public Upload(long size, Source source, LongConsumer sent) {
    this.size = size;
    this.source = source;
    this.sent = sent;
  }

  /** What makes the HTTP client read it, once. */
  public BodyPublisher body() {
    lastSign = System.nanoTime();
    read = 0;
    return size == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), size);
  }

  /** As of {@link System#nanoTime}. */
  long lastSign() {
    return lastSign;
  }

  /** Whether all of it has been handed on. */
  boolean isThrough() {
    return read >= size;
  }

  /** Why it could not be read, when that is what ended it. */
  public Optional<IOException> broken() {
    return Optional.ofNullable(broken);
  }

  /**
   * Ends an exchange that still reads, also one that waits for a byte; nothing is read afterwards.
   */
  public void abandon() {
    abandoned = true;
    InputStream open = reading;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(Level.FINE, "closing what was sent", e);
      }
    }
  }

  /** For the client a source that does not open is one that breaks off at once. */
  private InputStream open() {
    try {
      Counted counted = new Counted(source.open());
      reading = counted;
      return counted;
    } catch (IOException e) {
      broken = e;
      return InputStream.nullInputStream();
    }
  }

  private final class Counted extends FilterInputStream {
    private long told = System.nanoTime();

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int got = read(one, 0, 1);
      return got < 0 ? got : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (abandoned) {
        throw new IOException("given up");
      }
      int got;
      try {
        // Bytes beyond the length that was told would be an error of the client's.
        int most = (int) Math.min(length, size - read);
        got = most == 0 ? -1 : super.read(buffer, offset, most);
      } catch (IOException e) {
        // What ends it because it was given up is not the source's.
        if (!abandoned) {
          broken = e;
        }
        throw e;
      }
      long now = System.nanoTime();
      lastSign = now;
      if (got > 0) {
        // Only the one thread that sends writes it.
        long soFar = read + got;
        read = soFar;
        if (soFar == size || now - told >= TELL_EVERY_NANOS) {
          told = now;
          sent.accept(soFar);
        }
      } else if (got < 0 && read < size && broken == null) {
        broken = new IOException("the content ends after " + read + " of " + size + " bytes");
      }
      return got;
    }
  }
}
