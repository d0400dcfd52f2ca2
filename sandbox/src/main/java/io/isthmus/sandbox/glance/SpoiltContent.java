package io.isthmus.sandbox.glance;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that the weather changes on its way. */
final class SpoiltContent extends FilterInputStream {
  /** The connection ends here. */
  static final class Broken extends IOException {
    Broken() {
      super("broken in bad weather");
    }
  }

  private final String how;
  private final long half;
  private long read;

  private SpoiltContent(InputStream in, String how, long half) {
    super(in);
    this.how = how;
    this.half = half;
  }

  /**
   * @param how {@code corrupted}, {@code truncated}, {@code broken} or null
   * @param length of the content, where it is known; negative where not
   */
  static InputStream of(InputStream in, String how, long length) {
    return how == null ? in : new SpoiltContent(in, how, Math.max(0, length) / 2);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int got = super.read(buffer, offset, length);
    if (got <= 0) {
      return got;
    }
    long before = read;
    read += got;
    switch (how) {
      case "corrupted" -> {
        if (before == 0) {
          buffer[offset] ^= 1;
        }
      }
      case "broken" -> {
        if (read > half) {
          throw new Broken();
        }
      }
      default -> {
        if (read > half) {
          int kept = (int) Math.max(0, half - before);
          drain();
          return kept == 0 ? -1 : kept;
        }
      }
    }
    return got;
  }

  /** So that whoever sends notices nothing. */
  private void drain() throws IOException {
    in.transferTo(java.io.OutputStream.nullOutputStream());
  }
}
