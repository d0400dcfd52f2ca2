package io.isthmus.domain.image;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes the content of images in, piece by piece. One writes at a time; what arrived before a
 * connection broke counts. Digests are computed while bytes come; where they were not, because a
 * piece came to another server, the file is read once more at its end.
 */
@ApplicationScoped
public class Uploads {

  private static final Logger LOG = Logger.getLogger(Uploads.class.getName());
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration RENEW = Duration.ofSeconds(10);
  private static final Duration ABANDONED = Duration.ofDays(1);

  /** A piece of which fewer than so many bytes come in that time ends. */
  private static final long LEAST = 64 * 1024;

  private static final Duration SLOWNESS = Duration.ofSeconds(30);

  private static final int BUFFER = 256 * 1024;

  /** Uploads whose digests are kept between two pieces. */
  private static final int MOST_REMEMBERED = 64;

  private ImageStore store;
  private ImageFiles files;
  private Clock clock;
  private final Map<ImageId, Digesting> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageId, Digesting> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  @Inject
  Uploads(ImageStore store, ImageFiles files) {
    this(store, files, Clock.systemUTC());
  }

  Uploads(ImageStore store, ImageFiles files, Clock clock) {
    this.store = store;
    this.files = files;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected Uploads() {}

  /** Bytes of it that are here. */
  long received(ProjectImage image) {
    return switch (image.state()) {
      case READY, DELETING -> image.size();
      case REFUSED -> 0;
      case READING -> image.read();
      case UPLOADING -> files.received(image.id());
    };
  }

  /**
   * Writes a piece behind what has come. With the last one the content is checked.
   *
   * @param offset where the piece begins: what {@link #received} tells
   * @return bytes that are here now
   * @throws FederationFault CONFLICT at another offset, or when nothing is expected;
   *     REQUEST_IN_PROGRESS while another piece is written; REQUEST_INVALID when the content is
   *     more than was told, or is not what it should be
   */
  long append(ProjectImage image, long offset, InputStream bytes) {
    if (image.state() == ProjectImage.State.READY
        && image.source().isEmpty()
        && offset == image.size()) {
      return offset;
    }
    requireUploading(image);
    Instant now = clock.instant();
    String writer = UUID.randomUUID().toString();
    if (!store.beginWriting(image.id(), writer, now.plus(LEASE), now)) {
      ProjectImage current = store.find(image.id()).orElse(image);
      requireUploading(current);
      throw new FederationFault(
          FaultCode.REQUEST_IN_PROGRESS, Phrase.of("image.being-written", image.name()));
    }
    try {
      return new Writing(image, writer, now).append(offset, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      store.endWriting(image.id(), writer);
    }
  }

  /**
   * @throws FederationFault CONFLICT
   */
  static void requireNotRefused(ProjectImage image) {
    if (image.state() == ProjectImage.State.REFUSED) {
      throw new FederationFault(
          FaultCode.CONFLICT,
          Phrase.of("image.was-refused", image.name(), image.trouble().orElseThrow()));
    }
  }

  /**
   * @throws FederationFault CONFLICT when its content stands at an address
   */
  static void requireUpload(ProjectImage image) {
    if (image.source().isPresent()) {
      throw new FederationFault(
          FaultCode.CONFLICT,
          Phrase.of(
              "image.has-source", image.name(), ImageSources.shown(image.source().orElseThrow())));
    }
  }

  private static void requireUploading(ProjectImage image) {
    requireNotRefused(image);
    requireUpload(image);
    if (image.state() != ProjectImage.State.UPLOADING) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("image.is-whole", image.name()));
    }
  }

  /** Ends uploads whose last piece came and whose server died, and forgets abandoned ones. */
  void tidy() {
    if (!files.areKept()) {
      return;
    }
    Instant now = clock.instant();
    for (ProjectImage image : store.restingUploads(now)) {
      if (files.received(image.id()) == image.size()) {
        try {
          append(image, image.size(), InputStream.nullInputStream());
        } catch (FederationFault told) {
          LOG.log(Level.INFO, "ending the upload of " + image.id() + ": " + told.getMessage());
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "ending the upload of " + image.id(), e);
        }
      }
    }
    store.forgetAbandoned(now.minus(ABANDONED)).forEach(files::delete);
    for (ImageId id : files.olderThan(now.minus(ABANDONED))) {
      if (store.find(id).isEmpty()) {
        files.delete(id);
      }
    }
  }

  private synchronized Optional<Digesting> take(ImageId id) {
    return Optional.ofNullable(remembered.remove(id));
  }

  private synchronized void remember(ImageId id, Digesting digesting) {
    remembered.put(id, digesting);
  }

  /** One piece being written. */
  private final class Writing {

    private final ProjectImage image;
    private final String writer;
    private Instant renewed;
    private long received;
    private Digesting digesting;

    Writing(ProjectImage image, String writer, Instant now) {
      this.image = image;
      this.writer = writer;
      this.renewed = now;
    }

    long append(long offset, InputStream bytes) throws IOException {
      received = files.received(image.id());
      if (offset != received) {
        throw new FederationFault(
            FaultCode.CONFLICT,
            Phrase.of("image.other-offset", offset, received),
            List.of(),
            Json.createObjectBuilder().add("offset", received).build(),
            null);
      }
      digesting =
          take(image.id())
              .filter(known -> known.offset() == offset)
              .orElseGet(() -> offset == 0 ? new Digesting() : null);
      boolean wasKnown = offset >= ContentCheck.HEAD;
      boolean early = received < image.size() && write(bytes);
      if (!wasKnown && received >= ContentCheck.HEAD && received < image.size()) {
        checkHead();
      }
      if (received == image.size()) {
        end();
      } else if (digesting != null) {
        remember(image.id(), digesting);
      }
      if (early) {
        LOG.fine(() -> "a piece of the upload of " + image.id() + " ended early, at " + received);
      }
      return received;
    }

    /**
     * Nothing is told to be here before it is on the disk.
     *
     * @return whether it ended early: the connection broke, or too little came
     */
    private boolean write(InputStream bytes) throws IOException {
      try (FileChannel channel = files.writeOn(image.id(), received)) {
        boolean early = write(bytes, channel);
        channel.force(false);
        return early;
      }
    }

    private boolean write(InputStream bytes, FileChannel channel) throws IOException {
      byte[] buffer = new byte[BUFFER];
      Instant since = clock.instant();
      long before = received;
      while (true) {
        int count;
        try {
          count = bytes.read(buffer);
        } catch (IOException e) {
          return true;
        }
        if (count < 0) {
          return false;
        }
        if (received + count > image.size()) {
          throw new FederationFault(
              FaultCode.REQUEST_INVALID,
              Phrase.of("image.more-than-told", Phrase.number(image.size())));
        }
        keepTurn();
        ByteBuffer piece = ByteBuffer.wrap(buffer, 0, count);
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
        received += count;
        if (digesting != null) {
          digesting.add(buffer, count);
        }
        Instant now = clock.instant();
        if (!now.isBefore(since.plus(SLOWNESS))) {
          if (received - before < LEAST) {
            return true;
          }
          since = now;
          before = received;
        }
      }
    }

    /** Who waited long for bytes may have been taken for gone. */
    private void keepTurn() {
      Instant now = clock.instant();
      if (now.isBefore(renewed.plus(RENEW))) {
        return;
      }
      if (!store.goOnWriting(image.id(), writer, now.plus(LEASE), now)) {
        throw new FederationFault(
            FaultCode.REQUEST_IN_PROGRESS, Phrase.of("image.being-written", image.name()));
      }
      renewed = now;
    }

    private void checkHead() throws IOException {
      ContentCheck.problem(image.format(), files.head(image.id(), ContentCheck.HEAD))
          .ifPresent(this::refuse);
    }

    /** A piece that failed may have left the beginning unlooked at. */
    private void end() throws IOException {
      checkHead();
      ImageDigests digests =
          digesting != null && digesting.offset() == image.size() ? digesting.done() : read();
      differs("SHA-256", image.expected().sha256(), digests.sha256());
      differs("SHA-512", image.expected().sha512(), digests.sha512());
      files.finish(image.id());
      store.ready(image.id(), writer, digests);
    }

    private ImageDigests read() throws IOException {
      Digesting whole = new Digesting();
      byte[] buffer = new byte[BUFFER];
      try (InputStream content = files.read(image.id())) {
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
          keepTurn();
          whole.add(buffer, count);
        }
      }
      return whole.done();
    }

    private void differs(String algorithm, Optional<String> expected, Optional<String> came) {
      if (expected.isPresent() && !expected.equals(came)) {
        refuse(Phrase.of("image.other-digest", algorithm, expected.get(), came.orElseThrow()));
      }
    }

    private void refuse(Phrase why) {
      if (store.refused(image.id(), writer, why)) {
        files.delete(image.id());
      }
      throw new FederationFault(FaultCode.REQUEST_INVALID, why);
    }
  }
}
