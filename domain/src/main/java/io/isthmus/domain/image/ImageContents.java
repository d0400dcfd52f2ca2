package io.isthmus.domain.image;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;

/** Where the content of images is read: in a file here, or at its address. */
@ApplicationScoped
public class ImageContents {

  private ImageFiles files;
  private ImageSources sources;
  private Clock clock;
  private SourceStream.Pause pause;

  @Inject
  ImageContents(ImageFiles files, ImageSources sources) {
    this(files, sources, Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
  }

  ImageContents(ImageFiles files, ImageSources sources, Clock clock, SourceStream.Pause pause) {
    this.files = files;
    this.sources = sources;
    this.clock = clock;
    this.pause = pause;
  }

  /** For the container's proxies. */
  protected ImageContents() {}

  /**
   * What of a finished one is sent to a cloud. Other content than was read when the image was added
   * ends before its last bytes, with {@link SourceBroken}: no cloud takes it for the whole.
   *
   * @param deadline when nothing is read any more
   */
  ImageDriver.Content of(ProjectImage image, Instant deadline) {
    return image
        .source()
        .<ImageDriver.Content>map(source -> new Streamed(image, source, deadline))
        .orElseGet(() -> files.content(image.id(), image.size()));
  }

  /**
   * What stands at an address, whatever it is.
   *
   * @param turn asked after each piece whether it is still to be read
   */
  SourceStream read(URI source, Instant deadline, SourceStream.Turn turn) {
    return new SourceStream(sources, source, deadline, clock, pause, turn);
  }

  private final class Streamed implements ImageDriver.Content {

    private final ProjectImage image;
    private final URI source;
    private final Instant deadline;

    Streamed(ProjectImage image, URI source, Instant deadline) {
      this.image = image;
      this.source = source;
      this.deadline = deadline;
    }

    @Override
    public long size() {
      return image.size();
    }

    @Override
    public InputStream open() {
      return new Checked(read(source, deadline, () -> {}), image, source);
    }
  }

  /** Gives the last bytes only if all of them are the image's. */
  private static final class Checked extends FilterInputStream {

    private final ProjectImage image;
    private final URI source;
    private final MessageDigest digest = sha512();
    private long offset;

    Checked(InputStream bytes, ProjectImage image, URI source) {
      super(bytes);
      this.image = image;
      this.source = source;
    }

    private static MessageDigest sha512() {
      try {
        return MessageDigest.getInstance("SHA-512");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int at, int length) throws IOException {
      int count = super.read(buffer, at, length);
      if (count < 0 && offset < image.size()) {
        throw differs();
      }
      if (count <= 0) {
        return count;
      }
      offset += count;
      digest.update(buffer, at, count);
      if (offset > image.size()
          || offset == image.size()
              && !HexFormat.of()
                  .formatHex(digest.digest())
                  .equals(image.digests().sha512().orElseThrow())) {
        throw differs();
      }
      return count;
    }

    private SourceBroken differs() {
      return new SourceBroken(
          new FederationFault(
              FaultCode.SOURCE_REJECTED,
              Phrase.of("image.source-differs", ImageSources.shown(source), image.name())));
    }

    @Override
    public long skip(long bytes) {
      return 0;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
