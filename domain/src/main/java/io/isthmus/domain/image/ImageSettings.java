package io.isthmus.domain.image;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where images are kept, how much of them, and how they are copied. */
@Dependent
public class ImageSettings {

  private static final long GIB = 1L << 30;

  private final Optional<Path> directory;
  private final long largest;
  private final long total;
  private final Duration deadline;
  private final int parallel;
  private final boolean plain;

  /**
   * @param directory where the content of images is kept, the same for every server; without it
   *     none can be uploaded
   * @param largest GiB that one image may have
   * @param total GiB that all images of one project may have together
   * @param deadline for one copy to one cloud, ISO-8601 duration
   * @param parallel copies that this server makes at the same time
   * @param plain whether images may stand at addresses of http beside those of https
   */
  @Inject
  public ImageSettings(
      @ConfigProperty(name = "isthmus.images.directory") Optional<String> directory,
      @ConfigProperty(name = "isthmus.images.largest-gib", defaultValue = "32") long largest,
      @ConfigProperty(name = "isthmus.images.project-gib", defaultValue = "200") long total,
      @ConfigProperty(name = "isthmus.images.copy-deadline", defaultValue = "PT6H")
          Duration deadline,
      @ConfigProperty(name = "isthmus.images.parallel", defaultValue = "4") int parallel,
      @ConfigProperty(name = "isthmus.images.http-sources", defaultValue = "false") boolean plain) {
    this.directory = directory.filter(text -> !text.isBlank()).map(Path::of);
    this.largest = largest * GIB;
    this.total = total * GIB;
    this.deadline = deadline;
    this.parallel = parallel;
    this.plain = plain;
  }

  Optional<Path> directory() {
    return directory;
  }

  /** Bytes. */
  long largest() {
    return largest;
  }

  /** Bytes. */
  long total() {
    return total;
  }

  Duration deadline() {
    return deadline;
  }

  int parallel() {
    return parallel;
  }

  /** Whether a source may be asked without being sure who it is: its digest is known. */
  public boolean allowsPlain() {
    return plain;
  }
}
