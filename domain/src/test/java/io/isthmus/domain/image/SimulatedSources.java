package io.isthmus.domain.image;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What stands at addresses; what is to go wrong is set before. */
final class SimulatedSources implements ImageSources {

  final Map<URI, byte[]> contents = new HashMap<>();

  /** Where each answer began. */
  final List<Long> answers = new ArrayList<>();

  boolean knowsRanges = true;
  boolean tellsSize = true;

  /** Its word for what stands there; another for another content. */
  String version = "\"1\"";

  /** Bytes after which each connection breaks; 0 when none does. */
  int breaksAfter;

  /** Done after each answer that has content. */
  Runnable afterOpen = () -> {};

  /** Done before each read. */
  Runnable beforeRead = () -> {};

  /** Most bytes that one read gives. */
  int most = Integer.MAX_VALUE;

  /** Of answers to come, the status that they have instead of content. */
  final List<Integer> failures = new ArrayList<>();

  @Override
  public Opened open(URI source, long from, Optional<String> known) throws IOException {
    if (!failures.isEmpty()) {
      int status = failures.remove(0);
      if (status == 0) {
        throw new IOException("Connection refused");
      }
      throw new FederationFault(
          status >= 500 ? FaultCode.SOURCE_UNAVAILABLE : FaultCode.SOURCE_REJECTED,
          Phrase.of("image.source-answered", ImageSources.shown(source), status, "No"));
    }
    byte[] all = contents.get(source);
    if (all == null) {
      throw new FederationFault(
          FaultCode.SOURCE_REJECTED,
          Phrase.of("image.source-answered", ImageSources.shown(source), 404, "Not Found"));
    }
    int begin = knowsRanges && known.equals(Optional.of(version)) ? (int) from : 0;
    answers.add((long) begin);
    afterOpen.run();
    InputStream bytes = new ByteArrayInputStream(all, begin, all.length - begin);
    return new Opened(
        new Breaking(bytes, breaksAfter == 0 ? Integer.MAX_VALUE : breaksAfter),
        begin,
        tellsSize ? OptionalLong.of(all.length) : OptionalLong.empty(),
        Optional.of(version));
  }

  private final class Breaking extends FilterInputStream {
    private int left;

    Breaking(InputStream in, int left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        throw new IOException("Connection reset");
      }
      beforeRead.run();
      int count = in.read(buffer, offset, Math.min(most, Math.min(left, length)));
      left -= Math.max(0, count);
      return count;
    }
  }
}
