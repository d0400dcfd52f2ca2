package io.isthmus.domain.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A SHA-256 digest.
 *
 * @param bytes 32 of them
 */
public record Hash(byte[] bytes) {

  private static final int LENGTH = 32;
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  public Hash {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + bytes.length);
    }
    bytes = bytes.clone();
  }

  /**
   * @param hex 64 hexadecimal digits
   * @throws IllegalArgumentException for anything else
   */
  public static Hash parse(String hex) {
    return new Hash(HexFormat.of().parseHex(hex));
  }

  /** Of any bytes, as they are. */
  public static Hash of(byte[] data) {
    return new Hash(sha256().digest(data));
  }

  /**
   * Of a leaf; cannot be taken for a node's.
   *
   * @see "RFC 6962, 2.1"
   */
  static Hash ofLeaf(byte[] data) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return new Hash(digest.digest(data));
  }

  /** Of a record's text, as a leaf. */
  static Hash ofRecord(String text) {
    return ofLeaf(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Of an inner node.
   *
   * @see "RFC 6962, 2.1"
   */
  static Hash ofNode(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left.bytes);
    return new Hash(digest.digest(right.bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
