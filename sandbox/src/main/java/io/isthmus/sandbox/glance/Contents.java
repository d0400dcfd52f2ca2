package io.isthmus.sandbox.glance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The contents of one region's images. Each is read to its end for its size and digests; only what
 * is small is kept, so that images of any size cost neither memory nor disk.
 */
final class Contents {
  /** Content up to so many bytes can be downloaded again. */
  static final int MOST_KEPT = 1024 * 1024;

  /**
   * What was stored.
   *
   * @param size bytes
   */
  record Stored(long size, String md5, String sha512) {}

  private final Path folder;
  private final String prefix;

  /**
   * @param prefix tells this region's files from those of others
   */
  Contents(Path folder, String prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  Path file(String id) {
    return folder.resolve(prefix + "-" + id + ".image");
  }

  /** Reads all of it; needs no lock. */
  Stored store(String id, InputStream data) throws IOException {
    MessageDigest md5 = digest("MD5");
    MessageDigest sha = digest("SHA-512");
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 * 1024];
    long size = 0;
    for (int got = data.read(buffer); got >= 0; got = data.read(buffer)) {
      md5.update(buffer, 0, got);
      sha.update(buffer, 0, got);
      if (size + got <= MOST_KEPT) {
        small.write(buffer, 0, got);
      }
      size += got;
    }
    if (size <= MOST_KEPT) {
      Files.createDirectories(folder);
      Files.write(file(id), small.toByteArray());
    }
    HexFormat hex = HexFormat.of();
    return new Stored(size, hex.formatHex(md5.digest()), hex.formatHex(sha.digest()));
  }

  void forget(String id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
