package io.isthmus.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.isthmus.sandbox.http.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps each cloud in a file of its own; a crash loses at most the last half second. */
public final class Snapshots implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Snapshots.class.getName());

  private final Path folder;
  private final List<Cloud> clouds;
  private final Map<String, Long> written = new HashMap<>();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "snapshots");
            thread.setDaemon(true);
            return thread;
          });

  public Snapshots(Path folder, List<Cloud> clouds) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.clouds = clouds;
  }

  /**
   * Takes back a cloud's state.
   *
   * @return whether there was any
   */
  public boolean restore(Cloud cloud) throws IOException {
    Path file = file(cloud);
    if (!Files.exists(file)) {
      return false;
    }
    JsonNode json = Json.MAPPER.readTree(file.toFile());
    cloud.read(json);
    return true;
  }

  /** Begins to write what changes. */
  public void start() {
    writer.scheduleWithFixedDelay(this::writeQuietly, 500, 500, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    writer.shutdown();
    writer.awaitTermination(10, TimeUnit.SECONDS);
    write();
  }

  private void writeQuietly() {
    try {
      write();
    } catch (IOException | RuntimeException failed) {
      LOG.log(Level.SEVERE, "The state in " + folder + " cannot be written", failed);
    }
  }

  private void write() throws IOException {
    for (Cloud cloud : clouds) {
      long version = cloud.version();
      if (written.getOrDefault(cloud.spec().name(), -1L) != version) {
        replace(file(cloud), Json.MAPPER.writeValueAsBytes(cloud.toJson()));
        written.put(cloud.spec().name(), version);
      }
    }
  }

  private Path file(Cloud cloud) {
    return folder.resolve(cloud.spec().name() + ".json");
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
