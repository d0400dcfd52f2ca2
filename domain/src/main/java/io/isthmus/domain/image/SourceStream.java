package io.isthmus.domain.image;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What stands at an address, from its beginning to its end, however often the connection breaks:
 * then it is gone on with, from where it broke if the server can do that. Fails with {@link
 * SourceBroken}. Read by one thread; anybody may close it, which ends what is read.
 */
final class SourceStream extends InputStream {

  private static final Logger LOG = Logger.getLogger(SourceStream.class.getName());

  /** How often it may break, or be too slow, without {@link #LEAST} coming in one minute. */
  private static final int MOST_BREAKS = 4;

  /** Of a source that gives fewer than so many bytes in that time the connection is given up. */
  private static final long LEAST = 64 * 1024;

  private static final Duration SLOWNESS = Duration.ofMinutes(1);

  /** Bytes that are gone over at once. */
  private static final int PIECE = 64 * 1024;

  /** Waits before the next attempt. */
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /** Asked after each piece, also of those that are only gone over. */
  interface Turn {
    /**
     * @throws IOException when nothing is to be read any more; as any exception
     */
    void keep() throws IOException;
  }

  private final ImageSources sources;
  private final URI source;
  private final String shown;
  private final Instant deadline;
  private final Clock clock;
  private final Pause pause;
  private final Turn turn;
  private volatile InputStream bytes;
  private volatile boolean closed;
  private OptionalLong size = OptionalLong.empty();
  private Optional<String> version = Optional.empty();
  private long offset;
  private int breaks;
  private Instant since;

  /** What came of all connections, and what of it before {@link #since}. */
  private long came;

  private long before;

  /**
   * @param deadline when nothing is read any more
   */
  SourceStream(
      ImageSources sources, URI source, Instant deadline, Clock clock, Pause pause, Turn turn) {
    this.sources = sources;
    this.source = source;
    this.shown = ImageSources.shown(source);
    this.deadline = deadline;
    this.clock = clock;
    this.pause = pause;
    this.turn = turn;
  }

  /** Bytes of the whole, if its server tells. */
  OptionalLong size() throws IOException {
    while (bytes == null && offset == 0 && size.isEmpty()) {
      try {
        open();
      } catch (SourceBroken told) {
        throw told;
      } catch (IOException e) {
        breaks(e);
      }
    }
    return size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int at, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      if (size.isPresent() && offset == size.getAsLong()) {
        return -1;
      }
      try {
        if (bytes == null) {
          open();
        }
        int count = opened().read(buffer, at, length);
        if (count < 0 && size.isEmpty()) {
          return -1;
        }
        if (count < 0) {
          throw new IOException("ended after %d of %d bytes".formatted(offset, size.getAsLong()));
        }
        offset += count;
        came += count;
        if (size.isPresent() && offset > size.getAsLong()) {
          throw rejected(Phrase.of("image.source-longer", shown, Phrase.number(size.getAsLong())));
        }
        if (came - before >= LEAST) {
          breaks = 0;
        }
        if (isSlow()) {
          // What came is kept.
          breaks(slow());
        }
        return count;
      } catch (SourceBroken told) {
        throw told;
      } catch (IOException e) {
        breaks(e);
      }
    }
  }

  private void open() throws IOException {
    if (closed) {
      throw new InterruptedIOException("closed while reading " + shown);
    }
    ImageSources.Opened opened;
    try {
      opened = sources.open(source, offset, version);
    } catch (FederationFault fault) {
      if (fault.code() == FaultCode.SOURCE_UNAVAILABLE) {
        throw new IOException(fault.getMessage(), fault);
      }
      throw new SourceBroken(fault);
    }
    bytes = opened.bytes();
    if (closed) {
      // Meanwhile, when there was nothing to close yet.
      drop();
    }
    if (offset > 0
        && (!opened.version().equals(version) || size.isPresent() && !opened.size().equals(size))) {
      throw unavailable(Phrase.of("image.source-changed", shown));
    }
    size = opened.size();
    version = opened.version();
    since = clock.instant();
    before = came;
    // A server that cannot go on in the middle tells all of it anew.
    goOver(offset - opened.from());
  }

  private void goOver(long length) throws IOException {
    byte[] piece = new byte[(int) Math.min(PIECE, length)];
    for (long left = length; left > 0; ) {
      int count = opened().read(piece, 0, (int) Math.min(piece.length, left));
      if (count < 0) {
        throw new IOException("ended after %d of %d bytes".formatted(length - left, length));
      }
      left -= count;
      came += count;
      if (isSlow()) {
        throw slow();
      }
    }
    // No progress is made of what was there before.
    since = clock.instant();
    before = came;
  }

  private InputStream opened() throws IOException {
    InputStream open = bytes;
    if (open == null || closed) {
      throw new IOException("closed");
    }
    return open;
  }

  private static IOException slow() {
    return new IOException(
        "fewer than %d bytes came in %d s".formatted(LEAST, SLOWNESS.toSeconds()));
  }

  private boolean isSlow() throws IOException {
    turn.keep();
    Instant now = clock.instant();
    if (!now.isBefore(deadline)) {
      throw unavailable(Phrase.of("image.source-late", shown));
    }
    if (now.isBefore(since.plus(SLOWNESS))) {
      return false;
    }
    boolean isSlow = came - before < LEAST;
    since = now;
    before = came;
    return isSlow && !(size.isPresent() && offset == size.getAsLong());
  }

  private void breaks(IOException e) throws IOException {
    drop();
    if (closed || Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("stopped while reading " + shown);
    }
    breaks++;
    if (breaks > MOST_BREAKS || !clock.instant().isBefore(deadline)) {
      throw new SourceBroken(
          e.getCause() instanceof FederationFault fault
              ? fault
              : new FederationFault(
                  FaultCode.SOURCE_UNAVAILABLE,
                  Phrase.of("image.source-broke", shown, Phrase.number(offset), words(e))));
    }
    try {
      pause.of(Duration.ofSeconds(1L << (breaks - 1)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while reading " + shown);
    }
  }

  private String words(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : AddressWords.hidden(Optional.of(source), message);
  }

  private static SourceBroken unavailable(Phrase why) {
    return new SourceBroken(new FederationFault(FaultCode.SOURCE_UNAVAILABLE, why));
  }

  private static SourceBroken rejected(Phrase why) {
    return new SourceBroken(new FederationFault(FaultCode.SOURCE_REJECTED, why));
  }

  @Override
  public void close() {
    closed = true;
    drop();
  }

  private void drop() {
    InputStream open = bytes;
    bytes = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(Level.FINE, "closing what was read of " + shown, e);
      }
    }
  }
}
