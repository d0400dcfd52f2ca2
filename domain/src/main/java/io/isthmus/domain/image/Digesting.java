package io.isthmus.domain.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Digests of content as far as it has come. Not thread-safe. */
final class Digesting {

  private final MessageDigest md5 = digest("MD5");
  private final MessageDigest sha256 = digest("SHA-256");
  private final MessageDigest sha512 = digest("SHA-512");
  private long offset;

  /** How many bytes are in. */
  long offset() {
    return offset;
  }

  void add(byte[] bytes, int count) {
    md5.update(bytes, 0, count);
    sha256.update(bytes, 0, count);
    sha512.update(bytes, 0, count);
    offset += count;
  }

  /** Ends it: nothing can be added after. */
  ImageDigests done() {
    return new ImageDigests(
        Optional.of(hex(md5)), Optional.of(hex(sha256)), Optional.of(hex(sha512)));
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
