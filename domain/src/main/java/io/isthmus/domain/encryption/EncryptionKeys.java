package io.isthmus.domain.encryption;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keys under which secrets at rest are encrypted.
 *
 * <p>{@code isthmus.encryption.key-file} names a file with one key a line, 32 random bytes in
 * Base64 each ({@code head -c 32 /dev/urandom | base64}). To change the key, put a new one in a new
 * first line. Without the file a well-known default key is used, which only evaluation may.
 */
@ApplicationScoped
public class EncryptionKeys {

  private static final byte[] DEFAULT_KEY =
      "isthmus evaluation key, no secret".substring(0, 32).getBytes(StandardCharsets.US_ASCII);

  private Optional<String> keyFile;
  private String mode;

  @Inject
  EncryptionKeys(
      @ConfigProperty(name = "isthmus.encryption.key-file") Optional<String> keyFile,
      @ConfigProperty(name = "isthmus.mode", defaultValue = "production") String mode) {
    this.keyFile = keyFile;
    this.mode = mode;
  }

  /** For the container's proxies. */
  protected EncryptionKeys() {}

  /** Whether the well-known key is in use. */
  public boolean areDefault() {
    return keyFile.isEmpty();
  }

  /**
   * The box with these keys.
   *
   * @throws IllegalStateException when a key file is missing or malformed, or production has none
   */
  @Produces
  @Singleton
  public SecretBox box() {
    if (keyFile.isEmpty()) {
      if (!mode.equals("evaluation")) {
        throw new IllegalStateException(
            "isthmus.encryption.key-file is not set, and production does not start with the default"
                + " encryption key: write 32 random bytes in Base64 into a file that only the"
                + " server can read (head -c 32 /dev/urandom | base64) and name it there");
      }
      return new SecretBox(List.of(DEFAULT_KEY));
    }
    return new SecretBox(read(Path.of(keyFile.get())));
  }

  private static List<byte[]> read(Path file) {
    List<byte[]> keys = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        if (!line.isBlank()) {
          keys.add(Base64.getDecoder().decode(line.strip()));
        }
      }
      new SecretBox(keys);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("isthmus.encryption.key-file: cannot read " + file, e);
    } catch (IllegalArgumentException e) {
      // The line itself is not told: it may hold most of a key.
      throw new IllegalStateException(
          "isthmus.encryption.key-file: "
              + file
              + " must hold one key a line, 32 bytes in Base64 each ("
              + keys.size()
              + " were read)");
    }
  }
}
