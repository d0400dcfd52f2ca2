package io.isthmus.domain.keypair;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Reads the bytes of a public key: texts and numbers, each after its length in four bytes.
 *
 * @see "RFC 4251, 5"
 */
final class KeyData {

  /** OpenSSH takes no others: {@code RequiredRSASize} and {@code SSHBUF_MAX_BIGNUM}. */
  private static final int LEAST_RSA = 1024;

  private static final int MOST_RSA = 16_384;
  private static final int ED25519 = 32;

  private final ByteBuffer bytes;

  KeyData(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** The key's size; empty when this is no key of that type, or something follows it. */
  OptionalInt bits(String type) {
    try {
      if (!text().equals(type)) {
        return OptionalInt.empty();
      }
      OptionalInt bits =
          switch (type) {
            case "ssh-rsa" -> rsa();
            case "ssh-ed25519" -> ed25519();
            case "ecdsa-sha2-nistp256" -> ecdsa("nistp256", 256);
            case "ecdsa-sha2-nistp384" -> ecdsa("nistp384", 384);
            case "ecdsa-sha2-nistp521" -> ecdsa("nistp521", 521);
            case "sk-ssh-ed25519@openssh.com" -> ofDevice(ed25519());
            case "sk-ecdsa-sha2-nistp256@openssh.com" -> ofDevice(ecdsa("nistp256", 256));
            default -> OptionalInt.empty();
          };
      return bytes.hasRemaining() ? OptionalInt.empty() : bits;
    } catch (BufferUnderflowException e) {
      return OptionalInt.empty();
    }
  }

  private OptionalInt rsa() {
    BigInteger exponent = number();
    int size = number().bitLength();
    boolean isSound =
        exponent.signum() > 0 && exponent.testBit(0) && size >= LEAST_RSA && size <= MOST_RSA;
    return isSound ? OptionalInt.of(size) : OptionalInt.empty();
  }

  private OptionalInt ed25519() {
    return next().length == ED25519 ? OptionalInt.of(256) : OptionalInt.empty();
  }

  /** A point written out: a four, then both coordinates. */
  private OptionalInt ecdsa(String curve, int bits) {
    boolean isOnCurve = text().equals(curve);
    byte[] point = next();
    int coordinate = (bits + 7) / 8;
    return isOnCurve && point.length == 1 + 2 * coordinate && point[0] == 4
        ? OptionalInt.of(bits)
        : OptionalInt.empty();
  }

  /** A key that a device holds says what it is for, such as {@code ssh:}. */
  private OptionalInt ofDevice(OptionalInt bits) {
    return text().isEmpty() ? OptionalInt.empty() : bits;
  }

  private String text() {
    return new String(next(), StandardCharsets.ISO_8859_1);
  }

  private BigInteger number() {
    byte[] digits = next();
    return digits.length == 0 ? BigInteger.ZERO : new BigInteger(digits);
  }

  private byte[] next() {
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] taken = Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.position() + length);
    bytes.position(bytes.position() + length);
    return taken;
  }
}
