package io.isthmus.domain.image;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The content of images, one file each in a directory that all servers see: {@code <id>.part} while
 * it comes, {@code <id>.image} once all of it is there and what it should be.
 */
@ApplicationScoped
public class ImageFiles {

  private static final Pattern FILE =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.(part|image)");

  /** Bytes that images leave free for what else is on the disk. */
  private static final long RESERVE = 1L << 30;

  private Optional<Path> directory;

  @Inject
  ImageFiles(ImageSettings settings) {
    this.directory = settings.directory();
  }

  /** For the container's proxies. */
  protected ImageFiles() {}

  /**
   * @throws FederationFault CONFLICT when no directory is set
   */
  void require() {
    directory();
  }

  boolean areKept() {
    return directory.isPresent();
  }

  private Path directory() {
    Path path =
        directory.orElseThrow(
            () -> new FederationFault(FaultCode.CONFLICT, Phrase.of("image.no-directory")));
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      // A link to a directory is one.
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  /** Bytes that may still come; negative when less than the reserve is free. */
  long room() {
    try {
      return Files.getFileStore(directory()).getUsableSpace() - RESERVE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path part(ImageId id) {
    return directory().resolve(id + ".part");
  }

  private Path whole(ImageId id) {
    return directory().resolve(id + ".image");
  }

  /** Bytes that have come. */
  long received(ImageId id) {
    return size(whole(id)).or(() -> size(part(id))).orElse(0L);
  }

  private static Optional<Long> size(Path file) {
    try {
      return Optional.of(Files.size(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To write on behind what has come; to be closed. */
  FileChannel writeOn(ImageId id, long offset) throws IOException {
    FileChannel channel =
        FileChannel.open(part(id), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.position(offset);
    return channel;
  }

  /** The first bytes, at most so many. */
  byte[] head(ImageId id, int most) throws IOException {
    try (FileChannel channel = FileChannel.open(here(id), StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, channel.size()));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // On until it is full.
      }
      return bytes.array();
    }
  }

  /** To read what has come, whole or not. */
  InputStream read(ImageId id) throws IOException {
    return Files.newInputStream(here(id));
  }

  private Path here(ImageId id) {
    Path whole = whole(id);
    return Files.exists(whole) ? whole : part(id);
  }

  /** Everything has come and is what it should be. Safe to repeat. */
  void finish(ImageId id) throws IOException {
    if (!Files.exists(whole(id))) {
      try (FileChannel channel = FileChannel.open(part(id), StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part(id), whole(id), StandardCopyOption.ATOMIC_MOVE);
    }
    try (FileChannel names = FileChannel.open(directory(), StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** The content of a finished one. */
  ImageDriver.Content content(ImageId id, long size) {
    Path file = whole(id);
    return new ImageDriver.Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }

  /** Safe to repeat. */
  void delete(ImageId id) {
    if (!areKept()) {
      // What stands at addresses has no files.
      return;
    }
    try {
      Files.deleteIfExists(part(id));
      Files.deleteIfExists(whole(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Images of which something has not been written since then. */
  List<ImageId> olderThan(Instant then) {
    List<ImageId> old = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory())) {
      for (Path file : files.toList()) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (name.matches() && isOlder(file, then)) {
          old.add(new ImageId(UUID.fromString(name.group(1))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return old;
  }

  private static boolean isOlder(Path file, Instant then) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(then);
    } catch (NoSuchFileException e) {
      // It was finished or deleted meanwhile.
      return false;
    }
  }
}
